// push.target · push.aim · push.receive · push.sample ·  push.open-window: what a Push setup (class 40) sends, and when.
import { newLedger } from '../../client/ledger.ts'
import { fromJson } from '../../codec/codec.ts'
import { hex, type Value } from '../../codec/value.ts'
import type { Outcome, Refusal } from '../../engine/vocabulary.ts'
import { data, type Data } from '../../protocol/data/data.ts'
import { laterBy, readDateTime, writeDateTime } from '../../protocol/data/date-time.ts'
import type { Connection } from '../connection.ts'
import type { Came } from '../evidence.ts'
import { apduOutcome } from '../outcomes/apdu.ts'
import { silent } from '../outcomes/outcome.ts'
import { receivePush, type ReceivedPush, type Reception } from '../push/received.ts'
import { invokedOf } from './arguments.ts'
import { invokeMethod, journalled, readAttribute, writeAttribute } from './attribute-services.ts'
import { attributeOf, objectOf } from './objects.ts'
import { COUNT, DURATION, FIELDS, isRefusal, NAME, numberArg, textArg, within, type Doing, type Word } from './word.ts'

/** A push as checks see it: how it came, and what it says. */
function pushJson({ begin, apdu, blocks }: ReceivedPush, since: number): Value {
  const { names } = apduOutcome(apdu, {})
  return {
    'after-ms': Math.max(0, begin - since),
    octets: apdu.length,
    notification: names['data-notification'] ?? null,
    blocks: blocks.map((block) => ({
      'block-number': block['block-number'],
      'last-block': block['block-control']['last-block'],
      streaming: block['block-control'].streaming,
      octets: block['block-data'].length,
    })),
  }
}

/** What came of waiting for one push. */
function told({ bench, connection }: Doing, came: Reception, since: number, waited: number): Outcome {
  if (came === undefined) return silent(waited)
  if ('other' in came) return bench.told(connection, came.other, newLedger(), since)
  const { names, broken, text } = apduOutcome(came.apdu, {})
  const { length } = came.blocks
  return {
    names: { ...names, ...(broken.length === 0 ? { success: true } : {}) },
    broken,
    noise: false,
    afterMs: Math.max(0, came.begin - since),
    text: length === 0 ? text : `${text} in ${length} blocks`,
    octets: hex(came.apdu),
    layer: 'apdu',
  }
}

const receiveNext = (connection: Connection, until: number): Promise<Reception> =>
  receivePush(connection, until, newLedger(['data-notification']))

const DESTINATION = 1

/** Where a Push setup pushes to: `target` is its send_destination_and_method. */
const target: Word = {
  says: 'read where it pushes to',
  properties: { target: FIELDS },
  required: ['target'],
  outcomes: ['success', 'refused', 'unlisted'],
  saves: ['transport', 'destination'],
  alive: true,
  async run(doing) {
    const attribute = attributeOf(doing.args['target'])
    if (attribute === undefined) return { refusal: 'target: expected an attribute' }
    const came = await readAttribute(within(doing), { attribute })
    if (isRefusal(came) || came.saves === undefined) return came
    const [transport, destination] = fieldsIn(came.saves['value'])
    const told = {
      transport: transport?.is === 'enum' ? transport.value : null,
      destination: destination?.is === 'octet-string' ? new TextDecoder().decode(destination.value) : null,
    }
    return { outcome: { ...came.outcome, names: { ...came.outcome.names, success: true } }, saves: told }
  },
}

/** Gives it another destination, `to`; transport and message stay as they are. */
const aim: Word = {
  says: 'let it push here',
  properties: { target: FIELDS, to: NAME },
  required: ['target', 'to'],
  outcomes: ['success', 'refused', 'unlisted'],
  alive: true,
  async run(doing) {
    const attribute = attributeOf(doing.args['target'])
    if (attribute === undefined) return { refusal: 'target: expected an attribute' }
    const came = await readAttribute(within(doing), { attribute })
    if (isRefusal(came) || came.saves === undefined) return came
    const value = new TextEncoder().encode(textArg(doing.args, 'to') ?? '')
    const fields = fieldsIn(came.saves['value']).map((field, at) =>
      at === DESTINATION ? ({ is: 'octet-string', value } as const) : field,
    )
    const unsafe = await journalled(doing, attribute)
    if (unsafe !== undefined) return unsafe
    return writeAttribute(doing, { attribute, value: { is: 'structure', value: fields } })
  },
}

