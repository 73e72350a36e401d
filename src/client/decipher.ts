// A protected APDU that came, as far as its keys are known (IEC 62056-5-3, Protection of xDLMS APDUs).
import {
  AADS,
  headerOctets,
  protectedOctetsOf,
  type Aad,
  type CipheredApdu,
  type CipheredForm,
} from '../protocol/security/ciphered-apdu.ts'
import type { KeyName } from '../protocol/security/key-names.ts'
import { unprotect, type Protection } from '../protocol/security/protection.ts'
import type { SecurityControl } from '../protocol/security/security-control.ts'
import type { GeneralHeader, KeyInfo } from '../protocol/xdlms/ciphered.ts'
import { contentKeyName, type ContentKeyName } from './content-keys.ts'

/** A protected APDU, as far as it could be opened. `plain`: what is beneath it. */
export interface Deciphered {
  readonly name: string
  readonly form: CipheredForm
  readonly control: SecurityControl
  readonly invocationCounter: number
  readonly title: Uint8Array
  /** Of general-ciphering. */
  readonly header?: GeneralHeader
  readonly key: KeyName | ContentKeyName
  readonly verified: 'right' | 'wrong' | 'unknown'
  /** Of general-ciphering with a tag that is right: what it is over. */
  readonly aad?: Aad
  readonly plain?: Uint8Array
  /** The key that came with it. */
  readonly contentKey?: Uint8Array
  /** It was protected with a key that is still on its way. */
  readonly early?: true
}

/** `sender`: whose title stands in the IV where the APDU names none. */
export function decipher(
  found: CipheredApdu,
  sender: Uint8Array,
  keyOf: (name: KeyName | ContentKeyName) => Uint8Array | undefined,
): Deciphered {
  const { name, form, ciphered, title: named, header, keyInfo } = found
  const { 'security-control': control, 'invocation-counter': invocationCounter } = ciphered
  const title = named === undefined || named.length === 0 ? sender : named
  const broadcast = control['broadcast-key-set'] || identified(keyInfo) === BROADCAST
  const key = contentKeyName(keyInfo) ?? (broadcast ? BROADCAST : encryptionKeyOf(form))
  const seen = { name, form, control, invocationCounter, title, key, ...(header ? { header } : {}) } as const
  const encryption = keyOf(key)
  const authentication = keyOf('authentication-key')
  // Without a title there is no initialization vector: nobody can tell whether the tag is right.
  if (encryption === undefined || authentication === undefined || title.length === 0)
    return { ...seen, verified: 'unknown' }
  const keys = { encryption, authentication }
  const opened = openedOnce(ciphered, { control, invocationCounter, originator: title, keys }, header)
  if (opened === undefined) return { ...seen, verified: 'wrong' }
  const { plain, aad } = opened
  return {
    ...seen,
    verified: control.authentication ? 'right' : 'unknown',
    ...(control.authentication && aad ? { aad } : {}),
    plain,
    ...(contentKeyName(keyInfo) === undefined ? {} : { contentKey: encryption }),
  }
}

/** What came of it. `aad`: of general-ciphering. */
interface Opened {
  readonly plain: Uint8Array
  readonly aad?: Aad
}
type Opening = readonly [title: Uint8Array, encryption: Uint8Array, authentication: Uint8Array]

const known = new WeakMap<CipheredApdu['ciphered'], { readonly by: Opening; readonly opened: Opened | undefined }>()

/** An APDU is opened by whoever records it, judges it, or waits for it: with the same keys the same comes of it. Undefined: its tag is wrong. */
function openedOnce(
  ciphered: CipheredApdu['ciphered'],
  protection: Protection,
  header: GeneralHeader | undefined,
): Opened | undefined {
  const { originator, keys } = protection
  const by: Opening = [originator, keys.encryption, keys.authentication]
  const before = known.get(ciphered)
  if (before?.by.every((octets, at) => octets === by[at])) return before.opened
  const opened = openedBy(protection, protectedOctetsOf(ciphered), header)
  known.set(ciphered, { by, opened })
  return opened
}

/** As the standard has it, and where that is wrong in the other form that is known (ruling Y28). */
function openedBy(protection: Protection, octets: Uint8Array, header: GeneralHeader | undefined): Opened | undefined {
  if (header === undefined) {
    const plain = unprotect(protection, octets)
    return plain.ok ? { plain: plain.value } : undefined
  }
  for (const aad of AADS) {
    const plain = unprotect({ ...protection, header: headerOctets(header, aad) }, octets)
    if (plain.ok) return { plain: plain.value, aad }
  }
  return undefined
}

const BROADCAST = 'global-broadcast-encryption-key'

const identified = (info: KeyInfo | undefined): string | number | undefined =>
  info?.is === 'identified-key' ? info.value['key-id'] : undefined

/** Of an APDU that goes to one client, with no key of its own. */
export const encryptionKeyOf = (form: CipheredForm): KeyName =>
  form === 'ded' || form === 'general-ded' ? 'dedicated-key' : 'global-unicast-encryption-key'
