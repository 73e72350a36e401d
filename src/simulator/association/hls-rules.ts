// What the server decides about HLS, passes 2 to 4 (IEC 62056-5-3, High Level Security; rulings Y1–Y7).
import { checkProof, type CheckMaterial, type HlsMechanism, type Proven } from '../../protocol/security/hls-proof.ts'
import type { Challenges } from '../../protocol/security/hls.ts'
import type { ExceptionResponse } from '../../protocol/xdlms/errors.ts'
import type { Xdlms } from '../../protocol/xdlms/xdlms.ts'
import type { ClientDescription, Mechanism } from '../description.ts'
import type { Invoked } from '../model/behaviour.ts'
import type { Situation } from '../model/classes.ts'
import { octets as octetString } from '../model/data.ts'
import { isReply } from './reply.ts'

/** So many octets from a source that nobody can foresee: the system's own, or that of a world that can be repeated. */
export type RandomOctets = (count: number) => Uint8Array

/** What is checked in pass 3. */
export interface ToCheck {
  readonly client: ClientDescription
  readonly material: CheckMaterial
  readonly challenges: Challenges
  readonly proof: Uint8Array
}

export interface HlsRules {
  /** Octets of StoC. */
  readonly length: (mechanism: HlsMechanism, ctos: Uint8Array) => number
  /** StoC; `number`: of the association, since the meter began; `former`: the challenge of the client in the AARQ before, whoever has sent it. */
  readonly challenge: (
    octets: number,
    random: RandomOctets,
    number: number,
    former: Uint8Array | undefined,
  ) => Uint8Array
  /** Whether a request is served before pass 3 was right. */
  readonly serves: (asked: Xdlms, situation: Situation) => boolean
  readonly pending: ExceptionResponse
  /** The public key of the client, by which pass 3 of mechanism 7 is checked: that of the certificate that the server has. `told`: calling-AE-qualifier of the AARQ. */
  readonly clientKey: (known: Uint8Array | undefined, told: Uint8Array | undefined) => Uint8Array | undefined
  /** Undefined: it proves nothing. */
  readonly proven: (toCheck: ToCheck) => Proven | undefined
  /** Whether pass 3 may be tried again after a wrong one. */
  readonly mayRetry: boolean
  /** What pass 3 comes to; `own` makes f(CtoS). */
  readonly answer: (isRight: boolean, own: () => Uint8Array | undefined) => Invoked
}

export const LONGEST_CHALLENGE = 64
export const SHORTEST_CHALLENGE: Readonly<Record<HlsMechanism, number>> = {
  'hls-2': 8,
  'hls-md5': 8,
  'hls-sha1': 8,
  'hls-gmac': 8,
  'hls-sha256': 8,
  'hls-ecdsa': 32,
}
const OWN_CHALLENGE = 16

export const isHls = (mechanism: Mechanism): mechanism is HlsMechanism => mechanism !== 'lowest' && mechanism !== 'lls'

/** Titles are in what is proved, and in what protects. */
const WITH_TITLES: readonly Mechanism[] = ['hls-gmac', 'hls-sha256', 'hls-ecdsa']
export const needsTitle = ({ mechanism, ciphered }: ClientDescription): boolean =>
  ciphered === true || WITH_TITLES.includes(mechanism)

const WRONG: Invoked = { result: 'read-write-denied' }

export const conformantHls: HlsRules = {
  length: (mechanism) => Math.max(OWN_CHALLENGE, SHORTEST_CHALLENGE[mechanism]),
  challenge: (octets, random) => random(octets),
  serves: isReply,
  pending: { 'state-error': 'service-not-allowed', 'service-error': 'operation-not-possible' },
  clientKey: (known) => known,
  proven({ material, challenges, proof }) {
    const checked = checkProof(material, challenges, proof)
    return checked.ok ? checked.value : undefined
  },
  mayRetry: false,
  answer(isRight, own) {
    const proof = isRight ? own() : undefined
    return proof === undefined ? WRONG : { result: 'success', returned: octetString(proof) }
  },
}
