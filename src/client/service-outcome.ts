// What came of a COSEM service, whatever referencing and however many exchanges it took: data, never an error thrown.
import type { Apdu } from '../protocol/apdu.ts'

/** One question there, and the APDU that answers it; undefined: nothing came that can be read as one. */
export type Ask = (question: Apdu) => Promise<Apdu | undefined>

/** A rule of the transfer that the meter broke. `remark`: a ruling tolerates it. */
export interface Irregularity {
  readonly rule: TransferRule
  readonly expected: string
  readonly found: string
  readonly remark?: true
}

export type TransferRule =
  | 'block-number'
  | 'block-invoke-id'
  | 'block-form'
  | 'block-contents'
  | 'block-transfer-ends'
  | 'block-transfer-negotiated'
  | 'block-transfer-needed'
  | 'one-result-each'
  | 'object-list'
  | 'gbt-number'
  | 'gbt-acknowledgement'
  | 'gbt-recovery'
  | 'gbt-window'
  | 'gbt-goes-on'

/** `blocks`: how many were sent or came; 0: the service took one question and one answer. */
export interface Transfer {
  readonly blocks: number
  readonly irregular: readonly Irregularity[]
}

export type ServiceOutcome<T> =
  | { readonly is: 'done'; readonly value: T; readonly transfer: Transfer }
  /** `result`: by its name, or its number where it has none. */
  | { readonly is: 'refused'; readonly result: string | number; readonly transfer: Transfer }
  /** Another APDU, silence, the end of the connection: the last exchange tells. */
  | { readonly is: 'other'; readonly transfer: Transfer }
  /** The meter answers, but its answers make no transfer. */
  | { readonly is: 'broken'; readonly breach: Irregularity; readonly transfer: Transfer }
  /** The object has no short name: it is not in the object list of the association. */
  | { readonly is: 'unlisted' }
  /** It cannot be asked as wanted; nothing was sent. */
  | { readonly is: 'impossible'; readonly why: string }

export const IN_ONE: Transfer = { blocks: 0, irregular: [] }

export const done = <T>(value: T, transfer = IN_ONE): ServiceOutcome<T> => ({ is: 'done', value, transfer })
export const refused = (result: string | number, transfer = IN_ONE): ServiceOutcome<never> => ({
  is: 'refused',
  result,
  transfer,
})
export const other = (transfer = IN_ONE): ServiceOutcome<never> => ({ is: 'other', transfer })
export const broken = (breach: Irregularity, transfer = IN_ONE): ServiceOutcome<never> => ({
  is: 'broken',
  breach,
  transfer,
})
