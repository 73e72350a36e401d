// What a message of a suite becomes: octets for the line, and what a later step may save of it.
import type { LinkState } from '../../client/link-state.ts'
import type { TrafficMark } from '../../client/traffic.ts'
import { fail, type Result, type Value } from '../../codec/value.ts'
import type { LayerName } from '../../engine/vocabulary.ts'
import type { ComposedLayer } from '../../protocol/compose.ts'
import type { Frame } from '../../protocol/hdlc/examine.ts'
import type { MessageFailure } from '../../protocol/json.ts'
import type { Bench } from '../bench.ts'
import type { Connection } from '../connection.ts'
import { failureText } from '../failure.ts'

/** What goes on the line as one. `moves`: it is a frame without a fault, and the state variables go on with it. */
export interface OutUnit {
  readonly octets: Uint8Array
  readonly marks: readonly TrafficMark[]
  readonly frame: Frame | undefined
  readonly moves: boolean
}

export interface Outgoing {
  readonly layers: readonly ComposedLayer[]
  readonly units: readonly OutUnit[]
  /** The APDU as it is sent, what is beneath its protection, and whether nothing is wrong with either. */
  readonly apdu: { readonly octets: Uint8Array; readonly plain: Uint8Array; readonly right: boolean } | undefined
  /** What `save` sees: layer name → its fields, `octets`, and `at`. */
  readonly saved: () => Readonly<Record<string, Value>>
}

/** The one fault of a step: `wrong` path → value, `damage` path → operator. */
export interface FaultFields {
  readonly wrong: Readonly<Record<string, Value>>
  readonly damage: Readonly<Record<string, Value>>
}

/** Where a message goes: whose addresses it has, and the state variables that it is sent in. */
export interface Context {
  readonly bench: Bench
  readonly connection: Connection
  /** Whose addresses it has (spoofing); else the connection's own. */
  readonly as: Connection
  readonly state: LinkState | undefined
  readonly layer: LayerName
}

/** A failure is the sentence that the report shows. */
export type Made<T> = Result<T, string>

export const refuse = (failure: MessageFailure): { readonly ok: false; readonly failure: string } =>
  fail(failureText(failure))
