// The tester against the simulated meter with short names: words and short names of messages choose Read and Write by themselves.
import { expect } from 'chai'
import type { Value } from '../../codec/value.ts'
import type { MeterDescription } from '../../simulator/description.ts'
import { testerOn, type TesterScene } from '../../prove/scene.ts'

const SCRATCH = { 'class-id': 1, 'instance-id': '0.0.96.128.1.255', 'attribute-id': 2 }
const OWN_NAME = { 'class-id': 12, 'instance-id': '0.0.40.0.0.255', 'attribute-id': 1 }
const OBJECT_LIST = { ...OWN_NAME, 'attribute-id': 2 }
const ROWS = { 'class-id': 7, 'instance-id': '1.0.99.1.0.255', 'attribute-id': 2 }
const CAPTURE = { 'class-id': 7, 'instance-id': '1.0.99.128.0.255', 'method-id': 2 }
const COUNT = { 'class-id': 7, 'instance-id': '1.0.99.128.0.255', 'attribute-id': 7 }
const NEW = { 'octet-string': '11223344' }

async function scene(defects: readonly string[] = [], size = 0xffff): Promise<TesterScene> {
  const on = testerOn('wrapper', { meter: 'sn', defects })
  await on.up({ rung: 'association', client: 'management', propose: { 'client-max-receive-pdu-size': size } })
  return on
}

/** APDUs that were sent since. */
const apdus = (on: TesterScene, from: number): readonly string[] => on.sent(from).map((unit) => unit.slice(16))

describe('words with short names', () => {
  it('read and write by names of the object list, which is read before', async () => {
    const on = await scene()
    const from = on.sent().length
    await on.perform('write', { attribute: SCRATCH, value: NEW })
    expect((await on.perform('read', { attribute: SCRATCH })).saved['value']).to.deep.equal(NEW)
    // The old value is read first, to be put back.
    expect(apdus(on, from)).to.deep.equal(['0501020408', '06010204080109' + '0411223344', '0501020408'])
  })
  it('read a part, with a parameter', async () => {
    const on = await scene()
    const { saved } = await on.perform('read', { attribute: ROWS, selection: { entry: { from: 1, to: 2 } } })
    expect((saved['value'] as { readonly array: readonly Value[] }).array).to.have.lengthOf(2)
  })
  it('invoke a method by a Write', async () => {
    const on = await scene()
    const from = on.sent().length
    expect((await on.perform('invoke', { method: CAPTURE, parameter: { integer: 0 } })).outcome.names).to.include({
      success: true,
    })
    expect(apdus(on, from)).to.deep.equal(['0601020CA0010F00'])
    expect((await on.perform('read', { attribute: COUNT })).saved['number']).to.equal(1)
  })
  it('read and write in blocks', async () => {
    const whole = (await (await scene()).perform('read', { attribute: OBJECT_LIST })).saved['value']
    const inBlocks = await (await scene([], 64)).perform('read', { attribute: OBJECT_LIST })
    expect(inBlocks.saved['value']).to.deep.equal(whole)
    expect(inBlocks.saved['blocks']).to.be.above(10)
    const on = await scene()
    const written = await on.perform('write', { attribute: SCRATCH, value: NEW, by: 'block-transfer' })
    expect(written.outcome.names).to.include({ success: true })
    expect((await on.perform('read', { attribute: SCRATCH })).saved['value']).to.deep.equal(NEW)
  })
  it('lists give the results in their order', async () => {
    const { outcome } = await (await scene()).perform('read.list', { attributes: [SCRATCH, OWN_NAME] })
    expect(outcome.names['results']).to.deep.equal([
      { value: { 'octet-string': 'AABBCCDD' } },
      { value: { 'octet-string': '0000280000FF' } },
    ])
  })
  it('read.uncovered finds what a careless meter serves', async () => {
    expect((await (await scene()).perform('read.uncovered')).outcome.names).to.include({ success: true })
    const careless = (await (await scene(['short-names.offset-unchecked'])).perform('read.uncovered')).outcome
    expect(careless.names).to.include({ value: true })
    expect(careless.text).to.match(/^the short name [0-9A-F]{4} came to /)
  })
})

describe('an InformationReport that nobody asked for', () => {
  const defects = ['short-names.information-report.not-negotiated']
  const second = async (on: TesterScene) => {
    await on.up({ rung: 'association', client: 'management' })
    await on.perform('read', { attribute: SCRATCH })
    return on.perform('read', { attribute: SCRATCH })
  }
  it('breaks the contract where the association has not negotiated the service', async () => {
    const { surplus, unsolicited } = await second(testerOn('wrapper', { meter: 'sn', defects }))
    expect(unsolicited.map(({ text }) => text)).to.deep.equal(['information-report-request'])
    expect(surplus.flatMap(({ broken }) => broken.map(({ rule, clause }) => [rule, clause]))).to.deep.equal([
      ['information-report-negotiated', 'xdlms.conformance'],
    ])
  })
  it('is no more than logged where it has (G16)', async () => {
    const described = (meter: MeterDescription): MeterDescription => {
      const { management } = meter.clients
      if (management === undefined) return meter
      const conformance = [...(management.conformance ?? []), 'information-report' as const]
      return { ...meter, clients: { ...meter.clients, management: { ...management, conformance } } }
    }
    const { surplus, unsolicited } = await second(testerOn('wrapper', { meter: 'sn', defects, described }))
    expect(unsolicited).to.have.lengthOf(1)
    expect(surplus).to.deep.equal([])
  })
})

