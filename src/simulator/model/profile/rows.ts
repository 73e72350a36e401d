// The rows of a profile: those it had when the world began, and those that have been captured since.
import { fromJson } from '../../../codec/codec.ts'
import { data, type Data } from '../../../protocol/data/data.ts'
import type { Ms } from '../../../protocol/line.ts'
import type { ColumnDescription, ObjectDescription } from '../../description.ts'
import { findObject } from '../access.ts'
import type { ReadAttribute } from '../behaviour.ts'
import type { Situation } from '../classes.ts'
import { faceAt, timeOfFace } from '../clock/clock.ts'
import { array, elementsOf, nothing, structure } from '../data.ts'
import type { ModelRules } from '../rules.ts'
import { createStore } from '../store.ts'
import { readCaptureObject } from './columns.ts'
import { pastScheduleOf, scheduleOf, type Schedule } from './schedule.ts'
import { beginPeriod } from './status.ts'

export type Row = readonly Data[]

/** What a profile holds. `until`: the time up to which its schedule has been kept. */
export interface ProfileState {
  readonly rows: readonly Row[]
  readonly until: Ms
}

const CAPTURE_OBJECTS = 3

/** capture_objects as a client has written them, or as the description has them. */
export const columnsOf = (object: ObjectDescription, { store }: Situation): readonly ColumnDescription[] =>
  elementsOf(store.get(object, CAPTURE_OBJECTS))
    ?.map(readCaptureObject)
    .filter((column) => column !== undefined) ??
  object.profile?.columns ??
  []

const mostOf = (object: ObjectDescription): number => object.profile?.entries ?? 1

/** All rows up to now, the oldest first. */
export function rowsOf(object: ObjectDescription, situation: Situation, read: ReadAttribute): readonly Row[] {
  const { store, now } = situation
  const before = store.profile(object) ?? { rows: history(object, situation, read), until: 0 }
  const schedule = scheduleOf(object, store)
  const rows = schedule
    ? captured(object, situation, read, before.rows, {
        schedule,
        done: schedule.countAt(faceAt(situation, before.until)),
      })
    : before.rows
  store.keepProfile(object, { rows, until: now })
  return rows
}

/** Profiles take the rows that are due, for what they capture is about to change: this object, or the clock and so all of them. */
export function settleProfiles(situation: Situation, read: ReadAttribute, changing?: ObjectDescription): void {
  const concerns = (column: ColumnDescription): boolean =>
    changing === undefined || column['logical-name'] === changing['logical-name']
  for (const object of situation.description.objects)
    if (object.profile !== undefined && columnsOf(object, situation).some(concerns)) rowsOf(object, situation, read)
}

/** What every attribute that is captured holds now, as one more row. */
export function capture(object: ObjectDescription, situation: Situation, read: ReadAttribute): void {
  const { rules, store, now } = situation
  const rows = rowsOf(object, situation, read)
  const row = rules.profile.row(rowAt(object, situation, read, now), rows.at(-1))
  store.keepProfile(object, { rows: rules.profile.kept([...rows, row], mostOf(object)), until: now })
}

export const clear = (object: ObjectDescription, { store, now }: Situation): void => {
  store.keepProfile(object, { rows: [], until: now })
}

/** Rows as the value of an attribute; `columns`: which of them, and in which order. */
export const bufferOf = (rows: readonly Row[], columns?: readonly number[]): Data =>
  array(rows.map((row) => structure(...(columns === undefined ? row : columns.map((at) => row[at] ?? nothing)))))

function rowAt(object: ObjectDescription, situation: Situation, read: ReadAttribute, now: Ms): Row {
  const then = { ...situation, now }
  return columnsOf(object, situation).map((column) => {
    const from = findObject(situation.description.objects, column['logical-name'])
    return (from === undefined ? undefined : read(from, column.attribute, then)) ?? nothing
  })
}

/** `rows`, and one more for each moment of the schedule behind the one with the number `done`. */
function captured(
  object: ObjectDescription,
  situation: Situation,
  read: ReadAttribute,
  rows: readonly Row[],
  { schedule, done }: { readonly schedule: Schedule; readonly done: number },
): readonly Row[] {
  const { kept, row } = situation.rules.profile
  const last = schedule.countAt(faceAt(situation, situation.now))
  if (last <= done) return rows
  const more = [...rows]
  for (let at = Math.max(done, last - mostOf(object)) + 1; at <= last; at++) {
    more.push(row(rowAt(object, situation, read, timeOfFace(situation, schedule.faceOf(at))), more.at(-1)))
    beginPeriod(columnsOf(object, situation), situation)
  }
  return kept(more, mostOf(object))
}

const histories = new WeakMap<ModelRules, WeakMap<ObjectDescription, readonly Row[]>>()

/** What happened before the world began follows from description and rules alone: it is worked out once for all such meters. */
function history(object: ObjectDescription, situation: Situation, read: ReadAttribute): readonly Row[] {
  const known = histories.get(situation.rules) ?? new WeakMap<ObjectDescription, readonly Row[]>()
  histories.set(situation.rules, known)
  const rows = known.get(object) ?? before(object, { ...situation, now: 0, store: createStore() }, read)
  known.set(object, rows)
  return rows
}

function before(object: ObjectDescription, situation: Situation, read: ReadAttribute): readonly Row[] {
  const { rows = [], history: length = 0 } = object.profile ?? {}
  const written = rows.map((row) => fromJson(data, row))
  const told = written.flatMap((row) => (row.ok && row.value.is === 'structure' ? [row.value.value] : []))
  const schedule = pastScheduleOf(object, situation.store)
  if (schedule === undefined) return told
  return captured(object, situation, read, told, { schedule, done: schedule.countAt(faceAt(situation, 0)) - length })
}
