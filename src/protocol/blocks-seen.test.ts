import { expect } from 'chai'
import fc from 'fast-check'
import { hex, unhex } from '../codec/value.ts'
import { watchBlocks, type BlocksSeen } from './blocks-seen.ts'
import { vectors } from './vectors/load.ts'

type Passed = readonly ['sent' | 'received', string]

const octetsOf = (text: string): Uint8Array => unhex(text) ?? new Uint8Array(0)
/** What was seen behind each APDU; `XX` is hidden. */
function seen(...passed: readonly Passed[]): readonly (BlocksSeen | undefined)[] {
  const watch = watchBlocks()
  return passed.map(([direction, text]) => {
    const hidden = Uint8Array.from(text.match(/../g) ?? [], (pair) => (pair === 'XX' ? 1 : 0))
    return watch(octetsOf(text.replaceAll('XX', '00')), hidden, direction)
  })
}
const golden = (file: string, id: string): string => vectors(file).find((one) => one.id === id)?.octets ?? ''
const xdlms = (id: string): string => golden('xdlms', id)

const FIFTY = '0102030405060708091011121314151617181920212223242526272829303132333435363738394041424344454647484950'
const GET: Passed = ['sent', 'C0018100070100630100FF0200']

describe('blocks as somebody sees them who looks on', () => {
  const table: readonly (readonly [string, readonly Passed[], string, string])[] = [
    [
      'the answer to GET',
      [GET, ['received', xdlms('get-b-1')], ['sent', xdlms('get-b-next')], ['received', xdlms('get-b-2')]],
      'value of 2',
      `0932${FIFTY}`,
    ],
    [
      'SET of one attribute',
      [
        ['sent', xdlms('set-b-first')],
        ['received', xdlms('set-b-ack')],
        ['sent', xdlms('set-b-last')],
      ],
      'value of 2',
      `0932${FIFTY}`,
    ],
    [
      'SET of a list',
      [
        ['sent', xdlms('set-lb-first')],
        ['sent', xdlms('set-lb-last')],
      ],
      'values of 2',
      `020932${FIFTY}0A03303030`,
    ],
    [
      'the parameters of a method',
      [
        ['sent', xdlms('act-b-first')],
        ['received', xdlms('act-b-ack')],
        ['sent', xdlms('act-b-last')],
      ],
      'value of 2',
      `0932${FIFTY}`,
    ],
    [
      'what a method returned',
      [
        ['sent', 'C301C1001200002C0000FF0200'],
        ['received', 'C702C1000000000103000100'],
        ['sent', xdlms('act-rb-next')],
        ['received', 'C702C10100000002021105'],
      ],
      'action-response of 2',
      '0001001105',
    ],
    [
      'the answer to GET of a list',
      [
        ['sent', 'C003C10200080000010000FF020000080000010000FF0300'],
        ['received', 'C402C100000000010003020011'],
        ['received', 'C402C101000000020003050104'],
      ],
      'get-results of 2',
      '020011050104',
    ],
    [
      'the answer to Read of short names',
      [
        ['sent', '05010228D0'],
        ['received', '0C010200000103010009'],
        ['sent', golden('sn', 'sn-read-blocknext')],
        ['received', '0C0102010002020155'],
      ],
      'read-results of 2',
      '0100090155',
    ],
    [
      'general block transfer',
      [
        ['sent', golden('gbt', 'gbt-req')],
        ['received', golden('gbt', 'gbt-r1')],
        ['received', golden('gbt', 'gbt-r2')],
        ['received', golden('gbt', 'gbt-r3')],
      ],
      'apdu of 3',
      `C40181000932${FIFTY}`,
    ],
  ]
  for (const [what, passed, is, octets] of table)
    it(what, () => {
      const last = seen(...passed).at(-1)
      expect(last && `${last.is} of ${last.blocks}`).to.equal(is)
      expect(last && hex(last.octets)).to.equal(octets)
      expect(last?.trouble).to.equal(undefined)
    })

  it('a value as a tree, once, behind the last block', () => {
    const [request, first, second] = seen(GET, ['received', xdlms('get-b-1')], ['received', xdlms('get-b-2')])
    expect([request, first]).to.deep.equal([undefined, undefined])
    expect(second?.tree.name).to.equal('value')
    expect(second?.tree.children[0]).to.include({ name: 'octet-string', start: 0, end: 52 })
    expect(second?.trouble).to.equal(undefined)
  })

  it('a block that was sent again is no further part', () => {
    const all = seen(
      GET,
      ['received', xdlms('get-b-1')],
      ['received', xdlms('get-b-1')],
      ['received', xdlms('get-b-2')],
    )
    expect(all.map((one) => one?.blocks)).to.deep.equal([undefined, undefined, undefined, 2])
  })

  it('a new transfer begins at block 1, whatever came of the one before', () => {
    const other = xdlms('get-b-1').replace('093201', '093299')
    const all = seen(GET, ['received', xdlms('get-b-1')], GET, ['received', other], ['received', xdlms('get-b-2')])
    expect(hex(all.at(-1)?.octets ?? new Uint8Array(0))).to.equal(`0932${FIFTY}`.replace('093201', '093299'))
  })

  it('a value in one block needs no joining: it stands there', () =>
    expect(seen(GET, ['received', 'C402810100000001000411021105']).at(-1)).to.equal(undefined))

  it('blocks that do not follow one another are not joined, which is said once', () => {
    const third = xdlms('get-b-2').replace('00000002', '00000003')
    const [, , wrong, after] = seen(GET, ['received', xdlms('get-b-1')], ['received', third], ['received', third])
    expect(wrong?.trouble).to.equal('not joined: block 3 came where 2 was due')
    expect(after).to.equal(undefined)
  })

  it('raw data that is no value: as far as it can be read, and why not further', () => {
    const [, , cut] = seen(GET, ['received', xdlms('get-b-1')], ['received', 'C4028101000000020002FFFF'])
    expect(cut?.octets).to.have.length(32)
    expect(cut?.trouble).to.match(/^octet \d+: expected/)
    expect(cut?.tree.end).to.equal(32)
  })

  it('hidden octets stay hidden', () => {
    const masked = xdlms('get-b-2').replace('2930', 'XXXX')
    const joined = seen(GET, ['received', xdlms('get-b-1')], ['received', masked]).at(-1)
    const at = [...(joined?.hidden ?? [])].flatMap((one, i) => (one === 1 ? [i] : []))
    expect(at).to.deep.equal([30, 31])
    const inGeneral = seen(
      ['sent', golden('gbt', 'gbt-req')],
      ['received', golden('gbt', 'gbt-r1')],
      ['received', golden('gbt', 'gbt-r2')],
      ['received', golden('gbt', 'gbt-r3').replace('4950', '49XX')],
    ).at(-1)
    expect(inGeneral?.hidden.indexOf(1)).to.equal(55)
  })

  it('looks at any octets without an error', () => {
    const tags = fc.constantFrom('C402', 'C702', 'C102', 'C103', 'C304', '05', '06', '0C', 'E0', '')
    const apdu = fc.tuple(tags, fc.uint8Array({ maxLength: 30 })).map(([tag, octets]) => tag + hex(octets))
    const passed = fc.tuple(fc.constantFrom('sent' as const, 'received' as const), apdu)
    fc.assert(fc.property(fc.array(passed, { maxLength: 20 }), (all) => seen(...all).length === all.length))
  })
})
