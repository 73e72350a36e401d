// A right APDU → one that is a little wrong, as a random source says: always the same for the same source.
import { concat } from '../../codec/operator.ts'
import type { Random } from '../../world/random.ts'

type Mutation = (octets: Uint8Array, random: Random) => Uint8Array

/** Where parsers go wrong: at the ends of what octets, lengths and counts can say. */
const EDGES = [0x00, 0x01, 0x7f, 0x80, 0x81, 0x82, 0x84, 0xfe, 0xff]
/** Tags of services and of data, and their neighbours. */
const TAGS = [
  0x01, 0x05, 0x0c, 0x0f, 0x10, 0xc0, 0xc1, 0xc2, 0xc3, 0xc4, 0xc6, 0xc8, 0xd0, 0xd8, 0xd9, 0xda, 0xdb, 0xdf, 0xe1,
]
const LONG = { least: 200, most: 600 }
const MOST_AT_ONCE = 3

const pick = <T>(all: readonly T[], random: Random): T | undefined => all[random.below(all.length)]
const place = (octets: Uint8Array, random: Random): number => random.below(Math.max(1, octets.length))
const withOctet = (octets: Uint8Array, at: number, octet: number): Uint8Array =>
  octets.map((old, index) => (index === at ? octet : old))

const MUTATIONS: readonly Mutation[] = [
  (octets, random) => {
    const at = place(octets, random)
    return withOctet(octets, at, (octets[at] ?? 0) ^ (1 << random.below(8)))
  },
  (octets, random) => withOctet(octets, place(octets, random), random.below(256)),
  (octets, random) => withOctet(octets, place(octets, random), pick(EDGES, random) ?? 0),
  (octets, random) => withOctet(octets, 0, pick(TAGS, random) ?? 0),
  (octets, random) => octets.subarray(0, place(octets, random) + 1),
  (octets, random) => {
    const at = place(octets, random)
    return concat([octets.subarray(0, at), random.octets(1 + random.below(8)), octets.subarray(at)])
  },
  (octets, random) => {
    const at = place(octets, random)
    return concat([octets.subarray(0, at), octets.subarray(at + 1 + random.below(4))])
  },
  (octets, random) => {
    const at = place(octets, random)
    return concat([octets, octets.subarray(at)])
  },
  (octets, random) => concat([octets, random.octets(LONG.least + random.below(LONG.most - LONG.least))]),
]

/** One to three changes. Never without an octet: that would be no APDU at all. */
export function mutated(octets: Uint8Array, random: Random): Uint8Array {
  let result = octets
  for (let left = 1 + random.below(MOST_AT_ONCE); left > 0; left--) {
    const changed = pick(MUTATIONS, random)?.(result, random) ?? result
    if (changed.length > 0) result = changed
  }
  return result
}
