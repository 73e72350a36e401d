import { expect } from 'chai'
import { hex } from '../../codec/value.ts'
import { vectors } from '../../protocol/vectors/load.ts'
import { agreeing, asking, shortly } from '../asking.ts'
import { octetsOf } from '../scene.ts'
import { byEntry, byRange } from '../selection.ts'
import { get, getWithList } from './get.ts'

const CLOCK = { 'class-id': 8, 'instance-id': '0.0.1.0.0.255', 'attribute-id': 2 } as const
const GET = 'C001C100080000010000FF0200'
const WITH_LIST = { attribute: CLOCK }

describe('GET with logical names', () => {
  it('in one APDU', async () => {
    const { session, heard } = await asking(['C401C100110A'])
    expect(await get(session, { attribute: CLOCK })).to.deep.equal({
      is: 'done',
      value: { is: 'unsigned', value: 10 },
      transfer: { blocks: 0, irregular: [] },
    })
    expect(heard).to.deep.equal([GET])
  })

  it('in blocks: each is asked for by the number of the one before, with the same invoke-id', async () => {
    const { session, heard } = await asking([
      'C402C100000000010003090601',
      'C402C1000000000200020203',
      'C402C101000000030003040506',
    ])
    const read = await get(session, { attribute: CLOCK })
    expect(read.is === 'done' && read.value).to.deep.equal({ is: 'octet-string', value: octetsOf('010203040506') })
    expect(read.is === 'done' && read.transfer).to.deep.equal({ blocks: 3, irregular: [] })
    expect(heard).to.deep.equal([GET, 'C002C100000001', 'C002C100000002'])
  })

  it('in the blocks of the Green Book', async () => {
    const vector = (id: string): string => vectors('xdlms').find((each) => each.id === id)?.octets ?? ''
    const { session, heard } = await asking([vector('get-b-1'), vector('get-b-2')])
    const read = await get(session, { attribute: CLOCK })
    expect(read.is === 'done' && read.value.is === 'octet-string' && read.value.value).to.have.lengthOf(50)
    expect(heard[1]).to.equal(vector('get-b-next').replace('C00281', 'C002C1'))
  })

  const refusals: readonly (readonly [string, readonly string[], string])[] = [
    ['at once', ['C401C10103'], 'refused read-write-denied in 0'],
    ['by a code without a name', ['C401C10177'], 'refused 119 in 0'],
    ['in a block', ['C402C101000000010113'], 'refused data-block-number-invalid in 0'],
    ['behind a block', ['C402C1000000000100020906', 'C402C10100000002010F'], 'refused long-get-aborted in 1'],
    [
      'behind a block, in the normal form',
      ['C402C1000000000100020906', 'C401C10102'],
      'refused temporary-failure in 1',
    ],
    ['by an exception', ['D80102'], 'other in 0'],
    ['by an exception behind a block', ['C402C1000000000100020906', 'D80101'], 'other in 1'],
    ['by silence', [], 'other in 0'],
    ['by silence behind a block', ['C402C1000000000100020906'], 'other in 1'],
    ['by the answer to another question', ['C501C100'], 'other in 0'],
    ['by what is no APDU', ['C4FF'], 'other in 0'],
  ]
  for (const [how, answers, came] of refusals)
    it(`refused ${how}`, async () => {
      const { session, heard } = await asking(answers)
      expect(shortly(await get(session, { attribute: CLOCK }))).to.equal(came)
      expect(heard.length).to.be.lessThan(3)
    })

  const FIRST = 'C402C1000000000100020906'
  const wrong: readonly (readonly [string, readonly string[], string])[] = [
    ['begin with 0', ['C402C1000000000000020906'], 'broken block-number: expected block 1, found block 0'],
    ['begin with 2', ['C402C1000000000200020906'], 'broken block-number: expected block 1, found block 2'],
    ['go back', [FIRST, FIRST], 'broken block-number: expected block 2, found block 1'],
    ['leave one out', [FIRST, 'C402C1010000000300020906'], 'broken block-number: expected block 2, found block 3'],
    [
      'change the invoke-id',
      [FIRST, 'C402C2010000000200020906'],
      'broken block-invoke-id: expected invoke-id 1 in every block, found invoke-id 2',
    ],
    [
      'become a normal answer',
      [FIRST, 'C401C100110A'],
      'broken block-form: expected get-response-with-datablock, found get-response-normal',
    ],
    [
      'hold less than the value',
      ['C402C101000000010003090601'],
      'broken block-contents: expected at most 1 at octet 1 of the raw data, found 6',
    ],
    [
      'hold more than the value',
      ['C402C101000000010003110102'],
      'broken block-contents: expected the end at octet 2 of the raw data, found 1 more octets',
    ],
  ]
  for (const [how, answers, came] of wrong)
    it(`blocks that ${how}`, async () => {
      const { session } = await asking(answers)
      expect(shortly(await get(session, { attribute: CLOCK }))).to.equal(came)
    })

  const block = (n: number, raw: string, last = false): string =>
    `C402C1${last ? '01' : '00'}${n.toString(16).padStart(8, '0').toUpperCase()}00${hex(Uint8Array.of(raw.length / 2))}${raw}`

  it('blocks without octets: one is remarked, many end it', async () => {
    const one = await asking([block(1, '1105'), block(2, '', true)])
    const read = await get(one.session, { attribute: CLOCK })
    expect(read.is === 'done' && read.transfer.irregular).to.deep.equal([
      { rule: 'block-contents', expected: 'octets in every block', found: 'a block without any', remark: true },
    ])
    const many = await asking((_, n) => block(n, ''))
    expect(shortly(await get(many.session, { attribute: CLOCK }))).to.equal(
      'broken block-transfer-ends: expected a last block, found 17 blocks without octets',
    )
    expect(many.heard).to.have.lengthOf(17)
  })

  it('blocks without end are given up', async () => {
    let n = 0
    const ask = (): ReturnType<Parameters<typeof get>[0]['ask']> =>
      Promise.resolve({
        is: 'get-response-with-datablock',
        value: {
          'invoke-id-and-priority': { priority: true, 'service-class': true, reserved: 0, 'invoke-id': 1 },
          result: { 'last-block': false, 'block-number': ++n, result: { is: 'raw-data', value: new Uint8Array(1) } },
        },
      })
    const session = { ask, nextInvokeId: () => 1, agreed: undefined }
    expect(shortly(await get(session, { attribute: CLOCK }))).to.match(/^broken block-transfer-ends: .* none of them/)
    expect(n).to.equal(20_000)
  })

  it('blocks that were not negotiated, or that one APDU could have held', async () => {
    const answers = ['C402C1010000000100021105']
    const rulesFor = async (agreed: ReturnType<typeof agreeing>): Promise<readonly string[]> => {
      const { session } = await asking(answers, { agreed })
      const read = await get(session, { attribute: CLOCK })
      return read.is === 'done' ? read.transfer.irregular.map(({ rule, found }) => `${rule}: ${found}`) : []
    }
    expect(await rulesFor(agreeing(5))).to.deep.equal([])
    expect(await rulesFor(agreeing(6))).to.deep.equal(['block-transfer-needed: a block'])
    expect(await rulesFor(agreeing(5, ['block-transfer-with-get-or-read']))).to.deep.equal([
      'block-transfer-negotiated: blocks',
    ])
  })

  describe('with selective access', () => {
    const PROFILE = { 'class-id': 7, 'instance-id': '1.0.99.1.0.255', 'attribute-id': 2 } as const
    const clock = {
      'class-id': 8,
      'logical-name': octetsOf('0000010000FF'),
      'attribute-index': 2,
      'data-index': 0,
    } as const
    it('by entry', async () => {
      const { session, heard } = await asking([])
      const entry = { fromEntry: 5, toEntry: 0, fromSelectedValue: 2, toSelectedValue: 3 }
      await get(session, { attribute: PROFILE, selection: byEntry(entry) })
      expect(heard).to.deep.equal(['C001C100070100630100FF020102020406000000050600000000120002120003'])
    })
    it('by range', async () => {
      const { session, heard } = await asking([])
      const at = { is: 'octet-string', value: octetsOf('07E8010101000000FF800000') } as const
      await get(session, {
        attribute: PROFILE,
        selection: byRange({ restrictingObject: clock, from: at, to: at, selectedValues: [clock] }),
      })
      expect(heard).to.deep.equal([
        'C001C100070100630100FF0201010204' +
          '020412000809060000010000FF0F02120000' +
          '090C07E8010101000000FF800000090C07E8010101000000FF800000' +
          '0101020412000809060000010000FF0F02120000',
      ])
    })
  })

  describe('with a list', () => {
    const LIST = 'C003C10200080000010000FF020000080000010000FF0200'
    it('in one APDU: data and errors, each in its place', async () => {
      const { session, heard } = await asking(['C403C1020011070103'])
      const read = await getWithList(session, [WITH_LIST, WITH_LIST])
      expect(read.is === 'done' && read.value).to.deep.equal([
        { is: 'data', value: { is: 'unsigned', value: 7 } },
        { is: 'data-access-result', value: 'read-write-denied' },
      ])
      expect(heard).to.deep.equal([LIST])
    })
    it('in blocks', async () => {
      const { session } = await asking(['C402C1000000000100020200', 'C402C10100000002000411070103'])
      const read = await getWithList(session, [WITH_LIST, WITH_LIST])
      expect(read.is === 'done' && read.value.map(({ is }) => is)).to.deep.equal(['data', 'data-access-result'])
    })
    for (const [how, answer, came] of [
      [
        'too few results',
        'C403C101001107',
        'broken one-result-each: expected 2 results, one for each element, found 1',
      ],
      [
        'too many results',
        'C403C103001107001107001107',
        'broken one-result-each: expected 2 results, one for each element, found 3',
      ],
      ['a count that lies', 'C403C17F001107', 'other in 0'],
      ['one error for all', 'C401C1010D', 'refused scope-of-access-violated in 0'],
      ['an exception', 'D80202', 'other in 0'],
    ] as const)
      it(how, async () => {
        const { session } = await asking([answer])
        expect(shortly(await getWithList(session, [WITH_LIST, WITH_LIST]))).to.equal(came)
      })
  })
})
