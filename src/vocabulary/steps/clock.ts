// clock.read · clock.remember · clock.set: a Clock (class 8) against the time of the tester. How far it was from it is what goes back.
import { toJson } from '../../codec/codec.ts'
import { fail, ok, type Result, type Value } from '../../codec/value.ts'
import type { Refusal } from '../../engine/vocabulary.ts'
import {
  dateTimeAt,
  instantOf,
  readDateTime,
  writeDateTime,
  type CosemDateTime,
} from '../../protocol/data/date-time.ts'
import type { Data } from '../../protocol/data/data.ts'
import type { JsonRecord } from '../../protocol/json.ts'
import type { CosemAttributeDescriptor } from '../../protocol/xdlms/common.ts'
import type { Came } from '../evidence.ts'
import { dataOf } from './arguments.ts'
import { writeAttribute } from './attribute-services.ts'
import { clockFace, DAYLIGHT_SAVING } from './clock-face.ts'
import { conversed } from './conversation.ts'
import { remembered, RESTORING, UNREADABLE_ENTRY } from './journal.ts'
import { notReached } from './link.ts'
import { attributeOf, objectOf } from './objects.ts'
import { COUNT, FIELDS, isRefusal, numberArg, textArg, within, type Doing, type Word } from './word.ts'

const TIME = 2

/** What a clock shows. */
interface Shown {
  readonly time: CosemDateTime
  /** By its own deviation; where it tells none, as if its local time were UTC. */
  readonly instant: number
}

/** Undefined: it shows no whole time. */
function shownIn(value: Data): Shown | undefined {
  const octets = value.is === 'octet-string' || value.is === 'date-time' ? value.value : undefined
  const time = octets && readDateTime(octets)
  const instant = time && instantOf({ ...time, deviation: time.deviation ?? 0 })
  return time && instant !== undefined ? { time, instant } : undefined
}

const timeOf = (clock: Value | undefined): CosemAttributeDescriptor | undefined => {
  const object = objectOf(clock)
  return object && { ...object, 'attribute-id': TIME }
}

const NO_CLOCK: Refusal = { refusal: 'clock: expected an object (class-id, instance-id)' }

/** The time of the tester, in milliseconds since 1970. */
const today = ({ bench }: Doing): number => bench.setup.world.epoch + bench.now()

const MINUTE = 60_000

/** The full minute that is so many ahead, as date-time, and its parts. */
function minuteAhead({ time }: Shown, minutes: number): JsonRecord {
  const local = instantOf({ ...time, deviation: 0 }) ?? 0
  const moment = dateTimeAt((Math.floor(local / MINUTE) + minutes) * MINUTE, 0)
  const octets = writeDateTime({ ...moment, deviation: time.deviation, 'clock-status': time['clock-status'] })
  const part = (from: number, to: number): Value => toJson({ is: 'octet-string', value: octets.slice(from, to) })
  return { 'next-date': part(0, 5), 'next-time': part(5, 9), 'next-date-time': part(0, 12) }
}

/** `offset`: seconds that it is ahead of the tester; `face`: what it shows of the day. */
function readClock(doing: Doing, attribute: CosemAttributeDescriptor): Promise<Came | Refusal> {
  return conversed(
    doing,
    (services) => services.get({ attribute }),
    {},
    (read) => {
      const shown = shownIn(read)
      const value = toJson(read)
      if (shown === undefined) return { names: { value } }
      const { time, instant } = shown
      const saves = {
        offset: Math.round((instant - today(doing)) / 1000),
        offsetMs: instant - today(doing),
        ...clockFace(time),
        ...minuteAhead(shown, numberArg(doing.args, 'ahead') ?? 1),
      }
      return { names: { time: { ...saves }, value }, saves }
    },
  )
}

/** Journals how far the clock is ahead, before it is moved for the first time; undefined: it is safe to move it. */
function kept(doing: Doing, attribute: CosemAttributeDescriptor): Promise<Refusal | undefined> {
  const { client, device } = doing.connection
  const entry = {
    key: `clock/${device.name}/${attribute['instance-id']}`,
    word: 'clock.set',
    client: client.name,
    device: device.name,
    attribute: { ...attribute },
  }
  return remembered(doing, entry, async () => {
    const came = await readClock(within(doing), attribute)
    return isRefusal(came)
      ? { value: undefined, text: came.refusal }
      : { value: came.saves?.['offsetMs'], text: came.outcome.text }
  })
}

