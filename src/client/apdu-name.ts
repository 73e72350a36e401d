// Names of APDUs by their first octet.
/** First octet of an APDU → its name in the standard's ASN.1. Enough to name a unit without decoding it. */
const NAMES: ReadonlyMap<number, string> = new Map([
  [0x01, 'initiate-request'],
  [0x08, 'initiate-response'],
  [0x0e, 'confirmed-service-error'],
  [0x0f, 'data-notification'],
  [0x60, 'aarq'],
  [0x61, 'aare'],
  [0x62, 'rlrq'],
  [0x63, 'rlre'],
  [0xc0, 'get-request'],
  [0xc1, 'set-request'],
  [0xc2, 'event-notification-request'],
  [0xc3, 'action-request'],
  [0xc4, 'get-response'],
  [0xc5, 'set-response'],
  [0xc7, 'action-response'],
  [0xd8, 'exception-response'],
])

/** Come without being asked for (G16). */
export const UNSOLICITED: readonly string[] = ['data-notification', 'event-notification-request']

export const apduNameOf = (tag: number | undefined): string | undefined =>
  tag === undefined ? undefined : NAMES.get(tag)
