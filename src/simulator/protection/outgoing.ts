// An answer → its octets as they are sent: in the form and under the key of the request, and at least as protected as the policy demands (rulings Y21–Y23).
import { encode } from '../../codec/codec.ts'
import { lengthOctets } from '../../codec/length.ts'
import { TAG_OCTETS } from '../../protocol/security/aes-gcm.ts'
import { cipheredNameOf, type Ciphering } from '../../protocol/security/ciphered-apdu.ts'
import { keyInfo as keyInfoCodec, type GeneralHeader, type KeyInfo } from '../../protocol/xdlms/ciphered.ts'
import { answerKey } from './content-keys.ts'
import { xdlms } from '../../protocol/xdlms/xdlms.ts'
import { signatureOctets, signedAnswer } from './signing.ts'
import { takeNext } from './counters.ts'
import { keyNamed, type NamedKey, type Partners } from './partners.ts'
import type { How, ProtectionRules, Sent } from './rules.ts'

/** `demanded`: the bits of policy and access rights; `inBlocks`: general block transfer carries the answer. */
export interface Answering {
  readonly rules: ProtectionRules
  readonly partners: Partners
  readonly how: How | undefined
  /** Of the request, where that was signed. */
  readonly signed?: GeneralHeader | undefined
  readonly demanded: number
  readonly inBlocks?: boolean
}

export function outgoing(answering: Answering, answer: Uint8Array): Uint8Array {
  const { rules, partners, signed } = answering
  if (rules.isPlain(answer)) return answer
  const sent = sentOf(answering)
  const plain = isSigned(answering)
    ? signedAnswer(rules.signing, partners, rules.answerHeader(signed, partners), answer)
    : answer
  if (plain === undefined) return exhausted(rules)
  if (sent === undefined) return plain
  const general = generalOf(answering)
  const key = general.key ?? keyOf(answering, sent)
  const authentication = keyNamed(partners, 'authentication-key')
  if (key === undefined || authentication === undefined) return exhausted(rules)
  const invocationCounter = takeNext(rules.counters, { ...key, partners, use: 'apdu', form: sent.form })
  if (invocationCounter === undefined) return exhausted(rules)
  const ciphering: Ciphering = {
    name: cipheredNameOf(sent.form, plain[0]) ?? GENERAL[sent.form === 'ded' ? 'ded' : 'glo'],
    protection: {
      control: {
        compression: false,
        'broadcast-key-set': false,
        encryption: sent.encryption,
        authentication: sent.authentication,
        'security-suite-id': partners.state.suite,
      },
      invocationCounter,
      originator: partners.server,
      keys: { encryption: key.key, authentication: authentication.key },
    },
    ...(general.header ? { header: general.header } : {}),
    ...(general.keyInfo ? { keyInfo: general.keyInfo } : {}),
  }
  return rules.cipher(ciphering, plain)
}

/** Those that take any APDU. */
const GENERAL = { glo: 'general-glo-ciphering', ded: 'general-ded-ciphering' } as const

const isSigned = ({ rules, signed, demanded }: Answering): boolean => rules.signing.signs(signed, demanded)

const sentOf = ({ rules, how, demanded, inBlocks = false }: Answering): Sent | undefined =>
  rules.response(how, demanded, inBlocks)

/** Nothing is answered under the broadcast key, which others have as well. */
function keyOf({ partners, how }: Answering, { form }: Sent): NamedKey | undefined {
  const isOfRequest = how !== undefined && how.form === form && how.key.name !== 'global-broadcast-encryption-key'
  if (!isOfRequest) return keyNamed(partners, 'global-unicast-encryption-key')
  // a dedicated key is none of the setup
  return how.key.name === 'content-key' ? undefined : (keyNamed(partners, how.key.name) ?? how.key)
}

const exhausted = ({ errors }: ProtectionRules): Uint8Array =>
  encode(xdlms, { is: 'exception-response', value: errors.exhausted })

interface General {
  readonly header?: GeneralHeader
  readonly keyInfo?: KeyInfo
  /** The key that key-info gives with the answer. */
  readonly key?: NamedKey
}

/** Of general-ciphering: the transaction of the request, from the server back to the client, with a key of the same kind. */
function generalOf({ rules, partners, how }: Answering): General {
  const { header: asked, keyInfo } = how?.apdu ?? {}
  if (asked === undefined) return {}
  const header = rules.answerHeader(asked, partners)
  if (keyInfo === undefined) return { header }
  const made = answerKey(rules.contentKeys, partners, header, keyInfo)
  return made === undefined
    ? { header, keyInfo: rules.contentKeys.identified() }
    : { header, keyInfo: made.keyInfo, key: { name: 'content-key', key: made.key } }
}

/** Tag, security control and invocation counter. */
const AROUND = 6
const TITLE = 9

/** What is left of the longest APDU that the client takes for one that will be protected; 0: there is no limit. */
export function roomInside(answering: Answering, maximum: number): number {
  const sent = sentOf(answering)
  if (maximum === 0) return maximum
  const { partners, signed } = answering
  const signature = isSigned(answering) ? TITLE + signatureOctets(partners, signed) : 0
  if (sent === undefined) return Math.max(1, maximum - signature)
  const content = maximum - signature - AROUND - generalOctets(answering, sent) - (sent.authentication ? TAG_OCTETS : 0)
  // the length counts what stands behind it: counter, contents and tag
  return Math.max(1, content - lengthOctets(maximum).length)
}

function generalOctets({ how }: Answering, { form }: Sent): number {
  if (form === 'glo' || form === 'ded') return 0
  const { header, keyInfo } = how?.apdu ?? {}
  if (header === undefined) return TITLE
  const titles = 2 * TITLE
  const empty = 2
  return 1 + header['transaction-id'].length + titles + empty + keyInfoOctets(keyInfo)
}

/** A key-info of the same kind is as long; one octet says whether there is one. */
const keyInfoOctets = (info: KeyInfo | undefined): number =>
  info === undefined ? 1 : 1 + encode(keyInfoCodec, info).length
