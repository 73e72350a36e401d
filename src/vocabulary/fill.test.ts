import { expect } from 'chai'
import { aarqFor } from '../client/services.ts'
import { decode, toJson } from '../codec/codec.ts'
import { hex } from '../codec/value.ts'
import { apdu } from '../protocol/apdu.ts'
import { isRecord, type JsonRecord } from '../protocol/json.ts'
import { messageOf, type Message } from '../protocol/messages.ts'
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
const LLS = recordOf(aarqFor({ context: 'ln', mechanism: 'lls', secret: new Uint8Array(8).fill(0x31) }))
const LOWEST_OCTETS = 31
const LLS_OCTETS = 56

describe('fill', () => {
  for (const [name, said, plain] of [
    ['lowest', LOWEST, LOWEST_OCTETS],
    ['LLS', LLS, LLS_OCTETS],
  ] as const) {
    it(`an AARQ (${name}) is as long as it is`, () => {
      expect(filled(AARQ, said, plain)).to.have.lengthOf(plain)
      expect(filled(AARQ, said, plain - 1)).to.equal(undefined)
    })

    it(`an AARQ (${name}) can be made as long as one will from where a field has room, and stays an AARQ`, () => {
      const impossible: number[] = []
      for (let length = plain; length <= 300; length++) {
        const octets = filled(AARQ, said, length)
        if (octets === undefined) {
          impossible.push(length)
          continue
        }
        expect(octets, `${length}`).to.have.lengthOf(length)
        const read = decode(apdu, octets)
        if (!read.ok) throw new Error(`${length}: ${JSON.stringify(read.failure)} in ${hex(octets)}`)
        expect(read.value.is).to.equal('aarq')
        expect(recordOf('value' in read.value ? read.value.value : null), `${length}`).to.deep.include(said)
      }
      expect(impossible.filter((length) => length > plain + 4)).to.deep.equal([])
    })
  }

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
