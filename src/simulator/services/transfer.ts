// The block transfer of an association: at most one is under way, and a new request ends it (ruling B4).
import type { VariableAccessSpecification } from '../../protocol/xdlms/short-names.ts'
import type { Xdlms } from '../../protocol/xdlms/xdlms.ts'

type Only<Name extends Xdlms['is']> = Extract<Xdlms, { readonly is: Name }>

export type LongGet = Only<'get-request-normal' | 'get-request-with-list'>
export type LongSet = Only<'set-request-with-first-datablock' | 'set-request-with-list-and-first-datablock'>
export type LongAction = Only<'action-request-with-first-pblock' | 'action-request-with-list-and-first-pblock'>

interface Numbered {
  readonly invokeId: number
  /** Number of the block that was sent or taken last. */
  readonly block: number
}

/** An answer of which some blocks are sent: `octets` the whole of it, `at` where the next block begins. */
interface Sending extends Numbered {
  readonly octets: Uint8Array
  readonly at: number
}

/** A request of which some blocks have come. */
interface Collecting extends Numbered {
  readonly collected: Uint8Array
}

export interface GetTransfer extends Sending {
  readonly is: 'get'
  readonly asked: LongGet
}
export interface ActionAnswer extends Sending {
  readonly is: 'action-answer'
}
export interface SetTransfer extends Collecting {
  readonly is: 'set'
  readonly asked: LongSet
}
export interface ActionTransfer extends Collecting {
  readonly is: 'action'
  readonly asked: LongAction
}

/** With short names there is no invoke-id. */
export interface ReadAnswer extends Omit<Sending, 'invokeId'> {
  readonly is: 'read-answer'
  readonly variables: readonly VariableAccessSpecification[]
}
export interface ShortNameRequestTransfer extends Omit<Collecting, 'invokeId'> {
  readonly is: 'read-request' | 'write-request'
}

export type LogicalNameTransfer = GetTransfer | ActionAnswer | SetTransfer | ActionTransfer
export type Transfer = LogicalNameTransfer | ReadAnswer | ShortNameRequestTransfer

/** What an association remembers of its block transfers. */
export interface Transfers {
  readonly running: Transfer | undefined
  /** Number of the block that was sent last, in whichever transfer. */
  readonly lastSent: number
}

export const NO_TRANSFER: Transfers = { running: undefined, lastSent: 0 }
