// A stack of layers and its fault → the units that go on the line.
import { encode, isOperator, type Operator } from '../../codec/codec.ts'
import { fail, hex, ok, type Value } from '../../codec/value.ts'
import { compose, type ComposedLayer } from '../../protocol/compose.ts'
import type { Fault } from '../../protocol/fault.ts'
import { examine } from '../../protocol/hdlc/examine.ts'
import { frameToJson } from '../../protocol/hdlc/json.ts'
import { isRecord } from '../../protocol/json.ts'
import type { Stack, StackLayer } from '../../protocol/layer.ts'
import { wrongFields } from '../addresses.ts'
import { writtenOut } from './bodies.ts'
import { refuse, type Context, type FaultFields, type Made, type Outgoing, type OutUnit } from './outgoing.ts'

/** `tops`: how many layers on top are of an APDU: none, the APDU alone, or with its protection and what carries that. */
export function finish(context: Context, stack: Stack, fields: FaultFields, tops: number): Made<Outgoing> {
  const fault = faultOf(context, fields)
  if (!fault.ok) return fault
  const faultless = Object.keys(fields.wrong).length === 0 && Object.keys(fields.damage).length === 0
  if (faultless && stack.length === 1) return plain(context, stack[0], tops)
  const composed = compose(stack, fault.value)
  if (!composed.ok) return refuse(composed.failure)
  const { layers, units } = composed.value
  const [plainest, lowest] = [layers[0], layers[tops - 1]]
  const right = layers.slice(0, tops).every(({ marks }) => marks.length === 0)
  const apdu =
    plainest && lowest ? { octets: lowest.octets, plain: plainOf(stack, plainest, lowest), right } : undefined
  const link = context.connection.link
  const carriesFrames = link !== undefined && stack.length > tops
  const faulty = layers.some(({ name, marks }) => /^hdlc(\[|$)/.test(name) && marks.length > 0)
  return ok({
    layers,
    units: units.map(({ octets, marks }): OutUnit => {
      const frame = carriesFrames ? examine(octets).frame : undefined
      return { octets, marks, frame, moves: !faulty && frame !== undefined }
    }),
    apdu,
    saved: () => savedLayers(layers, stack),
  })
}

/** The APDU of the service beneath its protection; an APDU of ACSE is itself what is asked. */
const plainOf = ([top]: Stack, plainest: ComposedLayer, lowest: ComposedLayer): Uint8Array =>
  top.message.name === 'initiate-request' ? lowest.octets : plainest.octets

/** One layer without a fault: a tree is made only for whoever asks. */
function plain({ connection }: Context, layer: StackLayer, tops: number): Made<Outgoing> {
  const { message } = layer
  const value = message.from(message.canonical(layer.records(NOTHING)[0] ?? {}))
  if (!value.ok) return refuse(value.failure)
  const octets = encode(message.codec, value.value)
  const frame = message.layer === 'hdlc' && connection.link ? examine(octets).frame : undefined
  const own = { name: layer.name, octets }
  return ok({
    get layers(): readonly ComposedLayer[] {
      const composed = compose([layer])
      return composed.ok ? composed.value.layers : []
    },
    units: [{ octets, marks: [], frame, moves: frame !== undefined }],
    apdu: tops > 0 ? { octets, plain: octets, right: true } : undefined,
    saved: () => savedLayers([own], [layer]),
  })
}

/** Octets as they are; a frame among them does not move the state variables. */
export function asTheyAre({ connection }: Context, octets: Uint8Array, { wrong, damage }: FaultFields): Made<Outgoing> {
  if (Object.keys(wrong).length + Object.keys(damage).length > 0)
    return fail('octets as they are cannot be faulty: write the octets that you want')
  const frame = connection.link ? examine(octets).frame : undefined
  const saved = { octets: hex(octets), at: 'line' }
  return ok({
    layers: [],
    units: [{ octets, marks: [], frame, moves: false }],
    apdu: undefined,
    saved: () => ({ line: saved, hdlc: saved }),
  })
}

const NOTHING = new Uint8Array(0)

function faultOf({ connection, as }: Context, { wrong, damage }: FaultFields): Made<Fault> {
  const addresses = as.link?.addresses ?? connection.link?.addresses ?? { client: NOTHING, server: NOTHING }
  const operators: Record<string, Operator> = {}
  for (const [path, said] of Object.entries(damage)) {
    const operator = writtenOut(said)
    if (!isOperator(operator)) return fail(`${path}: expected an operator, found ${JSON.stringify(operator)}`)
    operators[path] = operator
  }
  return ok({ wrong: wrongFields(wrong, addresses), damage: operators })
}

/** What `save` may take of what was sent, by the names of the layers; `at`: where it goes when it is sent `again`. */
function savedLayers(
  layers: readonly Pick<ComposedLayer, 'name' | 'octets'>[],
  stack: Stack,
): Readonly<Record<string, Value>> {
  const saved: Record<string, Value> = {}
  for (const { name, octets } of layers) {
    const bare = name.replace(/\[.*$/, '')
    const layer = stack.find((each) => each.name === bare)
    const at = bare === 'hdlc' ? 'hdlc' : bare === 'wrapper' || layer?.message.layer === 'sign-on' ? 'line' : 'apdu'
    const frame = bare === 'hdlc' ? examine(octets).frame : undefined
    const fields = frame ? frameToJson(frame) : (layer?.records(NOTHING)[0] ?? {})
    const value: Value = { ...(isRecord(fields) ? fields : {}), octets: hex(octets), at }
    for (const each of [name, bare, ...(layer?.aliases ?? [])]) saved[each] = value
    if (frame) saved[frame.control.is] = value
  }
  return saved
}
