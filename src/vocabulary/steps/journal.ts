// What is written is noted first with its old value: on disk, so that a run that was killed can be made good.
import type { Value } from '../../codec/value.ts'
import type { Refusal } from '../../engine/vocabulary.ts'
import type { JsonRecord } from '../../protocol/json.ts'
import type { Doing } from './word.ts'

/** Name of the connection over which old values go back. */
export const RESTORING = 'restoring'

export const UNREADABLE_ENTRY: Refusal = { refusal: 'the journal holds an entry that cannot be read' }

const UNREAD =
  'Nothing was written: look at the first instance that reads this value, and whether the client may read it.'

/** What a word notes before it writes: which word puts it back, and all that this word needs. */
export type Entry = JsonRecord & { readonly key: string; readonly word: string }

/** The value before; undefined: it could not be read, `text` says why. */
type OldValue = { readonly value: Value | undefined; readonly text: string }

/** Journals the old value before the first write; undefined: it is safe to write. */
export async function remembered(
  { bench }: Doing,
  entry: Entry,
  before: () => Promise<OldValue>,
): Promise<Refusal | undefined> {
  const { key, ...others } = entry
  const { journal } = bench.setup
  if (journal.journal().some((each) => each.key === key)) return undefined
  const { value: old, text } = await before()
  if (old === undefined)
    return { refusal: `the value before could not be read (${text}): it could not be restored`, advice: UNREAD }
  const how: Value = { ...others, port: bench.declared.port }
  const at = new Date(bench.now()).toISOString()
  const noted = journal.remember({ key, how, old, at })
  if (!noted.ok) return { refusal: `${noted.failure.where}: ${noted.failure.detail}` }
  bench.setup.emit({ event: 'note', kind: 'journal', text: `the old value of ${key} is kept`, at: bench.now() })
  return undefined
}
