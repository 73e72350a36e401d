// How the meter delivers a push (IEC 62056-6-2, class 40; IEC 62056-5-3, DataNotification; ruling X25).
import { encode } from '../../codec/codec.ts'
import type { Data } from '../../protocol/data/data.ts'
import { unconfirmedBlocks } from '../../protocol/gbt/turn.ts'
import type { Ms } from '../../protocol/line.ts'
import { xdlms, type Xdlms } from '../../protocol/xdlms/xdlms.ts'
import { structure } from '../model/data.ts'
import { opensAt } from './window.ts'

type DataNotification = Extract<Xdlms, { readonly is: 'data-notification' }>['value']

export interface DeliveryRules {
  /** Whether a push that was triggered is sent at all. */
  readonly isSent: () => boolean
  /** Where it is sent, of what send_destination_and_method says now and what it said at first. */
  readonly destination: (now: string, described: string) => string
  /** Values of push_object_list, in its order → notification-body. */
  readonly body: (values: readonly Data[]) => Data
  readonly encode: (notification: DataNotification) => Uint8Array
  /** The APDU in blocks that nobody acknowledges, for a setup that pushes so. */
  readonly blocks: typeof unconfirmedBlocks
  readonly opensAt: typeof opensAt
  /** The delay of a start, of an interval in ms; `count`: pushes so far. */
  readonly startDelayMs: (intervalMs: Ms, count: number) => Ms
  /** Tries after the first one that failed, of number_of_retries. */
  readonly retries: (declared: number) => number
  /** From a try that failed to the next, of repetition_delay. */
  readonly repetitionMs: (declaredMs: Ms) => Ms
}

/** Fractions that are spread evenly, and are the same in each run. */
const GOLDEN = 0.6180339887498949

export const conformantDelivery: DeliveryRules = {
  isSent: () => true,
  destination: (now) => now,
  body: (values) => structure(...values),
  encode: (value) => encode(xdlms, { is: 'data-notification', value }),
  blocks: unconfirmedBlocks,
  opensAt,
  startDelayMs: (intervalMs, count) => intervalMs * ((count * GOLDEN) % 1),
  retries: (declared) => declared,
  repetitionMs: (declaredMs) => declaredMs,
}
