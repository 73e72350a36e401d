// HLS as the client runs it: its challenge, pass 3 that proves the client, and pass 4 that proves the server (IEC 62056-5-3, High Level Security).
import { concat } from '../codec/operator.ts'
import { fail, ok, type Result } from '../codec/value.ts'
import type { Challenges } from '../protocol/security/hls.ts'
import {
  checkProof,
  proofOf,
  type CheckMaterial,
  type HlsMechanism,
  type ProofMaterial,
} from '../protocol/security/hls-proof.ts'
import type { SecurityControl } from '../protocol/security/security-control.ts'
import type { SecurityContext } from './security-context.ts'
import type { Mechanism } from './services.ts'

export const isHls = (mechanism: Mechanism): mechanism is HlsMechanism => mechanism !== 'lowest' && mechanism !== 'lls'

/** Octets of the challenge that this client sends. */
export const challengeOctets = (mechanism: HlsMechanism): number => (mechanism === 'hls-ecdsa' ? 32 : 16)

/** The challenges of one association: what the client sent, and what the server did. */
export interface Handshake {
  readonly mechanism: HlsMechanism
  readonly clientChallenge: Uint8Array
  readonly serverChallenge: Uint8Array
}

/** What a client has to prove with. */
export interface HlsSecrets {
  /** Of mechanisms 2, 3, 4 and 6. */
  readonly secret: Uint8Array | undefined
  readonly security: SecurityContext | undefined
  /** The server's, of mechanism 7. */
  readonly serverSigningKey: Uint8Array | undefined
}

/** What may be in the wrong order in a proof; `sides`: all of it, as the server would prove. */
export const SWAPPED = ['challenges', 'titles', 'sides'] as const
type Swapped = (typeof SWAPPED)[number]

/** What is not as it should be in a proof that is right otherwise. `control`, `invocationCounter`, `tag`: of mechanism 5. */
export interface ProofFault {
  readonly control?: SecurityControl
  readonly invocationCounter?: number
  readonly title?: Uint8Array
  /** In the place of the server's challenge. */
  readonly challenge?: Uint8Array
  readonly tag?: Uint8Array
  readonly swapped?: Swapped
  /** In the place of the secret of mechanisms 2, 3, 4 and 6. */
  readonly secret?: Uint8Array
  /** Mechanism 7 signs with another key. */
  readonly another?: true
}

const NO_TITLE = new Uint8Array(0)

/** Pass 3: f(StoC); a failure says which secret is not known. */
export function clientProof(
  handshake: Handshake,
  secrets: HlsSecrets,
  fault: ProofFault = {},
): Result<Uint8Array, string> {
  const material = proofMaterial(handshake.mechanism, secrets, fault)
  if (!material.ok) return material
  const { prover, checker } = swappedIn(challengesOf(handshake, secrets, 'client'), fault.swapped)
  const { title = prover.title, challenge = checker.challenge } = fault
  const proof = proofOf(material.value, { prover: { ...prover, title }, checker: { ...checker, challenge } })
  return ok(fault.tag === undefined ? proof : concat([proof.subarray(0, BEFORE_TAG), fault.tag]))
}

/** Security control and invocation counter. */
const BEFORE_TAG = 5

function swappedIn({ prover, checker }: Challenges, swapped: Swapped | undefined): Challenges {
  switch (swapped) {
    case 'challenges':
      return {
        prover: { ...prover, challenge: checker.challenge },
        checker: { ...checker, challenge: prover.challenge },
      }
    case 'titles':
      return { prover: { ...prover, title: checker.title }, checker: { ...checker, title: prover.title } }
    case 'sides':
      return { prover: checker, checker: prover }
    case undefined:
      return { prover, checker }
  }
}

/** What pass 4 proves. `unknown`: there is nothing to check it with, or the mechanism is the maker's own (ruling Y7). */
export type ServerProof =
  | { readonly is: 'right'; readonly invocationCounter?: number }
  | { readonly is: 'wrong' | 'unknown'; readonly why: string }

export function checkServerProof(handshake: Handshake, secrets: HlsSecrets, found: Uint8Array): ServerProof {
  const material = checkMaterial(handshake.mechanism, secrets)
  if (!material.ok) return { is: 'unknown', why: material.failure }
  const checked = checkProof(material.value, challengesOf(handshake, secrets, 'server'), found)
  if (checked.ok) return { is: 'right', ...checked.value }
  return { is: handshake.mechanism === 'hls-2' ? 'unknown' : 'wrong', why: checked.failure }
}

function challengesOf(
  { clientChallenge, serverChallenge }: Handshake,
  { security }: HlsSecrets,
  prover: 'client' | 'server',
): Challenges {
  const client = { title: security?.material.title ?? NO_TITLE, challenge: clientChallenge }
  const server = { title: security?.serverTitle ?? NO_TITLE, challenge: serverChallenge }
  return prover === 'client' ? { prover: client, checker: server } : { prover: server, checker: client }
}

const GMAC_KEYS = 'global-unicast-encryption-key and authentication-key'

function proofMaterial(
  is: HlsMechanism,
  { secret, security }: HlsSecrets,
  fault: ProofFault,
): Result<ProofMaterial, string> {
  const used = fault.secret ?? secret
  switch (is) {
    case 'hls-gmac': {
      const keys = security?.ring.gmacKeys
      if (keys === undefined || security === undefined) return missing(GMAC_KEYS)
      const counter = security.nextCounter('global-unicast-encryption-key')
      if (!counter.ok) return counter
      const { control = security.control('authenticated'), invocationCounter = counter.value } = fault
      return ok({ is, control, invocationCounter, keys })
    }
    case 'hls-ecdsa': {
      const pair = fault.another ? security?.anotherPair() : security?.ring.pair('signing-key')
      return pair === undefined || security === undefined
        ? missing('signing-key')
        : ok({
            is,
            curve: security.ring.curve,
            pair,
            ...(security.material.sign ? { sign: security.material.sign } : {}),
          })
    }
    default:
      return used === undefined ? missing('HLS secret') : ok({ is, secret: used })
  }
}

function checkMaterial(
  is: HlsMechanism,
  { secret, security, serverSigningKey }: HlsSecrets,
): Result<CheckMaterial, string> {
  switch (is) {
    case 'hls-gmac': {
      const keys = security?.ring.gmacKeys
      return keys === undefined || security === undefined
        ? missing(GMAC_KEYS)
        : ok({ is, suite: security.material.suite, keys })
    }
    case 'hls-ecdsa':
      return serverSigningKey === undefined || security === undefined
        ? missing('signing-key of the server')
        : ok({ is, curve: security.ring.curve, publicKey: serverSigningKey })
    default:
      return secret === undefined ? missing('HLS secret') : ok({ is, secret })
  }
}

const missing = (what: string): { readonly ok: false; readonly failure: string } => fail(`the ${what} is not known`)
