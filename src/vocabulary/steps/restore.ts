// restore: what this port has journalled goes back, the last written first.
import type { Refusal } from '../../engine/vocabulary.ts'
import { isRecord } from '../../protocol/json.ts'
import type { JournalEntry } from '../../world/state.ts'
import type { Came } from '../evidence.ts'
import { putBackAttribute } from './attribute-services.ts'
import { putBackCalendar } from './calendar.ts'
import { putBackCertificate, putBackRemoved } from './certificate-store.ts'
import { putBackClock } from './clock.ts'
import { keyChangeOf } from './key-journal.ts'
import { putBackChanges } from './key-restore.ts'
import { UNREADABLE_ENTRY } from './journal.ts'
import { putBackRegister } from './register.ts'
import { putBackSupply } from './supply.ts'
import { isRefusal, type Doing, type Word } from './word.ts'

const restore: Word = {
  says: 'put back what was written',
  properties: {},
  outcomes: ['success'],
  alive: false,
  async run(doing) {
    const { bench } = doing
    const { journal } = bench.setup
    const entries = journal.journal().filter(({ how }) => isRecord(how) && how['port'] === bench.declared.port)
    // Many meters take one connection at a time: those of the case are over before the way back begins.
    if (entries.length > 0) await bench.connections.release()
    const left = [...entries].reverse()
    for (let entry = left.shift(); entry !== undefined; entry = left.shift()) {
      const others = left.filter(isChangedWith(entry))
      const came = await putBack(doing, [entry, ...others])
      if (isRefusal(came)) return came
      if (!('success' in came.outcome.names))
        return { outcome: { ...came.outcome, text: `${entry.key}: ${came.outcome.text}` } }
      for (const { key } of [entry, ...others]) {
        const forgotten = journal.forget(key)
        if (!forgotten.ok) return { refusal: `${forgotten.failure.where}: ${forgotten.failure.detail}` }
        bench.setup.emit({ event: 'note', kind: 'restored', text: `${key} has its old value again`, at: bench.now() })
      }
      left.splice(0, left.length, ...left.filter((each) => !others.includes(each)))
    }
    const text = entries.length === 0 ? 'nothing was written' : 'the old values are back'
    return { outcome: { names: { success: true }, broken: [], noise: false, text } }
  },
}

type Noted = Pick<JournalEntry, 'key' | 'how' | 'old'>

/** Keys of one object and one client go back together: nothing opens with some of them. */
const isChangedWith =
  (entry: Noted) =>
  (other: Noted): boolean => {
    const [change, with_] = [keyChangeOf(entry.how, entry.old), keyChangeOf(other.how, other.old)]
    return change !== undefined && change.client === with_?.client && change.object === with_.object
  }

/** The entries after the first are keys that go back together with it; the order of time is theirs. */
function putBack(doing: Doing, [entry, ...others]: readonly [Noted, ...Noted[]]): Promise<Came | Refusal> | Refusal {
  const { how, old } = entry
  const change = keyChangeOf(how, old)
  if (change !== undefined) {
    const earlier = others.flatMap((other) => keyChangeOf(other.how, other.old) ?? []).reverse()
    const [first = change, ...more] = [...earlier, change]
    return putBackChanges(doing, [first, ...more])
  }
  if (!isRecord(how)) return UNREADABLE_ENTRY
  switch (how['word']) {
    case 'write':
      return putBackAttribute(doing, how, old)
    case 'clock.set':
      return putBackClock(doing, how, old)
    case 'calendar.remember':
      return putBackCalendar(doing, how, old)
    case 'supply.remember':
      return putBackSupply(doing, how, old)
    case 'certificate.import':
      return putBackCertificate(doing, how)
    case 'certificate.remove':
      return putBackRemoved(doing, how, old)
    case 'sign-on.write':
      return putBackRegister(doing, how, old)
    default:
      return UNREADABLE_ENTRY
  }
}

export const restoreWords: Readonly<Record<string, Word>> = { restore }
