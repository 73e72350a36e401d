// A message of a suite → the octets that go on the line, with one fault or none.
import { afterSending, type LinkState } from '../client/link-state.ts'
import type { TrafficMark } from '../client/traffic.ts'
import { encode } from '../codec/codec.ts'
import { isOperator, type Operator } from '../codec/codec.ts'
import { fail, hex, ok, unhex, type Result, type Value } from '../codec/value.ts'
import type { LayerName } from '../engine/vocabulary.ts'
import { compose, type ComposedLayer } from '../protocol/compose.ts'
import type { Fault } from '../protocol/fault.ts'
import { FRAME_NAMES, type FrameName } from '../protocol/hdlc/control.ts'
import { examine, type Frame } from '../protocol/hdlc/examine.ts'
import { frameToJson } from '../protocol/hdlc/json.ts'
import { isRecord, type JsonRecord, type MessageFailure } from '../protocol/json.ts'
import {
  hdlcLayer,
  llcLayer,
  messageLayer,
  octetsLayer,
  wrapperLayer,
  type Stack,
  type StackLayer,
} from '../protocol/layer.ts'
import { requireMessage, type Message } from '../protocol/messages.ts'
import type { Bench } from './bench.ts'
import type { Connection } from './connection.ts'
import { wrongFields } from './addresses.ts'
import { filled } from './fill.ts'
import { apduFields, frameFields } from './said.ts'

/** What goes on the line as one. `moves`: it is a frame without a fault, and the state variables go on with it. */
export interface OutUnit {
  readonly octets: Uint8Array
  readonly marks: readonly TrafficMark[]
  readonly frame: Frame | undefined
  readonly moves: boolean
}

export interface Outgoing {
  readonly layers: readonly ComposedLayer[]
  readonly units: readonly OutUnit[]
  /** The APDU as it is sent, and whether nothing is wrong with it. */
  readonly apdu: { readonly octets: Uint8Array; readonly right: boolean } | undefined
  /** What `save` sees: layer name → its fields, `octets`, and `at`. */
  readonly saved: () => Readonly<Record<string, Value>>
}

export interface Fields {
  readonly wrong: Readonly<Record<string, Value>>
  readonly damage: Readonly<Record<string, Value>>
}

/** Where a message goes: whose addresses it has, and the state variables that it is sent in. */
interface Context {
  readonly bench: Bench
  readonly connection: Connection
  /** Whose addresses it has (spoofing); else the connection's own. */
  readonly as: Connection
  readonly state: LinkState | undefined
  readonly layer: LayerName
}

type Made<T> = Result<T, string>

const refuse = ({
  path,
  expected,
  found,
  candidates,
}: MessageFailure): { readonly ok: false; readonly failure: string } =>
  fail(
    `${path === '' ? 'the message' : path}: expected ${expected}, found ${found}${candidates.length > 0 ? ` (did you mean ${candidates.join(', ')}?)` : ''}`,
  )

/** All messages of a step, one after the other: each finds the state variables that those before it leave. */
export function composeAll(
  bench: Bench,
  connection: Connection,
  as: Connection,
  messages: readonly Value[],
  fields: Fields,
  layer: LayerName,
): Made<readonly Outgoing[]> {
  let state = connection.link?.state
  const all: Outgoing[] = []
  for (const [index, message] of messages.entries()) {
    const faulty = messages.length === 1 || index === messages.length - 1 ? fields : NO_FIELDS
    const made = composeOne({ bench, connection, as, state, layer }, message, faulty)
    if (!made.ok) return made
    all.push(made.value)
    for (const unit of made.value.units) if (state && unit.frame && unit.moves) state = afterSending(state, unit.frame)
  }
  return ok(all)
}

const NO_FIELDS: Fields = { wrong: {}, damage: {} }

