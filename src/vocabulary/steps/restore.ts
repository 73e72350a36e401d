// restore: what this port has journalled goes back, the last written first.
import type { Value } from '../../codec/value.ts'
import type { Refusal } from '../../engine/vocabulary.ts'
import { isRecord } from '../../protocol/json.ts'
import type { Came } from '../evidence.ts'
import { putBackAttribute } from './attribute.ts'
import { putBackCalendar } from './calendar.ts'
import { putBackClock } from './clock.ts'
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
    if (entries.length > 0) await bench.release()
    for (const { key, how, old } of [...entries].reverse()) {
      const came = await putBack(doing, how, old)
      if (isRefusal(came)) return came
      if (!('success' in came.outcome.names))
        return { outcome: { ...came.outcome, text: `${key}: ${came.outcome.text}` } }
      const forgotten = journal.forget(key)
      if (!forgotten.ok) return { refusal: `${forgotten.failure.where}: ${forgotten.failure.detail}` }
      bench.setup.emit({ event: 'note', kind: 'restored', text: `${key} has its old value again`, at: bench.now() })
    }
    const text = entries.length === 0 ? 'nothing was written' : 'the old values are back'
    return { outcome: { names: { success: true }, broken: [], noise: false, text } }
  },
}

function putBack(doing: Doing, how: Value, old: Value): Promise<Came | Refusal> | Refusal {
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
    case 'sign-on.write':
      return putBackRegister(doing, how, old)
    default:
      return UNREADABLE_ENTRY
  }
}

export const restoreWords: Readonly<Record<string, Word>> = { restore }
