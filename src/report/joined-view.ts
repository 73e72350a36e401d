// What came in blocks, as it is shown behind the last of them.
import { unmasked, type Explain, type WatchBlocks } from './explain.ts'
import { apduOf } from './messages.ts'
import type { Passed } from './model.ts'
import { rowsOf, type Row } from './rows.ts'
import { count } from './words.ts'

export interface JoinedView {
  readonly title: string
  readonly direction: string
  readonly trouble: string
  readonly rows: readonly Row[]
}

/** What the joined octets are, in words; else the name of the codec. */
const WORDS: Readonly<Record<string, string>> = {
  value: 'value',
  values: 'values of a list',
  'get-results': 'results of a list',
  'action-response': 'result of a method',
  'action-responses': 'results of a list of methods',
  'read-results': 'results of a read',
  'read-request': 'read request',
  'write-request': 'write request',
  apdu: 'APDU',
}

/** Asked of each unit of an attempt, and of each APDU beneath a protection, in their order: what ended in it, where it came in several APDUs. */
export function joinedViews(explain: Explain): (event: Passed) => JoinedView | undefined {
  const watches = new Map<string, WatchBlocks>()
  return (event) => {
    const hex = event.event === 'traffic' ? apduOf(event) : event.apdu
    if (hex === undefined) return undefined
    const watch = watches.get(event.connection) ?? explain.blocks()
    watches.set(event.connection, watch)
    const { octets, masked } = unmasked(hex)
    const hidden = hex.includes('X') ? Uint8Array.from(masked, Number) : new Uint8Array(octets.length)
    const joined = watch(octets, hidden, event.direction)
    if (joined === undefined) return undefined
    const length = joined.octets.length === 0 ? '' : `, ${count(joined.octets.length, 'octet')}`
    return {
      title: `${WORDS[joined.is] ?? joined.is} of ${count(joined.blocks, 'block')}${length}`,
      direction: event.direction,
      trouble: joined.trouble ?? '',
      rows: rowsOf(joined.tree, joined.octets, Array.from(joined.hidden, Boolean), new Map(), true),
    }
  }
}
