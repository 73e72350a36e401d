import { expect } from 'chai'
import { testerOn } from '../../prove/scene.ts'

const READABLE = { 'class-id': 8, 'instance-id': '0.0.1.0.0.255', 'attribute-id': 3 }
const UNICAST = 'global-unicast-encryption-key'

const agreeing = async (meter: string, defects: readonly string[] = []) => {
  const scene = testerOn('wrapper', { meter, defects })
  await scene.up({ rung: 'association', client: 'sacrificial' })
  return scene
}

describe('key.agree', () => {
  for (const meter of ['suite-1', 'suite-2'])
    it(`${meter}: the key that was agreed on protects, and the old one is back`, async () => {
      const scene = await agreeing(meter)
      const { outcome, saved } = await scene.perform('key.agree', { key: UNICAST, use: READABLE })
      expect(outcome.names).to.have.property('success')
      expect(saved['keys']).to.have.length(1)
      expect(scene.kept).to.have.length(1)
      expect((await scene.perform('read', { attribute: READABLE })).outcome.names).to.have.property('value')
    })

  it('the key that was agreed on stays where that is said, and the old one goes back when it is restored', async () => {
    const scene = await agreeing('suite-1')
    const kept = { key: UNICAST, keep: true }
    expect((await scene.perform('key.agree', kept)).outcome.names).to.have.property('success')
    expect(await scene.refused('key.agree', kept)).to.match(/is on its way already/)
    await scene.up({ rung: 'association', client: 'sacrificial' })
    expect((await scene.perform('key.find')).outcome.names).to.deep.equal({ new: true })
    expect((await scene.perform('restore')).outcome.names).to.include({ success: true })
    expect(scene.journal.journal()).to.deep.equal([])
    await scene.up({ rung: 'association', client: 'sacrificial' })
  })

  it('a point that is none is refused, and no key is changed', async () => {
    const scene = await agreeing('suite-1')
    const { outcome } = await scene.perform('key.agree', { publicKey: 'off-curve' })
    expect(outcome.names).to.have.property('refused', 'other-reason')
  })

  it('a signature of another client is refused', async () => {
    const scene = await agreeing('suite-1')
    const { outcome } = await scene.perform('key.agree', { signature: 'other-client', other: 'gmac' })
    expect(outcome.names).to.have.property('refused')
  })

  it('the signature of the server is verified', async () => {
    const scene = await agreeing('suite-1', ['agreement.answer-signed-without-key-id'])
    const { outcome } = await scene.perform('key.agree')
    expect(outcome.names).to.have.property('wrong-answer', 'wrong-signature')
  })

  it('keys that came before are told from new ones', async () => {
    const scene = await agreeing('suite-1', ['agreement.fixed-ephemeral'])
    const { saved } = await scene.perform('key.agree')
    const again = await scene.perform('key.agree', { unlike: saved['keys'] ?? [] })
    expect(again.outcome.names).to.have.property('repeated')
  })

  it('keys are spent for a client that is declared for tests only', async () => {
    const scene = testerOn('wrapper', { meter: 'suite-1' })
    await scene.up({ rung: 'association', client: 'gmac' })
    expect(await scene.refused('key.agree')).to.contain('forTest')
  })
})