/** `ahead`: minutes; the full minute that is so many ahead is saved as `next-time`, `next-date` and `next-date-time`. */
const read: Word = {
  says: 'read the clock',
  properties: { clock: FIELDS, ahead: COUNT },
  required: ['clock'],
  outcomes: ['time', 'value', 'refused', 'unlisted'],
  saves: ['offset', 'face', 'date', 'deviation', DAYLIGHT_SAVING, 'next-time', 'next-date', 'next-date-time'],
  alive: true,
  async run(doing) {
    const attribute = timeOf(doing.args['clock'])
    return attribute ? readClock(doing, attribute) : NO_CLOCK
  },
}

const remember: Word = {
  says: 'remember how the clock stands: it is put right afterwards',
  properties: { clock: FIELDS },
  required: ['clock'],
  outcomes: ['success'],
  alive: true,
  async run(doing) {
    const attribute = timeOf(doing.args['clock'])
    if (attribute === undefined) return NO_CLOCK
    const unsafe = await kept(doing, attribute)
    if (unsafe !== undefined) return unsafe
    const text = 'how the clock stands is kept'
    return { outcome: { names: { success: true }, broken: [], noise: false, text } }
  },
}

/** `face`, on this `date` or the one that it shows; `shift` by so many seconds; or a `value` as it is. */
const set: Word = {
  says: 'set the clock',
  properties: {
    clock: FIELDS,
    date: { type: 'string', pattern: '^\\d{2}-\\d{2}$' },
    face: { type: 'string', pattern: '^\\d{2}:\\d{2}:\\d{2}$' },
    shift: { type: 'integer' },
    value: FIELDS,
  },
  required: ['clock'],
  outcomes: ['success', 'refused', 'unlisted'],
  alive: true,
  async run(doing) {
    const attribute = timeOf(doing.args['clock'])
    if (attribute === undefined) return NO_CLOCK
    const unsafe = await kept(doing, attribute)
    if (unsafe !== undefined) return unsafe
    const { value: given } = doing.args
    const value = given === undefined ? await moved(doing, attribute) : dataOf('value', given)
    return value.ok ? writeAttribute(doing, { attribute, value: value.value }) : { refusal: value.failure }
  },
}

/** What the clock is to show, by the deviation and the status that it shows now. */
async function moved(doing: Doing, attribute: CosemAttributeDescriptor): Promise<Result<Data, string>> {
  const time = await timeShown(doing, attribute)
  if (time === undefined) return fail('the clock shows no whole time')
  const [month = time.month, day = time['day-of-month']] = numbersIn(doing.args, 'date', '-')
  const [hour = time.hour, minute = time.minute, second = time.second] = numbersIn(doing.args, 'face', ':')
  const said = { ...time, month, 'day-of-month': day, 'day-of-week': null, hour, minute, second }
  const local = instantOf({ ...said, deviation: 0 })
  if (local === undefined) return fail('there is no such time')
  return ok(timeData(local + (numberArg(doing.args, 'shift') ?? 0) * 1000, time))
}

const numbersIn = (args: Doing['args'], name: string, between: string): readonly number[] =>
  textArg(args, name)?.split(between).map(Number) ?? []

async function timeShown(doing: Doing, attribute: CosemAttributeDescriptor): Promise<CosemDateTime | undefined> {
  let time: CosemDateTime | undefined
  await conversed(
    within(doing),
    (services) => services.get({ attribute }),
    {},
    (read) => {
      time = shownIn(read)?.time
      return { names: {} }
    },
  )
  return time
}

/** `local`: milliseconds since 1970, were local time UTC. */
function timeData(local: number, { deviation, 'clock-status': status }: CosemDateTime): Data {
  return {
    is: 'octet-string',
    value: writeDateTime({ ...dateTimeAt(local, 0), deviation, 'clock-status': status }),
  }
}

/** Sets a journalled clock as far ahead of the tester as it was. */
export async function putBackClock(doing: Doing, entry: JsonRecord, old: Value): Promise<Came | Refusal> {
  const { bench } = doing
  const { client, device, attribute: said } = entry
  const attribute = attributeOf(said)
  if (typeof client !== 'string' || typeof device !== 'string' || !attribute || typeof old !== 'number')
    return UNREADABLE_ENTRY
  const climbed = await bench.climb(RESTORING, { rung: 'association', client, device })
  const connection = bench.connections.get(RESTORING)
  if (climbed.is !== 'up' || !connection) return { outcome: notReached(climbed) }
  const here: Doing = { ...within(doing), connection }
  const time = await timeShown(here, attribute)
  const came = time
    ? await writeAttribute(here, {
        attribute,
        value: timeData(today(doing) + old - (time.deviation ?? 0) * 60_000, time),
      })
    : { refusal: 'the clock shows no whole time' }
  await bench.connections.drop(connection)
  return came
}

export const clockWords: Readonly<Record<string, Word>> = {
  'clock.read': read,
  'clock.remember': remember,
  'clock.set': set,
}
