// Rules that every APDU of a meter keeps where it is ciphered, or should be (IEC 62056-5-3, Cryptographic protection; rulings Y21 to Y23).
import type { Fallen } from '../../client/counter-watch.ts'
import type { Deciphered } from '../../client/decipher.ts'
import { hex } from '../../codec/value.ts'
import type { Signed } from '../../client/signing.ts'
import type { CipheredForm } from '../../protocol/security/ciphered-apdu.ts'
import type { SecuritySuite } from '../../protocol/security/key-names.ts'
import type { NewKeyFrom } from '../declared-security.ts'
import type { ImpliedRule } from './rule.ts'

/** What protects an APDU at least. */
export interface Least {
  readonly authentication: boolean
  readonly encryption: boolean
  readonly signature?: boolean
}

export interface SecurityCase {
  /** Undefined: it came plain. */
  readonly seen: Deciphered | undefined
  /** Undefined: it came without a signature. */
  readonly signed?: Signed | undefined
  /** How the question was protected: the answer is at least so. Undefined: nothing was asked, or it was not right. */
  readonly asked: (Least & { readonly form: CipheredForm | undefined }) | undefined
  /** What the policy asks of every answer. */
  readonly policy: Least
  /** An error of the protocol, which is always plain, or an APDU that need not hold anything to protect. */
  readonly exempt: boolean
  readonly suite: SecuritySuite
  readonly serverTitle: Uint8Array
  readonly fallen: Fallen
  /** It is an AARE that accepts, and this its responding-AP-title. */
  readonly accepted: boolean
  readonly title: Uint8Array | undefined
  /** From when on a transferred key protects, as declared. */
  readonly newKeyFrom: NewKeyFrom
}

const words = ({ authentication, encryption }: Least): string =>
  authentication && encryption
    ? 'authenticated and encrypted'
    : authentication
      ? 'authenticated'
      : encryption
        ? 'encrypted'
        : 'plain'

const TITLE_OCTETS = 8

const GENERAL = ['general-glo', 'general-ded', 'general-ciphering']
const isGeneral = (form: CipheredForm | undefined): boolean => form !== undefined && GENERAL.includes(form)

export const SECURITY_RULES: readonly ImpliedRule<SecurityCase>[] = [
  {
    id: 'tag-verifies',
    clause: 'security.authentication-tag',
    judge: ({ seen }) =>
      seen?.verified === 'wrong'
        ? { expected: `a tag that verifies under the ${seen.key}`, found: `one that does not, in ${seen.name}` }
        : undefined,
  },
  {
    id: 'header-authenticated',
    clause: 'security.authentication-tag',
    judge: ({ seen }) =>
      seen?.aad === 'without-header'
        ? {
            expected: 'a tag over the header of general-ciphering as well',
            found: 'one without it',
            remark: true,
            ruling: 'Y28',
          }
        : undefined,
  },
  {
    id: 'signature-verifies',
    clause: 'security.signature',
    judge({ signed }) {
      if (signed?.verified !== 'wrong') return undefined
      const expected = 'a signature that verifies under the signing-key of the server'
      return { expected, found: `one that does not (${signed.why ?? 'wrong'})` }
    },
  },
  {
    id: 'signed-as-the-standard-has-it',
    clause: 'security.signature',
    judge({ signed: { input = 'standard' } = {} }) {
      const expected = 'a signature over the fields from transaction-id to content, each with its length'
      return input === 'standard'
        ? undefined
        : { expected, found: `one that is right otherwise: ${input}`, remark: true, ruling: 'Y28' }
    },
  },
  {
    // That what is asked in general-signing is answered so, no clause says; it has no place in an AARE.
    id: 'signed-as-asked',
    clause: 'security.response',
    judge({ signed, asked, policy, exempt, accepted }) {
      if (exempt || accepted || asked === undefined || signed !== undefined) return undefined
      if (policy.signature)
        return { expected: 'an answer that is signed, as the policy demands', found: 'one that is not' }
      return asked.signature
        ? { expected: 'a signed answer to a signed request', found: 'one that is not signed', remark: true }
        : undefined
    },
  },
  {
    id: 'counter-rises',
    clause: 'security.counter.server',
    judge: ({ fallen }) =>
      fallen && {
        expected: `an invocation counter above ${fallen.last}, the last one under this key`,
        found: `${fallen.found}`,
        of: fallen.of,
      },
  },
  {
    // Ruling Y24: where it is declared so the client knows the key.
    id: 'answer-under-the-old-key',
    clause: 'keys.transfer',
    ofExchange: true,
    judge: ({ seen, newKeyFrom }) =>
      seen?.early && {
        expected: 'an answer under the keys that the request came under',
        found: 'one under the new ones',
        ...(newKeyFrom === 'response' ? { remark: true } : {}),
      },
  },
  {
    id: 'suite-of-the-context',
    clause: 'security.control',
    judge({ seen, suite }) {
      const found = seen?.control['security-suite-id']
      return found === undefined || found === suite
        ? undefined
        : { expected: `security suite ${suite}`, found: `${found}`, field: 'protection.security-control' }
    },
  },
  {
    id: 'no-key-set-without-broadcast',
    clause: 'security.control',
    judge: ({ seen }) =>
      seen?.control['broadcast-key-set']
        ? { expected: 'the unicast key set', found: 'the broadcast key set', field: 'protection.security-control' }
        : undefined,
  },
  {
    id: 'protected-as-asked',
    clause: 'security.response',
    judge({ seen, asked, policy, exempt }) {
      if (exempt || asked === undefined) return undefined
      const least: Least = {
        authentication: asked.authentication || policy.authentication,
        encryption: asked.encryption || policy.encryption,
      }
      const control = seen?.control ?? { authentication: false, encryption: false }
      const weaker = (least.authentication && !control.authentication) || (least.encryption && !control.encryption)
      return weaker
        ? { expected: `an answer that is ${words(least)}`, found: `one that is ${words(control)}` }
        : undefined
    },
  },
  {
    id: 'form-of-the-question',
    clause: 'security.response',
    judge({ seen, signed, asked }) {
      if (seen === undefined || asked?.form === undefined || isGeneral(seen.form) === isGeneral(asked.form))
        return undefined
      // what is signed has only a general form
      if (signed !== undefined && isGeneral(seen.form)) return undefined
      return { expected: `an answer in the form of the question, ${asked.form}`, found: seen.form, remark: true }
    },
  },
  {
    id: 'title-in-the-aare',
    clause: 'security.title',
    judge: ({ accepted, title }) =>
      !accepted || title?.length === TITLE_OCTETS
        ? undefined
        : {
            expected: `a responding-AP-title of ${TITLE_OCTETS} octets`,
            found: title === undefined ? 'none' : `one of ${title.length}`,
            field: 'responding-AP-title',
          },
  },
  {
    id: 'title-of-the-server',
    clause: 'security.title',
    judge({ seen, signed, serverTitle }) {
      const titles = [
        ...(seen !== undefined && isGeneral(seen.form) ? [seen.title] : []),
        ...(signed === undefined ? [] : [signed.apdu.header['originator-system-title']]),
      ]
      const due = hex(serverTitle)
      const found = titles.map(hex).find((title) => title !== due) ?? due
      if (due === '') return undefined
      return due === found ? undefined : { expected: due, found, field: 'protection.system-title' }
    },
  },
]
