// Which mistake in the derivation of a key explains protected octets that the right key does not open.
import { concat } from '../../codec/operator.ts'
import { ALGORITHMS, deriveKey, type Parties } from './kdf.ts'
import { partiesOf, type Agreement } from './key-agreement.ts'
import { unprotect, type Protection } from './protection.ts'

interface Derivation {
  readonly parties: Parties
  readonly hash?: string
}

const NOTHING = new Uint8Array(0)
/** Suite 1 with what suite 2 has, and the other way round. */
const OTHER_SUITE = { 'P-256': 'P-384', 'P-384': 'P-256' } as const
const OTHER_HASH = { 'P-256': 'sha384', 'P-384': 'sha256' } as const

export const KDF_VARIANTS = [
  'right',
  'party-infos-swapped',
  'titles-swapped',
  'transaction-id-without-length',
  'without-transaction-id',
  'with-transaction-id',
  'algorithm-id-of-other-suite',
  'algorithm-id-with-length',
  'without-algorithm-id',
  'hash-of-other-suite',
] as const
export type KdfVariant = (typeof KDF_VARIANTS)[number]

/** The right derivation, and those that differ from it in one thing. */
function derivations(agreement: Agreement): readonly (readonly [KdfVariant, Derivation])[] {
  const { curve, titles, transactionId = NOTHING } = agreement
  const parties = partiesOf(agreement)
  const { algorithm, partyU, partyV } = parties
  const swapped = { partyU: titles.partyV, partyV: titles.partyU }
  const withPartyU = (behind: Uint8Array) => ({ parties: { ...parties, partyU: concat([titles.partyU, behind]) } })
  const withAlgorithm = (other: Uint8Array) => ({ parties: { ...parties, algorithm: other } })
  return [
    ['right', { parties }],
    ['party-infos-swapped', { parties: { algorithm, partyU: partyV, partyV: partyU } }],
    ['titles-swapped', { parties: partiesOf({ ...agreement, titles: swapped }) }],
    ['transaction-id-without-length', withPartyU(transactionId)],
    ['without-transaction-id', withPartyU(NOTHING)],
    ['with-transaction-id', { parties: partiesOf({ ...agreement, scheme: 'static-unified' }) }],
    ['algorithm-id-of-other-suite', withAlgorithm(ALGORITHMS[OTHER_SUITE[curve]])],
    ['algorithm-id-with-length', withAlgorithm(concat([Uint8Array.of(algorithm.length), algorithm]))],
    ['without-algorithm-id', withAlgorithm(NOTHING)],
    ['hash-of-other-suite', { parties, hash: OTHER_HASH[curve] }],
  ]
}

/** The key that one of them gives. */
export function keyOfVariant(agreement: Agreement, z: Uint8Array, variant: KdfVariant): Uint8Array {
  const [, { parties, hash }] = derivations(agreement).find(([name]) => name === variant) ?? [
    variant,
    { parties: partiesOf(agreement) },
  ]
  return deriveKey(agreement.curve, z, parties, hash)
}

/** Protected octets, and all that opens them but the key. */
export interface Sealed {
  readonly protection: Omit<Protection, 'keys'>
  readonly authenticationKey: Uint8Array
  readonly octets: Uint8Array
}

/**
 * The derivation whose key opens the octets, with that key. Undefined: none does, or there is no tag by which it could be told.
 */
export function derivationThatOpens(
  agreement: Agreement,
  z: Uint8Array,
  { protection, authenticationKey, octets }: Sealed,
): { readonly variant: KdfVariant; readonly key: Uint8Array } | undefined {
  if (!protection.control.authentication) return undefined
  for (const [variant, { parties, hash }] of derivations(agreement)) {
    const key = deriveKey(agreement.curve, z, parties, hash)
    const keys = { encryption: key, authentication: authenticationKey }
    if (unprotect({ ...protection, keys }, octets).ok) return { variant, key }
  }
  return undefined
}
