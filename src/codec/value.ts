/** A value as suites, evidence and the event stream hold it: plain JSON. Octets are upper-case hex strings, integers beyond 2^53 decimal strings. */
export type Value = null | boolean | number | string | readonly Value[] | { readonly [name: string]: Value }

/** Failure as data: prose is made of it in one place. */
export type Result<T, F> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: F }

export const ok = <T>(value: T): { readonly ok: true; readonly value: T } => ({ ok: true, value })
export const fail = <F>(failure: F): { readonly ok: false; readonly failure: F } => ({ ok: false, failure })

const DIGITS = Array.from({ length: 256 }, (_, octet) => octet.toString(16).toUpperCase().padStart(2, '0'))

/** Shorter text is made faster digit by digit; longer text made so is a chain of pieces, some thirty times the octets. */
const SHORT = 64

/** Octets → upper-case hex without blanks. */
export function hex(octets: Uint8Array): string {
  if (octets.length > SHORT)
    return Buffer.from(octets.buffer, octets.byteOffset, octets.length).toString('hex').toUpperCase()
  let text = ''
  for (const octet of octets) text += DIGITS[octet]
  return text
}

/** Hex (blanks allowed, even number of digits) → octets; undefined if it is not hex. */
export function unhex(text: string): Uint8Array | undefined {
  const digits = /\s/.test(text) ? text.replace(/\s+/g, '') : text
  if (digits.length % 2 !== 0) return undefined
  const octets = new Uint8Array(digits.length / 2)
  for (let at = 0; at < octets.length; at++) {
    const high = digitAt(digits, 2 * at)
    const low = digitAt(digits, 2 * at + 1)
    if (high === NONE || low === NONE) return undefined
    octets[at] = high * 16 + low
  }
  return octets
}

const NONE = 0xff
/** By the code of a character. */
const DIGIT_VALUES = Uint8Array.from({ length: 128 }, (_, code) => {
  const digit = Number.parseInt(String.fromCharCode(code), 16)
  return Number.isNaN(digit) ? NONE : digit
})

const digitAt = (digits: string, at: number): number => DIGIT_VALUES[digits.charCodeAt(at)] ?? NONE
