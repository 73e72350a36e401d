// What a tester is given.
import type { Result, Value } from '../codec/value.ts'
import type { Emit } from '../engine/vocabulary.ts'
import type { Listen } from '../transport/calls.ts'
import type { Transport } from '../transport/transport.ts'
import type { TesterState } from '../world/state.ts'
import type { World } from '../world/world.ts'
import type { Random } from '../world/random.ts'

/** What was written and what stood there before: `remember` before a write, `forget` after the old value was put back. */
export type TesterJournal = Pick<TesterState, 'journal' | 'remember' | 'forget'>

/** Invocation counters: `take` the next one of a key, which is on disk before it is given; `raise` it where the meter is further on. */
export type TesterCounters = Pick<TesterState, 'take' | 'raise'>

/** Public keys of the server that are not the declared ones any more. */
export type TesterServerKeys = Pick<TesterState, 'serverKey' | 'keepServerKey'>

/** Policies that cases have raised: they stay so. */
export type TesterPolicies = Pick<TesterState, 'policy' | 'keepPolicy'>

/** Done when the switch is; when the meter is back is another matter. */
export type Power = (
  to: 'on' | 'off',
) => Promise<Result<undefined, { readonly where: string; readonly detail: string }>>

/** What a tester is given: one port of one meter, and all that it may reach for. */
export interface TesterSetup {
  /** The declaration as plain JSON: what it extends laid under it, defaults filled in. */
  readonly declaration: Value
  readonly port: string
  readonly world: World
  /** A way to the port that is not open yet: a new one each time on streams and datagrams; a serial line is asked for once. */
  readonly transport: () => Transport
  readonly secret: (name: string) => Uint8Array | undefined
  readonly random: Random
  readonly journal: TesterJournal
  readonly counters: TesterCounters
  readonly serverKeys: TesterServerKeys
  readonly policies: TesterPolicies
  /** A key that came up in the run: it is hidden in all that is written from now on. */
  readonly keepSecret: (octets: Uint8Array) => void
  /** What a file holds that the declaration names; undefined: it cannot be read. Absent: there are no files. */
  readonly file?: (name: string) => Uint8Array | undefined
  /** Switches the mains of the meter; absent: the bench cannot. */
  readonly power?: Power
  /** Listens where the declaration says that the meter pushes to; absent: the bench cannot. */
  readonly listen?: Listen
  readonly emit: Emit
  /** The instance that runs now, for the traffic; undefined between instances. */
  readonly instance: () => string | undefined
  /** The line loses frames (serial, UDP): a lost answer is asked for again by RR. */
  readonly noisy: boolean
  /** What waits of the tester tolerate on this line (G13). */
  readonly tolerance: { readonly percent: number; readonly plusMs: number }
}
