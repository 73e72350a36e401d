import { apdu } from './apdu.ts'
import { build, checkDamage, decode, decodeNoting, encode, explain, type Damages } from '../codec/codec.ts'
import { expect } from 'chai'
import fc from 'fast-check'
import { hex, unhex } from '../codec/value.ts'
import { vectors } from './vectors/load.ts'

const of = (written: string): Uint8Array => unhex(written) ?? new Uint8Array()
const goldens = ['acse', 'xdlms', 'sn', 'access', 'gbt', 'legacy']
  .flatMap((name) => vectors(name))
  .map(({ octets }) => of(octets))

const MANY = 0x2000

/** Lists, records and plain values; octets are views and count as one. */
function valuesIn(value: unknown): number {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return 1
  let count = 1
  for (const part of Object.values(value)) count += typeof part === 'string' ? 0 : valuesIn(part)
  return count
}

/** A decoded APDU can be encoded again, and that decodes to the same value. */
function total(octets: Uint8Array): void {
  const decoded = decode(apdu, octets)
  if (!decoded.ok) {
    expect(decoded.failure.at).to.be.within(0, octets.length)
    expect(explain(apdu, octets).failure).to.deep.equal(decoded.failure)
    return
  }
  expect(decode(apdu, encode(apdu, decoded.value))).to.deep.equal(decoded)
}

describe('any APDU', () => {
  it('of any octets is a value or a failure', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), fc.constantFrom(...goldens), (octets, golden) => {
        total(octets)
        total(Uint8Array.from([...golden.subarray(0, 2), ...octets]))
      }),
    )
  })

  it('with some octets changed is a value or a failure', () => {
    const change = fc.record({ at: fc.nat(), to: fc.nat(255) })
    fc.assert(
      fc.property(fc.constantFrom(...goldens), fc.array(change, { minLength: 1, maxLength: 3 }), (golden, changes) => {
        const octets = golden.slice()
        for (const { at, to } of changes) octets[at % octets.length] = to
        total(octets)
      }),
      { numRuns: 500 },
    )
  })

  it('cut short anywhere is a failure or a shorter APDU', () => {
    for (const golden of goldens)
      for (let length = 0; length < golden.length; length++) total(golden.subarray(0, length))
  })

  it('with an invocation-counter-error of an older server has no counter', () => {
    const value = { 'state-error': 'service-not-allowed', 'service-error': 'invocation-counter-error' }
    expect(decodeNoting(apdu, of('D80106'))).to.have.nested.include({ 'value.notes[0].fault': 'form' })
    expect(decode(apdu, of('D80106'))).to.deep.equal({ ok: true, value: { is: 'exception-response', value } })
    expect(decode(apdu, of('D8010600000007'))).to.have.nested.property('value.value.invocation-counter', 7)
  })

  describe('has at most two values an octet, however it is made', () => {
    const filled = (head: string, octet: string): string => head + octet.repeat(MANY)
    const rows: readonly (readonly [string, string])[] = [
      ['a long array of nothing', filled('C401C10001822000', '00')],
      ['arrays in arrays', `C401C100${'0101'.repeat(60)}00`],
      ['arrays too deep', `C401C100${'0101'.repeat(MANY)}00`],
      ['arrays that say they are long', `C401C100${'0184FFFFFFFF'.repeat(40)}`],
      ['structures of structures of nothing', filled(`C401C100${'02820100'.repeat(4)}`, '0200')],
      ['a description of a compact-array in itself', `C401C10013${'0201'.repeat(MANY)}`],
      ['a compact-array of arrays that say they are long', `C401C10013${'01FFFF'.repeat(60)}000100`],
      ['many variables', filled('05822000', '020100')],
      ['many results', filled('0C822000', '000000')],
      ['many specifications of ACCESS', filled('D94000000000822000', '0100010000600100FF02')],
      ['a block of everything', filled('E08000010000822000', '00')],
    ]
    for (const [what, text] of rows)
      it(what, () => {
        const octets = of(text)
        const decoded = decode(apdu, octets)
        if (decoded.ok) expect(valuesIn(decoded.value)).to.be.at.most(2 * octets.length)
        else expect(decoded.failure.at).to.be.within(0, octets.length)
        total(octets)
      })
  })

  it('with an unknown tag is a failure that names it', () =>
    expect(decode(apdu, of('E3010203'))).to.have.nested.include({
      'failure.fault': 'tag',
      'failure.found': 'E3',
      'failure.at': 0,
    }))
})

describe('damage to an APDU', () => {
  const aarq =
    '6036A1090607608574050801018A0207808B0760857405080201AC0A80083132333435363738BE10040E01000000065F1F0400007E1F04B0'
  const get = 'C001C100080000010000FF0200'
  const response = 'C401C1000202120001060000000A'
  const rows: readonly (readonly [string, string, Damages, string])[] = [
    [
      'a field gone: the length follows',
      aarq,
      { 'aarq.mechanism-name': 'drop' },
      '602DA1090607608574050801018A020780AC0A80083132333435363738BE10040E01000000065F1F0400007E1F04B0',
    ],
    ['the outer length wrong', aarq, { 'aarq.length': { add: 1 } }, `6037${aarq.slice(4)}`],
    [
      'the length of an outer TLV',
      aarq,
      { 'aarq.user-information.length': { set: '820010' } },
      aarq.replace('BE10', 'BE820010').replace('6036', '6038'),
    ],
    [
      'the length of an inner TLV',
      aarq,
      { 'user-information.octet-string.length': { add: 1 } },
      aarq.replace('040E', '040F'),
    ],
    [
      'a field of the APDU inside',
      aarq,
      { 'initiate-request.proposed-dlms-version-number': { set: '05' } },
      aarq.replace('065F', '055F'),
    ],
    [
      'a bit of the conformance block',
      aarq,
      { 'proposed-conformance.get': { flip: '01' } },
      aarq.replace('007E1F', '007E0F'),
    ],
    ['the choice of a service', get, { 'get-request-normal.choice': { set: '04' } }, 'C004C100080000010000FF0200'],
    ['the choice gone', get, { 'get-request-normal.choice': 'drop' }, 'C0C100080000010000FF0200'],
    ['a name cut short', get, { 'cosem-attribute-descriptor.instance-id': { keep: 3 } }, 'C001C100080000010200'],
    ['bits of the invoke-id', get, { 'invoke-id-and-priority.invoke-id': { add: 15 } }, 'C001C000080000010000FF0200'],
    ['a type of Data', response, { 'data[2].tag': { set: '0B' } }, 'C401C10002021200010B0000000A'],
    ['an element gone: the count follows', response, { 'data[1]': 'drop' }, 'C401C1000201060000000A'],
    ['a count of 4 G', response, { 'data.count': { set: '84FFFFFFFF' } }, 'C401C1000284FFFFFFFF120001060000000A'],
  ]
  for (const [what, octets, damages, expected] of rows)
    it(`${what}: ${JSON.stringify(damages)}`, () => {
      const decoded = decode(apdu, of(octets))
      if (!decoded.ok) throw new TypeError(JSON.stringify(decoded.failure))
      const built = build(apdu, decoded.value, damages)
      expect(built.ok ? hex(built.value.octets) : built.failure).to.equal(expected)
      for (const [path, operator] of Object.entries(damages)) {
        const { shape } = apdu.arms[decoded.value.is]
        expect(checkDamage(shape, path.replace(/^(aarq|get-request-normal)\./, ''), operator)).to.equal(undefined)
      }
    })
})
