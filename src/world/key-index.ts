// Whether a text may hold one of many keys: told by how each begins, in every spelling, without looking for each of them.
import { hex } from '../codec/value.ts'
import { withinBase64 } from './spellings.ts'

/** It only grows: who has seen fewer keys looks closer than need be, and finds nothing. */
export interface KeyIndex {
  /** A key of 16 octets or more. */
  add(key: Uint8Array): void
  /** False: none of the keys stands there, as hex, as base64 or as numbers. True: very likely one does. */
  mayStandIn(text: string): boolean
}

/** Digits, characters, numbers that are compared: enough that hardly anything begins so by chance. */
const HEX_DIGITS = 8
const BASE64_CHARACTERS = 6
const NUMBERS = 4

/** No spelling of 16 octets is shorter, and hardly any word, name or number is as long. */
const SHORTEST_TEXT = 20
const HEX_RUN = /[0-9A-F]{32,}/g
const BASE64_RUN = /[\w-]{20,}/g
const SHORTEST_LIST = 16

export function keyIndex(): KeyIndex {
  const begun = { hex: new Set<string>(), base64: new Set<string>(), numbers: new Set<string>() }
  return {
    add(key) {
      begun.hex.add(hex(key).slice(0, HEX_DIGITS))
      for (const form of withinBase64(key)) begun.base64.add(oneAlphabet(form).slice(0, BASE64_CHARACTERS))
      begun.numbers.add(key.slice(0, NUMBERS).join())
    },
    mayStandIn(text) {
      if (begun.hex.size === 0 || text.length < SHORTEST_TEXT) return false
      const numbers = text.match(/\d+/g) ?? []
      return (
        holds(digitsOf(text).match(HEX_RUN), HEX_DIGITS, begun.hex) ||
        holds(oneAlphabet(text).match(BASE64_RUN), BASE64_CHARACTERS, begun.base64) ||
        (numbers.length >= SHORTEST_LIST &&
          numbers.some((_, at) => begun.numbers.has(numbers.slice(at, at + NUMBERS).join())))
      )
    },
  }
}

function holds(runs: readonly string[] | null, length: number, begun: ReadonlySet<string>): boolean {
  for (const run of runs ?? [])
    for (let at = 0; at + length <= run.length; at++) if (begun.has(run.slice(at, at + length))) return true
  return false
}

/** Octets may stand apart, each with `0x`. */
const digitsOf = (text: string): string => text.replace(/0x|[\s:,-]/g, '').toUpperCase()

const oneAlphabet = (base64: string): string => base64.replaceAll('+', '-').replaceAll('/', '_')
