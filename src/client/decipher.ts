// A protected APDU that came, as far as its keys are known (IEC 62056-5-3, Protection of xDLMS APDUs).
import {
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
  const keys = { encryption, authentication }
  const headers = header === undefined ? [] : headersOf(header, headerAsCame)
  const opened = openedOnce(ciphered, { control, invocationCounter, originator: title, keys }, headers)
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

/** The header in the octets in which it is authenticated. */
interface Header {
  readonly aad: Aad
  readonly octets: Uint8Array
}

/** As the standard has it, as it came where that is another form of it, and the other form that is known (ruling Y28). */
const headersOf = (header: GeneralHeader, asCame: Uint8Array | undefined): readonly Header[] => [
  { aad: 'with-header', octets: headerOctets(header) },
  ...(asCame === undefined ? [] : [{ aad: 'with-header', octets: asCame } as const]),
  { aad: 'without-header', octets: headerOctets(header, 'without-header') },
]

type Opening = readonly [title: Uint8Array, encryption: Uint8Array, authentication: Uint8Array]

const known = new WeakMap<CipheredApdu['ciphered'], { readonly by: Opening; readonly opened: Opened | undefined }>()

/** An APDU is opened by whoever records it, judges it, or waits for it: with the same keys the same comes of it. Undefined: its tag is wrong. */
function openedOnce(
  ciphered: CipheredApdu['ciphered'],
  protection: Protection,
  headers: readonly Header[],
): Opened | undefined {
  const { originator, keys } = protection
  const by: Opening = [originator, keys.encryption, keys.authentication]
  const before = known.get(ciphered)
  if (before?.by.every((octets, at) => octets === by[at])) return before.opened
  const opened = openedBy(protection, protectedOctetsOf(ciphered), headers)
  known.set(ciphered, { by, opened })
  return opened
}

/** In the first of these forms in which the tag is right. */
function openedBy(protection: Protection, octets: Uint8Array, headers: readonly Header[]): Opened | undefined {
  if (headers.length === 0) {
    const plain = unprotect(protection, octets)
    return plain.ok ? { plain: plain.value } : undefined
  }
  for (const { aad, octets: header } of headers) {
    const plain = unprotect({ ...protection, header }, octets)
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
