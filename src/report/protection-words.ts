// What protected an APDU, in words.
import { unhex } from '../codec/value.ts'
import type { ProtectionEvent } from '../engine/events.ts'

/** The bits of a security control (IEC 62056-5-3, Security control byte). */
interface Control {
  readonly compression: boolean
  readonly broadcast: boolean
  readonly encryption: boolean
  readonly authentication: boolean
  readonly suite: number
}

function controlOf({ securityControl }: ProtectionEvent): Control | undefined {
  const [octet, ...others] = unhex(securityControl ?? '') ?? []
  if (octet === undefined || others.length > 0) return undefined
  return {
    compression: (octet & 0x80) !== 0,
    broadcast: (octet & 0x40) !== 0,
    encryption: (octet & 0x20) !== 0,
    authentication: (octet & 0x10) !== 0,
    suite: octet & 0x0f,
  }
}

export const isEncrypted = (event: ProtectionEvent): boolean => controlOf(event)?.encryption === true

/** `authenticated and encrypted`; what has no security control is signed. */
export function kindWords(event: ProtectionEvent): string {
  if (event.securityControl === undefined) return 'signed'
  const control = controlOf(event)
  if (control === undefined) return `security control ${event.securityControl}`
  const { authentication, encryption, compression } = control
  const done = [authentication && 'authenticated', encryption && 'encrypted', compression && 'compressed']
  return done.filter(Boolean).join(' and ') || 'none'
}

/** `glo-get-request, authenticated and encrypted, suite 0, unicast key set, counter 5, title 4D4D4D0000BC614E (MMM), dedicated-key`. */
export function protectionWords(event: ProtectionEvent): string {
  const { name, key, title, invocationCounter } = event
  const control = controlOf(event)
  const kind = kindWords(event)
  return [
    name,
    kind === 'none' ? 'neither authenticated nor encrypted' : kind,
    ...(control === undefined ? [] : [`suite ${control.suite}`]),
    // with general-ciphering the bit has no meaning
    ...(control === undefined || name === 'general-ciphering'
      ? []
      : [control.broadcast ? 'broadcast key set' : 'unicast key set']),
    ...(invocationCounter === undefined ? [] : [`counter ${invocationCounter}`]),
    `title ${titleText(title)}`,
    key,
  ].join(', ')
}

/** What is right in another form than that of the standard. */
function formWords({ aad, input }: ProtectionEvent): string {
  if (aad === 'without-header') return ', without the header'
  if (input === 'content-without-length') return ', without the length of the content'
  return input === 'with-tag' ? ', with the tag of the APDU' : ''
}

/** `tag right`; `no tag` where nothing is authenticated; `tag right, without the header`. */
export function checkWords(event: ProtectionEvent): string {
  const control = controlOf(event)
  if (control?.authentication === false) return 'no tag'
  const what = event.securityControl === undefined ? 'signature' : 'tag'
  return `${what} ${event.verified === 'unknown' ? 'not checked' : event.verified}${formWords(event)}`
}

/** A system title begins with three letters of its manufacturer: `4D4D4D0000BC614E (MMM)`. */
export function titleText(title: string): string {
  const letters = String.fromCharCode(...(unhex(title) ?? []).slice(0, 3))
  return /^[A-Za-z]{3}$/.test(letters) ? `${title} (${letters})` : title
}
