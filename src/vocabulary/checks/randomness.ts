// Random octets of a meter, several samples of them (ruling Y5). A repetition is one; what statistics see is a remark, and what they do not see proves nothing.
import { hex, unhex, type Value } from '../../codec/value.ts'
import type { Checked } from '../../engine/vocabulary.ts'
import { isList } from '../../protocol/json.ts'
import { fails, PASS } from './exchange.ts'

const RULING = 'Y5'

/** Undefined: these are no samples. */
function samplesIn(value: Value | undefined): readonly Uint8Array[] | undefined {
  if (value === undefined || !isList(value) || value.length === 0) return undefined
  const samples = value.map((each) => (typeof each === 'string' ? unhex(each) : undefined))
  const known = samples.filter((each) => each !== undefined)
  return known.length === samples.length ? known : undefined
}

const overSamples =
  (check: (samples: readonly Uint8Array[]) => Checked) =>
  (value: Value): Checked => {
    const samples = samplesIn(value)
    return samples === undefined ? fails('octets, several times', JSON.stringify(value).slice(0, 80)) : check(samples)
  }

const again = (sample: Uint8Array): Checked => fails('another one each time', `${hex(sample)} once more`)

/** No sample comes twice. */
export const allDifferent = overSamples((samples) => {
  const seen = new Set<string>()
  for (const sample of samples) {
    if (seen.has(hex(sample))) return again(sample)
    seen.add(hex(sample))
  }
  return PASS
})

/** None of those before (the argument) comes again. */
export function noneAgain(value: Value, before: Value | undefined): Checked {
  const former = new Set((samplesIn(before) ?? []).map(hex))
  return overSamples((samples) => {
    const found = samples.find((sample) => former.has(hex(sample)))
    return found === undefined ? PASS : again(found)
  })(value)
}

/** Fewer samples can have an octet in common by chance. */
const ENOUGH = 8

export const noConstantOctet = overSamples((samples) => {
  const [first, ...others] = samples
  if (first === undefined || samples.length < ENOUGH) return PASS
  const at = first.findIndex((octet, i) => others.every((other) => other[i] === octet))
  return at === -1 ? PASS : weak(samples, `octet ${at + 1} is the same in all of them`)
})

/** So many standard deviations come by chance once in some millions. */
const DEVIATIONS = 5
const BITS = [0, 1, 2, 3, 4, 5, 6, 7]

export const bitBalance = overSamples((samples) => {
  const octets = joined(samples)
  const bits = octets.length * BITS.length
  const ones = octets.reduce((sum, octet) => sum + BITS.filter((bit) => (octet >> bit) & 1).length, 0)
  const isEven = Math.abs(ones - bits / 2) <= DEVIATIONS * Math.sqrt(bits / 4)
  return isEven ? PASS : weak(samples, `of ${bits} bits ${ones} are set`)
})

/** Longest register that is looked for, and octets that are looked at. */
const REGISTER = 32
const LOOKED_AT = 256

/** A shift register gives itself away in each bit of its octets; only where nothing else is drawn from it in between. */
export const noLinearGenerator = overSamples((samples) => {
  const octets = joined(samples).slice(0, LOOKED_AT)
  if (octets.length < 3 * REGISTER) return PASS
  const found = BITS.map((bit) => linearComplexity(octets.map((octet) => (octet >> bit) & 1)))
  const longest = Math.max(...found)
  return longest > REGISTER ? PASS : weak(samples, `all of them follow from a shift register of ${longest} bits`)
})

const joined = (samples: readonly Uint8Array[]): readonly number[] => samples.flatMap((sample) => [...sample])

const weak = (samples: readonly Uint8Array[], what: string): Checked => ({
  is: 'remark',
  text: `${samples.length} samples: ${what}; a sample of this size shows coarse faults only`,
  ruling: RULING,
})

/** Length of the shortest shift register that gives these bits (Berlekamp and Massey). */
function linearComplexity(bits: readonly number[]): number {
  let current = [1]
  let former = [1]
  let length = 0
  let since = 1
  for (const [n, bit] of bits.entries()) {
    const sum = current.slice(1, length + 1).reduce((parity, tap, i) => parity ^ (tap & (bits[n - 1 - i] ?? 0)), bit)
    if (sum === 0) {
      since++
      continue
    }
    const before = current
    const size = Math.max(current.length, former.length + since)
    current = Array.from({ length: size }, (_, i) => (before[i] ?? 0) ^ (former[i - since] ?? 0))
    if (2 * length <= n) {
      length = n + 1 - length
      former = before
      since = 1
    } else since++
  }
  return length
}
