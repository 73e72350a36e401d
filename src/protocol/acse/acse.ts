import {
  applicationContextName,
  charstring,
  inOctetString,
  mechanismName,
  namedInteger,
  unsignedInteger,
} from './fields.ts'
import {
  ACSE_SERVICE_PROVIDER,
  ACSE_SERVICE_USER,
  ASSOCIATION_RESULT,
  RELEASE_REQUEST_REASON,
  RELEASE_RESPONSE_REASON,
} from './names.ts'
import { arm, choice, enumerated, ifTag, lengthPrefixed, rest, sequence, tagged, type Of } from '../../codec/codec.ts'
import { userInformation } from './user-information.ts'

/**
 * AARQ behind its tag 60 and its length. `protocol-version` and `sender-acse-requirements` are the octets of a BIT
 * STRING, unused bits first: `0780` is version1, or the authentication functional unit.
 */
const aarqFields = sequence({
  'protocol-version': ifTag(0x80, rest),
  'application-context-name': tagged(0xa1, applicationContextName),
  'called-AP-title': ifTag(0xa2, inOctetString),
  'called-AE-qualifier': ifTag(0xa3, inOctetString),
  'called-AP-invocation-id': ifTag(0xa4, unsignedInteger),
  'called-AE-invocation-id': ifTag(0xa5, unsignedInteger),
  'calling-AP-title': ifTag(0xa6, inOctetString),
  'calling-AE-qualifier': ifTag(0xa7, inOctetString),
  'calling-AP-invocation-id': ifTag(0xa8, unsignedInteger),
  'calling-AE-invocation-id': ifTag(0xa9, unsignedInteger),
  'sender-acse-requirements': ifTag(0x8a, rest),
  'mechanism-name': ifTag(0x8b, mechanismName),
  'calling-authentication-value': ifTag(0xac, charstring),
  'implementation-information': ifTag(0xbd, rest),
  'user-information': ifTag(0xbe, userInformation),
})
export type Aarq = Of<typeof aarqFields>

/** AARE behind its tag 61 and its length. */
const aareFields = sequence({
  'protocol-version': ifTag(0x80, rest),
  'application-context-name': tagged(0xa1, applicationContextName),
  result: tagged(0xa2, namedInteger(ASSOCIATION_RESULT)),
  'result-source-diagnostic': tagged(
    0xa3,
    choice({
      'acse-service-user': arm(0xa1, lengthPrefixed(namedInteger(ACSE_SERVICE_USER))),
      'acse-service-provider': arm(0xa2, lengthPrefixed(namedInteger(ACSE_SERVICE_PROVIDER))),
    }),
  ),
  'responding-AP-title': ifTag(0xa4, inOctetString),
  'responding-AE-qualifier': ifTag(0xa5, inOctetString),
  'responding-AP-invocation-id': ifTag(0xa6, unsignedInteger),
  'responding-AE-invocation-id': ifTag(0xa7, unsignedInteger),
  'responder-acse-requirements': ifTag(0x88, rest),
  'mechanism-name': ifTag(0x89, mechanismName),
  'responding-authentication-value': ifTag(0xaa, charstring),
  'implementation-information': ifTag(0xbd, rest),
  'user-information': ifTag(0xbe, userInformation),
})
export type Aare = Of<typeof aareFields>

const rlrqFields = sequence({
  reason: ifTag(0x80, enumerated(RELEASE_REQUEST_REASON)),
  'user-information': ifTag(0xbe, userInformation),
})
export type Rlrq = Of<typeof rlrqFields>

const rlreFields = sequence({
  reason: ifTag(0x80, enumerated(RELEASE_RESPONSE_REASON)),
  'user-information': ifTag(0xbe, userInformation),
})
export type Rlre = Of<typeof rlreFields>

export const acseApdus = {
  aarq: arm(0x60, lengthPrefixed(aarqFields)),
  aare: arm(0x61, lengthPrefixed(aareFields)),
  rlrq: arm(0x62, lengthPrefixed(rlrqFields)),
  rlre: arm(0x63, lengthPrefixed(rlreFields)),
} as const
