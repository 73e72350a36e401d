// A protected APDU that came, as far as its keys are known (IEC 62056-5-3, Protection of xDLMS APDUs).
import {
  headerOctets,
  protectedOctetsOf,
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
  const { name, form, ciphered, title: named, header, headerAsCame, keyInfo } = found
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
  const protection = { control, invocationCounter, originator: title, keys: { encryption, authentication } }
  const headers = header === undefined ? [] : [headerOctets(header), ...(headerAsCame ? [headerAsCame] : [])]
  const plain = unprotectedOnce(ciphered, protection, headers)
  if (!plain.ok) return { ...seen, verified: 'wrong' }
  return {
    ...seen,
    verified: control.authentication ? 'right' : 'unknown',
    plain: plain.value,
    ...(contentKeyName(keyInfo) === undefined ? {} : { contentKey: encryption }),
  }
}

type Unprotected = ReturnType<typeof unprotect>
type Opening = readonly [title: Uint8Array, encryption: Uint8Array, authentication: Uint8Array]

const opened = new WeakMap<CipheredApdu['ciphered'], { readonly by: Opening; readonly plain: Unprotected }>()

/** An APDU is opened by whoever records it, judges it, or waits for it: with the same keys the same comes of it. */
function unprotectedOnce(
  ciphered: CipheredApdu['ciphered'],
  protection: Protection,
  headers: readonly Uint8Array[],
): Unprotected {
  const { originator, keys } = protection
  const by: Opening = [originator, keys.encryption, keys.authentication]
  const before = opened.get(ciphered)
  if (before?.by.every((octets, at) => octets === by[at])) return before.plain
  const plain = unprotectedBy(protection, headers, protectedOctetsOf(ciphered))
  opened.set(ciphered, { by, plain })
  return plain
}

/** `headers`: in each form that may have been authenticated. */
function unprotectedBy(protection: Protection, headers: readonly Uint8Array[], octets: Uint8Array): Unprotected {
  const [first, ...others] = headers
  const plain = unprotect({ ...protection, ...(first ? { header: first } : {}) }, octets)
  return plain.ok || others.length === 0 ? plain : unprotectedBy(protection, others, octets)
}

const BROADCAST = 'global-broadcast-encryption-key'

const identified = (info: KeyInfo | undefined): string | number | undefined =>
  info?.is === 'identified-key' ? info.value['key-id'] : undefined

/** Of an APDU that goes to one client, with no key of its own. */
export const encryptionKeyOf = (form: CipheredForm): KeyName =>
  form === 'ded' || form === 'general-ded' ? 'dedicated-key' : 'global-unicast-encryption-key'
