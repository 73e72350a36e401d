// What holds where a declaration says nothing.
import type { Value } from '../codec/value.ts'
import { isObject } from '../language/case.ts'

/** Times of the standard in ms; where only the inter-octet time-out is declared, the inter-frame one is as long. */
export const DEFAULT_TIMING = {
  responseMs: 1500,
  interOctetMs: 25,
  interFrameMs: 25,
  inactivityMs: 120_000,
  signOffMs: 60_000,
  lockoutMs: 60_000,
  tcpInactivityMs: 180_000,
  bootMs: 10_000,
  signOnReactionMs: [200, 1500],
} as const satisfies Readonly<Record<string, Value>>

/** How long a push may take to come where it was triggered without delay. */
const PUSHED_WITHIN_MS = 10_000

const HDLC: Readonly<Record<string, Value>> = { addressing: 4, lower: 0 }

/** How a client protects its APDUs, all that it may leave unsaid filled in. */
export const securityDefaults = (security: { readonly [name: string]: Value }): { readonly [name: string]: Value } => ({
  keys: {},
  serverKeys: {},
  protection: 'authenticated-encrypted',
  policyVersion: security['suite'] === 0 ? 0 : 1,
  forms: ['glo'],
  generalCipheringAad: 'with-header',
  generalSigningInput: 'standard',
  dedicatedKey: false,
  forTest: false,
  newKeyFrom: 'next-apdu',
  ...security,
})

/** A declaration with all defaults filled in; `assumed`: path → what nobody declared. */
export function withDefaults(declared: { readonly [name: string]: Value }): {
  value: Value
  assumed: Record<string, Value>
} {
  const assumed: Record<string, Value> = {}
  const testing = isObject(declared['testing']) ? declared['testing'] : {}
  const timing = isObject(testing['timing']) ? testing['timing'] : {}
  const full: Record<string, Value> = { ...timing }
  for (const [key, value] of Object.entries<Value>(DEFAULT_TIMING)) {
    if (key in full) continue
    full[key] = key === 'interFrameMs' ? (full['interOctetMs'] ?? value) : value
    assumed[`testing.timing.${key}`] = full[key]
  }
  const devices = named(declared['devices'], (device) => ({ sap: device['upper'] ?? 0, ...device }))
  const clients = named(testing['clients'], (client, name) => ({
    role: name,
    mechanism: 'lowest',
    context: 'ln',
    devices: Object.keys(devices),
    ciphered: false,
    ...client,
    ...(isObject(client['security']) ? { security: securityDefaults(client['security']) } : {}),
  }))
  const push = isObject(testing['push']) ? testing['push'] : undefined
  const pushed = push?.['destination'] !== undefined && push['withinMs'] === undefined
  if (pushed) assumed['testing.push.withinMs'] = PUSHED_WITHIN_MS
  const supports = isObject(declared['supports']) ? declared['supports'] : {}
  const hdlc = isObject(supports['hdlc']) ? { ...HDLC, ...supports['hdlc'] } : undefined
  if (hdlc && isObject(supports['hdlc']))
    for (const [key, value] of Object.entries(HDLC))
      if (!(key in supports['hdlc'])) assumed[`supports.hdlc.${key}`] = value
  return {
    value: {
      ...declared,
      supports: { ...supports, ...(hdlc ? { hdlc } : {}) },
      devices,
      testing: {
        ...testing,
        timing: full,
        clients,
        ...(pushed ? { push: { ...push, withinMs: PUSHED_WITHIN_MS } } : {}),
      },
    },
    assumed,
  }
}

const named = (
  value: Value | undefined,
  fill: (row: { readonly [name: string]: Value }, name: string) => { readonly [name: string]: Value },
): Record<string, Value> =>
  isObject(value)
    ? Object.fromEntries(Object.entries(value).map(([name, row]) => [name, isObject(row) ? fill(row, name) : row]))
    : {}
