// Mutated APDUs that are not sent: what a meter, strict or careless, might read as a write to somewhere else or as the end of the association.
import { decode } from '../../codec/codec.ts'
import { hex } from '../../codec/value.ts'
import { apdu } from '../../protocol/apdu.ts'

const READ = 0x05
const WRITE = 0x06
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
  if (isAcse(tag)) return false
  if ((tag === READ || tag === WRITE) && corpus.some((right) => right[0] === READ))
    return asksOnlyFor(octets, corpus.filter((right) => right[0] === tag).flatMap(namesIn))
  if (OPAQUE.has(tag)) return false
  if (tag === SET || tag === ACTION)
    return choice === undefined || (choice === NORMAL && corpus.some((right) => goesWhere(octets, right)))
  return !hidesAWrite(octets)
}

/** variable-name, and parameterized-access. */
const VARIABLE = 2
const PARAMETERIZED = 4
const NAME_OCTETS = 2
/** More variables than this have their count in several octets. */
const MOST_COUNTED = 0x7f

/** The short names of a right Read or Write: one, or several without a parameter. */
function namesIn(octets: Uint8Array): readonly string[] {
  const step = 1 + NAME_OCTETS
  return Array.from({ length: octets[1] ?? 0 }, (_, n) =>
    hex(octets.subarray(3 + n * step, 3 + n * step + NAME_OCTETS)),
  )
}

/**
 * A Read or Write of nothing but these names, however carelessly it is read: a method may be invoked by its name alone.
 * What stands behind a parameter cannot be told, nor what a block holds.
 */
function asksOnlyFor(octets: Uint8Array, names: readonly string[]): boolean {
  const count = octets[1] ?? 0
  if (count > MOST_COUNTED) return false
  let at = 2
  for (let left = count; left > 0 && at < octets.length; left--) {
    const name = hex(octets.subarray(at + 1, at + 1 + NAME_OCTETS))
    if (!names.some((known) => known.startsWith(name))) return false
    if (octets[at] !== VARIABLE) return octets[at] === PARAMETERIZED && left === 1
    at += 1 + NAME_OCTETS
  }
  return true
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
