// An APDU that came → what was protected in it, or why it is refused.
import { decode } from '../../codec/codec.ts'
import { apdu } from '../../protocol/apdu.ts'
import {
  cipheredIn,
  headerOctets,
  protectedOctetsOf,
  type CipheredApdu,
} from '../../protocol/security/ciphered-apdu.ts'
import type { Protection } from '../../protocol/security/protection.ts'
import type { ExceptionResponse } from '../../protocol/xdlms/errors.ts'
import type { GeneralHeader } from '../../protocol/xdlms/ciphered.ts'
import { REQUEST_BITS } from '../model/access.ts'
import { keepReceived, lastReceived, type Counting } from './counters.ts'
import { givenKey } from './content-keys.ts'
import { keyNamed, type NamedKey, type Partners } from './partners.ts'
import { SIGNED_REQUEST, SIGNING_CHECKS, signedApduOf } from './signing.ts'
import { PROTECTION_CHECKS, type Asked, type How, type ProtectionRules } from './rules.ts'

export type Incoming =
  | {
      readonly is: 'taken'
      readonly octets: Uint8Array
      readonly how: How | undefined
      /** Of general-signing, where it was signed. */
      readonly signed?: GeneralHeader
    }
  | { readonly is: 'refused'; readonly why: ExceptionResponse }

/** Octets of any APDU, in an association with ciphering. What cannot be read goes on as it is: the services say why. */
export function incoming(rules: ProtectionRules, partners: Partners, octets: Uint8Array): Incoming {
  const ciphered = cipheredOf(octets)
  const beneath: Incoming =
    ciphered === undefined ? { is: 'taken', octets, how: undefined } : unprotected(rules, partners, ciphered)
  if (beneath.is === 'refused') return beneath
  const signed = signedApduOf(beneath.octets)
  const demanded = rules.demanded(partners)
  const open = (signed ? demanded & ~SIGNED_REQUEST : demanded) & (ciphered ? SIGNED_REQUEST : REQUEST_BITS)
  if (!rules.servesPlain(open, octets)) return refused(rules.errors.refused('operation-not-possible'))
  if (signed === undefined) return beneath
  const asked = { signed, partners }
  const isRight = SIGNING_CHECKS.every((check) => rules.signing.checks[check](asked))
  return isRight
    ? { ...beneath, octets: signed.content, signed: signed.header }
    : refused(rules.errors.refused('deciphering-error'))
}

const refused = (why: ExceptionResponse): Incoming => ({ is: 'refused', why })

/** Undefined: the octets are no ciphered APDU that can be read. */
export function cipheredOf(octets: Uint8Array): CipheredApdu | undefined {
  const read = decode(apdu, octets)
  return read.ok ? cipheredIn(read.value) : undefined
}

/** The counter is kept when all else is right: who has no key cannot move it. */
export function unprotected(rules: ProtectionRules, partners: Partners, ciphered: CipheredApdu): Incoming {
  const { 'security-control': control, 'invocation-counter': counter } = ciphered.ciphered
  const asked: Asked = { apdu: ciphered, control, partners }
  for (const check of PROTECTION_CHECKS) {
    const why = rules.checks[check](asked)
    if (why !== undefined) return refused(rules.errors.refused(why))
  }
  const wrong = refused(rules.errors.refused('deciphering-error'))
  const key = rules.keyOf(asked) ?? keyGiven(rules, asked)
  const authentication = keyNamed(partners, 'authentication-key')
  if (key === undefined || authentication === undefined) return wrong
  const counting: Counting = { ...key, partners, use: 'apdu', form: ciphered.form }
  const last = lastReceived(rules.counters, counting)
  const isFresh = rules.counters.isFresh(counter, last, counting)
  const stale = refused(rules.errors.counter(rules.counters.lowest(last)))
  if (rules.countersFirst && !isFresh) return stale
  if (rules.keepsUnverified && isFresh) keepReceived(rules.counters, counting, counter)
  const keys = { encryption: key.key, authentication: authentication.key }
  const octets = rules.unprotect(protectionOf(asked, keys), protectedOctetsOf(ciphered.ciphered), key)
  if (!octets.ok || !rules.innerFits(asked, octets.value)) return wrong
  if (!isFresh) return stale
  keepReceived(rules.counters, counting, counter)
  return { is: 'taken', octets: octets.value, how: { form: ciphered.form, control, key, apdu: ciphered, before: last } }
}

/** A key that came with the APDU, wrapped or agreed on. */
function keyGiven(
  { contentKeys }: ProtectionRules,
  { apdu: { header, keyInfo }, partners }: Asked,
): NamedKey | undefined {
  if (header === undefined || keyInfo === undefined || keyInfo.is === 'identified-key') return undefined
  const key = givenKey(contentKeys, partners, header, keyInfo)
  return key && { name: 'content-key', key }
}

function protectionOf(
  { apdu: { title, header, ciphered }, control, partners }: Asked,
  keys: Protection['keys'],
): Protection {
  return {
    control,
    keys,
    invocationCounter: ciphered['invocation-counter'],
    originator: title === undefined || title.length === 0 ? partners.client : title,
    ...(header === undefined ? {} : { header: headerOctets(header) }),
  }
}
