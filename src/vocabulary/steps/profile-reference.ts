// profile.reference: what a Profile generic holds, to compare later answers with (IEC 62056-6-2, class 7).
import { byEntry } from '../../client/selection.ts'
import type { AttributeAsked } from '../../client/logical-names/get.ts'
import type { BrokenRule, Refusal } from '../../engine/vocabulary.ts'
import { toJson } from '../../codec/codec.ts'
import type { Data } from '../../protocol/data/data.ts'
import { isList, isRecord } from '../../protocol/json.ts'
import type { Came } from '../evidence.ts'
import { capturedColumn } from '../profile/columns.ts'
import { orderOf, referenceRow, type Reference } from '../profile/reference.ts'
import { rowsOf, type Row } from '../profile/rows.ts'
import { conversed } from './conversation.ts'
import { objectOf } from './objects.ts'
import { COUNT, FIELDS, isRefusal, numberArg, type Arguments, type Doing, type Word } from './word.ts'

export const PROFILE_GENERIC = 7
const BUFFER = 2
const CAPTURE_OBJECTS = 3
const CAPTURE_PERIOD = 4
const ENTRIES_IN_USE = 7
const BY_ENTRY = 2

/** A buffer with more rows is not read as a whole for this. */
const MOST = 1000

/** Thrown where the meter does not tell what is needed, caught by `run`. */
class NotTold extends Error {
  readonly came: Came | Refusal
  constructor(came: Came | Refusal) {
    super('not told')
    this.came = came
  }
}

type Ask = (attribute: number, selection?: AttributeAsked['selection']) => Promise<Data>

/** `broken`: rules that the answers break. */
function asking(doing: Doing, name: string, broken: BrokenRule[]): Ask {
  return async (id, selection) => {
    const attribute = { 'class-id': PROFILE_GENERIC, 'instance-id': name, 'attribute-id': id }
    let told: Data | undefined
    const came = await conversed(
      doing,
      (services) => services.get({ attribute, ...(selection === undefined ? {} : { selection }) }),
      {},
      (value) => {
        told = value
        return { names: { value: toJson(value) } }
      },
    )
    if (told === undefined || isRefusal(came)) throw new NotTold(came)
    broken.push(...came.outcome.broken)
    return told
  }
}

const wrongValue = (what: string, found: Data): NotTold =>
  new NotTold({
    outcome: { names: { value: toJson(found) }, broken: [], noise: false, text: `${found.is} in place of ${what}` },
  })

async function numberOf(ask: Ask, attribute: number, what: string): Promise<number> {
  const value = await ask(attribute)
  if (value.is !== 'double-long-unsigned') throw wrongValue(what, value)
  return value.value
}

async function columnsOf(ask: Ask): Promise<Reference['columns']> {
  const value = await ask(CAPTURE_OBJECTS)
  const columns = value.is === 'array' ? value.value.map(capturedColumn) : []
  const known = columns.filter((column) => column !== undefined)
  if (value.is !== 'array' || known.length < columns.length) throw wrongValue('capture_objects', value)
  return known
}

async function rowsIn(ask: Ask, selection?: AttributeAsked['selection']): Promise<readonly Row[]> {
  const buffer = await ask(BUFFER, selection)
  const rows = rowsOf(buffer)
  if (rows === undefined) throw wrongValue('an array of structures', buffer)
  return rows
}

/** All rows, or the last so many: by their numbers where the buffer can be read so. None where it is too long to be read as a whole. */
async function rowsTold(
  ask: Ask,
  { last, inUse, byNumber }: { readonly last: number | undefined; readonly inUse: number; readonly byNumber: boolean },
): Promise<Pick<Reference, 'first' | 'rows'>> {
  if (last !== undefined && last < inUse && byNumber) {
    const first = inUse - last + 1
    const selection = byEntry({ fromEntry: first, toEntry: inUse, fromSelectedValue: 1, toSelectedValue: 0 })
    return { first, rows: await rowsIn(ask, selection) }
  }
  if (inUse > MOST) return { first: 1, rows: [] }
  const all = await rowsIn(ask)
  const rows = last === undefined ? all : all.slice(-last)
  return { first: all.length - rows.length + 1, rows }
}

/** The axis tells which selectors are listed; where nothing is said of them, they are tried. */
function offersEntries({ profile }: Arguments): boolean {
  const buffer = isRecord(profile) ? profile['buffer'] : undefined
  const selectors = isRecord(buffer) ? buffer['selectors'] : undefined
  return selectors === undefined || !isList(selectors) || selectors.includes(BY_ENTRY)
}

/** `last`: only so many rows, the last by their numbers. */
export const reference: Word = {
  says: 'read what the profile holds',
  properties: { profile: FIELDS, last: COUNT },
  required: ['profile'],
  outcomes: ['reference', 'value', 'order', 'refused', 'unlisted'],
  alive: true,
  async run(doing) {
    const name = objectOf(doing.args['profile'])?.['instance-id']
    if (name === undefined) return { refusal: 'expected a profile (class-id, instance-id)' }
    const broken: BrokenRule[] = []
    const ask = asking(doing, name, broken)
    try {
      const columns = await columnsOf(ask)
      const period = await numberOf(ask, CAPTURE_PERIOD, 'capture_period')
      const inUse = await numberOf(ask, ENTRIES_IN_USE, 'entries_in_use')
      const last = numberArg(doing.args, 'last')
      const rows = await rowsTold(ask, { last, inUse, byNumber: offersEntries(doing.args) })
      const told: Reference = { columns, period, inUse, ...rows }
      const names = { reference: referenceRow(told), order: orderOf(told) }
      return { outcome: { names, broken, noise: false, text: `${rows.rows.length} rows of ${inUse}` } }
    } catch (error) {
      if (error instanceof NotTold) return error.came
      throw error
    }
  },
}
