import { bits, decode, encode, flag, type Of } from '../../codec/codec.ts'

/**
 * The security control octet before protected octets (IEC 62056-5-3, Security control byte). `broadcast-key-set`: Key_Set 1;
 * with general-ciphering it has no meaning and is 0.
 */
export const securityControl = bits(1, {
  compression: flag(0x80),
  'broadcast-key-set': flag(0x40),
  encryption: flag(0x20),
  authentication: flag(0x10),
  'security-suite-id': 0x0f,
})
export type SecurityControl = Of<typeof securityControl>

/** The control of an octet; all octets are one. */
export function securityControlOf(octet: number): SecurityControl {
  const read = decode(securityControl, Uint8Array.of(octet))
  if (!read.ok) throw new RangeError(`${octet} is no octet`)
  return read.value
}

export const securityControlOctet = (control: SecurityControl): number => encode(securityControl, control)[0] ?? 0