describe('an object that the meter does not list', () => {
  const MISSING = { ...SCRATCH, 'instance-id': '9.9.9.9.9.9' }
  it('is asked for by no word, and by no message: whoever wrote the declaration is told to look', async () => {
    const on = await scene()
    const from = on.sent().length
    const { outcome } = await on.perform('read', { attribute: MISSING })
    expect(outcome.names).to.deep.equal({ unlisted: true })
    expect(outcome.text).to.equal('no such object in the object list of management: it has no short name')
    expect(outcome.advice).to.match(/^Look whether the declaration names this object/)
    const sent = await on.send({ messages: [{ fill: { from: { get: MISSING }, length: 40 } }] })
    expect(sent).to.deep.include({
      refusal: '1:9.9.9.9.9.9 is not in the object list of management: it has no short name',
      advice: outcome.advice,
    })
    expect(apdus(on, from)).to.deep.equal([])
  })
})

describe('get, set and action of a client with short names', () => {
  const rows: readonly (readonly [string, Value, string, string, Value])[] = [
    ['get', SCRATCH, '0501020408', 'get-response', { data: { 'octet-string': 'AABBCCDD' } }],
    ['set', { attribute: SCRATCH, value: NEW }, '060102040801090411223344', 'set-response', { result: 'success' }],
    [
      'action',
      { method: CAPTURE, parameter: { integer: 0 } },
      '0601020CA0010F00',
      'action-response',
      { result: 'success' },
    ],
    [
      'get',
      { ...OBJECT_LIST, 'access-selection': { 'access-selector': 1, 'access-parameters': { 'long-unsigned': 63 } } },
      '050104FA080112003F',
      'get-response',
      { data: { array: [] } },
    ],
    [
      'get',
      { ...OWN_NAME, 'attribute-id': 5 },
      '050102FA20',
      'get-response',
      { 'data-access-result': 'object-undefined' },
    ],
  ]
  for (const [name, said, octets, answer, fields] of rows)
    it(`${name} is ${octets}, answered as ${answer}`, async () => {
      const on = await scene()
      const from = on.sent().length
      const came = await on.send({ messages: [{ [name]: said }] }, { asked: [answer] })
      expect(apdus(on, from)).to.deep.equal([octets])
      expect('outcome' in came && came.outcome.names[answer]).to.deep.include(fields)
    })
  it('what refuses the service as a whole is seen as the exception that it would be with logical names', async () => {
    const on = testerOn('wrapper', { meter: 'sn' })
    await on.up({ rung: 'link', client: 'management' })
    const came = await on.send({ messages: [{ get: SCRATCH }] }, { asked: ['exception-response'] })
    expect('outcome' in came && came.outcome.names).to.deep.include({
      refused: 'confirmed-service-error',
      'exception-response': { 'state-error': 'service-not-allowed', 'service-error': 'service-not-supported' },
    })
  })
  it('a block is seen as the block that it would be with logical names', async () => {
    const on = await scene([], 64)
    const came = await on.send({ messages: [{ get: OBJECT_LIST }] }, { asked: ['get-response-with-datablock'] })
    const block = 'outcome' in came ? came.outcome.names['get-response-with-datablock'] : null
    expect(block).to.have.property('result').that.includes({ 'last-block': false, 'block-number': 1 })
  })
  it('faults are done to the part of the Read or Write that stands for the one named', async () => {
    const selection = { 'access-selector': 1, 'access-parameters': { 'octet-string': 'AABB' } }
    const faulty: readonly (readonly [Value, Record<string, Value>, string])[] = [
      [{ get: SCRATCH }, { 'get.tag': { set: '07' } }, '0701020408'],
      [{ get: SCRATCH }, { 'get.choice': { set: '0F' } }, '05010F0408'],
      [
        { get: { ...SCRATCH, 'access-selection': selection } },
        { 'get.access-parameters.length': { set: '7F' } },
        '050104040801097FAABB',
      ],
      [{ set: { attribute: SCRATCH, value: NEW } }, { 'set.value.length': { set: 'FF' } }, '06010204080109FF11223344'],
      [{ set: { attribute: SCRATCH, value: NEW } }, { 'set.choice': { set: '00' } }, '060100040801090411223344'],
      [
        { action: { method: CAPTURE, parameter: { integer: 0 } } },
        { 'action.method-invocation-parameters.tag': { set: 'FE' } },
        '0601020CA001FE00',
      ],
    ]
    const on = await scene()
    for (const [message, damage, octets] of faulty) {
      const from = on.sent().length
      await on.send({ messages: [message], damage })
      expect(apdus(on, from), JSON.stringify(damage)).to.deep.equal([octets])
    }
  })
  it('a client with logical names gets no such names', async () => {
    const on = testerOn('wrapper', { defects: ['xdlms.context.mixed'] })
    await on.up({ rung: 'association', client: 'management' })
    const came = await on.send({ messages: [{ read: { 'variable-name': 0 } }] }, { asked: ['read-response'] })
    expect('outcome' in came && came.outcome.names).to.include.keys('read-response')
    expect('outcome' in came && came.outcome.names).not.to.include.keys('get-response')
  })
})
