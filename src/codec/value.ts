/** A value as suites, evidence and the event stream hold it: plain JSON. Octets are upper-case hex strings, integers beyond 2^53 decimal strings. */
export type Value = null | boolean | number | string | readonly Value[] | { readonly [name: string]: Value }

/** Failure as data: prose is made of it in one place. */
export type Result<T, F> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: F }

export const ok = <T>(value: T): { readonly ok: true; readonly value: T } => ({ ok: true, value })
export const fail = <F>(failure: F): { readonly ok: false; readonly failure: F } => ({ ok: false, failure })

const DIGITS = Array.from({ length: 256 }, (_, octet) => octet.toString(16).toUpperCase().padStart(2, '0'))

/** Octets → upper-case hex without blanks. */
export function hex(octets: Uint8Array): string {
  let text = ''
  for (const octet of octets) text += DIGITS[octet]
  return text
}

/** Hex (blanks allowed, even number of digits) → octets; undefined if it is not hex. */
export function unhex(text: string): Uint8Array | undefined {
  const digits = text.replace(/\s+/g, '')
  if (digits.length % 2 !== 0 || !/^[0-9A-Fa-f]*$/.test(digits)) return undefined
  return Uint8Array.from(digits.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
}
