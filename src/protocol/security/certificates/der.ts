// DER as certificates have it: what is parsed is bounded, and what cannot be parsed is no exception.
import { AsnParser, AsnSerializer } from '@peculiar/asn1-schema'

/** Longer than any certificate with one key of these curves. */
export const MAX_OCTETS = 8192
const SEQUENCE = 0x30
export const BIT_STRING = 0x03
const MAX_DEPTH = 16
const BOUNDS = { maxDepth: 2 * MAX_DEPTH, maxNodes: MAX_OCTETS / 2, maxContentLength: MAX_OCTETS }

/** Undefined: the octets are not one element of this type in DER. */
export function parsed<T>(type: new () => T, octets: Uint8Array, tag = SEQUENCE): T | undefined {
  // the library takes an element of any class for a SEQUENCE
  if (octets[0] !== tag || octets.length > MAX_OCTETS || !isDer(octets)) return undefined
  try {
    return AsnParser.parse(octets, type, { berOptions: BOUNDS })
  } catch {
    // the library throws for all that is not the type
    return undefined
  }
}

export const serialized = (value: object): Uint8Array => new Uint8Array(AsnSerializer.serialize(value))

/** The elements inside one that is constructed, each with its tag and length; none: it is not DER. */
export function elementsIn(octets: Uint8Array): readonly Uint8Array[] {
  const elements: Uint8Array[] = []
  if (!isDer(octets)) return elements
  let at = elementAt(octets, 0, octets.length)?.contents ?? octets.length
  while (at < octets.length) {
    const end = elementAt(octets, at, octets.length)?.end ?? octets.length
    elements.push(octets.subarray(at, end))
    at = end
  }
  return elements
}

/** What certificates and requests have in common: signed fields, the algorithm and the signature, whole octets. */
export function isSignedStructure(octets: Uint8Array): boolean {
  const [fields, algorithm, signature, ...more] = elementsIn(octets)
  if (fields?.[0] !== SEQUENCE || algorithm?.[0] !== SEQUENCE || signature?.[0] !== BIT_STRING) return false
  return more.length === 0 && signature[elementAt(signature, 0, signature.length)?.contents ?? 0] === 0
}

const CONSTRUCTED = 0x20
/** The five bits of a tag that goes on in the next octet: there is none in a certificate. */
const LONG_TAG = 0x1f

/** Whether octets are one element, with definite and shortest lengths, each inside the one around it. The library takes more than that. */
export function isDer(octets: Uint8Array): boolean {
  const ends = [octets.length]
  let at = 0
  while (ends.length > 0) {
    const end = ends.at(-1) ?? 0
    if (at === end && (ends.length > 1 || at > 0)) {
      ends.pop()
      continue
    }
    if (ends.length === 1 && at > 0) return false // a second element behind the first
    const element = elementAt(octets, at, end)
    if (element === undefined || ends.length > MAX_DEPTH) return false
    if (element.isConstructed) ends.push(element.end)
    at = element.isConstructed ? element.contents : element.end
  }
  return true
}

interface Element {
  readonly isConstructed: boolean
  readonly contents: number
  readonly end: number
}

function elementAt(octets: Uint8Array, at: number, end: number): Element | undefined {
  const [tag, first] = octets.subarray(at, at + 2)
  if (tag === undefined || first === undefined || at + 2 > end || (tag & LONG_TAG) === LONG_TAG) return undefined
  const sized = lengthAt(octets.subarray(at + 1, end))
  if (sized === undefined) return undefined
  const contents = at + 1 + sized.octets
  const contentsEnd = contents + sized.length
  return contentsEnd > end ? undefined : { isConstructed: (tag & CONSTRUCTED) !== 0, contents, end: contentsEnd }
}

/** A length in its shortest form: up to 7F in one octet, longer ones behind 81 or 82. */
function lengthAt([first = 0, high, low]: Uint8Array):
  { readonly length: number; readonly octets: number } | undefined {
  if (first < 0x80) return { length: first, octets: 1 }
  if (first === 0x81 && high !== undefined && high >= 0x80) return { length: high, octets: 2 }
  if (first === 0x82 && high !== undefined && high > 0 && low !== undefined)
    return { length: high * 256 + low, octets: 3 }
  return undefined
}
