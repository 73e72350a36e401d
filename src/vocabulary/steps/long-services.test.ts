import { expect } from 'chai'
import type { Value } from '../../codec/value.ts'
import type { Evidence } from '../../engine/vocabulary.ts'
import { lying, type Lie } from '../../simulator/lies.ts'
import { testerOn, type SceneOptions, type TesterScene } from '../../prove/scene.ts'

const OBJECT_LIST = { 'class-id': 15, 'instance-id': '0.0.40.0.0.255', 'attribute-id': 2 }
const SCRATCH = { 'class-id': 1, 'instance-id': '0.0.96.128.1.255', 'attribute-id': 2 }
const ENERGY = { 'class-id': 3, 'instance-id': '1.0.1.8.0.255', 'attribute-id': 2 }
const UNKNOWN = { 'class-id': 3, 'instance-id': '9.9.9.9.9.9', 'attribute-id': 2 }
const PROFILE = { 'class-id': 7, 'instance-id': '1.0.99.1.0.255' }
const CAPTURE = { 'class-id': 7, 'instance-id': '1.0.99.128.0.255', 'method-id': 2 }

async function managing(
  port: string,
  propose: Readonly<Record<string, Value>> = {},
  options: SceneOptions = {},
): Promise<TesterScene> {
  const scene = testerOn(port, options)
  await scene.up({ rung: 'association', client: 'management', propose })
  return scene
}
const rulesOf = ({ outcome }: Evidence): readonly string[] =>
  outcome.broken.map(({ rule, clause }) => `${rule}: ${clause}`)

