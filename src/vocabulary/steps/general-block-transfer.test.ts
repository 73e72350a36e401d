import { expect } from 'chai'
import { testerOn, type TesterScene } from '../../prove/scene.ts'

const OBJECTS = { 'class-id': 15, 'instance-id': '0.0.40.0.0.255', 'attribute-id': 2 }
const SCRATCH = { 'class-id': 1, 'instance-id': '0.0.96.128.1.255', 'attribute-id': 2 }
const NEW = { 'octet-string': '11223344' }
const CAPTURE = { 'class-id': 7, 'instance-id': '1.0.99.128.0.255', 'method-id': 2 }
const CAPTURED = { 'class-id': 7, 'instance-id': '1.0.99.128.0.255', 'attribute-id': 7 }
const GBT = { by: 'general-block-transfer' }

async function managing(port: string, size: number, defects: readonly string[] = []): Promise<TesterScene> {
  const scene = testerOn(port, { defects })
  const conformance = ['general-block-transfer', 'get', 'set', 'action']
  await scene.up({
    rung: 'association',
    client: 'management',
    propose: { 'client-max-receive-pdu-size': size, conformance },
  })
  return scene
}

describe('services by general block transfer', () => {
  for (const port of ['wrapper', 'hdlc', 'udp'])
    for (const size of [12, 64, 1024])
      it(`read, whatever is lost (${port}, APDUs of ${size} octets)`, async () => {
        const scene = await managing(port, 65535)
        const whole = (await scene.perform('read', { attribute: OBJECTS })).saved['value']
        const small = await managing(port, size)
        for (const way of [
          { window: 1 },
          { window: 4 },
          { window: 4, loseBlock: 2 },
          { window: 3, loseBlock: 'last' },
        ]) {
          const { outcome, saved } = await small.perform('read', { attribute: OBJECTS, ...GBT, ...way })
          expect(outcome.broken, JSON.stringify(way)).to.deep.equal([])
          expect(saved['value']).to.deep.equal(whole)
          expect(outcome.names).not.to.have.property('undisturbed')
        }
      })

  describe('writes and invokes in blocks of two octets', () => {
    for (const port of ['wrapper', 'hdlc'])
      for (const way of [
        {},
        { repeatBlock: 3 },
        { advanceBlock: 4 },
        { repeatBlock: 2, advanceBlock: 4, loseBlock: 'last' },
      ])
        it(`${JSON.stringify(way)} (${port})`, async () => {
          const scene = await managing(port, 64)
          const small = { ...GBT, octets: 2, window: 2, ...way }
          const written = await scene.perform('write', { attribute: SCRATCH, value: NEW, ...small })
          expect(written.outcome.names).to.include({ success: true, executed: 'set' })
          expect(written.outcome.names).not.to.have.property('undisturbed')
          expect(written.outcome.broken).to.deep.equal([])
          const read = await scene.perform('read', { attribute: SCRATCH, ...GBT, octets: 1, window: 1 })
          expect(read.saved['value']).to.deep.equal(NEW)
          const parameter = { integer: 0 }
          await scene.perform('invoke', { method: CAPTURE, parameter, ...small })
          expect((await scene.perform('read', { attribute: CAPTURED })).saved['number']).to.equal(1)
        })
  })

  it('blocks of two transfers are not served, each protected as it should be', async () => {
    const mixed = async (mixBlock: number, defects: readonly string[] = []) => {
      const scene = testerOn('wrapper', { defects })
      const conformance = ['general-protection', 'general-block-transfer', 'get', 'set', 'action']
      await scene.up({ rung: 'association', client: 'ciphered', propose: { conformance } })
      const way = { ...GBT, octets: 12, mixBlock }
      const { outcome } = await scene.perform('write', { attribute: SCRATCH, value: NEW, ...way })
      expect((await scene.perform('association.alive')).outcome.names).to.include({ success: true })
      return outcome.names
    }
    expect(await mixed(3)).to.include({ refused: 'exception-response' })
    expect(await mixed(3, ['protection.tag-unverified'])).to.include({ success: true })
    expect(await mixed(1), 'all of it is the other one').to.include({ success: true })
    expect(await mixed(9)).to.include({ success: true, undisturbed: true })
  })

  it('says where nothing could be lost', async () => {
    const { outcome } = await (
      await managing('wrapper', 64)
    ).perform('read', { attribute: SCRATCH, ...GBT, loseBlock: 9 })
    expect(outcome.names).to.include({ undisturbed: true, executed: 'get' })
  })
  it('refused in blocks, in an exception, and by an abort', async () => {
    const attribute = { ...SCRATCH, 'instance-id': '9.9.9.9.9.9' }
    const scene = await managing('wrapper', 64)
    expect((await scene.perform('read', { attribute, ...GBT })).outcome.names).to.include({
      refused: 'object-undefined',
    })
    const reader = testerOn('wrapper')
    await reader.up({ rung: 'association', client: 'reader' })
    expect((await reader.perform('read', { attribute: SCRATCH, ...GBT })).outcome.names).to.include({
      refused: 'exception-response',
    })
    const long = { 'octet-string': '00'.repeat(17_000) }
    const { outcome } = await scene.perform('write', { attribute: SCRATCH, value: long, ...GBT })
    expect(outcome.names).to.include({ refused: 'general-block-transfer' })
  })

  const broken: readonly (readonly [string, string, object])[] = [
    ['gbt.acknowledges-its-own-number', 'gbt-acknowledgement', { window: 2 }],
    ['gbt.first-is-0', 'gbt-number', {}],
    ['gbt.window-exceeded', 'gbt-window', { window: 2 }],
    ['gbt.never-repeated', 'gbt-recovery', { window: 4, loseBlock: 2 }],
  ]
  it('a request put together wrongly is not served', async () => {
    const scene = await managing('hdlc', 64, ['gbt.gap-unnoticed'])
    const args = { attribute: OBJECTS, ...GBT, octets: 1, window: 63, advanceBlock: 4 }
    expect((await scene.perform('read', args)).outcome.names).not.to.have.property('value')
  })
  for (const [defect, rule, way] of broken)
    it(`${defect} breaks ${rule}`, async () => {
      const scene = await managing('hdlc', 16, [defect])
      const { outcome } = await scene.perform('read', { attribute: OBJECTS, ...GBT, ...way })
      expect(outcome.broken.map((each) => each.rule)).to.include(rule)
    })
})
