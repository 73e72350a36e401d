import { expect } from 'chai'
import { aarqFor } from '../../client/services.ts'
import { decode, toJson } from '../../codec/codec.ts'
import { hex } from '../../codec/value.ts'
import { apdu } from '../../protocol/apdu.ts'
import { isRecord, type JsonRecord } from '../../protocol/json.ts'
import { messageOf, type Message } from '../../protocol/messages.ts'
import { filled } from './fill.ts'

const messageNamed = (name: string): Message => {
  const message = messageOf(name)
  if (message === undefined) throw new TypeError(name)
  return message
}
const recordOf = (value: unknown): JsonRecord => {
  const json = toJson(value)
  return isRecord(json) ? json : {}
}
const AARQ = messageNamed('aarq')
const LOWEST = recordOf(aarqFor({ context: 'ln', mechanism: 'lowest' }))
const LLS = recordOf(aarqFor({ context: 'ln', mechanism: 'lls', value: new Uint8Array(8).fill(0x31) }))
const LOWEST_OCTETS = 31
const LLS_OCTETS = 56
/** 128 octets behind the tag need one octet of length more than 127 do: between 129 and 131 there is no AARQ, nor between 258 and 260. */
const NO_LENGTH_OF_BER = [130, 259]

const range = (from: number, to: number): readonly number[] =>
  Array.from({ length: to - from + 1 }, (_, at) => from + at)

describe('fill', () => {
  it('what is longer is cut', () => {
    for (const [said, plain] of [
      [LOWEST, LOWEST_OCTETS],
      [LLS, LLS_OCTETS],
    ] as const) {
      expect(filled(AARQ, said, plain)).to.have.lengthOf(plain)
      const cut = filled(AARQ, said, plain - 1)
      expect(cut).to.deep.equal(filled(AARQ, said, plain)?.subarray(0, plain - 1))
    }
  })

  for (const [name, said, lengths] of [
    ['lowest', LOWEST, range(32, 300)],
    ['LLS', LLS, [...range(57, 70), ...range(122, 136), ...range(250, 264)]],
  ] as const)
    it(`an AARQ (${name}) can be made as long as one will, and stays an AARQ`, () => {
      const withZeros: number[] = []
      for (const length of lengths) {
        const octets = filled(AARQ, said, length) ?? new Uint8Array(0)
        expect(octets, `${length}`).to.have.lengthOf(length)
        const read = decode(apdu, octets)
        if (!read.ok) {
          expect(read.failure.fault, `${length}: ${hex(octets)}`).to.equal('surplus')
          withZeros.push(length)
          continue
        }
        expect(read.value.is).to.equal('aarq')
        expect(recordOf('value' in read.value ? read.value.value : null), `${length}`).to.deep.include(said)
      }
      // Unused fields have two octets at least.
      expect(withZeros.filter((length) => length > (lengths[0] ?? 0) + 3)).to.deep.equal(NO_LENGTH_OF_BER)
    })

  it('far beyond one octet of length as well', () => {
    for (const length of [511, 512, 1000, 2030, 2048, 65_000]) {
      const octets = filled(AARQ, LOWEST, length)
      expect(octets, `${length}`).to.have.lengthOf(length)
      expect(decode(apdu, octets ?? new Uint8Array(0)).ok, `${length}`).to.equal(true)
    }
  })

  it('behind another APDU come zeros', () => {
    const octets = filled(messageNamed('rlrq'), { reason: 'normal' }, 9)
    expect(hex(octets ?? new Uint8Array(0))).to.equal('620380010000000000')
  })

  it('a message that cannot be made has no length', () => {
    expect(filled(messageNamed('get'), {}, 40)).to.equal(undefined)
  })
})
