// One request to an association, and what comes of it.
import type { InvokeIdAndPriority } from '../../protocol/xdlms/common.ts'
import type { ConformanceBit } from '../../protocol/xdlms/conformance.ts'
import type { ExceptionResponse } from '../../protocol/xdlms/errors.ts'
import type { Xdlms } from '../../protocol/xdlms/xdlms.ts'
import type { Situation } from '../model/classes.ts'
import type { ServiceRules } from './rules.ts'
import type { LogicalNameTransfer, Transfer, Transfers } from './transfer.ts'

export interface Turn {
  readonly rules: ServiceRules
  readonly situation: Situation
  readonly transfers: Transfers
  /** The request came in general block transfer: the sizes that were agreed bind its blocks, not what is in them. */
  readonly inBlocks?: boolean
  /** The longest answer that leaves room for its protection; client-max-receive-pdu-size unless given. */
  readonly room?: number
}

/** 0: there is no limit. */
export const longestAnswer = ({ situation, room }: Turn): number => room ?? situation.association.clientMaxPdu

export interface Reply {
  readonly response: Xdlms
  /** The transfer that the next request may go on with. */
  readonly running?: Transfer
  /** Number of the block that is sent. */
  readonly lastSent?: number
}

/** An answer of the service, or the exception that says why it cannot be carried out. */
export type Carried = Reply | { readonly exception: ExceptionResponse }

/** No APDU is longer than the client can take; 0: there is no limit (ruling X20). */
export const fits = (turn: Turn, octets: number): boolean =>
  turn.inBlocks === true || longestAnswer(turn) === 0 || octets <= longestAnswer(turn)

export const isNegotiated = ({ rules, situation }: Turn, bit: ConformanceBit): boolean =>
  rules.permits([bit], situation.association.conformance)

/** The transfer of this kind that a request goes on with: it has the invoke-id of the one that began it (ruling B3). */
export function continued<Kind extends LogicalNameTransfer['is']>(
  { transfers: { running } }: Turn,
  kind: Kind,
  { 'invoke-id': id }: InvokeIdAndPriority,
): Extract<LogicalNameTransfer, { readonly is: Kind }> | undefined {
  return isOf(running, kind) && running.invokeId === id ? running : undefined
}

const isOf = <Kind extends LogicalNameTransfer['is']>(
  running: Transfer | undefined,
  kind: Kind,
): running is Extract<LogicalNameTransfer, { readonly is: Kind }> => running?.is === kind
