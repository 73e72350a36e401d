import { expect } from 'chai'
import {
  bits,
  build,
  checkDamage,
  constant,
  decode,
  derived,
  explain,
  flag,
  group,
  list,
  octetString,
  sequence,
  u16,
  u8,
  type Damages,
  type Of,
  type Operator,
} from './codec.ts'
import { hex, unhex } from './value.ts'

const sum = (octets: Uint8Array): Uint8Array => Uint8Array.of(octets.reduce((total, octet) => total + octet, 0))

/** AA | size | address | control | length and payload | check | 55: size counts all but the ends, check is a sum from size on. */
const layer = sequence({
  start: constant('AA'),
  size: derived({
    stage: 'length',
    size: 1,
    compute: (scope) =>
      Uint8Array.of(scope.octets.length - scope.end('start') - (scope.end('end') - scope.start('end'))),
  }),
  body: group({
    address: u16,
    control: bits(1, { number: 0xe0, final: flag(0x10), kind: 0x0f }),
    payload: octetString,
    check: derived({
      stage: 'check',
      size: 1,
      compute: (scope) => sum(scope.octets.subarray(scope.end('start'), scope.start('check'))),
    }),
  }),
  end: constant('55'),
})
const value: Of<typeof layer> = {
  address: 0x0102,
  control: { number: 2, final: true, kind: 3 },
  payload: Uint8Array.of(0xa1, 0xb2),
}

function damaged(damages: Damages): string {
  const built = build(layer, value, damages)
  return built.ok ? hex(built.value.octets) : built.failure.is
}

const row = (path: string, operator: Operator, octets: string) => ({
  path,
  operator,
  octets: octets.replaceAll(' ', ''),
})

