// calendar.remember · calendar.write-passive · calendar.read-active: an Activity calendar (class 20), whose active tables are changed by way of the passive ones only.
import { toJson } from '../../codec/codec.ts'
import type { Value } from '../../codec/value.ts'
import type { Outcome, Refusal } from '../../engine/vocabulary.ts'
import { isList, type JsonRecord } from '../../protocol/json.ts'
import type { Data } from '../../protocol/data/data.ts'
import type { Came } from '../evidence.ts'
import { dataOf } from './arguments.ts'
import { invokeMethod, readAttribute, writeAttribute } from './attribute-services.ts'
import { remembered, RESTORING, UNREADABLE_ENTRY } from './journal.ts'
import { notReached } from './link.ts'
import { objectOf } from './objects.ts'
import { FIELDS, isRefusal, within, type Doing, type Word } from './word.ts'

type CosemObject = NonNullable<ReturnType<typeof objectOf>>

/** calendar_name, season_profile, week_profile_table, day_profile_table. */
const ACTIVE = [2, 3, 4, 5] as const
const PASSIVE = [6, 7, 8, 9] as const
const ACTIVATE_PASSIVE_CALENDAR = 1

const NO_CALENDAR: Refusal = { refusal: 'calendar: expected an object (class-id, instance-id)' }

/** The tables, or what came in place of one. */
async function tablesOf(
  doing: Doing,
  calendar: CosemObject,
  attributes: readonly number[],
): Promise<{ readonly values: readonly Value[]; readonly stopped?: Outcome | Refusal }> {
  const values: Value[] = []
  for (const id of attributes) {
    const came = await readAttribute(within(doing), { attribute: { ...calendar, 'attribute-id': id } })
    if (isRefusal(came)) return { values, stopped: came }
    const { value } = came.outcome.names
    if (value === undefined) return { values, stopped: came.outcome }
    values.push(value)
  }
  return { values }
}

const remember: Word = {
  says: 'remember the calendars: they are put right afterwards',
  properties: { calendar: FIELDS },
  required: ['calendar'],
  outcomes: ['success'],
  alive: true,
  async run(doing) {
    const calendar = objectOf(doing.args['calendar'])
    if (calendar === undefined) return NO_CALENDAR
    const { client, device } = doing.connection
    const entry = {
      key: `calendar/${device.name}/${calendar['instance-id']}`,
      word: 'calendar.remember',
      client: client.name,
      device: device.name,
      calendar: { ...calendar },
    }
    const unsafe = await remembered(doing, entry, async () => {
      const { values, stopped } = await tablesOf(doing, calendar, [...ACTIVE, ...PASSIVE])
      if (stopped === undefined) return { value: [...values], text: '' }
      return { value: undefined, text: 'refusal' in stopped ? stopped.refusal : stopped.text }
    })
    if (unsafe !== undefined) return unsafe
    const text = 'both calendars are kept'
    return { outcome: { names: { success: true }, broken: [], noise: false, text } }
  },
}

/** The first that is refused ends it. */
async function writeTables(doing: Doing, calendar: CosemObject, tables: readonly Data[]): Promise<Came | Refusal> {
  let came: Came | Refusal = { refusal: 'tables: expected the four tables of a calendar' }
  for (const [at, id] of PASSIVE.entries()) {
    const value = tables[at]
    if (value === undefined) return { refusal: 'tables: expected the four tables of a calendar' }
    came = await writeAttribute(doing, { attribute: { ...calendar, 'attribute-id': id }, value })
    if (isRefusal(came) || !('success' in came.outcome.names)) return came
  }
  return came
}

/** Undefined: one of them is no value of COSEM. */
function tablesIn(said: Value | undefined): readonly Data[] | undefined {
  const tables = said !== undefined && isList(said) ? said.map((table) => dataOf('tables', table)) : []
  const known = tables.flatMap((table) => (table.ok ? [table.value] : []))
  return known.length === tables.length ? known : undefined
}

const writePassive: Word = {
  says: 'write the passive calendar',
  properties: { calendar: FIELDS, tables: { type: 'array', minItems: 4, maxItems: 4, items: FIELDS } },
  required: ['calendar', 'tables'],
  outcomes: ['success', 'refused', 'unlisted'],
  alive: true,
  async run(doing) {
    const calendar = objectOf(doing.args['calendar'])
    const tables = tablesIn(doing.args['tables'])
    if (calendar === undefined) return NO_CALENDAR
    return tables ? writeTables(doing, calendar, tables) : { refusal: 'tables: expected tagged values' }
  },
}

const readActive: Word = {
  says: 'read the active calendar',
  properties: { calendar: FIELDS },
  required: ['calendar'],
  outcomes: ['tables', 'refused'],
  alive: true,
  async run(doing) {
    const calendar = objectOf(doing.args['calendar'])
    if (calendar === undefined) return NO_CALENDAR
    const { values, stopped } = await tablesOf(doing, calendar, ACTIVE)
    if (stopped !== undefined) return 'refusal' in stopped ? stopped : { outcome: stopped }
    const text = 'name, seasons, weeks and days of the active calendar'
    return { outcome: { names: { tables: [...values] }, broken: [], noise: false, text } }
  },
}

/** The old active calendar goes through the passive one, which gets its own tables back behind it. */
export async function putBackCalendar(doing: Doing, entry: JsonRecord, old: Value): Promise<Came | Refusal> {
  const { bench } = doing
  const { client, device, calendar: said } = entry
  const calendar = objectOf(said)
  const tables = tablesIn(old)
  if (typeof client !== 'string' || typeof device !== 'string' || !calendar || tables?.length !== 8)
    return UNREADABLE_ENTRY
  const climbed = await bench.climb(RESTORING, { rung: 'association', client, device })
  const connection = bench.connections.get(RESTORING)
  if (climbed.is !== 'up' || !connection) return { outcome: notReached(climbed) }
  const came = await putBack({ ...within(doing), connection }, calendar, tables)
  await bench.connections.drop(connection)
  return came
}

async function putBack(doing: Doing, calendar: CosemObject, tables: readonly Data[]): Promise<Came | Refusal> {
  const now = await tablesOf(doing, calendar, ACTIVE)
  const active = tables.slice(0, ACTIVE.length)
  if (JSON.stringify(now.values) !== JSON.stringify(active.map((table) => toJson(table)))) {
    const written = await writeTables(doing, calendar, active)
    if (isRefusal(written) || !('success' in written.outcome.names)) return written
    const method = { ...calendar, 'method-id': ACTIVATE_PASSIVE_CALENDAR }
    const activated = await invokeMethod(doing, { method, parameter: { is: 'integer', value: 0 } })
    if (isRefusal(activated) || !('success' in activated.outcome.names)) return activated
  }
  return writeTables(doing, calendar, tables.slice(ACTIVE.length))
}

export const calendarWords: Readonly<Record<string, Word>> = {
  'calendar.remember': remember,
  'calendar.write-passive': writePassive,
  'calendar.read-active': readActive,
}
