import { expect } from 'chai'
import { testerOn, type TesterScene } from '../../prove/scene.ts'

const OBJECT = { 'class-id': 30, 'instance-id': '0.0.43.2.0.255' }
const SCRATCH = { 'class-id': 1, 'instance-id': '0.0.96.128.1.255', 'attribute-id': 2 }
const BASE = { 'class-id': 8, 'instance-id': '0.0.1.0.0.255', 'attribute-id': 9 }
const CAPTURE = { 'class-id': 7, 'instance-id': '1.0.99.128.0.255', 'method-id': 2 }
const OLD = { 'octet-string': 'AABBCCDD' }
const NEW = { 'octet-string': '11223344' }

async function client(...defects: readonly string[]): Promise<TesterScene> {
  const scene = testerOn('wrapper', { meter: 'suite-1', defects })
  await scene.up({ rung: 'association', client: 'gmac' })
  return scene
}
const read = async (scene: TesterScene) => (await scene.perform('read', { attribute: SCRATCH })).outcome.names['value']

describe('words of Data protection', () => {
  for (const by of ['authenticated', 'encrypted', 'authenticated-encrypted'])
    it(`get: an attribute, ${by}`, async () => {
      const scene = await client()
      const { outcome } = await scene.perform('data-protection.get', { object: OBJECT, attribute: SCRATCH, by })
      expect(outcome.names['value']).to.deep.equal(OLD)
    })

  it('get: what is told in clear, and what is refused', async () => {
    const clear = await client('data-protection.clear')
    const { outcome } = await clear.perform('data-protection.get', { object: OBJECT, attribute: SCRATCH })
    expect(outcome.names).to.include({ clear: true })
    expect(outcome.names).not.to.have.property('value')
    const refused = await (await client()).perform('data-protection.get', { object: OBJECT, attribute: BASE })
    expect(refused.outcome.names).to.include({ refused: 'scope-of-access-violated' })
  })

  it('set: what is protected is written and journalled, what was changed is not written', async () => {
    const scene = await client()
    const set = (value: typeof NEW, flip: boolean) =>
      scene.perform('data-protection.set', { object: OBJECT, attribute: SCRATCH, value, flip })
    expect((await set(NEW, false)).outcome.names).to.include({ success: true })
    expect(await read(scene)).to.deep.equal(NEW)
    expect(scene.journal.journal()).to.have.lengthOf(1)
    expect((await set(OLD, true)).outcome.names).to.include({ refused: 'other-reason' })
    expect(await read(scene)).to.deep.equal(NEW)
  })

  it('invoke: a method with protected parameters', async () => {
    const scene = await client()
    const invoked = (flip: boolean) =>
      scene.perform('data-protection.invoke', { object: OBJECT, method: CAPTURE, parameter: { integer: 0 }, flip })
    expect((await invoked(false)).outcome.names).to.include({ success: true })
    expect((await invoked(true)).outcome.names).to.include({ refused: 'other-reason' })
  })

  it('ask for an object, an attribute and keys', async () => {
    const scene = await client()
    expect(await scene.refused('data-protection.get', { object: {}, attribute: SCRATCH })).to.match(/^object: /)
    expect(await scene.refused('data-protection.get', { object: OBJECT, attribute: {} })).to.match(/^attribute: /)
  })
})
