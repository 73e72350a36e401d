// Octets that come in parts. A part is added in constant time and without a change to what was there, however many there are.

export interface Parts {
  readonly octets: number
  readonly last?: { readonly part: Uint8Array; readonly before: Parts }
}

export const NO_PARTS: Parts = { octets: 0 }

export const withPart = (before: Parts, part: Uint8Array): Parts =>
  part.length === 0 ? before : { octets: before.octets + part.length, last: { part, before } }

/** All parts in one. */
export function whole(parts: Parts): Uint8Array {
  const all = new Uint8Array(parts.octets)
  for (let { last } = parts; last !== undefined; last = last.before.last) all.set(last.part, last.before.octets)
  return all
}
