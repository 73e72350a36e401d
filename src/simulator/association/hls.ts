// HLS from the AARQ to pass 4: the challenges of an association, and what proves that the client has the key (IEC 62056-5-3, High Level Security).
import { keyPairOf, type Curve } from '../../protocol/security/curves.ts'
import {
  proofOf,
  type CheckMaterial,
  type HlsMechanism,
  type ProofMaterial,
} from '../../protocol/security/hls-proof.ts'
import type { Signer } from '../../protocol/security/nonce-signature.ts'
import { secretOctets } from '../description.ts'
import type { Invoked } from '../model/behaviour.ts'
import type { SecurityPlace } from '../model/security-state.ts'
import { keepReceived, lastReceived, takeNext, type CounterRules, type Counting } from '../protection/counters.ts'
import { keyNamed, partnersOf, serverTitle, type Partners } from '../protection/partners.ts'
import { signerOf, type SigningRules } from '../protection/signing.ts'
import type { How } from '../protection/rules.ts'
import type { Path } from '../upper.ts'
import type { Association } from './association.ts'
import type { HlsRules } from './hls-rules.ts'

/** Between pass 2 and pass 4. */
export interface HlsPending {
  readonly mechanism: HlsMechanism
  /** Of the client, and of the server. */
  readonly ctos: Uint8Array
  readonly stoc: Uint8Array
  /** calling-AE-qualifier: the client's certificate may stand there. */
  readonly qualifier?: Uint8Array
  /** Pass 3 was wrong. */
  readonly failed: boolean
}

/** An association in which pass 3 has come. */
export interface Replying {
  readonly rules: HlsRules
  readonly counters: CounterRules
  readonly signing: SigningRules
  readonly place: SecurityPlace
  readonly path: Path
  readonly association: Association
  /** How the APDU with pass 3 was protected. */
  readonly how: How | undefined
}

/** What pass 3 leads to: the answer, and the association as it is from now on. */
export interface Replied {
  readonly invoked: Invoked
  readonly association: Association
}

export function reply(replying: Replying, proof: Uint8Array): Replied {
  const { rules, association } = replying
  const { pending, ...others } = association
  if (pending === undefined) return { invoked: { result: 'read-write-denied' }, association }
  const material = materialOf(replying, pending)
  const title = association.session?.client ?? NO_TITLE
  const client = { title, challenge: pending.ctos }
  const server = { title: serverTitle(replying.place) ?? NO_TITLE, challenge: pending.stoc }
  const isOpen = !pending.failed || rules.mayRetry
  const isRight = isOpen && material !== undefined && isProven(material)
  const own = (): Uint8Array | undefined => {
    const made = material?.prove()
    return made && proofOf(made, { prover: server, checker: client })
  }
  const invoked = rules.answer(isRight, own)
  return { invoked, association: isRight ? others : { ...association, pending: { ...pending, failed: true } } }

  /** The counter in a proof by GMAC is one of the unicast key, as those of APDUs are. */
  function isProven({ check, counting }: Material): boolean {
    const challenges = { prover: client, checker: server }
    const proven = rules.proven({ client: association.client, material: check, challenges, proof })
    if (proven === undefined) return false
    const { invocationCounter } = proven
    if (counting === undefined || invocationCounter === undefined) return true
    return takesCounter(replying, counting, invocationCounter)
  }
}

/** A proof is made before the APDU around it is protected: of the two counters its own is the lower one, and both are new. */
function takesCounter({ counters, how }: Replying, counting: Counting, counter: number): boolean {
  const last = lastReceived(counters, counting)
  const isAround = how !== undefined && how.key.name === counting.name
  const before = isAround ? how.before : last
  const isUsed = isAround && counter === how.apdu.ciphered['invocation-counter']
  if (isUsed || !counters.isFresh(counter, before, counting)) return false
  keepReceived(counters, counting, Math.max(last, counter))
  return true
}

const NO_TITLE = new Uint8Array(0)

/** What the server checks with and proves with. */
interface Material {
  readonly check: CheckMaterial
  /** Undefined: the key is used up. */
  readonly prove: () => ProofMaterial | undefined
  readonly counting?: Counting
}

function materialOf(replying: Replying, { mechanism, qualifier }: HlsPending): Material | undefined {
  const { rules, place, path, association } = replying
  const { client, session } = association
  switch (mechanism) {
    case 'hls-gmac': {
      const partners = session && partnersOf(place, path, client, session)
      return partners && byGmac(replying.counters, partners)
    }
    case 'hls-ecdsa': {
      const partners = session && partnersOf(place, path, client, session)
      const publicKey = rules.clientKey(partners?.state.clientKeys['signing-key'], qualifier)
      return partners && publicKey && bySignature(partners, publicKey, signerOf(replying.signing, partners))
    }
    default: {
      const secret = secretOf(place, association)
      return { check: { is: mechanism, secret }, prove: () => ({ is: mechanism, secret }) }
    }
  }
}

/** That which the client has put there, or the described one. */
const secretOf = ({ store, description }: SecurityPlace, { clientName, client }: Association): Uint8Array =>
  store.secret(clientName) ?? secretOctets(description, client.secret ?? '')

function byGmac(counters: CounterRules, partners: Partners): Material | undefined {
  const encryption = keyNamed(partners, 'global-unicast-encryption-key')
  const authentication = keyNamed(partners, 'authentication-key')
  if (encryption === undefined || authentication === undefined) return undefined
  const { suite } = partners.state
  const keys = { encryption: encryption.key, authentication: authentication.key }
  const counting: Counting = { ...encryption, partners, use: 'proof' }
  const control = {
    compression: false,
    'broadcast-key-set': false,
    encryption: false,
    authentication: true,
    'security-suite-id': suite,
  }
  return {
    check: { is: 'hls-gmac', suite, keys },
    counting,
    prove() {
      const invocationCounter = takeNext(counters, counting)
      return invocationCounter === undefined ? undefined : { is: 'hls-gmac', control, invocationCounter, keys }
    },
  }
}

/** Suite 0 has no curve. */
const CURVE_OF: Readonly<Record<number, Curve>> = { 1: 'P-256', 2: 'P-384' }

function bySignature({ state }: Partners, publicKey: Uint8Array, sign: Signer): Material | undefined {
  const curve = CURVE_OF[state.suite]
  const { 'signing-key': own } = state.keys
  if (curve === undefined || own === undefined) return undefined
  return {
    check: { is: 'hls-ecdsa', curve, publicKey },
    prove: () => ({ is: 'hls-ecdsa', curve, pair: keyPairOf(curve, own), sign }),
  }
}