describe('services that take several exchanges', () => {
  for (const port of ['wrapper', 'udp', 'hdlc'] as const)
    describe(port, () => {
      it('read is the same at every PDU size', async () => {
        const whole = await (await managing(port)).perform('read', { attribute: OBJECT_LIST })
        expect(whole.saved['blocks']).to.equal(0)
        for (const size of [12, 64, 137, 1024]) {
          const scene = await managing(port, { 'client-max-receive-pdu-size': size })
          const before = scene.sent().length
          const read = await scene.perform('read', { attribute: OBJECT_LIST })
          expect(read.outcome.names['value'], `${size}`).to.deep.equal(whole.outcome.names['value'])
          expect(read.outcome.names['executed']).to.equal('get')
          expect(rulesOf(read)).to.deep.equal([])
          expect(read.saved['blocks']).to.be.a('number').that.is.greaterThan(0)
          expect(scene.sent(before).length).to.be.at.least(Number(read.saved['blocks']))
        }
      })

      it('write and read back in blocks, and restore', async () => {
        const scene = await managing(port)
        const value = { 'octet-string': '0102030405060708090A' }
        const written = await scene.perform('write', { attribute: SCRATCH, value, by: 'block-transfer', octets: 5 })
        expect(written.outcome.names).to.include({ success: true, executed: 'set' })
        expect(written.saved['blocks']).to.equal(3)
        expect((await scene.perform('read', { attribute: SCRATCH })).outcome.names['value']).to.deep.equal(value)
        await scene.perform('restore')
        expect(scene.journal.journal()).to.deep.equal([])
      })
    })

  describe('lists', () => {
    it('read.list: a result for each', async () => {
      const scene = await managing('wrapper')
      const { outcome, saved } = await scene.perform('read.list', { attributes: [ENERGY, UNKNOWN] })
      expect(outcome.names).to.deep.include({
        results: [{ value: { 'double-long-unsigned': 1234567 } }, { refused: 'object-undefined' }],
        executed: 'get',
      })
      expect(outcome.names).not.to.have.property('success')
      expect(saved['values']).to.deep.equal([{ 'double-long-unsigned': 1234567 }, null])
    })
    it('read.list in blocks', async () => {
      const scene = await managing('wrapper', { 'client-max-receive-pdu-size': 40 })
      const { outcome, saved } = await scene.perform('read.list', { attributes: [ENERGY, OBJECT_LIST] })
      expect(outcome.names['success']).to.equal(true)
      expect(saved['blocks']).to.be.a('number').that.is.greaterThan(10)
    })
    it('write.list journals each, invoke.list gives each result', async () => {
      const scene = await managing('wrapper')
      const value = { 'octet-string': '00' }
      const written = await scene.perform('write.list', {
        attributes: [
          { ...SCRATCH, value },
          { ...SCRATCH, value },
        ],
      })
      expect(written.outcome.names).to.deep.include({ success: true, results: [{ success: true }, { success: true }] })
      expect(scene.journal.journal()).to.have.lengthOf(1)
      const methods = [
        { ...CAPTURE, parameter: { integer: 0 } },
        { ...UNKNOWN, 'method-id': 1 },
      ]
      const invoked = await scene.perform('invoke.list', { methods })
      expect(invoked.outcome.names['results']).to.deep.equal([{ success: true }, { refused: 'object-undefined' }])
      expect(invoked.saved['values']).to.deep.equal([null, null])
    })
    it('that cannot be asked are refused by the tester', async () => {
      const scene = await managing('wrapper')
      for (const [word, args, why] of [
        ['read.list', { attributes: [ENERGY, { 'class-id': 1 }] }, /^expected an attribute/],
        ['read.list', { attributes: [{ ...ENERGY, selection: {} }] }, /^selection/],
        ['write.list', { attributes: [ENERGY] }, /^value/],
        ['invoke.list', { methods: [ENERGY] }, /^expected a method/],
      ] as const)
        expect(await scene.refused(word, args), word).to.match(why)
    })
  })

  describe('profile.read', () => {
    it('entries, and columns of them', async () => {
      const scene = await managing('wrapper', { 'client-max-receive-pdu-size': 100 })
      const { outcome, saved } = await scene.perform('profile.read', { profile: PROFILE, entry: { from: 2, to: 4 } })
      expect(saved['count']).to.equal(3)
      expect(outcome.names['rows']).to.have.lengthOf(3)
      const columns = { from: 2, to: 3 }
      const two = await scene.perform('profile.read', { profile: PROFILE, entry: { from: 1, to: 2, columns } })
      expect(two.outcome.names['rows']).to.have.nested.property('[0].length', 2)
    })
    it('between two times that were read before, by columns as they were read', async () => {
      const scene = await managing('wrapper')
      const all = await scene.perform('profile.read', { profile: PROFILE, entry: { from: 2, to: 5 } })
      const rows = all.outcome.names['rows'] as readonly (readonly Value[])[]
      const captured = await scene.perform('read', { attribute: { ...PROFILE, 'attribute-id': 3 } })
      const { array: columns } = captured.outcome.names['value'] as { readonly array: readonly Value[] }
      const range = { from: rows[0]?.[0] ?? null, to: rows[3]?.[0] ?? null, columns: columns.slice(0, 2) }
      const some = await scene.perform('profile.read', { profile: PROFILE, range })
      expect(some.outcome.names['rows']).to.deep.equal(rows.map((row) => row.slice(0, 2)))
      const named = { ...range, columns: [{ 'class-id': 8, 'instance-id': '0.0.1.0.0.255', 'attribute-id': 2 }] }
      const times = await scene.perform('profile.read', { profile: PROFILE, range: named })
      expect(times.outcome.names['rows']).to.deep.equal(rows.map((row) => row.slice(0, 1)))
    })
    it('as the standard has it, by read', async () => {
      const scene = await managing('wrapper')
      const selection = {
        'access-selector': 2,
        'access-parameters': {
          structure: [
            { 'double-long-unsigned': 1 },
            { 'double-long-unsigned': 1 },
            { 'long-unsigned': 1 },
            { 'long-unsigned': 0 },
          ],
        },
      }
      const { outcome } = await scene.perform('read', { attribute: { ...PROFILE, 'attribute-id': 2 }, selection })
      expect(outcome.names).to.have.nested.property('value.array.length', 1)
    })
    it('that cannot be asked is refused by the tester', async () => {
      const scene = await managing('wrapper')
      for (const args of [
        { profile: {} },
        { profile: PROFILE, entry: { from: 'a' } },
        { profile: PROFILE, range: { from: 1, to: 2 } },
        { profile: PROFILE, range: { from: { unsigned: 1 }, to: { unsigned: 2 }, columns: [{ 'class-id': 1 }] } },
      ])
        expect(await scene.refused('profile.read', args)).to.match(/^(expected an attribute|selection: expected)/)
    })
  })

  describe('with a meter that goes wrong', () => {
    const read = async (lie: Lie, size = 64): Promise<Evidence> => {
      const scene = await managing(
        'wrapper',
        { 'client-max-receive-pdu-size': size },
        { between: (party) => lying(party, lie) },
      )
      return scene.perform('read', { attribute: OBJECT_LIST })
    }
    const changing =
      (at: number, change: (octet: number, before: number) => number): Lie =>
      (wpdu, _, before) =>
        wpdu.map((octet, index) => (index === 8 + at ? change(octet, before) : octet))

    it('a number that stays: no value, and the rule that is broken', async () => {
      const came = await read(changing(7, () => 1))
      expect(came.outcome.names).not.to.have.property('value')
      expect(came.outcome.broken).to.deep.include({
        rule: 'block-number',
        clause: 'xdlms.block-transfer.numbers',
        expected: 'block 2',
        found: 'block 1',
        ofExchange: true,
      })
      expect(came.outcome.text).to.equal('get-response with block 1 after 1 block')
    })
    it('another invoke-id in the second block: told by the rule of every APDU', async () => {
      const came = await read(changing(2, (octet, before) => (before === 1 ? octet ^ 1 : octet)))
      expect(rulesOf(came)).to.deep.equal(['invoke-id-and-priority: xdlms.invoke-id'])
      expect(came.outcome.names).not.to.have.property('value')
    })
    it('another priority in the first block: the value, and the remark of that block', async () => {
      const came = await read(changing(2, (octet, before) => (before === 0 ? octet & 0x7f : octet)))
      expect(came.outcome.names).to.have.property('value')
      expect(came.outcome.broken.map(({ rule, remark }) => [rule, remark])).to.deep.equal([
        ['invoke-id-and-priority', true],
      ])
    })
  })
})
