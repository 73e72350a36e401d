// Frames as suites write them: `{"rr": {"n-r": 0, "poll": true}}`, addresses as hex of their octets or by their parts.
import { boolean, decode, encode, rest, sequence, u8 } from '../../codec/codec.ts'
import { nearestNames } from '../../codec/path.ts'
import { fail, hex, ok, unhex, type Result, type Value } from '../../codec/value.ts'
import { isRecord, valueOf, wrongValue, type JsonRecord, type MessageFailure } from '../json.ts'
import { addressOctets, readAddress } from './address.ts'
import { pollFinal, type FrameName } from './control.ts'
import type { Frame } from './examine.ts'
import { frameReject, type FrameReject } from './frmr.ts'
import { DEFAULT_PARAMETERS } from './negotiate.ts'
import {
  parameterBlock,
  parameterIdentifier,
  parameterName,
  parameterNumber,
  parameterOctets,
  toParameters,
  type Parameter,
} from './parameters.ts'

const COMMON = ['segmentation', 'destination-address', 'source-address', 'poll', 'final', 'poll-final', 'information']
const REJECT = ['rejected-control', 'v-s', 'v-r', 'c-r', 'w', 'x', 'y', 'z']
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

/** Undefined: said as hex, or not at all. */
function informationFrom(name: FrameName, frame: JsonRecord): Result<Uint8Array | undefined, MessageFailure> {
  const { information } = frame
  if (name === 'frmr' && information === undefined && REJECT.some((field) => field in frame)) return rejectFrom(frame)
  if (name !== 'snrm' && name !== 'ua') return ok(undefined)
  if (information === 'default-parameters') return ok(encode(parameterBlock, toParameters(DEFAULT_PARAMETERS)))
  if (!isRecord(information)) return ok(undefined)
  const { octets } = information
  if (octets !== undefined) return octetsFrom('information.octets', octets)
  const block = parametersFrom(information)
  return block.ok ? ok(encode(parameterBlock, block.value)) : block
}

function octetsFrom(path: string, value: Value): Result<Uint8Array, MessageFailure> {
  const octets = typeof value === 'string' ? unhex(value) : undefined
  return octets === undefined ? wrongValue(path, 'octets as hex', value) : ok(octets)
}

/** `{"window-size-transmit": 7}` in the octets of the standard's examples, `{"value": 128, "octets": 2}`, or the value in hex. */
function parametersFrom(said: JsonRecord): Result<readonly Parameter[], MessageFailure> {
  const parameters: Parameter[] = []
  for (const [name, value] of Object.entries(said)) {
    const path = `information.${name}`
    const identifier = parameterIdentifier(name)
    if (identifier === undefined) return wrongValue(path, 'the name of a parameter', name)
    const octets = parameterFrom(path, identifier, value)
    if (!octets.ok) return octets
    parameters.push({ identifier, value: octets.value })
  }
  return ok(parameters)
}

function parameterFrom(path: string, identifier: number, said: Value): Result<Uint8Array, MessageFailure> {
  if (typeof said === 'number') return ok(parameterOctets(identifier, said))
  if (!isRecord(said)) return octetsFrom(path, said)
  const { value, octets } = said
  if (typeof value !== 'number' || typeof octets !== 'number')
    return wrongValue(path, 'a number, hex, or value and octets', said)
  return ok(Uint8Array.from({ length: octets }, (_, at) => Math.floor(value / 256 ** (octets - 1 - at)) & 0xff))
}

const rejectFields = sequence({
  'rejected-control': rest,
  'v-s': u8,
  'v-r': u8,
  'c-r': boolean,
  w: boolean,
  x: boolean,
  y: boolean,
  z: boolean,
})

function rejectFrom(frame: JsonRecord): Result<Uint8Array, MessageFailure> {
  const defaults = { 'v-s': 0, 'v-r': 0, 'c-r': false, w: false, x: false, y: false, z: false }
  const given = Object.fromEntries(Object.entries(frame).filter(([field]) => REJECT.includes(field)))
  const read = valueOf(rejectFields, { ...defaults, ...given })
  if (!read.ok) return read
  const { 'rejected-control': control, ...others } = read.value
  return ok(encode(frameReject, { ...others, 'rejected-control': control[0] ?? 0 }))
}

/** What a matcher sees of a frame. `information` is absent, parameters, or hex; `poll` and `final` are both there. */
export function frameToJson(frame: Frame): JsonRecord {
  const { control, segmentation } = frame
  const bit = pollFinal(control)
  return {
    ...('n-s' in control ? { 'n-s': control['n-s'] } : {}),
    ...('n-r' in control ? { 'n-r': control['n-r'] } : {}),
    ...(control.is === 'undefined' ? { control: hex(Uint8Array.of(control.octet)) } : {}),
    poll: bit,
    final: bit,
    segmentation,
    'destination-address': hex(frame['destination-address']),
    'source-address': hex(frame['source-address']),
    ...informationToJson(frame),
  }
}

function informationToJson({ control, information }: Frame): JsonRecord {
  if (information.length === 0) return {}
  if (control.is === 'snrm' || control.is === 'ua') {
    const block = decode(parameterBlock, information)
    if (block.ok) return { information: parametersToJson(block.value) }
  }
  if (control.is === 'frmr') {
    const rejected = decode(frameReject, information)
    if (rejected.ok) return { information: hex(information), ...rejectToJson(rejected.value) }
  }
  return { information: hex(information) }
}

const parametersToJson = (parameters: readonly Parameter[]): JsonRecord =>
  Object.fromEntries(
    parameters.map(({ identifier, value }) => [parameterName(identifier), parameterNumber(value) ?? hex(value)]),
  )

const rejectToJson = ({ 'rejected-control': control, ...others }: FrameReject): JsonRecord => ({
  'rejected-control': hex(Uint8Array.of(control)),
  ...others,
})
