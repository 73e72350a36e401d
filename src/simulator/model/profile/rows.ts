// The rows of a profile: those it had when the world began, and those that its capture_period has brought since.
import type { Data } from '../../../protocol/data/data.ts'
import type { Ms } from '../../../protocol/line.ts'
import type { ColumnDescription, ObjectDescription } from '../../description.ts'
import { findObject } from '../access.ts'
import type { ReadAttribute } from '../behaviour.ts'
import type { Situation } from '../classes.ts'
import { faceAt, timeOfFace } from '../clock.ts'
import { array, elementsOf, nothing, numberOf, structure } from '../data.ts'
import type { ModelRules } from '../rules.ts'
import { createStore } from '../store.ts'
import { readCaptureObject } from './columns.ts'

export type Row = readonly Data[]

/** What a profile holds. `until`: the time up to which periods have been captured. */
export interface ProfileState {
  readonly rows: readonly Row[]
  readonly until: Ms
}

const CAPTURE_OBJECTS = 3
const CAPTURE_PERIOD = 4

/** capture_objects as a client has written them, or as the description has them. */
export const columnsOf = (object: ObjectDescription, { store }: Situation): readonly ColumnDescription[] =>
  elementsOf(store.get(object, CAPTURE_OBJECTS))
    ?.map(readCaptureObject)
    .filter((column) => column !== undefined) ??
  object.profile?.columns ??
  []

/** capture_period in seconds; 0: nothing is captured by itself. */
export const periodOf = (object: ObjectDescription, { store }: Situation): number =>
  numberOf(store.get(object, CAPTURE_PERIOD), 'double-long-unsigned') ?? object.profile?.period ?? 0

const mostOf = (object: ObjectDescription): number => object.profile?.entries ?? 1

/** All rows up to now, the oldest first. */
export function rowsOf(object: ObjectDescription, situation: Situation, read: ReadAttribute): readonly Row[] {
  const { store, now } = situation
  const before = store.profile(object) ?? { rows: history(object, situation, read), until: 0 }
  const rows = captured(object, situation, read, before.rows, { after: before.until, until: now })
  store.keepProfile(object, { rows, until: now })
  return rows
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

/** `rows`, and one more at each multiple of the period on the clock, later than `after`. */
function captured(
  object: ObjectDescription,
  situation: Situation,
  read: ReadAttribute,
  rows: readonly Row[],
  { after, until }: { readonly after: Ms; readonly until: Ms },
): readonly Row[] {
  const period = periodOf(object, situation) * 1000
  if (period === 0) return rows
  const { kept, row } = situation.rules.profile
  const last = Math.floor(faceAt(situation, until) / period)
  const first = Math.max(Math.floor(faceAt(situation, after) / period) + 1, last - mostOf(object) + 1)
  if (last < first) return rows
  const more = [...rows]
  for (let at = first; at <= last; at++)
    more.push(row(rowAt(object, situation, read, timeOfFace(situation, at * period)), more.at(-1)))
  return kept(more, mostOf(object))
}

const histories = new WeakMap<ModelRules, WeakMap<ObjectDescription, readonly Row[]>>()

/** What happened before the world began follows from description and rules alone: it is worked out once for all such meters. */
function history(object: ObjectDescription, situation: Situation, read: ReadAttribute): readonly Row[] {
  const known = histories.get(situation.rules) ?? new WeakMap<ObjectDescription, readonly Row[]>()
  histories.set(situation.rules, known)
  const before = { ...situation, now: 0, store: createStore() }
  const length = (object.profile?.history ?? 0) * periodOf(object, before) * 1000
  const rows = known.get(object) ?? captured(object, before, read, [], { after: -length, until: 0 })
  known.set(object, rows)
  return rows
}
