// What a server in an association with ciphering decides (IEC 62056-5-3, Cryptographic protection; rulings Y8–Y23): each of these a defect may replace.
import type { CipheredApdu, CipheredForm } from '../../protocol/security/ciphered-apdu.ts'
import { cipher, cipheredNameOf } from '../../protocol/security/ciphered-apdu.ts'
import { keyOctets } from '../../protocol/security/key-names.ts'
import { unprotect, type Protection } from '../../protocol/security/protection.ts'
import type { SecurityControl } from '../../protocol/security/security-control.ts'
import type { ExceptionResponse } from '../../protocol/xdlms/errors.ts'
import type { GeneralHeader } from '../../protocol/xdlms/ciphered.ts'
import type { Xdlms } from '../../protocol/xdlms/xdlms.ts'
import { REQUEST_BITS } from '../model/access.ts'
import { conformantContentKeys, type ContentKeyRules } from './content-keys.ts'
import { conformantCounters, type CounterRules } from './counters.ts'
import { answerHeader, conformantSigning, type SigningRules } from './signing.ts'
import { keyNamed, type NamedKey, type Partners } from './partners.ts'
import { AUTHENTICATED_RESPONSE, CIPHERING_BITS, demandedBy, ENCRYPTED_RESPONSE, requestBits } from './policy.ts'

/** A ciphered APDU that came, and between whom. */
export interface Asked {
  readonly apdu: CipheredApdu
  readonly control: SecurityControl
  readonly partners: Partners
}

/** How a request came: its response goes in the same form, under the same key. */
export interface How {
  readonly form: CipheredForm
  readonly control: SecurityControl
  readonly key: NamedKey
  readonly apdu: CipheredApdu
  /** The last counter before its own. */
  readonly before: number
}

/** In the order in which they are made, before the tag is looked at. */
export const PROTECTION_CHECKS = ['nothing', 'compression', 'suite', 'keySet', 'title', 'recipient', 'policy'] as const
export type ProtectionCheck = (typeof PROTECTION_CHECKS)[number]
export type Refusal = 'deciphering-error' | 'operation-not-possible'

export interface ProtectionRules {
  readonly checks: Readonly<Record<ProtectionCheck, (asked: Asked) => Refusal | undefined>>
  /** Undefined: there is no such key, or it is one that came with the APDU. */
  readonly keyOf: (asked: Asked) => NamedKey | undefined
  readonly contentKeys: ContentKeyRules
  readonly signing: SigningRules
  /** Of an answer in general-ciphering or general-signing; `asked`: of its request. */
  readonly answerHeader: (asked: GeneralHeader | undefined, partners: Partners) => GeneralHeader
  readonly unprotect: (protection: Protection, octets: Uint8Array, key: NamedKey) => ReturnType<typeof unprotect>
  readonly cipher: typeof cipher
  /** Whether the APDU that was protected belongs into the one that it came in. */
  readonly innerFits: (asked: Asked, plain: Uint8Array) => boolean
  readonly counters: CounterRules
  /** Whether the counter is looked at, and told, before the tag is. */
  readonly countersFirst: boolean
  /** Whether a counter is kept before the tag is known to be right. */
  readonly keepsUnverified: boolean
  /** What policy and setup demand of requests and responses, in bits. */
  readonly demanded: (partners: Partners) => number
  /** Whether an APDU without any protection is served; `demanded`: the bits. */
  readonly servesPlain: (demanded: number, asked: Plain) => boolean
  /** What is served that came under the broadcast key. */
  readonly broadcastServes: (asked: Xdlms) => boolean
  /** How a response is protected. `how`: undefined where the request was plain; `inBlocks`: general block transfer carries it. */
  readonly response: (how: How | undefined, demanded: number, inBlocks: boolean) => Sent | undefined
  /** Whether an answer goes without protection, whatever is demanded. */
  readonly isPlain: (answer: Uint8Array) => boolean
  /** Whether a dedicated key may be taken; `protectedBy`: undefined where the InitiateRequest came plain. */
  readonly takesDedicatedKey: (key: Uint8Array, protectedBy: SecurityControl | undefined, partners: Partners) => boolean
  /** The dedicated key of an association, of the one that it brought and the one of the association before it. */
  readonly dedicatedKey: (own: Uint8Array | undefined, former: Uint8Array | undefined) => Uint8Array | undefined
  /** Whether an RLRQ with this in its user-information ends a ciphered association. */
  readonly releases: (information: Released) => boolean
  /** Whose keys protect the answer to a request that has changed them (ruling Y24). */
  readonly answersWith: (before: Partners, after: Partners) => Partners
  /** What becomes of a ciphered APDU where nobody has an association. */
  readonly withoutAssociation: 'refused' | 'restarts'
  readonly errors: {
    readonly exhausted: ExceptionResponse
    readonly refused: (why: Refusal) => ExceptionResponse
    readonly counter: (lowest: number) => ExceptionResponse
  }
}

/** What came in clear: the InitiateRequest of an AARQ, or the octets of an APDU. */
export type Plain = 'initiate' | Uint8Array

/** What the user-information of an RLRQ turned out to be. */
export type Released = 'absent' | 'plain' | 'protected' | 'wrong'

/** Form and kind of the protection of an answer. */
export interface Sent {
  readonly form: CipheredForm
  readonly authentication: boolean
  readonly encryption: boolean
}

