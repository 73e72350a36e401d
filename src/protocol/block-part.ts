// Which part of an APDU is a piece of something longer. By tags and places alone, so that a block whose lengths lie is seen too.
import { readableIn } from './security/readable.ts'

/** `of`: pieces of the same kind follow each other by their numbers. `from`: where the piece begins; it goes to the end of the APDU, or `to` there. */
export interface BlockPart {
  readonly of: 'general' | 'service'
  readonly number: number
  readonly last: boolean
  readonly from: number
  readonly to?: number
}

/** The same part, where so many octets stand before the APDU. */
export const behind = (octets: number, { from, to, ...part }: BlockPart): BlockPart => ({
  ...part,
  from: from + octets,
  ...(to === undefined ? {} : { to: to + octets }),
})

/** Protections that can be looked through: signed, ciphered, and one to spare. */
const DEEPEST = 3

/** Undefined: the APDU is whole by itself, as far as its first octets tell. What is protected and can be read all the same is looked into. */
export function blockPartOf(octets: Uint8Array, depth = 0): BlockPart | undefined {
  switch (octets[0]) {
    case 0xe0:
      return {
        of: 'general',
        number: numberAt(octets, 2, 2),
        last: ((octets[1] ?? 0) & 0x80) !== 0,
        from: dataAt(octets, 6),
      }
    case 0xc1:
      return octets[1] === 2 || octets[1] === 5 ? FIRST : octets[1] === 3 ? wide(octets, 3) : undefined
    case 0xc3:
      return octets[1] === 4 || octets[1] === 5 ? FIRST : octets[1] === 6 ? wide(octets, 3) : undefined
    case 0xc4:
      return octets[1] === 2 ? wide(octets, 3, 1) : undefined
    case 0xc7:
      return octets[1] === 2 ? wide(octets, 3) : undefined
    case 0x05:
      return octets[2] === 6 ? narrow(octets, 3) : undefined
    case 0x06:
      return octets[2] === 7 ? narrow(octets, 3, 2) : undefined
    case 0x0c:
      return octets[2] === 2 ? narrow(octets, 3) : undefined
    default:
      return depth < DEEPEST ? partBeneath(octets, depth) : undefined
  }
}

function partBeneath(octets: Uint8Array, depth: number): BlockPart | undefined {
  const readable = readableIn(octets)
  const part = readable && blockPartOf(octets.subarray(readable.from, readable.to), depth + 1)
  return part && behind(readable.from, { to: readable.to - readable.from, ...part })
}

/** What stands in front of the data of a first block may be long; a piece that has it too is taken for the same. */
const FIRST: BlockPart = { of: 'service', number: 1, last: false, from: 0 }

/** last-block, a block number of four octets, so many others, the raw data. */
const wide = (octets: Uint8Array, at: number, others = 0): BlockPart => ({
  of: 'service',
  number: numberAt(octets, at + 1, 4),
  last: octets[at] !== 0,
  from: dataAt(octets, at + 5 + others),
})

/** The same with short names: a block number of two octets. */
const narrow = (octets: Uint8Array, at: number, others = 0): BlockPart => ({
  of: 'service',
  number: numberAt(octets, at + 1, 2),
  last: octets[at] !== 0,
  from: dataAt(octets, at + 3 + others),
})

const numberAt = (octets: Uint8Array, at: number, width: number): number =>
  octets.subarray(at, at + width).reduce((number, octet) => number * 256 + octet, 0)

/** Behind the octets of a length, whatever it says. */
function dataAt(octets: Uint8Array, at: number): number {
  const length = octets[at] ?? 0
  return Math.min(octets.length, at + 1 + (length > 0x80 && length < 0x88 ? length & 0x7f : 0))
}
