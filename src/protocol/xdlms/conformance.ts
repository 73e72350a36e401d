import { constant, nameBits, preceded, type Codec } from '../../codec/codec.ts'

/** The 24 bits of the conformance block, bit 0 (most significant) first. */
export const CONFORMANCE = [
  'reserved-zero',
  'general-protection',
  'general-block-transfer',
  'read',
  'write',
  'unconfirmed-write',
  'delta-value-encoding',
  'reserved-seven',
  'attribute0-supported-with-set',
  'priority-mgmt-supported',
  'attribute0-supported-with-get',
  'block-transfer-with-get-or-read',
  'block-transfer-with-set-or-write',
  'block-transfer-with-action',
  'multiple-references',
  'information-report',
  'data-notification',
  'access',
  'parameterized-access',
  'get',
  'set',
  'selective-access',
  'event-notification',
  'action',
] as const

export type ConformanceBit = (typeof CONFORMANCE)[number]

/**
 * [APPLICATION 31] IMPLICIT BIT STRING (SIZE(24)), in BER also inside an A-XDR APDU: `5F 1F 04 00` and three octets.
 * The value lists the bits that are set.
 */
export const conformance: Codec<readonly ConformanceBit[]> = preceded(
  { tag: constant('5F1F'), length: constant('04'), 'unused-bits': constant('00') },
  'bits',
  nameBits(3, CONFORMANCE),
)
