// general-signing as a client has it: what it signs, and whether what comes is signed by the server (IEC 62056-5-3, general-signing APDU).
import { concat } from '../codec/operator.ts'
import { encode, u32 } from '../codec/codec.ts'
import { fail, hex, ok, type Result } from '../codec/value.ts'
import type { Curve, KeyPair } from '../protocol/security/curves.ts'
import {
  checkSigned,
  SIGNED_INPUTS,
  signedOctets,
  type SignedApdu,
  type SignedInput,
} from '../protocol/security/general-signing.ts'
import type { Signer } from '../protocol/security/nonce-signature.ts'
import type { NoSignature } from '../protocol/security/signature.ts'
import type { SigningBy } from '../protocol/security/signing-layer.ts'
import type { GeneralHeader } from '../protocol/xdlms/ciphered.ts'

/** A signed APDU, as far as its key is known. `input`: what is signed where it is right; `why`: why it is wrong. */
export interface Signed {
  readonly apdu: SignedApdu
  readonly verified: 'right' | 'wrong' | 'unknown'
  readonly input?: SignedInput
  readonly why?: NoSignature
}

export const SIGNING_KEY = 'signing-key'
/** Of nobody: no server has its public key. */
const ANOTHER = 'another'

export interface Signatory {
  readonly curve: Curve
  readonly title: Uint8Array
  readonly serverTitle: Uint8Array
  readonly pair: KeyPair | undefined
  readonly sign: Signer | undefined
  readonly input: SignedInput
  /** Numbers the transactions: none comes twice. */
  readonly next: () => Result<number, string>
  /** Any pair but the client's. */
  readonly another: () => KeyPair
}

const NOTHING = new Uint8Array(0)

/** What signs the next APDU of a client. */
export function signingOf({
  curve,
  title,
  serverTitle,
  pair,
  sign,
  input,
  next,
  another,
}: Signatory): Result<SigningBy, string> {
  if (pair === undefined) return fail(`the ${SIGNING_KEY} is not known`)
  const number = next()
  if (!number.ok) return number
  const header: GeneralHeader = {
    'transaction-id': concat([new Uint8Array(4), encode(u32, number.value)]),
    'originator-system-title': title,
    'recipient-system-title': serverTitle,
    'date-time': NOTHING,
    'other-information': NOTHING,
  }
  const pairOf = (name: string): KeyPair | undefined =>
    name === SIGNING_KEY ? pair : name === ANOTHER ? another() : undefined
  return ok({ header, curve, key: SIGNING_KEY, pairOf, input, ...(sign ? { sign } : {}) })
}

type Verified = (signed: SignedApdu, curve: Curve, publicKey: Uint8Array | undefined) => Signed

/** An APDU is looked at several times, and a signature takes long: the last two are remembered. */
export function verifiedOnce(): Verified {
  let last: ReadonlyMap<string, Signed> = new Map()
  return (signed, curve, publicKey) => {
    const { header, content, signature } = signed
    const by = publicKey === undefined ? '' : hex(publicKey)
    const key = `${by} ${hex(concat([signedOctets(header, content), signature]))}`
    const known = last.get(key)
    if (known !== undefined) return known
    const found = verified(signed, curve, publicKey)
    last = new Map([...[...last].slice(-1), [key, found]])
    return found
  }
}

/** `publicKey`: of who is to have signed. */
function verified(signed: SignedApdu, curve: Curve, publicKey: Uint8Array | undefined): Signed {
  if (publicKey === undefined) return { apdu: signed, verified: 'unknown' }
  for (const input of SIGNED_INPUTS) {
    const checked = checkSigned(curve, publicKey, signed, input)
    if (checked.ok) return { apdu: signed, verified: 'right', input }
    if (checked.failure !== 'wrong-signature') return { apdu: signed, verified: 'wrong', why: checked.failure }
  }
  return { apdu: signed, verified: 'wrong', why: 'wrong-signature' }
}
