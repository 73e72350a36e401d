import { decode, encode, toJson } from '../src/codec/codec.ts'
import { data } from '../src/protocol/data/data.ts'
import { createDeframer } from '../src/protocol/hdlc/deframer.ts'
import { frameOctets } from '../src/protocol/hdlc/frame.ts'
import { createWpduStream } from '../src/protocol/wrapper/stream.ts'
import { wpduOctets } from '../src/protocol/wrapper/wpdu.ts'
import type { Figure, Group } from './figure.ts'
import { compared } from './median.ts'
import { profile } from './profile.ts'

const ROWS = 10_000
const SHORT_ROWS = 100
/** What decoding without the tree should reach, octets a second. */
const AIM = 100e6
const BURST = { firstEnd: 0, octetMs: 0 }

const iFrame = (octets: number): Uint8Array =>
  frameOctets({
    segmentation: false,
    'destination-address': Uint8Array.of(0x03),
    'source-address': Uint8Array.of(0x21),
    control: { is: 'i', 'n-s': 0, 'n-r': 0, 'poll-final': true },
    information: new Uint8Array(octets),
  })

const repeated = (octets: Uint8Array, times: number): Uint8Array => {
  const all = new Uint8Array(octets.length * times)
  for (let i = 0; i < times; i++) all.set(octets, i * octets.length)
  return all
}

/** What any reader of octets must do. */
function looked(octets: Uint8Array): number {
  let sum = 0
  for (let i = 0; i < octets.length; i++) sum = (sum + (octets[i] ?? 0)) | 0
  return sum
}

/** Encoding and decoding of long values, and of units on the line, with their growth. */
export async function codecs(): Promise<Group> {
  const value = profile(ROWS)
  const octets = encode(data, value)
  const short = encode(data, profile(SHORT_ROWS))
  const json = JSON.stringify(toJson(value))
  const [small, large] = [repeated(iFrame(100), 1000), repeated(iFrame(2000), 50)]
  const wpdus = repeated(
    wpduOctets({ version: 1, 'source-wport': 1, 'destination-wport': 16, information: new Uint8Array(100) }),
    1000,
  )
  const deframed = (all: Uint8Array) => (): void => void createDeframer().push({ octets: all, ...BURST })
  const ms = await compared({
    decode: () => void decode(data, octets),
    short: () => {
      for (let i = 0; i < ROWS / SHORT_ROWS; i++) decode(data, short)
    },
    encode: () => void encode(data, value),
    parse: () => void JSON.parse(json),
    stringify: () => void JSON.stringify(value),
    small: deframed(small),
    large: deframed(large),
    wpdus: () => void createWpduStream().push({ octets: wpdus, ...BURST }),
    lookSmall: () => void looked(small),
    lookWpdus: () => void looked(wpdus),
  })
  const speed = (size: number, each: number): number => size / each / 1000
  const figure = (name: string, size: number, each: number, ratio: Figure['ratio']): Figure => ({
    name,
    value: speed(size, each),
    unit: 'MB/s',
    ratio,
  })
  const decoding = `decoding Data, ${ROWS} rows of a profile, without the tree`
  const onlyLooked = 'a loop that adds the same octets up'
  return {
    title: 'Codecs',
    figures: [
      figure(decoding, octets.length, ms.decode, {
        value: AIM / 1e6 / speed(octets.length, ms.decode),
        of: 'time at 100 MB/s',
        atMost: 1,
      }),
      figure(decoding, octets.length, ms.decode, { value: ms.decode / ms.parse, of: 'JSON.parse of the same rows' }),
      figure('encoding them', octets.length, ms.encode, {
        value: ms.encode / ms.stringify,
        of: 'JSON.stringify of the same rows',
      }),
      figure(`an octet of ${ROWS} rows`, octets.length, ms.decode, {
        value: ms.decode / octets.length / (ms.short / short.length / (ROWS / SHORT_ROWS)),
        of: `an octet of ${SHORT_ROWS} rows`,
      }),
      figure('HDLC frames with 100 octets', small.length, ms.small, { value: ms.small / ms.lookSmall, of: onlyLooked }),
      figure('an octet of a frame with 2000 octets', large.length, ms.large, {
        value: ms.large / large.length / (ms.small / small.length),
        of: 'an octet of a frame with 100',
      }),
      figure('WPDUs with 100 octets', wpdus.length, ms.wpdus, { value: ms.wpdus / ms.lookWpdus, of: onlyLooked }),
    ],
    notes: [`Octets as on the line, not as JSON; medians.`],
  }
}