function fieldsIn(value: Value | undefined): readonly Data[] {
  const read = fromJson(data, value ?? null)
  return read.ok && read.value.is === 'structure' ? read.value.value : []
}

/** Listens for one push, in one APDU or in blocks. */
const receive: Word = {
  says: 'receive a push',
  properties: {},
  outcomes: ['success', 'silent'],
  saves: ['push'],
  alive: true,
  async run(doing) {
    const { bench, connection, window } = doing
    const since = bench.now()
    const came = await receiveNext(connection, since + window.lateMs)
    const outcome = told(doing, came, since, window.mostMs)
    return came === undefined || 'other' in came ? { outcome } : { outcome, saves: { push: pushJson(came, since) } }
  },
}

/** Invokes push so often on the connection `by`, each time when the push before has come; ends where one does not. */
const sample: Word = {
  says: 'push several times',
  properties: { method: FIELDS, by: NAME, times: COUNT, withinMs: DURATION },
  required: ['method', 'by', 'times', 'withinMs'],
  outcomes: ['success', 'silent', 'refused', 'unlisted'],
  saves: ['pushes'],
  alive: true,
  async run(doing): Promise<Came | Refusal> {
    const { bench, connection, args } = doing
    const manager = bench.connections.get(textArg(args, 'by') ?? '')
    const invoked = invokedOf(args)
    if (!invoked.ok) return { refusal: invoked.failure }
    if (manager === undefined || !connection.listens)
      return { refusal: 'by: expected a connection that does not listen' }
    const withinMs = numberArg(args, 'withinMs') ?? 0
    const times = numberArg(args, 'times') ?? 1
    const pushes: Value[] = []
    for (;;) {
      const triggered = await invokeMethod({ ...within(doing), connection: manager }, invoked.value)
      if (isRefusal(triggered) || !('success' in triggered.outcome.names)) return triggered
      const since = bench.now()
      const came = await receiveNext(connection, since + withinMs)
      if (came === undefined || 'other' in came)
        return { outcome: told(doing, came, since, withinMs), saves: { pushes } }
      pushes.push(pushJson(came, since))
      if (pushes.length < times) continue
      const text = `${times} pushes`
      return { outcome: { names: { success: true }, broken: [], noise: false, text }, saves: { pushes } }
    }
  },
}

const TIME = 2

/** Gives a communication_window (`window`) one element, counted in seconds from the time that the meter's clock shows. */
const openWindow: Word = {
  says: 'let the communication window open',
  properties: { window: FIELDS, clock: FIELDS, inSeconds: COUNT, forSeconds: COUNT },
  required: ['window', 'clock', 'inSeconds', 'forSeconds'],
  outcomes: ['success', 'refused', 'unlisted'],
  alive: true,
  async run(doing) {
    const { args } = doing
    const attribute = attributeOf(args['window'])
    const clock = objectOf(args['clock'])
    if (attribute === undefined || clock === undefined) return { refusal: 'expected an attribute and a clock' }
    const shown = await readAttribute(within(doing), { attribute: { ...clock, 'attribute-id': TIME } })
    const start = isRefusal(shown) ? undefined : laterOn(shown.saves?.['value'], numberArg(args, 'inSeconds') ?? 0)
    const end = start && laterOn(start, numberArg(args, 'forSeconds') ?? 0)
    if (start === undefined || end === undefined) return { refusal: 'the clock shows no whole time' }
    const unsafe = await journalled(doing, attribute)
    if (unsafe !== undefined) return unsafe
    const value = fromJson(data, { array: [{ structure: [start, end] }] })
    return value.ok ? writeAttribute(doing, { attribute, value: value.value }) : { refusal: value.failure.expected }
  },
}

/** A date-time as tagged Data, so many seconds later. */
function laterOn(value: Value | undefined, seconds: number): Value | undefined {
  const read = fromJson(data, value ?? null)
  if (!read.ok || (read.value.is !== 'octet-string' && read.value.is !== 'date-time')) return undefined
  const time = readDateTime(read.value.value)
  const later = time && laterBy(time, seconds)
  return later && { 'octet-string': hex(writeDateTime(later)) }
}

export const pushWords: Readonly<Record<string, Word>> = {
  'push.target': target,
  'push.aim': aim,
  'push.receive': receive,
  'push.sample': sample,
  'push.open-window': openWindow,
}
