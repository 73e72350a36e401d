import { constant, nameBits, preceded, type Codec, type SilentCodec } from '../../codec/codec.ts'

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

const twoOctets = constant('5F1F')

/** `5F 1F`. Some old meters send `5F` alone (G15); the length that follows tells. */
const tag: SilentCodec = {
  role: 'silent',
  shape: twoOctets.shape,
  write: (to, value) => twoOctets.write(to, value),
  read(from) {
    const { at, octets } = from
    if (from.left < 2 || octets[at] !== 0x5f || octets[at + 1] !== 0x04) return twoOctets.read(from)
    from.take(1)
    from.note('legacy', at, '5F1F', '5F')
    return undefined
  },
}

/**
 * [APPLICATION 31] IMPLICIT BIT STRING (SIZE(24)), in BER also inside an A-XDR APDU: `5F 1F 04 00` and three octets.
 * The value lists the bits that are set.
 */
export const conformance: Codec<readonly ConformanceBit[]> = preceded(
  { tag, length: constant('04'), 'unused-bits': constant('00') },
  'bits',
  nameBits(3, CONFORMANCE),
)