describe('damage', () => {
  it('leaves a message without damage as it is encoded', () => expect(damaged({})).to.equal('AA0801025302A1B2B355'))

  describe('golden octets', () => {
    const rows = [
      // a plain field: size and check follow what is sent
      row('address', 'drop', 'AA 06 53 02A1B2 AE 55'),
      row('address', 'repeat', 'AA 0A 01020102 53 02A1B2 B8 55'),
      row('address', 'zero', 'AA 08 0000 53 02A1B2 B0 55'),
      row('address', { set: '0FFF00' }, 'AA 09 0FFF00 53 02A1B2 BF 55'),
      row('address', { flip: '0003' }, 'AA 08 0101 53 02A1B2 B2 55'),
      row('address', { add: 255 }, 'AA 08 0201 53 02A1B2 B3 55'),
      row('address', { add: -259 }, 'AA 08 FFFF 53 02A1B2 AE 55'),
      row('address', { keep: 1 }, 'AA 07 01 53 02A1B2 B0 55'),
      row('address', { cut: 1 }, 'AA 07 01 53 02A1B2 B0 55'),
      row('address', { cut: { at: 0, count: 1 } }, 'AA 07 02 53 02A1B2 B1 55'),
      row('address', { insert: { at: 1, octets: 'EE' } }, 'AA 09 01EE02 53 02A1B2 A2 55'),
      row('address', { 'move-after': 'control' }, 'AA 08 53 0102 02A1B2 B3 55'),
      row('start', 'drop', '08 0102 53 02A1B2 B3 55'),
      row('end', 'drop', 'AA 08 0102 53 02A1B2 B3'),
      row('end', 'repeat', 'AA 08 0102 53 02A1B2 B3 5555'),
      // the length of the payload follows its contents, and size and check follow both
      row('payload.contents', { set: 'A1B2C3' }, 'AA 09 0102 53 03A1B2C3 78 55'),
      row('payload', 'drop', 'AA 05 0102 53 5B 55'),
      // a derived field is damaged after it is computed; what follows from it sees the damage
      row('payload.length', { add: 1 }, 'AA 08 0102 53 03A1B2 B4 55'),
      row('payload.length', { set: '8102' }, 'AA 09 0102 53 8102A1B2 35 55'),
      row('size', { set: '20' }, 'AA 20 0102 53 02A1B2 CB 55'),
      row('size', { set: '0008' }, 'AA 0008 0102 53 02A1B2 B3 55'),
      row('size', 'drop', 'AA 0102 53 02A1B2 AB 55'),
      row('check', { flip: 'FF' }, 'AA 08 0102 53 02A1B2 4C 55'),
      row('check', { add: 1 }, 'AA 08 0102 53 02A1B2 B4 55'),
      row('check', 'drop', 'AA 07 0102 53 02A1B2 55'),
      row('check', 'repeat', 'AA 09 0102 53 02A1B2 B4B4 55'),
      row('check', { 'move-after': 'end' }, 'AA 08 0102 53 02A1B2 55 08'),
      // a group: a check inside is carried over as it was, the size outside is computed
      row('body', { keep: 2 }, 'AA 03 0102 55'),
      row('body', { cut: { at: 3, count: 1 } }, 'AA 07 0102 53 A1B2 B3 55'),
      row('body', { insert: { at: 7, octets: '00' } }, 'AA 09 0102 53 02A1B2 B3 00 55'),
      row('body', 'drop', 'AA 01 55'),
      // a group of bits: only these bits, as a number of so many bits
      row('control.number', { set: '05' }, 'AA 08 0102 B3 02A1B2 13 55'),
      row('control.number', { flip: '01' }, 'AA 08 0102 73 02A1B2 D3 55'),
      row('control.number', { add: 7 }, 'AA 08 0102 33 02A1B2 93 55'),
      row('control.final', { flip: '01' }, 'AA 08 0102 43 02A1B2 A3 55'),
    ]
    for (const { path, operator, octets } of rows)
      it(`${path} ${JSON.stringify(operator)}`, () => {
        expect(damaged({ [path]: operator })).to.equal(octets)
        expect(checkDamage(layer.shape, path, operator)).to.equal(undefined)
      })
  })

  it('takes several damages, inner ones first', () => {
    expect(damaged({ address: { flip: '0003' }, check: { set: '00' } })).to.equal('AA0801015302A1B20055')
    expect(damaged({ body: { keep: 3 }, 'control.final': { set: '00' } })).to.equal('AA0401024355')
    expect(damaged({ check: { set: 'EE' }, body: { cut: { at: 0, count: 2 } } })).to.equal('AA065302A1B2EE55')
  })

  it('counts the elements that are sent', () => {
    const numbers = list(u8)
    const sent = (path: string, operator: Operator) => {
      const built = build(numbers, [1, 2, 3], { [path]: operator })
      return built.ok ? hex(built.value.octets) : built.failure.is
    }
    expect(sent('[2]', 'drop')).to.equal('020103')
    expect(sent('[2]', 'repeat')).to.equal('0401020203')
    expect(sent('count', { set: '84FFFFFFFF' })).to.equal('84FFFFFFFF010203')
    expect(sent('[4]', 'drop')).to.equal('no-such-field')
  })

  it('marks where it shows, and what it is in the tree', () => {
    const built = build(layer, value, { 'payload.contents': { set: 'A1B2C3' }, start: 'drop' })
    if (!built.ok) throw new TypeError(built.failure.is)
    expect(built.value.marks).to.have.deep.members([
      { path: 'payload.contents', from: 5, to: 8, operator: { set: 'A1B2C3' } },
      { path: 'start', from: 0, to: 0, operator: 'drop' },
    ])
    const body = built.value.tree.children.find((node) => node.name === 'body')
    const payload = body?.children.find((node) => node.name === 'payload')
    expect(payload?.children.map(({ name, start, end, damaged }) => ({ name, start, end, damaged }))).to.deep.equal([
      { name: 'length', start: 4, end: 5, damaged: undefined },
      { name: 'contents', start: 5, end: 8, damaged: { set: 'A1B2C3' } },
    ])
  })

  describe('refuses', () => {
    const refusals: readonly (readonly [string, Damages, string])[] = [
      ['a field that is not there', { adress: 'drop' }, 'no-such-field'],
      ['octets that are the same', { address: { set: '0102' } }, 'changes-nothing'],
      ['a derived field set to what it is', { check: { set: 'B3' } }, 'changes-nothing'],
      ['bits set to what they are', { 'control.number': { set: '02' } }, 'changes-nothing'],
      ['a number modulo its width', { address: { add: 65536 } }, 'changes-nothing'],
      ['a derived number modulo its width', { check: { add: 256 } }, 'changes-nothing'],
      ['all octets kept', { address: { keep: 2 } }, 'changes-nothing'],
      ['a move to its own place', { control: { 'move-after': 'address' } }, 'changes-nothing'],
      ['a move into itself', { body: { 'move-after': 'address' } }, 'does-not-fit'],
      ['a mask of another size', { address: { flip: '01' } }, 'does-not-fit'],
      ['more octets cut than there are', { address: { cut: 3 } }, 'does-not-fit'],
      ['an insertion behind the end', { address: { insert: { at: 3, octets: '00' } } }, 'does-not-fit'],
      ['bits dropped', { 'control.number': 'drop' }, 'does-not-fit'],
      ['more bits than there are', { 'control.number': { set: '08' } }, 'does-not-fit'],
      ['one field named twice', { address: 'drop', 'body.address': { set: '00' } }, 'ambiguous'],
    ]
    for (const [what, damages, expected] of refusals) it(what, () => expect(damaged(damages)).to.equal(expected))

    it('and says which field may have been meant', () => {
      const built = build(layer, value, { 'control.nmber': 'drop' })
      expect(built).to.have.deep.nested.property('failure.candidates', ['number'])
      expect(built).to.have.nested.property('failure.found', 'nmber')
    })
  })

  it('is seen by the lenient reader, field by field', () => {
    const octets = unhex('AA200102 5302A1B2 CB 55') ?? new Uint8Array()
    expect(decode(layer, octets)).to.have.nested.property('failure.path', 'size')
    const { value: read, notes } = explain(layer, octets, { lenient: true })
    expect(read).to.deep.equal(value)
    expect(notes).to.deep.equal([{ fault: 'derived', at: 1, expected: '08', found: '20', path: 'size' }])
  })
})
