// A message of a suite → the octets that go on the line, with one fault or none.
import { afterSending } from '../../client/link-state.ts'
import { fail, hex, ok, type Value } from '../../codec/value.ts'
import type { LayerName } from '../../engine/vocabulary.ts'
import { FRAME_NAMES, type FrameName } from '../../protocol/hdlc/control.ts'
import { isRecord, type JsonRecord } from '../../protocol/json.ts'
import { hdlcLayer, llcLayer, messageLayer, wrapperLayer, type StackLayer } from '../../protocol/layer.ts'
import { requireMessage, type Message } from '../../protocol/messages.ts'
import type { Bench } from '../bench.ts'
import type { Connection } from '../connection.ts'
import { asTheyAre, finish } from './finish.ts'
import { refuse, type Context, type FaultFields, type Made, type Outgoing } from './outgoing.ts'
import { frameFields } from './said.ts'
import {
  NOTHING_SAID,
  pathsIntoInitiate,
  protectedAgain,
  protectedTops,
  protectionSaid,
  type SaidProtection,
  type Tops,
} from './protected.ts'
import { pathsInContext } from './short-names.ts'
import { octetsOf, octetsTop, topOf } from './top.ts'

/** All messages of a step, one after the other: each finds the state variables that those before it leave. The fault is done to the last. */
export function composeAll(
  bench: Bench,
  connection: Connection,
  as: Connection,
  messages: readonly Value[],
  fields: FaultFields,
  layer: LayerName,
): Made<readonly Outgoing[]> {
  let state = connection.link?.state
  const all: Outgoing[] = []
  for (const [index, message] of messages.entries()) {
    const faulty = index === messages.length - 1 ? fields : NO_FAULT
    const made = composeOne({ bench, connection, as, state, layer }, message, faulty)
    if (!made.ok) return made
    all.push(made.value)
    for (const unit of made.value.units) if (state && unit.frame && unit.moves) state = afterSending(state, unit.frame)
  }
  return ok(all)
}

const NO_FAULT: FaultFields = { wrong: {}, damage: {} }

function composeOne(context: Context, message: Value, fields: FaultFields): Made<Outgoing> {
  if (!isRecord(message)) return fail(`expected a message, found ${JSON.stringify(message)}`)
  const given = octetsOf(message)
  if (given && given.at !== 'apdu') return asTheyAre(context, given.octets, fields)
  if (given) {
    const beside = protectionSaid(message)
    if (!beside.ok) return beside
    const tops = protectedAgain(
      context.connection,
      octetsTop('octets', given.octets),
      given.octets[0] ?? 0,
      beside.value.said,
    )
    return tops.ok ? carry(context, tops.value, fields) : tops
  }
  const name = Object.keys(message).find((key) => !key.includes('.')) ?? ''
  if (name === 'fill') return withTops(context, message, NOTHING_SAID, (tops) => carry(context, tops, fields))
  const known = requireMessage(name)
  if (!known.ok) return refuse(known.failure)
  const deeper = Object.fromEntries(Object.entries(message).filter(([key]) => key !== name))
  const { connection } = context
  const beside = protectionSaid(deeper)
  if (!beside.ok) return beside
  const { said: protection, others } = beside.value
  const all: FaultFields = {
    wrong: pathsInContext(connection, { ...others, ...fields.wrong }),
    damage: pathsInContext(connection, fields.damage),
  }
  const said = message[name]
  if (!isRecord(said)) return fail(`${name}: expected its fields, found ${JSON.stringify(said ?? null)}`)
  switch (known.value.layer) {
    case 'apdu':
      return withTops(context, message, protection, (tops) => carry(context, tops, all))
    case 'hdlc':
      return frameMessage(context, known.value, said, protection, all)
    case 'wrapper':
      return finish(context, [messageLayer(known.value, { ...wportsOf(context), information: '', ...said })], all, 0)
    case 'sign-on':
      return finish(context, [messageLayer(known.value, signOnFields(context, known.value, said))], all, 0)
    default:
      return known.value.layer satisfies never
  }
}

function withTops(
  context: Context,
  message: Value,
  protection: SaidProtection,
  then: (tops: Tops) => Made<Outgoing>,
): Made<Outgoing> {
  const top = topOf(context, message)
  if (!top.ok) return top
  const tops = protectedTops(context.connection, top.value, protection)
  return tops.ok ? then(tops.value) : tops
}

/** An APDU in what carries it here. On the layer of APDUs over HDLC the link does that by itself: only the APDU is made. */
function carry(context: Context, tops: Tops, fields: FaultFields): Made<Outgoing> {
  const { connection, state, layer, as } = context
  const faults = intoInitiate(tops, fields)
  if (connection.link === undefined || state === undefined)
    return finish(context, [...tops, wrapperLayer({ version: 1, ...wportsOf(context) })], faults, tops.length)
  if (layer === 'apdu') return finish(context, tops, faults, tops.length)
  const { 'max-information-field-length-transmit': maximum, 'window-size-transmit': window } = state.parameters
  const addresses = as.link?.addresses ?? connection.link.addresses
  const frame = (n: number, of: number): JsonRecord =>
    frameFields('i', { poll: n === of || n % window === 0 }, addresses, { ...state, 'v-s': (state['v-s'] + n - 1) % 8 })
  return finish(context, [...tops, llcLayer(), hdlcLayer({ message: 'i', maximum, frame })], faults, tops.length)
}

const intoInitiate = (tops: Tops, { wrong, damage }: FaultFields): FaultFields => ({
  wrong: pathsIntoInitiate(tops, wrong),
  damage: pathsIntoInitiate(tops, damage),
})

const isFrameName = (name: string): name is FrameName => FRAME_NAMES.some((each) => each === name)

/** A frame by its name; an APDU in it goes in one frame, however long. */
function frameMessage(
  context: Context,
  message: Message,
  said: JsonRecord,
  protection: SaidProtection,
  fields: FaultFields,
): Made<Outgoing> {
  const { connection, state, as } = context
  const { name } = message
  if (connection.link === undefined || state === undefined || !isFrameName(name))
    return fail(`${name}: this port speaks no HDLC`)
  const record = frameFields(name, said, as.link?.addresses ?? connection.link.addresses, state)
  const inside = said['apdu']
  if (inside === undefined) return finish(context, [messageLayer(message, record)], fields, 0)
  const carrier: StackLayer = {
    name: 'hdlc',
    aliases: ['frame', name],
    message,
    records: (payload) => [{ ...record, information: hex(payload) }],
  }
  return withTops(context, inside, protection, (tops) =>
    finish(context, [...tops, llcLayer(), carrier], intoInitiate(tops, fields), tops.length),
  )
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
