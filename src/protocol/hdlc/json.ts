// Frames as suites write them: `{"rr": {"n-r": 0, "poll": true}}`, addresses as hex of their octets or by their parts.
import { boolean, rest, sequence, u8 } from '../../codec/codec.ts'
import { nearestNames } from '../../codec/path.ts'
import { fail, hex, ok, unhex, type Result, type Value } from '../../codec/value.ts'
import { isRecord, valueOf, wrongValue, type JsonRecord, type MessageFailure } from '../json.ts'
import { addressOctets, readAddress } from './address.ts'
import { pollFinal, type FrameName } from './control.ts'
import type { Frame } from './examine.ts'
import { informationFrom, informationToJson, REJECT } from './information-json.ts'

const COMMON = ['segmentation', 'destination-address', 'source-address', 'poll', 'final', 'poll-final', 'information']
const NUMBERS: Readonly<Partial<Record<FrameName, readonly string[]>>> = {
  i: ['n-s', 'n-r'],
  rr: ['n-r'],
  rnr: ['n-r'],
}

/** The fields that a suite may name in a frame. */
export const frameFields = (name: FrameName): readonly string[] => [
  ...COMMON,
  ...(NUMBERS[name] ?? []),
  ...(name === 'frmr' ? REJECT : []),
]

/** `poll` and `final` under the name of the bit, addresses by their parts: what a fault may replace a part of. */
export function canonicalFrame(frame: JsonRecord): JsonRecord {
  const { poll, final, ...others } = frame
  const bit = final ?? poll
  const addresses = ['destination-address', 'source-address'].flatMap((field) => {
    const octets = typeof others[field] === 'string' ? unhex(others[field]) : undefined
    const address = octets === undefined ? undefined : readAddress(octets)
    return address === undefined ? [] : [[field, partsOf(address)] as const]
  })
  return { ...others, ...Object.fromEntries(addresses), ...(bit === undefined ? {} : { 'poll-final': bit }) }
}

const partsOf = ({
  size,
  ...parts
}: {
  readonly size: number
  readonly upper: number
  readonly lower?: number
}): JsonRecord => ({
  ...parts,
  octets: size,
})

const fields = sequence({
  segmentation: boolean,
  'destination-address': rest,
  'source-address': rest,
  'poll-final': boolean,
  information: rest,
  'n-s': u8,
  'n-r': u8,
})

/** What a frame says where a suite is silent. Numbers have no default where they are sent. */
const DEFAULTS: JsonRecord = { segmentation: false, 'poll-final': true, information: '' }
const UNUSED: JsonRecord = { 'n-s': 0, 'n-r': 0 }

export function frameFromJson(name: FrameName, said: JsonRecord): Result<Frame, MessageFailure> {
  const known = frameFields(name)
  const unknown = Object.keys(said).find((field) => !known.includes(field))
  if (unknown !== undefined) {
    return fail({
      is: 'no-such-field',
      path: unknown,
      expected: 'a field',
      found: unknown,
      candidates: nearestNames(unknown, known),
    })
  }
  const frame = canonicalFrame(said)
  const numbers = NUMBERS[name] ?? []
  for (const field of numbers) {
    const number = frame[field]
    if (number !== undefined && !(typeof number === 'number' && number >= 0 && number <= 7))
      return wrongValue(field, 'an integer from 0 to 7', number)
  }
  const octets = withOctets(name, frame)
  if (!octets.ok) return octets
  const unused = Object.fromEntries(Object.entries(UNUSED).filter(([field]) => !numbers.includes(field)))
  const read = valueOf(fields, { ...DEFAULTS, ...unused, ...octets.value })
  if (!read.ok) return read
  const { 'n-s': sent, 'n-r': received, 'poll-final': bit, ...others } = read.value
  switch (name) {
    case 'i':
      return ok({ ...others, control: { is: name, 'n-s': sent, 'n-r': received, 'poll-final': bit } })
    case 'rr':
    case 'rnr':
      return ok({ ...others, control: { is: name, 'n-r': received, 'poll-final': bit } })
    default:
      return ok({ ...others, control: { is: name, 'poll-final': bit } })
  }
}

/** Addresses and information become hex. */
function withOctets(name: FrameName, frame: JsonRecord): Result<JsonRecord, MessageFailure> {
  const written: Record<string, Value> = {}
  for (const [field, value] of Object.entries(frame)) if (!REJECT.includes(field)) written[field] = value
  for (const field of ['destination-address', 'source-address']) {
    const value = frame[field]
    if (!isRecord(value)) continue
    const octets = addressFrom(value)
    if (octets === undefined) return wrongValue(field, 'hex, or upper, lower and octets (1, 2 or 4)', value)
    written[field] = hex(octets)
  }
  const information = informationFrom(name, frame)
  if (!information.ok) return information
  if (information.value !== undefined) written['information'] = hex(information.value)
  return ok(written)
}

function addressFrom({ upper, lower = 0, octets = lower === 0 ? 1 : 2 }: JsonRecord): Uint8Array | undefined {
  if (typeof upper !== 'number' || typeof lower !== 'number') return undefined
  return octets === 1 || octets === 2 || octets === 4 ? addressOctets({ size: octets, upper, lower }) : undefined
}

/** What a matcher sees of a frame. `information` is absent, parameters, or hex; `poll` and `final` are both there. */
export function frameToJson(frame: Frame): JsonRecord {
  const { control, segmentation } = frame
  const bit = pollFinal(control)
  const json: Record<string, Value> = {}
  if ('n-s' in control) json['n-s'] = control['n-s']
  if ('n-r' in control) json['n-r'] = control['n-r']
  if (control.is === 'undefined') json['control'] = hex(Uint8Array.of(control.octet))
  json['poll'] = bit
  json['final'] = bit
  json['segmentation'] = segmentation
  json['destination-address'] = hex(frame['destination-address'])
  json['source-address'] = hex(frame['source-address'])
  return Object.assign(json, informationToJson(frame))
}