function composeOne(context: Context, message: Value, fields: Fields): Made<Outgoing> {
  if (!isRecord(message)) return fail(`expected a message, found ${JSON.stringify(message)}`)
  const given = octetsOf(message)
  if (given)
    return given.at === 'apdu'
      ? carry(context, octetsTop('octets', given.octets), fields)
      : raw(context, given.octets, fields)
  const name = Object.keys(message).find((key) => !key.includes('.')) ?? ''
  if (name === 'fill') return withTop(topOf(context, message), (top) => carry(context, top, fields))
  const known = requireMessage(name)
  if (!known.ok) return refuse(known.failure)
  const deeper = Object.fromEntries(Object.entries(message).filter(([key]) => key !== name))
  const all: Fields = { ...fields, wrong: { ...deeper, ...fields.wrong } }
  const said = message[name]
  if (!isRecord(said)) return fail(`${name}: expected its fields, found ${JSON.stringify(said ?? null)}`)
  switch (known.value.layer) {
    case 'apdu':
      return withTop(topOf(context, message), (top) => carry(context, top, all))
    case 'hdlc':
      return frameMessage(context, known.value, said, all)
    case 'wrapper':
      return finish(
        context,
        [messageLayer(known.value, { ...wportsOf(context), information: '', ...said })],
        all,
        undefined,
      )
    case 'sign-on':
      return finish(context, [messageLayer(known.value, signOnFields(context, known.value, said))], all, undefined)
    default:
      return known.value.layer satisfies never
  }
}

const withTop = (top: Made<StackLayer>, then: (top: StackLayer) => Made<Outgoing>): Made<Outgoing> =>
  top.ok ? then(top.value) : top

/** `{"octets", "at"}`, and `again` of what was saved. */
function octetsOf(message: JsonRecord): { readonly octets: Uint8Array; readonly at: string } | undefined {
  const source = isRecord(message['again'])
    ? message['again']
    : typeof message['again'] === 'string'
      ? { octets: message['again'], at: 'apdu' }
      : message
  const { octets, at } = source
  const read = typeof octets === 'string' ? unhex(octets) : undefined
  return read && typeof at === 'string' ? { octets: read, at } : undefined
}

