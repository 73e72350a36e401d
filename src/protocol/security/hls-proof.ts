// Proof of the secret by any HLS mechanism, and its check: what the client sends in pass 3 and the server in pass 4.
import { decode, u32 } from '../../codec/codec.ts'
import { fail, ok, type Result } from '../../codec/value.ts'
import type { MECHANISM } from '../acse/names.ts'
import type { Curve, KeyPair } from './curves.ts'
import {
  HLS_GMAC_OCTETS,
  hls2,
  hlsEcdsa,
  hlsGmac,
  hlsMd5,
  hlsSha1,
  hlsSha256,
  isHlsEcdsa,
  isProof,
  type Challenges,
} from './hls.ts'
import type { Signer } from './nonce-signature.ts'
import type { Keys } from './protection.ts'
import { securityControlOf, type SecurityControl } from './security-control.ts'

export type HlsMechanism = Exclude<keyof typeof MECHANISM, 'lowest' | 'lls'>

/** Both parties have the same secret. */
export type SecretMechanism = Exclude<HlsMechanism, 'hls-gmac' | 'hls-ecdsa'>
interface Secret {
  readonly is: SecretMechanism
  readonly secret: Uint8Array
}

/** What one proves with. */
export type ProofMaterial =
  | Secret
  | {
      readonly is: 'hls-gmac'
      /** As a rule authentication and the suite, nothing else. */
      readonly control: SecurityControl
      readonly invocationCounter: number
      readonly keys: Keys
    }
  | { readonly is: 'hls-ecdsa'; readonly curve: Curve; readonly pair: KeyPair; readonly sign?: Signer }

/** What a proof is checked with. */
export type CheckMaterial =
  | Secret
  | { readonly is: 'hls-gmac'; readonly suite: number; readonly keys: Keys }
  | { readonly is: 'hls-ecdsa'; readonly curve: Curve; readonly publicKey: Uint8Array }

/** Pass 3 by the client, pass 4 by the server: the proof that answers the checker's challenge. */
export function proofOf(material: ProofMaterial, challenges: Challenges): Uint8Array {
  switch (material.is) {
    case 'hls-gmac':
      return hlsGmac({ ...material, originator: challenges.prover.title }, challenges)
    case 'hls-ecdsa':
      return hlsEcdsa(material.curve, material.pair, challenges, material.sign)
    default:
      return bySecret(material, challenges)
  }
}

/** Why octets prove nothing. `other-control`: not authentication alone, or another suite; the tag is right. */
export type NoProof = 'wrong-length' | 'wrong-proof' | 'other-control'

/** GMAC uses up an invocation counter: whether it may stand here, the one who keeps the counters knows. */
export interface Proven {
  readonly invocationCounter?: number
}

/** What `found` proves: both sides check with it. */
export function checkProof(
  material: CheckMaterial,
  challenges: Challenges,
  found: Uint8Array,
): Result<Proven, NoProof> {
  switch (material.is) {
    case 'hls-gmac':
      return byGmac(material, challenges, found)
    case 'hls-ecdsa':
      return isHlsEcdsa(material.curve, material.publicKey, challenges, found) ? ok({}) : fail('wrong-proof')
    default:
      return isProof(bySecret(material, challenges), found) ? ok({}) : fail('wrong-proof')
  }
}

const bySecret = ({ is, secret }: Secret, challenges: Challenges): Uint8Array => BY_SECRET[is](secret, challenges)

const BY_SECRET: Readonly<Record<SecretMechanism, typeof hlsMd5>> = {
  'hls-2': hls2,
  'hls-md5': hlsMd5,
  'hls-sha1': hlsSha1,
  'hls-sha256': hlsSha256,
}

function byGmac(
  { suite, keys }: Extract<CheckMaterial, { is: 'hls-gmac' }>,
  challenges: Challenges,
  found: Uint8Array,
): Result<Proven, NoProof> {
  if (found.length !== HLS_GMAC_OCTETS) return fail('wrong-length')
  const counter = decode(u32, found.subarray(1, 5))
  if (!counter.ok) return fail('wrong-length')
  const control = securityControlOf(found[0] ?? 0)
  const { value: invocationCounter } = counter
  const due = hlsGmac({ control, invocationCounter, keys, originator: challenges.prover.title }, challenges)
  if (!isProof(due, found)) return fail('wrong-proof')
  return found[0] === AUTHENTICATION + suite ? ok({ invocationCounter }) : fail('other-control')
}

const AUTHENTICATION = 0x10
