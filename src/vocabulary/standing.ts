// How a connection stands before a step and after it.
import type { Ledger } from '../client/ledger.ts'
import type { Heard } from '../client/receiver.ts'
import { LLC_OCTETS } from '../protocol/hdlc/llc.ts'
import type { Bench } from './bench.ts'
import type { Connection } from './connection.ts'
import type { Came } from './evidence.ts'
import { hasCome } from './passing.ts'

/** The other end has gone before this step: nothing can be asked any more. */
export function endedBefore(bench: Bench, connection: Connection, ledger: Ledger): Came | undefined {
  const { port } = connection
  if (port.isOpen) return undefined
  if (port.ended) return { outcome: bench.told(connection, port.ended, ledger) }
  return { outcome: { names: { closed: true }, broken: [], noise: false, text: 'the connection is closed' } }
}

/** UA and DM end what was above the link; an answer may open or end an association. */
export function settleAbove(bench: Bench, connection: Connection, heard: Heard | undefined, ledger: Ledger): void {
  for (const { direction, frame, whole, end } of ledger.passed) {
    if (direction === 'sent') continue
    if (frame.control.is === 'ua' || frame.control.is === 'dm') connection.association = undefined
    if (whole) hasCome(bench, connection, whole.subarray(LLC_OCTETS), end)
  }
  if (heard?.is === 'wpdu') hasCome(bench, connection, heard.wpdu.information, heard.end)
  if (heard?.is === 'closed' || heard?.is === 'reset') connection.association = undefined
}
