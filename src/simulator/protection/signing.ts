// general-signing as the server takes it and gives it (IEC 62056-5-3, general-signing APDU; rulings Y28 and Y31).
import { decode } from '../../codec/codec.ts'
import { hex } from '../../codec/value.ts'
import { apdu } from '../../protocol/apdu.ts'
import { keyPairOf, type Curve } from '../../protocol/security/curves.ts'
import { checkSigned, signApdu, signedIn, type SignedApdu } from '../../protocol/security/general-signing.ts'
import { CURVE_OF } from '../../protocol/security/key-names.ts'
import { deterministicNonce, signatureWithNonce, type Signer } from '../../protocol/security/nonce-signature.ts'
import type { GeneralHeader } from '../../protocol/xdlms/ciphered.ts'
import type { Partners } from './partners.ts'

/** A signed APDU that came, and between whom. */
export interface SignedAsked {
  readonly signed: SignedApdu
  readonly partners: Partners
}

export const SIGNING_CHECKS = ['originator', 'recipient', 'signature', 'transaction'] as const
export type SigningCheck = (typeof SIGNING_CHECKS)[number]

export interface SigningRules {
  /** In the order in which they are made: whether there is nothing against it. */
  readonly checks: Readonly<Record<SigningCheck, (asked: SignedAsked) => boolean>>
  /** `n`: how many signatures the server has made before. */
  readonly nonce: (curve: Curve, privateKey: Uint8Array, message: Uint8Array, n: number) => Uint8Array
  /** Whether an answer is signed. `asked`: of a signed request. */
  readonly signs: (asked: GeneralHeader | undefined, demanded: number) => boolean
  /** The signed APDU of an answer. */
  readonly made: typeof signApdu
}

export const SIGNED_REQUEST = 0x10
export const SIGNED_RESPONSE = 0x80

const same = (one: Uint8Array, other: Uint8Array): boolean =>
  one.length === other.length && one.every((octet, at) => octet === other[at])

export const conformantSigning: SigningRules = {
  checks: {
    originator: ({ signed: { header }, partners }) => same(header['originator-system-title'], partners.client),
    recipient: ({ signed: { header }, partners }) => same(header['recipient-system-title'], partners.server),
    signature: ({ signed, partners }) => isSigned(signed, partners),
    transaction: ({ signed: { header }, partners }) =>
      partners.place.store.isNewTransaction(`${hex(partners.client)} ${hex(header['transaction-id'])}`),
  },
  nonce: deterministicNonce,
  signs: (asked, demanded) => asked !== undefined || (demanded & SIGNED_RESPONSE) !== 0,
  made: signApdu,
}

/** Whether the signature is one of the client of this setup. */
export function isSigned(signed: SignedApdu, { state }: Partners): boolean {
  const curve = CURVE_OF[state.suite]
  const publicKey = state.clientKeys['signing-key']
  return curve !== undefined && publicKey !== undefined && checkSigned(curve, publicKey, signed).ok
}

/** Undefined: the octets are no signed APDU that can be read. */
export function signedApduOf(octets: Uint8Array): SignedApdu | undefined {
  const read = decode(apdu, octets)
  return read.ok ? signedIn(read.value) : undefined
}

/** How many signatures were made, over power cycles. */
export const SIGNATURES = 'signatures'

/** How the server signs. */
export function signerOf(
  { nonce }: Pick<SigningRules, 'nonce'>,
  { place: { store } }: Pick<Partners, 'place'>,
): Signer {
  return (curve, pair, message) => {
    for (;;) {
      const n = store.counter(SIGNATURES) ?? 0
      store.keepCounter(SIGNATURES, n + 1)
      const made = signatureWithNonce(curve, pair, message, nonce(curve, pair.privateKey, message, n))
      if (made !== undefined) return made
    }
  }
}

/** An answer, signed by the server; undefined: it has no key for that. */
export function signedAnswer(
  rules: SigningRules,
  partners: Partners,
  header: GeneralHeader,
  plain: Uint8Array,
): Uint8Array | undefined {
  const curve = CURVE_OF[partners.state.suite]
  const key = partners.state.keys['signing-key']
  if (curve === undefined || key === undefined) return undefined
  return rules.made({ header, curve, pair: keyPairOf(curve, key), sign: signerOf(rules, partners) }, plain)
}

/** Of an answer: the transaction of its request, from the server back to the client. */
export const answerHeader = (asked: GeneralHeader | undefined, partners: Partners): GeneralHeader => ({
  'transaction-id': transactionOf(asked),
  'originator-system-title': partners.server,
  'recipient-system-title': partners.client,
  'date-time': new Uint8Array(0),
  'other-information': new Uint8Array(0),
})

/** An answer that nobody asked to be signed has none. */
const transactionOf = (asked: GeneralHeader | undefined): Uint8Array => asked?.['transaction-id'] ?? new Uint8Array(0)

const TITLES = 18
const EMPTY = 2
/** Tag, and the lengths of transaction-id, contents and signature at their longest. */
const LENGTHS = 1 + 1 + 3 + 2

/** Octets that a signature adds, at most. */
export function signatureOctets({ state }: Partners, asked: GeneralHeader | undefined): number {
  const size = state.suite === 2 ? 96 : 64
  return LENGTHS + TITLES + EMPTY + transactionOf(asked).length + size
}