/** Octets as they are; a frame among them does not move the state variables. */
function raw({ connection }: Context, octets: Uint8Array, { wrong, damage }: Fields): Made<Outgoing> {
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

const octetsTop = (name: string, octets: Uint8Array): StackLayer => ({
  ...octetsLayer(name, octets),
  aliases: ['apdu'],
})

/** The topmost layer of a message that is an APDU, or of one made so long. */
function topOf(context: Context, message: Value): Made<StackLayer> {
  if (!isRecord(message)) return fail(`expected an APDU, found ${JSON.stringify(message)}`)
  const given = octetsOf(message)
  if (given) return ok(octetsTop('octets', given.octets))
  const filling = message['fill']
  const [name = '', said] =
    Object.entries(isRecord(filling) && isRecord(filling['from']) ? filling['from'] : message)[0] ?? []
  const known = requireMessage(name)
  if (!known.ok) return refuse(known.failure)
  const credentials = context.bench.credentials(context.connection)
  const fields = apduFields(known.value, isRecord(said) ? said : {}, context.connection, credentials)
  if (fields === undefined) return fail(`the secret of the client ${context.connection.client.name} is not known`)
  if (!isRecord(filling)) return ok(messageLayer(known.value, fields))
  const { length } = filling
  const octets = typeof length === 'number' ? filled(known.value, fields, length) : undefined
  if (octets === undefined) return fail(`${name}: cannot be made ${JSON.stringify(length ?? null)} octets long`)
  return ok(octetsTop(known.value.name, octets))
}

/** An APDU in what carries it here. On the layer of APDUs over HDLC the link does that by itself: only the APDU is made. */
function carry(context: Context, top: StackLayer, fields: Fields): Made<Outgoing> {
  const { connection, state, layer, as } = context
  if (connection.link === undefined || state === undefined)
    return finish(context, [top, wrapperLayer({ version: 1, ...wportsOf(context) })], fields, top)
  if (layer === 'apdu') return finish(context, [top], fields, top)
  const { 'max-information-field-length-transmit': maximum, 'window-size-transmit': window } = state.parameters
  const addresses = as.link?.addresses ?? connection.link.addresses
  const frame = (n: number, of: number): JsonRecord =>
    frameFields('i', { poll: n === of || n % window === 0 }, addresses, { ...state, 'v-s': (state['v-s'] + n - 1) % 8 })
  return finish(context, [top, llcLayer(), hdlcLayer({ message: 'i', maximum, frame })], fields, top)
}

const isFrameName = (name: string): name is FrameName => FRAME_NAMES.some((each) => each === name)

/** A frame by its name; an APDU in it goes in one frame, however long. */
function frameMessage(context: Context, message: Message, said: JsonRecord, fields: Fields): Made<Outgoing> {
  const { connection, state, as } = context
  const { name } = message
  if (connection.link === undefined || state === undefined || !isFrameName(name))
    return fail(`${name}: this port speaks no HDLC`)
  const record = frameFields(name, said, as.link?.addresses ?? connection.link.addresses, state)
  const inside = said['apdu']
  if (inside === undefined) return finish(context, [messageLayer(message, record)], fields, undefined)
  const carrier: StackLayer = {
    name: 'hdlc',
    aliases: ['frame', name],
    message,
    records: (payload) => [{ ...record, information: hex(payload) }],
  }
  const top = topOf(context, inside)
  return top.ok ? finish(context, [top.value, llcLayer(), carrier], fields, top.value) : top
}

const wportsOf = ({ as }: Context): JsonRecord => ({
  'source-wport': as.wports.client,
  'destination-wport': as.wports.server,
})

/** Where a message of sign-on is silent: the rate that was announced, and the plain procedure. */
function signOnFields({ connection }: Context, message: Message, said: JsonRecord): JsonRecord {
  if (message.name !== 'acknowledgement') return said
  const z = connection.line.signOn?.identification?.['baud-rate-identification'] ?? '0'
  return { 'protocol-control': '0', 'baud-rate-identification': z, 'mode-control': '0', ...said }
}

function finish(context: Context, stack: Stack, fields: Fields, top: StackLayer | undefined): Made<Outgoing> {
  const fault = faultOf(context, fields)
  if (!fault.ok) return fault
  const faultless = Object.keys(fields.wrong).length === 0 && Object.keys(fields.damage).length === 0
  if (faultless && stack.length === 1) return plain(context, stack[0], top)
  const composed = compose(stack, fault.value)
  if (!composed.ok) return refuse(composed.failure)
  const { layers, units } = composed.value
  const apdu = top && layers[0] ? { octets: layers[0].octets, right: layers[0].marks.length === 0 } : undefined
  const link = context.connection.link
  const carriesFrames = link !== undefined && (top === undefined || stack.length > 1)
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

/** One layer without a fault: a tree is made only for whoever asks. */
function plain({ connection }: Context, layer: StackLayer, top: StackLayer | undefined): Made<Outgoing> {
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
    apdu: top ? { octets, right: true } : undefined,
    saved: () => savedLayers([own], [layer]),
  })
}

const NOTHING = new Uint8Array(0)

function faultOf({ connection, as }: Context, { wrong, damage }: Fields): Made<Fault> {
  const addresses = as.link?.addresses ?? connection.link?.addresses ?? { client: NOTHING, server: NOTHING }
  const operators: Record<string, Operator> = {}
  for (const [path, operator] of Object.entries(damage)) {
    if (!isOperator(operator)) return fail(`${path}: expected an operator, found ${JSON.stringify(operator)}`)
    operators[path] = operator
  }
  return ok({ wrong: wrongFields(wrong, addresses), damage: operators })
}

const savedLayers = (
  layers: readonly Pick<ComposedLayer, 'name' | 'octets'>[],
  stack: Stack,
): Readonly<Record<string, Value>> => {
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
