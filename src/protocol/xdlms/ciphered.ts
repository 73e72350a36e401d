import {
  arm,
  choice,
  enumerated,
  lengthPrefixed,
  octetString,
  optional,
  sequence,
  u32,
  type Of,
} from '../../codec/codec.ts'
import { authenticationTag, information } from '../security/contents.ts'
import { securityControl } from '../security/security-control.ts'

const fields = sequence({
  'security-control': securityControl,
  'invocation-counter': u32,
  information,
  'authentication-tag': authenticationTag,
})
export type Ciphered = Of<typeof fields>

/** What stands behind the tag of a ciphered APDU: an OCTET STRING with control, counter, the protected octets and the tag over them. */
const ciphered = lengthPrefixed<Ciphered>({
  ...fields,
  write(to, value) {
    const isTagged = value['authentication-tag'] !== undefined
    if (isTagged !== value['security-control'].authentication)
      throw new RangeError('a tag stands where the security control says authentication, and only there')
    fields.write(to, value)
  },
})

const general = sequence({ 'system-title': octetString, 'ciphered-content': ciphered })

/** With which key: one that both have, one that comes wrapped, or one that both derive. */
export const keyInfo = choice({
  'identified-key': arm(
    0x00,
    sequence({ 'key-id': enumerated({ 'global-unicast-encryption-key': 0, 'global-broadcast-encryption-key': 1 }) }),
  ),
  'wrapped-key': arm(0x01, sequence({ 'kek-id': enumerated({ 'master-key': 0 }), 'key-ciphered-data': octetString })),
  'agreed-key': arm(0x02, sequence({ 'key-parameters': octetString, 'key-ciphered-data': octetString })),
})

export type KeyInfo = Of<typeof keyInfo>

/** The fields before what general-ciphering and general-signing protect; they are protected with it. */
const header = {
  'transaction-id': octetString,
  'originator-system-title': octetString,
  'recipient-system-title': octetString,
  'date-time': octetString,
  'other-information': octetString,
} as const

/** The same by themselves: what is authenticated, and what is signed, begins with them. */
export const generalHeader = sequence(header)
export type GeneralHeader = Of<typeof generalHeader>

/** Ciphered and signed APDUs. The octets of what they protect are not looked into here. */
export const cipheredApdus = {
  'glo-initiate-request': arm(0x21, ciphered),
  'glo-initiate-response': arm(0x28, ciphered),
  'glo-confirmed-service-error': arm(0x2e, ciphered),
  'ded-initiate-request': arm(0x41, ciphered),
  'ded-initiate-response': arm(0x48, ciphered),
  'ded-confirmed-service-error': arm(0x4e, ciphered),
  'glo-read-request': arm(0x25, ciphered),
  'glo-write-request': arm(0x26, ciphered),
  'glo-read-response': arm(0x2c, ciphered),
  'glo-write-response': arm(0x2d, ciphered),
  'glo-unconfirmed-write-request': arm(0x36, ciphered),
  'glo-information-report-request': arm(0x38, ciphered),
  'ded-read-request': arm(0x45, ciphered),
  'ded-write-request': arm(0x46, ciphered),
  'ded-read-response': arm(0x4c, ciphered),
  'ded-write-response': arm(0x4d, ciphered),
  'ded-unconfirmed-write-request': arm(0x56, ciphered),
  'ded-information-report-request': arm(0x58, ciphered),
  'glo-get-request': arm(0xc8, ciphered),
  'glo-set-request': arm(0xc9, ciphered),
  'glo-event-notification-request': arm(0xca, ciphered),
  'glo-action-request': arm(0xcb, ciphered),
  'glo-get-response': arm(0xcc, ciphered),
  'glo-set-response': arm(0xcd, ciphered),
  'glo-action-response': arm(0xcf, ciphered),
  'ded-get-request': arm(0xd0, ciphered),
  'ded-set-request': arm(0xd1, ciphered),
  'ded-event-notification-request': arm(0xd2, ciphered),
  'ded-action-request': arm(0xd3, ciphered),
  'ded-get-response': arm(0xd4, ciphered),
  'ded-set-response': arm(0xd5, ciphered),
  'ded-action-response': arm(0xd7, ciphered),
  'general-glo-ciphering': arm(0xdb, general),
  'general-ded-ciphering': arm(0xdc, general),
  'general-ciphering': arm(0xdd, sequence({ ...header, 'key-info': optional(keyInfo), 'ciphered-content': ciphered })),
  'general-signing': arm(0xdf, sequence({ ...header, content: octetString, signature: octetString })),
} as const

/** All but general-signing, which hides nothing. */
export type CipheredName = Exclude<keyof typeof cipheredApdus, 'general-signing'>
