import { expect } from 'chai'
import { hex, unhex } from '../../codec/value.ts'
import { vectors, type Vector } from '../vectors/load.ts'
import { readableIn } from './readable.ts'

function readable(text: string): string | undefined {
  const octets = unhex(text) ?? new Uint8Array(0)
  const found = readableIn(octets)
  return found && hex(octets.subarray(found.from, found.to))
}

/** A golden vector with the fields of its file, all texts. */
type Texts = Vector & Readonly<Record<string, string>>
const controlOf = (vector: Texts): number => Number.parseInt(vector['security-control'] ?? '', 16)

describe('what of a protected APDU can be read without a key', () => {
  const ciphered = vectors('protection') as readonly Texts[]
  const readables = ciphered.filter((vector) => (controlOf(vector) & 0x20) === 0)

  it('is tried with all forms', () => expect(readables.map(({ id }) => id)).to.include.members(['glo-auth', 'gc-auth']))

  for (const vector of readables)
    it(`${vector.id}: the APDU`, () => expect(readable(vector.octets)).to.equal(vector['plain']))

  for (const vector of ciphered.filter((vector) => (controlOf(vector) & 0x20) !== 0))
    it(`${vector.id}: nothing`, () => expect(readable(vector.octets)).to.equal(undefined))

  const header = '0101' + '024142' + '024344' + '00' + '00'
  for (const [what, text, found] of [
    ['neither authenticated nor encrypted', 'DB080102030405060708080000000001C0018100', 'C00181'],
    ['a dedicated key', 'D01310000000010A0B000102030405060708090A0B', '0A0B'],
    ['a key that is identified', `DD${header}0100000800000000010A0B0C`, '0A0B0C'],
    ['a key that comes wrapped', `DD${header}01010102EEEE0800000000010A0B0C`, '0A0B0C'],
    ['a key that is agreed', `DD${header}010202EEEE01FF0800000000010A0B0C`, '0A0B0C'],
    ['signed', `DF${header}030A0B0C02EEEE`, '0A0B0C'],
    ['a length of two octets', 'C88200080000000001C00181', 'C00181'],
    ['a length that lies', 'C8820FFF0000000001C00181', 'C00181'],
    ['compressed', 'C80880000000010A0B0C', undefined],
    ['no room for the tag', 'C80710000000010A0B', ''],
    ['cut', 'C808', undefined],
    ['not protected', 'C001810008', undefined],
  ] as const)
    it(`${what}: ${found ?? 'nothing'}`, () => expect(readable(text)).to.equal(found))
})
