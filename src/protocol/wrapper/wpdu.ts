// Wrapper of IEC 62056-47: eight octets of header, each field sixteen bits, then one APDU.
import { derived, encode, rest, sequence, u16, type Codec } from '../../codec/codec.ts'
import { hex } from '../../codec/value.ts'
import type { CheckFailure } from '../failure.ts'

export const WRAPPER_VERSION = 1
export const HEADER_OCTETS = 8

export interface Wpdu {
  readonly version: number
  readonly 'source-wport': number
  readonly 'destination-wport': number
  /** The APDU: what `length` counts. */
  readonly information: Uint8Array
}

const length = derived({
  stage: 'length',
  size: 2,
  compute(scope) {
    const octets = scope.end('information') - scope.start('information')
    return Uint8Array.of((octets >> 8) & 0xff, octets & 0xff)
  },
})

export const wpdu: Codec<Wpdu> = sequence({
  version: u16,
  'source-wport': u16,
  'destination-wport': u16,
  length,
  information: rest,
})

export const wpduOctets = (value: Wpdu): Uint8Array => encode(wpdu, value)

export type WpduFailure = CheckFailure<'version' | 'length' | 'too-short'>

/** `wpdu`: what could be read, also where checks failed. */
export interface WpduExamination {
  readonly failures: readonly WpduFailure[]
  readonly wpdu?: Wpdu
}

/** Octets that should be exactly one WPDU: a datagram, or what a stream has cut off. Total. */
export function examineWpdu(octets: Uint8Array): WpduExamination {
  if (octets.length < HEADER_OCTETS) {
    return { failures: [{ code: 'too-short', at: octets.length, expected: '8 octets', found: `${octets.length}` }] }
  }
  const word = (at: number): number => ((octets[at] ?? 0) << 8) | (octets[at + 1] ?? 0)
  const failures: WpduFailure[] = []
  if (word(0) !== WRAPPER_VERSION) {
    failures.push({ code: 'version', at: 0, expected: '0001', found: hex(octets.subarray(0, 2)) })
  }
  const information = octets.slice(HEADER_OCTETS)
  if (word(6) !== information.length) {
    failures.push({ code: 'length', at: 6, expected: `${information.length}`, found: `${word(6)}` })
  }
  return {
    failures,
    wpdu: { version: word(0), 'source-wport': word(2), 'destination-wport': word(4), information },
  }
}
