import { expect } from 'chai'
import { testerOn } from '../../prove/scene.ts'

describe('object-list.read', () => {
  for (const meter of ['reference', 'sn'])
    it(`gives the objects with their rights, ${meter}`, async () => {
      const scene = testerOn('wrapper', { meter })
      await scene.up({ rung: 'association', client: 'reader' })
      const { outcome, saved } = await scene.perform('object-list.read')
      expect(outcome.names).to.have.property('success')
      const clock = (saved['objects'] as readonly { readonly 'class-id': number }[]).find(
        (each) => each['class-id'] === 8,
      )
      expect(clock).to.deep.include({ 'instance-id': '0.0.1.0.0.255' })
    })
  it('says that there is none without an association', async () => {
    const scene = testerOn('wrapper')
    await scene.up({ rung: 'link', client: 'reader' })
    expect((await scene.perform('object-list.read')).outcome.names).to.have.property('unlisted')
  })
})
