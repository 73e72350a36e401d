// Names of APDUs by their first octet.
import { apdu } from '../protocol/apdu.ts'

/** The services of which a second octet tells the choice. */
const SERVICES: readonly (readonly [number, string])[] = [
  [0xc0, 'get-request'],
  [0xc1, 'set-request'],
  [0xc3, 'action-request'],
  [0xc4, 'get-response'],
  [0xc5, 'set-response'],
  [0xc7, 'action-response'],
]

/** First octet of an APDU → its name in the standard's ASN.1. Enough to name a unit without decoding it. */
const NAMES: ReadonlyMap<number, string> = new Map([
  ...Object.entries(apdu.tags).map(([name, [tag]]) => [tag, name] as const),
  ...SERVICES,
])

/** Come without being asked for (G16). */
export const UNSOLICITED: readonly string[] = [
  'data-notification',
  'event-notification-request',
  'information-report-request',
]

export const apduNameOf = (tag: number | undefined): string | undefined =>
  tag === undefined ? undefined : NAMES.get(tag)
