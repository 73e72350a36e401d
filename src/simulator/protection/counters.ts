// Invocation counters: the last one of each key, direction and client is kept, over associations and power cycles (rulings Y8–Y12, Y23).
import type { CipheredForm } from '../../protocol/security/ciphered-apdu.ts'
import { lastCounter, receivedCounter, sentCounter } from '../model/security-state.ts'
import type { NamedKey, Partners } from './partners.ts'

/** A key, and between whom it is used. */
export interface Counting extends NamedKey {
  readonly partners: Partners
  /** In what it protects: an APDU, the proof of HLS. */
  readonly use: 'apdu' | 'proof'
  readonly form?: CipheredForm
}

export interface CounterRules {
  /** Under which name the last counter that was taken is kept. */
  readonly received: (counting: Counting) => string
  /** The same of the last that was sent. */
  readonly sent: (counting: Counting) => string
  /** Whether a counter may come after the last one. */
  readonly isFresh: (counter: number, last: number, counting: Counting) => boolean
  /** The counter that is sent after the last one; undefined: the key is used up. */
  readonly next: (last: number, counting: Counting) => number | undefined
  /** The lowest that is acceptable, as invocation-counter-error tells it. */
  readonly lowest: (last: number) => number
  /** Whether the invocation counter object shows what was taken. */
  readonly isShown: (counting: Counting) => boolean
  /** What is left of a counter when the power comes back; undefined: nothing. */
  readonly afterPower: (name: string, value: number) => number | undefined
}

const HIGHEST = 0xffffffff

export const conformantCounters: CounterRules = {
  received: ({ key, partners }) => receivedCounter(key, partners.client),
  sent: ({ key }) => sentCounter(key),
  isFresh: (counter, last) => counter > last,
  next: (last) => (last < HIGHEST ? last + 1 : undefined),
  lowest: (last) => Math.min(last + 1, HIGHEST),
  isShown: () => true,
  afterPower: (_name, value) => value,
}

/** A key that came up by the way begins at 0, whatever the setup says of its own keys. */
const before = ({ name, partners }: Counting): number =>
  (name === 'dedicated-key' || name === 'content-key' ? 0 : partners.start) - 1

export const lastReceived = (rules: CounterRules, counting: Counting): number =>
  counting.partners.place.store.counter(rules.received(counting)) ?? before(counting)

export function keepReceived(rules: CounterRules, counting: Counting, counter: number): void {
  const { store } = counting.partners.place
  store.keepCounter(rules.received(counting), counter)
  if (rules.isShown(counting)) store.keepCounter(lastCounter(counting.key), counter)
}

/** The next counter of the server; it is used up by being asked for. */
export function takeNext(rules: CounterRules, counting: Counting): number | undefined {
  const { store } = counting.partners.place
  const name = rules.sent(counting)
  const next = rules.next(store.counter(name) ?? before(counting), counting)
  if (next !== undefined) store.keepCounter(name, next)
  return next
}
