// Mutated APDUs that are not sent: what a meter, strict or careless, might read as a write to somewhere else or as the end of the association.
import { decode } from '../../codec/codec.ts'
import { hex } from '../../codec/value.ts'
import { apdu } from '../../protocol/apdu.ts'

const SET = 0xc1
const ACTION = 0xc3
const NORMAL = 1
/** Class, logical name and id stand behind tag, choice and invoke-id. */
const TARGET = { from: 3, to: 12 }
/** Writes by short names, notifications of a client, what is ciphered or comes in blocks: nobody can tell what they hold. */
const OPAQUE: ReadonlySet<number> = new Set([0x06, 0x16, 0xc9, 0xcb, 0xd1, 0xd3, 0xdb, 0xdc, 0xdd, 0xdf, 0xe0])
const isAcse = (tag: number): boolean => tag >> 4 === 6

/** `corpus`: the right APDUs: SET and ACTION go where one of them goes, and nowhere else. */
export function isHarmless(octets: Uint8Array, corpus: readonly Uint8Array[]): boolean {
  const [tag = 0, choice] = octets
  if (isAcse(tag) || OPAQUE.has(tag)) return false
  if (tag === SET || tag === ACTION)
    return choice === undefined || (choice === NORMAL && corpus.some((right) => goesWhere(octets, right)))
  return !hidesAWrite(octets)
}

/** As far as it goes, for a careless meter takes the rest from elsewhere. */
const goesWhere = (octets: Uint8Array, right: Uint8Array): boolean => {
  const target = octets.subarray(TARGET.from, TARGET.to)
  return octets[0] === right[0] && hex(target) === hex(right.subarray(TARGET.from, TARGET.from + target.length))
}

/** ACCESS that writes or invokes. */
function hidesAWrite(octets: Uint8Array): boolean {
  const read = decode(apdu, octets)
  return (
    read.ok &&
    read.value.is === 'access-request' &&
    read.value.value['access-request-specification'].some(
      ({ is }) => is !== 'access-request-get' && is !== 'access-request-get-with-selection',
    )
  )
}
