// What an outcome is made of, whatever came.
import type { LinkAddresses } from '../../client/link.ts'
import type { CounterWatch } from '../../client/counter-watch.ts'
import type { SecurityContext } from '../../client/security-context.ts'
import type { Referencing } from '../../client/services.ts'
import type { Wports } from '../../client/wrapper.ts'
import type { ServerProof } from '../../client/hls.ts'
import type { Value } from '../../codec/value.ts'
import type { Outcome } from '../../engine/vocabulary.ts'
import type { Ms } from '../../protocol/line.ts'
import type { CipheredForm } from '../../protocol/security/ciphered-apdu.ts'
import type { NewKeyFrom } from '../declared-security.ts'
import type { Least } from '../implied/security.ts'
import { msText } from './texts.ts'

/** What an answer is judged against. */
export interface Question {
  /** When its last octet had left; undefined: nothing was sent. */
  readonly asked?: Ms
  /** The APDU as it was sent, where it was right. */
  readonly apdu?: Uint8Array
  readonly addresses?: LinkAddresses
  readonly wports?: Wports
  /** client-max-receive-pdu-size of the association. */
  readonly limit?: number
  /** How the client that asked calls objects: short names of messages stand for what that needs. */
  readonly context?: Referencing
  /** How the client that asked protects, and opens what came. */
  readonly protection?: ProtectionAsked
  /** It is pass 3 of HLS: how the meter's proof in the answer is checked. */
  readonly proof?: (found: Uint8Array) => ServerProof
  /** Who was asked, on datagrams. */
  readonly remote?: string
}

/** What is known of the protection of an answer before it comes. */
export interface ProtectionAsked {
  readonly security: SecurityContext
  readonly watch: CounterWatch
  readonly policy: Least
  /** From when on a transferred key protects, as declared. */
  readonly newKeyFrom: NewKeyFrom
  /** How the question was protected, where it was right. */
  readonly asked?: Least & { readonly form: CipheredForm | undefined }
}

/** All names by which a suite may ask for it, and what a matcher sees under each. */
export type Names = Readonly<Record<string, Value>>

/** How long after the question it began: ms, never below 0. */
export const after = (asked: Ms | undefined, begin: Ms): { readonly afterMs?: number } =>
  asked === undefined ? {} : { afterMs: Math.max(0, begin - asked) }

/** Nothing came for so long. */
export const silent = (ms: Ms, names: Names = {}): Outcome => ({
  names: { silent: { ms }, ...names },
  broken: [],
  noise: true,
  text: `silence for ${msText(ms)}`,
})
