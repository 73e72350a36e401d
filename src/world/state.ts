import { fail, ok, type Result, type Value } from '../codec/value.ts'

/** What was there before the tester wrote, and how to write it back. */
export interface JournalEntry {
  /** What it is: one value of the meter has one entry. */
  readonly key: string
  /** How it is written back: for the one who restores. */
  readonly how: Value
  readonly old: Value
  /** ISO 8601, UTC. */
  readonly at: string
}

export interface StateFailure {
  readonly code: 'locked' | 'unreadable' | 'unwritable'
  readonly where: string
  readonly detail: string
  readonly hint: string
}

/** What the tester must remember about a meter from run to run. Each change is safe before the call returns. */
export interface TesterState {
  /** Oldest first. */
  journal(): readonly JournalEntry[]
  /** Before a write. A key that is there already keeps its older value: that is the one to restore. */
  remember(entry: JournalEntry): Result<undefined, StateFailure>
  /** After the old value was written back. */
  forget(key: string): Result<undefined, StateFailure>
  /** The next value of a counter, never given before: 0 the first time. */
  take(counter: string): Result<number, StateFailure>
  /** From now on the counter gives `next` or more (the meter was found further on). */
  raise(counter: string, next: number): Result<undefined, StateFailure>
  /** A public key of the server that has taken the place of the declared one for good, in hex. */
  serverKey(name: string): NewServerKey | undefined
  keepServerKey(name: string, key: NewServerKey): Result<undefined, StateFailure>
  /** What a security policy was raised to, whatever is declared: it cannot be lowered again. */
  policy(name: string): number | undefined
  keepPolicy(name: string, policy: number): Result<undefined, StateFailure>
  close(): void
}

/** `instead`: the declared one. Once another is declared this holds no more. */
export interface NewServerKey {
  readonly instead: string
  readonly now: string
}

/** What is kept. Of counters the first value that was never given. */
export interface Kept {
  readonly journal: readonly JournalEntry[]
  readonly counters: Readonly<Record<string, number>>
  readonly serverKeys?: Readonly<Record<string, NewServerKey>>
  readonly policies?: Readonly<Record<string, number>>
}

export const NOTHING_KEPT: Kept = { journal: [], counters: {} }

/** For simulated meters: gone with the run. */
export const memoryState = (): TesterState => stateOver(NOTHING_KEPT, () => ok(undefined), 1)

/**
 * A state that is kept by `keep`, which stores the whole of it. Counters are reserved `reserve` at a time, so that not every message is a write to disk:
 * what was reserved and not used when the program dies is skipped, which invocation counters allow; none is ever given twice.
 */
export function stateOver(
  initial: Kept,
  keep: (kept: Kept) => Result<undefined, StateFailure>,
  reserve: number,
  release: () => void = () => undefined,
): TesterState {
  let kept = initial
  let closed = false
  const next = new Map(Object.entries(initial.counters))

  function change(wanted: Kept): Result<undefined, StateFailure> {
    const done = keep(wanted)
    if (done.ok) kept = wanted
    return done
  }

  const withCounter = (counter: string, value: number): Kept => ({
    ...kept,
    counters: { ...kept.counters, [counter]: value },
  })

  return {
    journal: () => kept.journal,
    remember(entry) {
      if (kept.journal.some((known) => known.key === entry.key)) return ok(undefined)
      return change({ ...kept, journal: [...kept.journal, entry] })
    },
    forget(key) {
      return change({ ...kept, journal: kept.journal.filter((entry) => entry.key !== key) })
    },
    take(counter) {
      const value = next.get(counter) ?? 0
      if (value >= (kept.counters[counter] ?? 0)) {
        const done = change(withCounter(counter, value + reserve))
        if (!done.ok) return fail(done.failure)
      }
      next.set(counter, value + 1)
      return ok(value)
    },
    raise(counter, wanted) {
      if (wanted <= (next.get(counter) ?? 0)) return ok(undefined)
      const done = wanted > (kept.counters[counter] ?? 0) ? change(withCounter(counter, wanted)) : ok(undefined)
      if (done.ok) next.set(counter, wanted)
      return done
    },
    serverKey: (name) => kept.serverKeys?.[name],
    keepServerKey: (name, key) => change({ ...kept, serverKeys: { ...kept.serverKeys, [name]: key } }),
    policy: (name) => kept.policies?.[name],
    keepPolicy: (name, policy) => change({ ...kept, policies: { ...kept.policies, [name]: policy } }),
    close() {
      if (closed) return
      closed = true
      // What was reserved and not used is given back; if that fails it is only skipped.
      const used = Object.fromEntries(next)
      if (Object.entries(kept.counters).some(([counter, value]) => value !== used[counter]))
        keep({ ...kept, counters: used })
      release()
    },
  }
}
