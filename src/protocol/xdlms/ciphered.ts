import { arm, octetString, rest } from '../../codec/codec.ts'

/** Ciphered APDUs: what they hold is opaque here. The general ones have header fields before the ciphered octets. */
export const cipheredApdus = {
  'glo-initiate-request': arm(0x21, octetString),
  'glo-initiate-response': arm(0x28, octetString),
  'glo-confirmed-service-error': arm(0x2e, octetString),
  'ded-initiate-request': arm(0x41, octetString),
  'ded-initiate-response': arm(0x48, octetString),
  'ded-confirmed-service-error': arm(0x4e, octetString),
  'glo-get-request': arm(0xc8, octetString),
  'glo-set-request': arm(0xc9, octetString),
  'glo-event-notification-request': arm(0xca, octetString),
  'glo-action-request': arm(0xcb, octetString),
  'glo-get-response': arm(0xcc, octetString),
  'glo-set-response': arm(0xcd, octetString),
  'glo-action-response': arm(0xcf, octetString),
  'ded-get-request': arm(0xd0, octetString),
  'ded-set-request': arm(0xd1, octetString),
  'ded-event-notification-request': arm(0xd2, octetString),
  'ded-action-request': arm(0xd3, octetString),
  'ded-get-response': arm(0xd4, octetString),
  'ded-set-response': arm(0xd5, octetString),
  'ded-action-response': arm(0xd7, octetString),
  'general-glo-ciphering': arm(0xdb, rest),
  'general-ded-ciphering': arm(0xdc, rest),
  'general-ciphering': arm(0xdd, rest),
} as const
