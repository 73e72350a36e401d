// Secrets that a border cuts: what stands on one side of it, where the other side is not there.

export interface Edges {
  /** How many octets at the end may be the beginning of a secret that goes on elsewhere. */
  readonly begun: (octets: Uint8Array) => number
  /** How many octets at the front may be the end of a secret that began elsewhere; all of them, where they may be the middle of one. */
  readonly ended: (octets: Uint8Array) => number
}

/** `shortest`: fewer octets are taken for chance. Asking costs the same, however many secrets there are. */
export function edgesOf(secrets: readonly Uint8Array[], shortest: number): Edges {
  const all = secrets.map(charactersOf)
  const longest = Math.max(0, ...all.map(({ length }) => length - 1))
  const fronts = new Set(all.flatMap((secret) => lengthsIn(secret, shortest).map((length) => secret.slice(0, length))))
  const ends = new Set(all.flatMap((secret) => lengthsIn(secret, shortest).map((length) => secret.slice(-length))))
  const most = (length: number, is: (count: number) => boolean): number => {
    for (let count = Math.min(length, longest); count >= shortest; count--) if (is(count)) return count
    return 0
  }
  return {
    begun(octets) {
      const end = charactersOf(octets.subarray(-longest))
      return most(octets.length, (count) => fronts.has(end.slice(-count)))
    },
    ended(octets) {
      const front = charactersOf(octets.subarray(0, longest))
      const mayBeMiddle = octets.length >= shortest && octets.length <= longest
      if (mayBeMiddle && all.some((secret) => secret.length > front.length && secret.includes(front)))
        return octets.length
      return most(octets.length, (count) => ends.has(front.slice(0, count)))
    },
  }
}

/** One character for each octet, so that octets are compared, and found in a set, as texts. */
const charactersOf = ({ buffer, byteOffset, byteLength }: Uint8Array): string =>
  Buffer.from(buffer, byteOffset, byteLength).toString('latin1')

/** All but the whole. */
const lengthsIn = ({ length }: string, shortest: number): readonly number[] =>
  Array.from({ length: Math.max(0, length - shortest) }, (_, at) => at + shortest)
