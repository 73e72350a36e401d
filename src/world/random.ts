import { createHash, randomBytes, randomInt } from 'node:crypto'

/** Random octets and numbers, given to whoever needs them. */
export interface Random {
  octets(count: number): Uint8Array
  /** A whole number, 0 ≤ number < limit; limit 1 to 2^32. */
  below(limit: number): number
}

/** The system's own: for challenges and keys on real lines. */
export function systemRandom(): Random {
  return {
    octets: (count) => new Uint8Array(randomBytes(count)),
    below: (limit) => randomInt(limit),
  }
}

/**
 * The same numbers each time for the same seed: for everything that must be repeatable. Never for keys on a real line.
 * `stream` names one of the many independent sequences of a seed, so that an instance repeated alone draws what it drew in the whole run.
 */
export function seededRandom(seed: number, stream = ''): Random {
  const next = xoshiro128(createHash('sha256').update(`${seed}\n${stream}`).digest())
  return {
    octets: (count) => Uint8Array.from({ length: count }, () => next() >>> 24),
    below(limit) {
      if (!Number.isInteger(limit) || limit < 1 || limit > 2 ** 32)
        throw new RangeError(`"limit" expected 1 to 2^32, got ${limit}`)
      const fair = 2 ** 32 - (2 ** 32 % limit) // above it the low numbers would come a little more often
      let number = next()
      while (number >= fair) number = next()
      return number % limit
    },
  }
}

/** xoshiro128** of Blackman and Vigna, 32 bits a call, 128 bits of state taken from the first 16 octets given. */
function xoshiro128(state: Buffer): () => number {
  let [a, b, c, d] = [state.readUInt32LE(0), state.readUInt32LE(4), state.readUInt32LE(8), state.readUInt32LE(12)]
  const rotate = (word: number, by: number) => (word << by) | (word >>> (32 - by))
  return () => {
    const result = Math.imul(rotate(Math.imul(b, 5), 7), 9) >>> 0
    const shifted = b << 9
    c ^= a
    d ^= b
    b ^= c
    a ^= d
    c ^= shifted
    d = rotate(d, 11)
    return result
  }
}
