// An APDU in its ciphered form, and what a ciphered APDU holds (IEC 62056-5-3, Ciphered xDLMS APDUs).
import { encode, type Codec } from '../../codec/codec.ts'
import { apdu, type Apdu } from '../apdu.ts'
import type { Ciphered, CipheredName, GeneralHeader, KeyInfo } from '../xdlms/ciphered.ts'
import { generalHeader } from '../xdlms/ciphered.ts'
import { TAG_OCTETS } from './aes-gcm.ts'
import { protect, type Protection } from './protection.ts'

/** Service-specific with a global or a dedicated key, or one of the general forms. */
export const CIPHERED_FORMS = ['glo', 'ded', 'general-glo', 'general-ded', 'general-ciphering'] as const
export type CipheredForm = (typeof CIPHERED_FORMS)[number]

/** Tag of an APDU → those of it with global and with dedicated ciphering. What is not here is ciphered in general forms only. */
const SERVICE_SPECIFIC: Readonly<Record<number, readonly [glo: CipheredName, ded: CipheredName]>> = {
  0x01: ['glo-initiate-request', 'ded-initiate-request'],
  0x08: ['glo-initiate-response', 'ded-initiate-response'],
  0x0e: ['glo-confirmed-service-error', 'ded-confirmed-service-error'],
  0x05: ['glo-read-request', 'ded-read-request'],
  0x06: ['glo-write-request', 'ded-write-request'],
  0x0c: ['glo-read-response', 'ded-read-response'],
  0x0d: ['glo-write-response', 'ded-write-response'],
  0x16: ['glo-unconfirmed-write-request', 'ded-unconfirmed-write-request'],
  0x18: ['glo-information-report-request', 'ded-information-report-request'],
  0xc0: ['glo-get-request', 'ded-get-request'],
  0xc1: ['glo-set-request', 'ded-set-request'],
  0xc2: ['glo-event-notification-request', 'ded-event-notification-request'],
  0xc3: ['glo-action-request', 'ded-action-request'],
  0xc4: ['glo-get-response', 'ded-get-response'],
  0xc5: ['glo-set-response', 'ded-set-response'],
  0xc7: ['glo-action-response', 'ded-action-response'],
}

/** The name of the ciphered APDU in which this one goes; undefined: there is none in this form. */
export function cipheredNameOf(form: CipheredForm, tag: number | undefined): CipheredName | undefined {
  switch (form) {
    case 'glo':
      return SERVICE_SPECIFIC[tag ?? -1]?.[0]
    case 'ded':
      return SERVICE_SPECIFIC[tag ?? -1]?.[1]
    case 'general-glo':
      return 'general-glo-ciphering'
    case 'general-ded':
      return 'general-ded-ciphering'
    case 'general-ciphering':
      return 'general-ciphering'
    default:
      return form satisfies never
  }
}

/** What a ciphered APDU says besides what it protects. `title`: absent in service-specific forms. */
export interface CipheredApdu {
  readonly name: CipheredName
  readonly form: CipheredForm
  readonly ciphered: Ciphered
  readonly title?: Uint8Array
  readonly header?: GeneralHeader
  readonly keyInfo?: KeyInfo
}

/** Undefined: the APDU is not ciphered. */
export function cipheredIn(read: Apdu): CipheredApdu | undefined {
  switch (read.is) {
    case 'general-glo-ciphering':
    case 'general-ded-ciphering': {
      const form = read.is === 'general-glo-ciphering' ? 'general-glo' : 'general-ded'
      const { 'system-title': title, 'ciphered-content': ciphered } = read.value
      return { name: read.is, form, ciphered, title }
    }
    case 'general-ciphering': {
      const { 'key-info': keyInfo, 'ciphered-content': ciphered, ...header } = read.value
      const title = header['originator-system-title']
      return { name: read.is, form: read.is, ciphered, title, header, ...(keyInfo === undefined ? {} : { keyInfo }) }
    }
    default:
      return specificIn(read)
  }
}

const FORM_OF: ReadonlyMap<string, CipheredForm> = new Map(
  Object.values(SERVICE_SPECIFIC).flatMap(([glo, ded]) => [[glo, 'glo'] as const, [ded, 'ded'] as const]),
)

function specificIn(read: Apdu): CipheredApdu | undefined {
  const form = FORM_OF.get(read.is)
  if (form === undefined || !('value' in read) || !isCiphered(read.value)) return undefined
  const name = cipheredNames.get(read.is)
  return name && { name, form, ciphered: read.value }
}

const cipheredNames: ReadonlyMap<string, CipheredName> = new Map(
  Object.values(SERVICE_SPECIFIC).flatMap((names) => names.map((name) => [name, name] as const)),
)

const isCiphered = (value: unknown): value is Ciphered =>
  typeof value === 'object' && value !== null && 'security-control' in value && 'information' in value

/** The protected octets with their tag, as `unprotect` takes them. */
export const protectedOctetsOf = ({ information, 'authentication-tag': tag }: Ciphered): Uint8Array => {
  const whole = new Uint8Array(information.length + (tag?.length ?? 0))
  whole.set(information)
  if (tag) whole.set(tag, information.length)
  return whole
}

/** What general-ciphering authenticates besides the APDU. `without-header`: no more than the other forms do, as some implementations have it (ruling Y28). */
export const AADS = ['with-header', 'without-header'] as const
export type Aad = (typeof AADS)[number]

/** Of general-ciphering, authenticated besides the APDU: the fields before key-info, each with its length. */
export const headerOctets = (header: GeneralHeader, aad: Aad = 'with-header'): Uint8Array =>
  aad === 'with-header' ? encode(generalHeader, header) : new Uint8Array(0)

/** How an APDU is to be ciphered. `title`: what general forms say, unless it is the originator's; `header` and `keyInfo`: of general-ciphering. */
export interface Ciphering {
  readonly name: CipheredName
  readonly title?: Uint8Array
  readonly protection: Omit<Protection, 'header'>
  readonly header?: GeneralHeader
  readonly keyInfo?: KeyInfo
}

/** An APDU → the octets of the ciphered one. */
export function cipher({ name, protection, title, header, keyInfo }: Ciphering, plain: Uint8Array): Uint8Array {
  const own: Protection =
    name === 'general-ciphering' && header ? { ...protection, header: headerOctets(header) } : protection
  const content = cipheredContent(own, protect(own, plain))
  const codec: Codec<unknown> = apdu.arms[name]
  if (name === 'general-ciphering')
    return encode(codec, {
      ...header,
      ...(keyInfo === undefined ? {} : { 'key-info': keyInfo }),
      'ciphered-content': content,
    })
  if (name === 'general-glo-ciphering' || name === 'general-ded-ciphering')
    return encode(codec, { 'system-title': title ?? protection.originator, 'ciphered-content': content })
  return encode(codec, content)
}

function cipheredContent({ control, invocationCounter }: Protection, octets: Uint8Array): Ciphered {
  const end = octets.length - (control.authentication ? TAG_OCTETS : 0)
  return {
    'security-control': control,
    'invocation-counter': invocationCounter,
    information: octets.subarray(0, end),
    ...(control.authentication ? { 'authentication-tag': octets.subarray(end) } : {}),
  }
}
