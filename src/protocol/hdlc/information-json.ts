// Information fields of frames as suites write them: parameters of SNRM and UA by name, the reasons of FRMR.
import { boolean, decode, encode, rest, sequence, u8 } from '../../codec/codec.ts'
import { hex, ok, unhex, type Result, type Value } from '../../codec/value.ts'
import { isRecord, valueOf, wrongValue, type JsonRecord, type MessageFailure } from '../json.ts'
import type { FrameName } from './control.ts'
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

/** Fields of FRMR that a suite writes beside those of the frame. */
export const REJECT = ['rejected-control', 'v-s', 'v-r', 'c-r', 'w', 'x', 'y', 'z']

/** Undefined: said as hex, or not at all. */
export function informationFrom(name: FrameName, frame: JsonRecord): Result<Uint8Array | undefined, MessageFailure> {
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

/** What a matcher sees of it: absent, parameters by name, or hex; of FRMR also its reasons. */
export function informationToJson({ control, information }: Frame): JsonRecord {
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
