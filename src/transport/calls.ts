// Where the tester waits for a meter to come by itself (push).
import { fail, type Result } from '../codec/value.ts'
import type { Ms } from '../protocol/line.ts'
import type { Arrival, LineFault } from './transport.ts'

/** One thing that came from a caller. */
export interface Called {
  readonly from: string
  readonly arrival: Arrival
}

/** A place where callers are heard, by TCP and by UDP alike. */
export interface CallListener {
  /** With the real port number. */
  readonly address: string
  next(until: Ms): Promise<Called | undefined>
  close(): Promise<void>
}

/** Listens at `HOST:PORT`. */
export type Listen = (address: string) => Promise<Result<CallListener, LineFault>>

/** The benches that cannot listen. */
export const NOBODY_LISTENS: Listen = async (address) =>
  fail({ code: 'not-allowed', where: address, detail: 'nobody can listen here', hint: 'Run on a bench that listens.' })
