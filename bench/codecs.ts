import { Bench } from 'tinybench'
import { decode, encode } from '../src/codec/codec.ts'
import { type Data, data } from '../src/protocol/data/data.ts'
import { createDeframer } from '../src/protocol/hdlc/deframer.ts'
import { frameOctets } from '../src/protocol/hdlc/frame.ts'
import type { Figure } from './figure.ts'

/** A load profile: rows of clock, status and three registers. */
function profile(rows: number): Uint8Array {
  const row = (i: number): Data => ({
    is: 'structure',
    value: [
      { is: 'octet-string', value: new Uint8Array(12).fill(7) },
      { is: 'unsigned', value: 0 },
      { is: 'double-long-unsigned', value: i },
      { is: 'double-long-unsigned', value: 3 * i },
      { is: 'long-unsigned', value: i & 0xffff },
    ],
  })
  return encode(data, { is: 'array', value: Array.from({ length: rows }, (_, i) => row(i)) })
}

const iFrame = (octets: number): Uint8Array =>
  frameOctets({
    segmentation: false,
    'destination-address': Uint8Array.of(0x03),
    'source-address': Uint8Array.of(0x21),
    control: { is: 'i', 'n-s': 0, 'n-r': 0, 'poll-final': true },
    information: new Uint8Array(octets),
  })

/** Decoding of long values and of frames, and how it grows with length. */
export async function codecs(): Promise<readonly Figure[]> {
  const octets = profile(10_000)
  const [small, large] = [iFrame(100), iFrame(2000)]
  const [short, long] = [profile(4), profile(400)]
  const hear = (frame: Uint8Array) => (): void => {
    const deframer = createDeframer({ interOctetMs: 25 })
    for (let i = 0; i < 100; i++) deframer.push({ octets: frame, firstEnd: i * 1000, octetMs: 0.1 })
  }
  const bench = new Bench({ time: 500 })
  bench
    .add('profile', () => void decode(data, octets))
    .add('small', hear(small))
    .add('large', hear(large))
    .add('short', () => void decode(data, short))
    .add('long', () => void decode(data, long))
  await bench.run()
  const seconds = (name: string): number => {
    const result = bench.getTask(name)?.result
    return result && 'latency' in result ? result.latency.p50 / 1000 : Number.NaN
  }
  return [
    { name: 'decoding a profile of 10 000 rows, without the tree', value: octets.length / seconds('profile') / 1e6, unit: 'MB/s', goal: 'at least 100' },
    { name: 'HDLC frames of 100 octets', value: 100 / seconds('small'), unit: 'frames/s' },
    { name: 'an octet of a 2 000-octet frame against one of a 100-octet frame', value: seconds('large') / large.length / (seconds('small') / small.length), unit: '×', goal: 'linear: at most 1' },
    { name: `an octet of ${long.length} octets of Data against one of ${short.length}`, value: seconds('long') / long.length / (seconds('short') / short.length), unit: '×' },
  ]
}
