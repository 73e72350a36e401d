import { expect } from 'chai'
import { testerOn, type SceneOptions, type TesterScene } from '../../prove/scene.ts'

const NAME = { 'class-id': 8, 'instance-id': '0.0.1.0.0.255', 'attribute-id': 1 }
const NOBODY = { 'class-id': 1, 'instance-id': '0.0.96.255.254.254', 'attribute-id': 2 }
const SCRATCH = { 'class-id': 1, 'instance-id': '0.0.96.128.1.255', 'attribute-id': 2 }
const CAPTURE = { 'class-id': 7, 'instance-id': '1.0.99.128.0.255', 'method-id': 2 }
const VALUE = { 'octet-string': '11223344' }

async function opened(port: string, options: SceneOptions = {}): Promise<TesterScene> {
  const scene = testerOn(port, options)
  const conformance = ['access', 'general-block-transfer', 'get', 'set', 'action']
  await scene.up({ rung: 'association', client: 'management', propose: { conformance } })
  return scene
}

describe('access', () => {
  for (const port of ['hdlc', 'wrapper'])
    it(`${port}: reads, writes and invokes in one request`, async () => {
      const scene = await opened(port)
      const list = [
        { get: NOBODY },
        { set: SCRATCH, value: VALUE },
        { get: SCRATCH },
        { action: CAPTURE, parameter: { integer: 0 } },
      ]
      const { outcome } = await scene.perform('access', { list })
      expect(outcome.names['results']).to.deep.equal([
        { refused: 'object-undefined' },
        { success: true },
        { value: VALUE },
        { success: true },
      ])
      expect(scene.journal.journal()).to.have.lengthOf(1)
    })

  it('in general block transfer', async () => {
    const scene = await opened('wrapper')
    const { outcome } = await scene.perform('access', {
      by: 'general-block-transfer',
      window: 2,
      octets: 8,
      list: [{ get: NAME }],
    })
    expect(outcome.names['results']).to.deep.equal([{ value: { 'octet-string': '0000010000FF' } }])
  })

  for (const [defect, clause] of [
    ['access.stops-at-the-first-error', 'xdlms.list'],
    ['access.null-data-left-out', 'xdlms.list'],
    ['access.long-invoke-id-lost', 'xdlms.invoke-id'],
  ] as const)
    it(`${defect} breaks a rule`, async () => {
      const scene = await opened('wrapper', { defects: [defect] })
      const { outcome } = await scene.perform('access', { list: [{ get: NOBODY }, { get: NAME }] })
      expect(outcome.broken.map((rule) => rule.clause)).to.include(clause)
    })

  it('says what is no element', async () => {
    const scene = await opened('wrapper')
    expect(await scene.refused('access', { list: [{ set: SCRATCH }] })).to.match(/^value/)
    expect(await scene.refused('access', { list: [{ get: 1 }] })).to.match(/^expected an attribute/)
    expect(await scene.refused('access', { list: [{ action: SCRATCH }] })).to.match(/^expected a method/)
  })
})
