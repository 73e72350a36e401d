import { expect } from 'chai'
import { testerOn } from '../../prove/scene.ts'

const CLOCK = { 'class-id': 8, 'instance-id': '0.0.1.0.0.255', 'attribute-id': 3 }
const SCRATCH = { 'class-id': 1, 'instance-id': '0.0.96.128.1.255', 'attribute-id': 2 }
const VALUE = { 'octet-string': '11223344' }
const CAPTURE = { 'class-id': 7, 'instance-id': '1.0.99.128.0.255', 'method-id': 2, parameter: { integer: 0 } }

describe('apdu.mutate', () => {
  for (const port of ['hdlc', 'wrapper', 'udp'])
    it(`${port}: a meter that goes on`, async () => {
      const scene = testerOn(port)
      await scene.up({ rung: 'association', client: 'management' })
      const before = scene.sent().length
      const words = { attribute: CLOCK, scratch: SCRATCH, value: VALUE, method: CAPTURE, times: 60, seed: 7 }
      const { outcome, saved } = await scene.perform('apdu.mutate', words)
      expect(outcome.names).to.have.property('success', true)
      expect(saved['seed']).to.equal(7)
      expect(outcome.text).to.contain('60 ').and.to.contain('seed 7')
      expect(scene.sent(before).length).to.be.at.least(63)
    })

  it('with short names: Reads and Writes of what was given, and of nothing else', async () => {
    const scene = testerOn('wrapper', { meter: 'sn' })
    await scene.up({ rung: 'association', client: 'management' })
    const words = { attribute: CLOCK, scratch: SCRATCH, value: VALUE, method: CAPTURE, times: 200, seed: 7 }
    expect((await scene.perform('apdu.mutate', words)).outcome.names).to.have.property('success', true)
    expect(await scene.refused('apdu.mutate', { attribute: { ...CLOCK, 'class-id': 3 }, times: 1 })).to.equal(
      '3:0.0.1.0.0.255 has no short name',
    )
  })

  it('the same seed, the same octets; none given: one is drawn and told', async () => {
    const said = async (seed?: number): Promise<{ readonly sent: readonly string[]; readonly seed: unknown }> => {
      const scene = testerOn('wrapper')
      await scene.up({ rung: 'association', client: 'reader' })
      const { saved } = await scene.perform('apdu.mutate', {
        attribute: CLOCK,
        times: 25,
        ...(seed === undefined ? {} : { seed }),
      })
      return { sent: scene.sent(), seed: saved['seed'] }
    }
    expect((await said(3)).sent).to.deep.equal((await said(3)).sent)
    const drawn = await said()
    expect(drawn.seed).to.be.a('number')
    expect((await said(Number(drawn.seed))).sent).to.deep.equal(drawn.sent)
  })

  it('a meter that falls over: which APDU does it, alone', async () => {
    const scene = testerOn('wrapper', { defects: ['apdu.random-reset'] })
    await scene.up({ rung: 'association', client: 'reader' })
    const { outcome } = await scene.perform('apdu.mutate', { attribute: CLOCK, times: 2000, seed: 53 })
    expect(outcome.names)
      .to.have.property('harmed')
      .that.matches(/after \d+ of 2000 \(seed 53\); D9[0-9A-F]+ does it alone$/)
  })

  it('a meter that wears out: none does it alone', async () => {
    const scene = testerOn('wrapper', { defects: ['apdu.errors.counted'] })
    await scene.up({ rung: 'association', client: 'reader' })
    const { outcome } = await scene.perform('apdu.mutate', { attribute: CLOCK, times: 100, seed: 1 })
    expect(outcome.names)
      .to.have.property('harmed')
      .that.matches(/silence.*none of these does it alone: [0-9A-F ]+$/)
  })

  it('needs an attribute', async () => {
    const scene = testerOn('wrapper')
    await scene.up({ rung: 'association', client: 'reader' })
    expect(await scene.refused('apdu.mutate', { attribute: {}, times: 1 })).to.contain('attribute')
  })
})
