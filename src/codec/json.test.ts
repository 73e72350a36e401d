import {
  arm,
  bits,
  boolean,
  choice,
  enumerated,
  flag,
  fromJson,
  list,
  nameBits,
  nothing,
  octets,
  octetString,
} from './codec.ts'
import { constant, optional, sequence, tagged, toJson, u16, u64, u8, withDefault } from './codec.ts'
import { expect } from 'chai'
import type { Value } from './value.ts'

const message = sequence({
  flag: constant('7E'),
  number: u16,
  wide: optional(u64),
  title: tagged(0xa6, octets(2)),
  mode: enumerated({ fast: 1, slow: 2 }),
  control: bits(1, { 'n-s': 0x0e, poll: flag(0x10) }),
  services: nameBits(1, ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']),
  allowed: withDefault(boolean, true),
  choices: list(choice({ nothing: arm(0, nothing), octets: arm(1, octetString) })),
})
const json: { readonly [name: string]: Value } = {
  number: 65535,
  wide: '18446744073709551615',
  title: '4D4D',
  mode: 'fast',
  control: { 'n-s': 7, poll: true },
  services: ['a', 'h'],
  allowed: false,
  choices: [{ nothing: null }, { octets: 'AB' }],
}

describe('values as JSON', () => {
  it('come and go', () => {
    const read = fromJson(message, json)
    if (!read.ok) throw new TypeError(JSON.stringify(read.failure))
    expect(read.value.title).to.deep.equal(Uint8Array.of(0x4d, 0x4d))
    expect(read.value.choices).to.deep.equal([{ is: 'nothing' }, { is: 'octets', value: Uint8Array.of(0xab) }])
    expect(toJson(read.value)).to.deep.equal(json)
  })

  it('take what is not said: optional fields, defaults, alternatives by name', () => {
    const { allowed: _allowed, wide: _wide, ...others } = json
    const read = fromJson(message, { ...others, choices: ['nothing'], mode: 9 })
    if (!read.ok) throw new TypeError(JSON.stringify(read.failure))
    expect(read.value).to.include({ allowed: true, mode: 9 })
    expect(read.value).not.to.have.property('wide')
  })

  const refused: readonly (readonly [string, object, string])[] = [
    ['a number out of range', { number: 65536 }, 'number'],
    ['a fraction', { number: 0.5 }, 'number'],
    ['64 bits as a JSON number', { wide: 1 }, 'wide'],
    ['octets of another number', { title: '4D' }, 'title'],
    ['no hex', { title: 'XY' }, 'title'],
    ['a name without a number', { mode: 'fats' }, 'mode'],
    ['more bits than there are', { control: { 'n-s': 8, poll: true } }, 'control.n-s'],
    ['a flag that is a number', { control: { 'n-s': 1, poll: 1 } }, 'control.poll'],
    ['bits that are missing', { control: { poll: true } }, 'control.n-s'],
    ['bits without a name', { services: ['i'] }, 'services'],
    ['an unknown alternative', { choices: [{ octet: 'AB' }] }, 'choices[1]'],
    ['two alternatives at once', { choices: [{ octets: 'AB', nothing: null }] }, 'choices[1]'],
    ['an unknown field', { nubmer: 1 }, 'nubmer'],
    ['a missing field', { number: null }, 'number'],
    ['a field that has no value', { flag: '7E' }, 'flag'],
  ]
  for (const [what, change, path] of refused)
    it(`refuses ${what}`, () => {
      expect(fromJson(message, { ...json, ...change })).to.have.nested.property('failure.path', path)
    })

  it('name what may have been meant', () => {
    expect(fromJson(message, { ...json, mode: 'fats' })).to.have.deep.nested.property('failure.candidates', ['fast'])
    expect(fromJson(message, { ...json, nubmer: 1 })).to.have.deep.nested.property('failure.candidates', ['number'])
  })

  it('know that u8 is one octet', () =>
    expect(fromJson(u8, 256)).to.have.nested.property('failure.expected', 'an integer from 0 to 255'))
})
