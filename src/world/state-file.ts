import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fail, ok, type Result } from '../codec/value.ts'
import { lock } from './lock.ts'
import { NOTHING_KEPT, stateOver, type JournalEntry, type Kept, type StateFailure, type TesterState } from './state.ts'

const SCHEMA = 'state/1'
/** Counters reserved by one write to disk. */
const RESERVED = 64

/** The state of a real meter in a folder of its own (`.state/<unit>/`), for this program alone until it is closed. */
export function openState(folder: string): Result<TesterState, StateFailure> {
  const file = join(folder, 'state.json')
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
  } catch (error) {
    return unwritable(folder, error)
  }
  const locked = lock(join(folder, 'lock'))
  if (!locked.ok) return locked
  const kept = read(file)
  if (!kept.ok) {
    locked.value.release()
    return kept
  }
  return ok(
    stateOver(
      kept.value,
      (wanted) => write(file, wanted),
      RESERVED,
      () => locked.value.release(),
    ),
  )
}

function read(file: string): Result<Kept, StateFailure> {
  const hint =
    'it holds what must be restored on the meter: mend it by hand, or move it away if nothing needs restoring'
  let detail = `it is no ${SCHEMA}`
  try {
    const content: unknown = JSON.parse(readFileSync(file, 'utf8'))
    if (isKept(content)) {
      const { journal, counters, serverKeys, policies } = content
      return ok({ journal, counters, ...(serverKeys ? { serverKeys } : {}), ...(policies ? { policies } : {}) })
    }
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return ok(NOTHING_KEPT)
    detail = textOf(error)
  }
  return fail({ code: 'unreadable', where: file, detail, hint })
}

/** Whole or not at all, also when the power fails: written beside, brought to disk, renamed. */
function write(file: string, kept: Kept): Result<undefined, StateFailure> {
  const beside = `${file}.new`
  try {
    const descriptor = openSync(beside, 'w', 0o600)
    try {
      writeSync(descriptor, JSON.stringify({ schema: SCHEMA, ...kept }, undefined, 2) + '\n')
      fsyncSync(descriptor)
    } finally {
      closeSync(descriptor)
    }
    renameSync(beside, file)
    syncFolder(dirname(file))
    return ok(undefined)
  } catch (error) {
    return unwritable(file, error)
  }
}

/** The new name itself must be on disk too. Windows cannot, and need not, open a folder for that. */
function syncFolder(folder: string): void {
  if (process.platform === 'win32') return
  const descriptor = openSync(folder, 'r')
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

const textOf = (error: unknown) => (error instanceof Error ? error.message : String(error))

const unwritable = (where: string, error: unknown) =>
  fail({
    code: 'unwritable',
    where,
    detail: textOf(error),
    hint: 'free some space, or check who owns the folder',
  } as const)

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isEntry = (value: unknown): value is JournalEntry =>
  isRecord(value) &&
  typeof value['key'] === 'string' &&
  typeof value['at'] === 'string' &&
  'how' in value &&
  'old' in value

const isCounters = (value: unknown): value is Kept['counters'] =>
  isRecord(value) && Object.values(value).every((next) => Number.isSafeInteger(next) && Number(next) >= 0)

const isServerKeys = (value: unknown): value is NonNullable<Kept['serverKeys']> =>
  isRecord(value) &&
  Object.values(value).every(
    (key) => isRecord(key) && typeof key['instead'] === 'string' && typeof key['now'] === 'string',
  )

const isPolicies = (value: unknown): value is NonNullable<Kept['policies']> =>
  isRecord(value) && Object.values(value).every((policy) => Number.isSafeInteger(policy) && Number(policy) >= 0)

const isKept = (value: unknown): value is Kept =>
  isRecord(value) &&
  value['schema'] === SCHEMA &&
  Array.isArray(value['journal']) &&
  value['journal'].every(isEntry) &&
  isCounters(value['counters']) &&
  (value['serverKeys'] === undefined || isServerKeys(value['serverKeys'])) &&
  (value['policies'] === undefined || isPolicies(value['policies']))
