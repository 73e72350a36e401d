// Listening on a port: what counts as an answer, and what is set aside.
import type { Ms } from '../protocol/line.ts'
import type { Ledger } from './ledger.ts'
import type { Port } from './port.ts'
import type { Heard } from './receiver.ts'
import { isUnsolicited } from './unsolicited.ts'

/** `since`: nobody answers before the question is complete. `until`: an answer must have begun by then. */
export interface Span {
  readonly since: Ms
  readonly until: Ms
}

/** Times are sums of fractions: an answer laid right behind the question may seem to begin a last bit earlier. */
const ROUNDING = 1e-6
/** Octets that make no unit are heard out until the line has been quiet for so long … */
const QUIET_MS = 200
/** … but not for ever. */
const LONGEST_NOISE_MS = 60_000

/**
 * From when on an answer to what was written counts as one. On a real line the end of the writing is computed, or told late: adapters, pseudo
 * terminals and gateways pass octets on at a pace of their own. What was there before the write has been drained.
 */
export const answerableFrom = (port: Port, written: { readonly begin: Ms; readonly end: Ms }): Ms =>
  port.world.virtual ? written.end : written.begin

/**
 * The first thing that is not unsolicited; undefined when nothing has begun in time. Octets that make no unit do not end the listening while
 * there is time: noise may come before the answer. By themselves they are the answer: one piece of `noise`.
 */
export async function listen(port: Port, span: Span, ledger: Ledger): Promise<Heard | undefined> {
  let noise: (Heard & { readonly is: 'noise' }) | undefined
  for (;;) {
    const heard = await port.hear(span.until)
    if (heard === undefined) return noise && heardOut(port, noise)
    if (heard.is !== 'closed' && heard.is !== 'reset' && heard.is !== 'fault') {
      if (heard.begin < span.since - ROUNDING) {
        ledger.surplus.push(heard)
        continue
      }
      if (heard.begin > span.until + ROUNDING) {
        port.putBack(heard)
        return noise && heardOut(port, noise)
      }
    }
    if (isUnsolicited(heard, ledger.asked)) ledger.unsolicited.push(heard)
    else if (heard.is === 'noise') noise = noise ? joined(noise, heard) : heard
    else if (noise && (heard.is === 'closed' || heard.is === 'reset')) {
      port.putBack(heard)
      return noise
    } else return heard
  }
}

async function heardOut(port: Port, first: Heard & { readonly is: 'noise' }): Promise<Heard> {
  let noise = first
  const limit = port.world.now() + LONGEST_NOISE_MS
  while (port.world.now() < limit) {
    const heard = await port.hear(port.world.now() + QUIET_MS)
    if (heard === undefined) break
    if (heard.is !== 'noise') {
      port.putBack(heard)
      break
    }
    noise = joined(noise, heard)
  }
  return noise
}

/** Enough to show what came. */
const MOST_KEPT = 4096

function joined(a: Heard & { readonly is: 'noise' }, b: Heard): Heard & { readonly is: 'noise' } {
  if (a.octets.length >= MOST_KEPT) return { ...a, end: b.end }
  const octets = new Uint8Array(a.octets.length + b.octets.length)
  octets.set(a.octets)
  octets.set(b.octets, a.octets.length)
  return { is: 'noise', octets, begin: a.begin, end: b.end }
}
