// Protection as a layer of a stack: an APDU above it, the ciphered APDU below. What is wrong in it is protected properly; what is damaged, is damaged after.
import { toJson, u32, type Codec } from '../../codec/codec.ts'
import { hex, ok, unhex, type Result } from '../../codec/value.ts'
import { apdu } from '../apdu.ts'
import { valueOf, wrongValue, type JsonRecord, type MessageFailure } from '../json.ts'
import type { StackLayer } from '../layer.ts'
import { messageOf, type Message } from '../messages.ts'
import { generalHeader, type CipheredName } from '../xdlms/ciphered.ts'
import { TAG_OCTETS } from './aes-gcm.ts'
import { AADS, headerOctets } from './ciphered-apdu.ts'
import { protect } from './protection.ts'
import { securityControl, type SecurityControl } from './security-control.ts'

/** What protects an APDU. Keys by their names: a suite may ask for others, and never sees one. */
export interface Sealing {
  readonly name: CipheredName
  readonly control: SecurityControl
  readonly invocationCounter: number
  /** System title of who protects. */
  readonly title: Uint8Array
  readonly encryptionKey: string
  readonly authenticationKey: string
  readonly keyOf: (name: string) => Uint8Array | undefined
  /** Of general-ciphering, as suites write them: the header, the key-info, and whether the header is authenticated (`aad`). */
  readonly header?: JsonRecord
}

/** Fields that are not sent: whose keys protect, in service-specific forms the system title, and in general-ciphering what is authenticated. */
export const UNSENT = ['encryption-key', 'authentication-key', 'system-title', 'aad'] as const

const OWN = ['security-control', 'invocation-counter', 'information', 'authentication-tag', ...UNSENT]
const HEADER = ['transaction-id', 'originator-system-title', 'recipient-system-title', 'date-time', 'other-information']

/** The fields of the layer, whatever the form. */
export const PROTECTION_FIELDS: readonly string[] = [...OWN, ...HEADER, 'key-info']

export function protectionLayer(sealing: Sealing): StackLayer {
  const { name, control, invocationCounter, title, encryptionKey, authenticationKey, header = {} } = sealing
  return {
    name,
    aliases: ['protection'],
    message: protectionMessage(sealing),
    records: (payload) => [
      {
        'security-control': toJson(control),
        'invocation-counter': invocationCounter,
        'system-title': hex(title),
        'encryption-key': encryptionKey,
        'authentication-key': authenticationKey,
        ...header,
        information: hex(payload),
      },
    ],
  }
}

const protectionMessage = (sealing: Sealing): Message => ({
  name: sealing.name,
  layer: 'apdu',
  codec: apdu.arms[sealing.name],
  fields: PROTECTION_FIELDS,
  canonical: (said) => said,
  from: (said) => sealed(sealing, said),
  to: messageOf(sealing.name)?.to ?? toJson,
  answers: [],
})

/** What is said of the protection → the ciphered APDU as a value of its codec. */
function sealed({ name, title: own, keyOf }: Sealing, said: JsonRecord): Result<unknown, MessageFailure> {
  const control = valueOf(securityControl, said['security-control'] ?? null)
  if (!control.ok) return control
  const invocationCounter = valueOf(u32, said['invocation-counter'] ?? null)
  if (!invocationCounter.ok) return invocationCounter
  const plain = octetsOf(said, 'information')
  const encryption = keyNamed(said, 'encryption-key', keyOf)
  const authentication = keyNamed(said, 'authentication-key', keyOf)
  if (!plain.ok) return plain
  if (!encryption.ok) return encryption
  if (!authentication.ok) return authentication
  const title = said['system-title'] === undefined ? ok(own) : octetsOf(said, 'system-title')
  if (!title.ok) return title
  const header = name === 'general-ciphering' ? headerOf(said) : ok(undefined)
  if (!header.ok) return header
  const octets = protect(
    {
      control: control.value,
      invocationCounter: invocationCounter.value,
      originator: title.value,
      keys: { encryption: encryption.value, authentication: authentication.value },
      ...(header.value === undefined ? {} : { header: header.value }),
    },
    plain.value,
  )
  const end = octets.length - (control.value.authentication ? TAG_OCTETS : 0)
  const content: JsonRecord = {
    'security-control': toJson(control.value),
    'invocation-counter': invocationCounter.value,
    information: hex(octets.subarray(0, end)),
    ...(control.value.authentication ? { 'authentication-tag': hex(octets.subarray(end)) } : {}),
  }
  const codec: Codec<unknown> = apdu.arms[name]
  return valueOf(codec, inForm(name, said, content))
}

function inForm(name: CipheredName, said: JsonRecord, content: JsonRecord): JsonRecord {
  if (name === 'general-ciphering') {
    const { 'key-info': keyInfo } = said
    const header = Object.fromEntries(HEADER.map((field) => [field, said[field] ?? '']))
    return { ...header, ...(keyInfo === undefined ? {} : { 'key-info': keyInfo }), 'ciphered-content': content }
  }
  if (name === 'general-glo-ciphering' || name === 'general-ded-ciphering')
    return { 'system-title': said['system-title'] ?? '', 'ciphered-content': content }
  return content
}

/** What is authenticated of it. */
function headerOf(said: JsonRecord): Result<Uint8Array, MessageFailure> {
  const header = valueOf(generalHeader, Object.fromEntries(HEADER.map((field) => [field, said[field] ?? ''])))
  if (!header.ok) return header
  const { aad: aadSaid = 'with-header' } = said
  const aad = AADS.find((each) => each === aadSaid)
  return aad === undefined
    ? wrongValue('aad', `one of ${AADS.join(', ')}`, aadSaid)
    : ok(headerOctets(header.value, aad))
}

function octetsOf(said: JsonRecord, field: string): Result<Uint8Array, MessageFailure> {
  const text = said[field]
  const octets = typeof text === 'string' ? unhex(text) : undefined
  return octets === undefined ? wrongValue(field, 'octets in hex', text ?? null) : ok(octets)
}

function keyNamed(said: JsonRecord, field: string, keyOf: Sealing['keyOf']): Result<Uint8Array, MessageFailure> {
  const name = said[field]
  const key = typeof name === 'string' ? keyOf(name) : undefined
  return key === undefined ? wrongValue(field, 'the name of a key that is declared', name ?? null) : ok(key)
}