const EXCEPTION_RESPONSE = 0xd8
/** What is ciphered and signed was signed first. */
const GENERAL_SIGNING = 0xdf
/** glo- and ded-, general-glo, general-ded, general-ciphering and general-signing. */
const isCipheredTag = (tag: number): boolean =>
  (tag >= 0x21 && tag <= 0x58) || (tag >= 0xc8 && tag <= 0xd7) || (tag >= 0xdb && tag <= 0xdf)
const isAcse = (tag: number): boolean => tag >= 0x60 && tag <= 0x63
const isGeneral = (form: CipheredForm): boolean => form.startsWith('general-')
const same = (one: Uint8Array, other: Uint8Array): boolean =>
  one.length === other.length && one.every((octet, at) => octet === other[at])

function isUnconfirmed(asked: Xdlms): boolean {
  switch (asked.is) {
    case 'set-request-normal':
    case 'set-request-with-list':
    case 'action-request-normal':
    case 'action-request-with-list':
      return !asked.value['invoke-id-and-priority']['service-class']
    default:
      return false
  }
}

export const conformantProtection: ProtectionRules = {
  checks: {
    nothing: ({ control }) => (control.authentication || control.encryption ? undefined : 'deciphering-error'),
    compression: ({ control }) => (control.compression ? 'deciphering-error' : undefined),
    suite: ({ control, partners }) =>
      control['security-suite-id'] === partners.state.suite ? undefined : 'deciphering-error',
    // Key_Set tells one global key from the other; elsewhere it is 0
    keySet: ({ control, apdu: { form } }) =>
      control['broadcast-key-set'] && form !== 'glo' && form !== 'general-glo' ? 'deciphering-error' : undefined,
    // an empty title is that of the association
    title: ({ apdu: { title }, partners }) =>
      title === undefined || title.length === 0 || same(title, partners.client) ? undefined : 'deciphering-error',
    recipient({ apdu: { header }, partners }) {
      const recipient = header?.['recipient-system-title']
      return recipient === undefined || recipient.length === 0 || same(recipient, partners.server)
        ? undefined
        : 'deciphering-error'
    },
    policy: ({ control, partners }) =>
      (demandedBy(partners) & CIPHERING_BITS & ~requestBits(control)) === 0 ? undefined : 'operation-not-possible',
  },
  keyOf({ apdu: { form, keyInfo }, control, partners }) {
    const { dedicatedKey } = partners
    switch (form) {
      case 'ded':
      case 'general-ded':
        return dedicatedKey && { name: 'dedicated-key', key: dedicatedKey }
      case 'glo':
      case 'general-glo':
        return keyNamed(
          partners,
          control['broadcast-key-set'] ? 'global-broadcast-encryption-key' : 'global-unicast-encryption-key',
        )
      case 'general-ciphering':
        // without key-info it is the key that both have
        if (keyInfo === undefined) return keyNamed(partners, 'global-unicast-encryption-key')
        if (keyInfo.is !== 'identified-key') return undefined
        return typeof keyInfo.value['key-id'] === 'string' ? keyNamed(partners, keyInfo.value['key-id']) : undefined
      default:
        return form satisfies never
    }
  },
  contentKeys: conformantContentKeys,
  signing: conformantSigning,
  answerHeader,
  unprotect,
  cipher,
  innerFits: ({ apdu: { form, name } }, [tag = 0]) =>
    isGeneral(form)
      ? tag === GENERAL_SIGNING || (!isCipheredTag(tag) && !isAcse(tag))
      : cipheredNameOf(form, tag) === name,
  counters: conformantCounters,
  countersFirst: false,
  keepsUnverified: false,
  demanded: demandedBy,
  servesPlain: (demanded) => (demanded & REQUEST_BITS) === 0,
  // all who have the broadcast key could have sent it: it is carried out where nothing is answered, and reads nothing
  broadcastServes: (asked) => asked.is === 'unconfirmed-write-request' || isUnconfirmed(asked),
  response(how, demanded) {
    const authentication = (how?.control.authentication ?? false) || (demanded & AUTHENTICATED_RESPONSE) !== 0
    const encryption = (how?.control.encryption ?? false) || (demanded & ENCRYPTED_RESPONSE) !== 0
    return authentication || encryption ? { form: how?.form ?? 'glo', authentication, encryption } : undefined
  },
  isPlain: ([tag]) => tag === EXCEPTION_RESPONSE,
  takesDedicatedKey(key, protectedBy, { state, dedicatedKeys }) {
    const { 'global-unicast-encryption-key': global } = state.keys
    const isAnother =
      global !== undefined && key.length === keyOctets(state.suite, 'dedicated-key') && !same(key, global)
    return dedicatedKeys && isAnother && protectedBy?.encryption === true
  },
  dedicatedKey: (own) => own,
  releases: (information) => information === 'protected',
  answersWith: (before) => before,
  withoutAssociation: 'refused',
  errors: {
    exhausted: { 'state-error': 'service-not-allowed', 'service-error': 'operation-not-possible' },
    refused: (why) => ({ 'state-error': 'service-not-allowed', 'service-error': why }),
    counter: (lowest) => ({
      'state-error': 'service-not-allowed',
      'service-error': 'invocation-counter-error',
      'invocation-counter': lowest,
    }),
  },
}
