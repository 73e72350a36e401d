// Finds many secrets in octets in one pass, told by the octets that each begins with: hundreds cost what one does.

/** Where something stands in octets: from `from` up to but not including `to`. */
export interface Range {
  readonly from: number
  readonly to: number
}

/** All occurrences, also those that overlap: a key of zeros in a longer run of zeros hides all of it. Secrets of two octets and more. */
export function finderOf(secrets: readonly Uint8Array[]): (octets: Uint8Array) => readonly Range[] {
  const begun = new Map<number, Uint8Array[]>()
  for (const secret of secrets) {
    const front = frontAt(secret, 0)
    const others = begun.get(front)
    if (others === undefined) begun.set(front, [secret])
    else others.push(secret)
  }
  return (octets) => {
    const found: Range[] = []
    for (let from = 0; from < octets.length - 1; from++)
      for (const secret of begun.get(frontAt(octets, from)) ?? [])
        if (standsAt(octets, from, secret)) found.push({ from, to: from + secret.length })
    return found
  }
}

const frontAt = (octets: Uint8Array, at: number): number => ((octets[at] ?? 0) << 8) | (octets[at + 1] ?? 0)

function standsAt(octets: Uint8Array, from: number, secret: Uint8Array): boolean {
  if (from + secret.length > octets.length) return false
  for (let at = 0; at < secret.length; at++) if (octets[from + at] !== secret[at]) return false
  return true
}
