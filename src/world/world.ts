import type { Ms } from '../protocol/line.ts'

/** Time as the tool is given it. All that waits, in the whole program, waits here. */
export interface World {
  /** Virtual: whoever waits drives the time. Real: the time of the machine. */
  readonly virtual: boolean
  /** When the world began, in milliseconds since 1970: what is kept beyond a run is kept in this time. */
  readonly epoch: Ms
  now(): Ms
  /** Waits until `poll` gives a value, or until the time is `until` (then undefined). `poll` is asked at once and after everything that happens. */
  next<T>(until: Ms, poll: () => T | undefined): Promise<T | undefined>
  /** Runs tasks side by side; resolves when all have ended, rejects with the first failure in the order given. */
  together<T>(tasks: readonly (() => Promise<T>)[]): Promise<readonly T[]>
}

/** The results of tasks that have all ended, or the first failure in their order. */
export async function outcomes<T>(running: readonly Promise<T>[]): Promise<readonly T[]> {
  await Promise.allSettled(running)
  return Promise.all(running)
}
