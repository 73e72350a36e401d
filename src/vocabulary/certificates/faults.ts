// What may be wrong with a certificate that the tester makes.

/** It is signed, and for something else, or by somebody else. `root`: an authority that nobody knows, by itself. */
export const CERTIFICATE_FAULTS = [
  'signature',
  'issuer-key',
  'unknown-issuer',
  'expired',
  'not-yet-valid',
  'no-title',
  'no-use',
  'other-curve',
  'server-title',
  'root',
  'long-name',
  'long-serial-number',
] as const
export type CertificateFault = (typeof CERTIFICATE_FAULTS)[number]

/** Its octets are no certificate. */
export const MALFORMED = ['cut-short', 'inner-length', 'huge-length', 'indefinite-length', 'nested'] as const
export type Malformed = (typeof MALFORMED)[number]
