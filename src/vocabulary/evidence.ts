// What a step came to, as the engine judges it.
import { agreedIn } from '../client/association.ts'
import type { Ledger, Passed } from '../client/ledger.ts'
import type { Heard } from '../client/receiver.ts'
import type { Value } from '../codec/value.ts'
import { hex } from '../codec/value.ts'
import type { BrokenRule, Evidence, Fault, Outcome } from '../engine/vocabulary.ts'
import { frameToJson } from '../protocol/hdlc/json.ts'
import { isRecord } from '../protocol/json.ts'
import type { LineFault } from '../transport/transport.ts'
import type { Bench } from './bench.ts'
import type { Connection } from './connection.ts'

/** What a step came to, before it is told to the engine. */
export interface Came {
  readonly outcome: Outcome
  /** What the outcome was made of, where it was one thing. */
  readonly heard?: Heard
  readonly during?: readonly Outcome[]
  readonly sent?: () => Readonly<Record<string, Value>>
  /** What a word gives besides the names of its outcome. */
  readonly saves?: Readonly<Record<string, Value>>
  /** The meter was switched off and on. */
  readonly restarted?: true
}

/** `saved` is computed when it is asked for: most steps save nothing. */
export function evidenceOf(
  bench: Bench,
  connection: Connection,
  ledger: Ledger,
  { outcome, during = [outcome], sent, saves = {}, restarted }: Came,
): Evidence {
  const { ended } = connection.port
  const fault = ended?.is === 'fault' ? { fault: faultSeen(ended.fault) } : {}
  const unsolicited =
    ledger.unsolicited.length === 0 ? NONE : ledger.unsolicited.map((heard) => bench.told(connection, heard, ledger))
  const surplus = ledger.surplus.length === 0 ? NONE : bench.surplus(connection, ledger.surplus)
  return {
    outcome,
    during,
    surplus: [...surplus, ...notNegotiated(connection, unsolicited)],
    unsolicited,
    saved: {
      ...outcome.names,
      ...saves,
      get sent(): Value {
        return sent?.() ?? {}
      },
      got: outcome.names,
      get exchange(): Value {
        return { hdlc: ledger.passed.map(passedJson) }
      },
    },
    ...fault,
    ...(restarted ? { restarted } : {}),
  }
}

const NONE: readonly Outcome[] = []

const INFORMATION_REPORT = 'information-report-request'

/** An InformationReport may come unasked (G16) where the association has negotiated the service, and nowhere else (IEC 62056-5-3 clause 7.3.1). */
function notNegotiated({ association }: Connection, unsolicited: readonly Outcome[]): readonly Outcome[] {
  const agreed = agreedIn(association)
  if (agreed === undefined || agreed.conformance.includes('information-report')) return NONE
  return unsolicited
    .filter(({ names }) => INFORMATION_REPORT in names)
    .map((outcome) => ({ ...outcome, broken: [UNNEGOTIATED, ...outcome.broken] }))
}

const UNNEGOTIATED: BrokenRule = {
  rule: 'information-report-negotiated',
  clause: 'xdlms.conformance',
  expected: 'information-report only where it is negotiated',
  found: 'an InformationReport without it',
}

/** A frame of an exchange, as checks see it: its fields, who sent it, and what was agreed for its direction. */
function passedJson({ direction, frame, octets, before, begins }: Passed): Value {
  const json = frameToJson(frame)
  const way = direction === 'sent' ? 'transmit' : 'receive'
  return {
    ...(isRecord(json) ? json : {}),
    direction,
    frame: frame.control.is,
    octets: hex(octets),
    'information-octets': hex(frame.information),
    begins: direction === 'received' && begins === true,
    'max-information-field-length': before.parameters[`max-information-field-length-${way}`],
    'window-size': before.parameters[`window-size-${way}`],
  }
}

/** A fault of the line as the engine reports it. */
export const faultSeen = ({ code, where, detail, hint }: LineFault): Fault => ({
  code,
  text: `${where}: ${detail}`,
  hint,
})
