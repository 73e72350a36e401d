// For tests: dialogues of APDUs in which the defects of associations show.
import { encode } from '../../../codec/codec.ts'
import { hex } from '../../../codec/value.ts'
import type { Aarq } from '../../../protocol/acse/acse.ts'
import { addressOctets } from '../../../protocol/hdlc/address.ts'
import { apdu } from '../../../protocol/apdu.ts'
import type { ConformanceBit } from '../../../protocol/xdlms/conformance.ts'
import type { InitiateRequest } from '../../../protocol/xdlms/initiate.ts'
import { AARQ, client, get, LLC, MANAGEMENT, octetsOf, READER, RLRQ, set, wpduOf } from '../../dialogue.ts'
import type { Script } from '../scripts.ts'

const INITIATE: InitiateRequest = {
  'response-allowed': true,
  'proposed-dlms-version-number': 6,
  'proposed-conformance': ['get', 'set', 'selective-access', 'action'],
  'client-max-receive-pdu-size': 0xffff,
}
const PASSWORD = octetsOf('5265616465722D31')

/** As the public client sends it, with other fields. */
const aarq = (fields: Partial<Aarq>, initiate: Partial<InitiateRequest> = {}): string =>
  hex(
    encode(apdu, {
      is: 'aarq',
      value: {
        'application-context-name': 'ln',
        'user-information': { is: 'initiate-request', value: { ...INITIATE, ...initiate } },
        ...fields,
      },
    }),
  )
const REQUIREMENTS = octetsOf('0780')
const reader = (value: Uint8Array, fields: Partial<Aarq> = {}): string =>
  aarq({
    'sender-acse-requirements': REQUIREMENTS,
    'mechanism-name': 'lls',
    'calling-authentication-value': value,
    ...fields,
  })

const NAME = get(15, '0.0.40.0.0.255', 1)
const LIST = get(15, '0.0.40.0.0.255', 2)

/** APDUs of one client over one TCP connection. */
const over = (client: number, ...apdus: readonly string[]): Script => ({
  meter: 'reference',
  port: 'wrapper',
  steps: [{ connect: 'a' }, ...apdus.map((each) => ({ octets: wpduOf(each, client), peer: 'a', octetMs: 0 }))],
})
const asPublic = (...apdus: readonly string[]): Script => over(16, ...apdus)
const asReader = (...apdus: readonly string[]): Script => over(2, ...apdus)
/** The management client with a proposal of its own. */
const manager = (services: readonly ConformanceBit[]): string =>
  aarq(
    {
      'sender-acse-requirements': REQUIREMENTS,
      'mechanism-name': 'lls',
      'calling-authentication-value': octetsOf('4D616E6167657231'),
    },
    { 'proposed-conformance': services },
  )
const NEW_VALUE = set(1, '0.0.96.128.1.255', 2, '090411223344')

/** One client of the meter that asks its users who they are: lower address 17 in two octets. */
const asUser = (request: string): Script => {
  const operator = client(3, hex(addressOctets({ size: 2, upper: 1, lower: 17 })))
  return {
    meter: 'two-octet',
    port: 'hdlc',
    steps: [operator.snrm(), operator.i(0, 0, LLC + request)].map((each) => ({ octets: each })),
  }
}

export const associationScripts: readonly Script[] = [
  asPublic(NAME, AARQ, NAME, RLRQ, NAME, RLRQ),
  ...['6200', '6203800101', '620380011E'].map((rlrq) => asPublic(AARQ, rlrq, NAME)),
  over(1, MANAGEMENT, LIST),
  ...[
    { 'protocol-version': octetsOf('0284') },
    { 'protocol-version': octetsOf('0244') },
    { 'application-context-name': 'sn' },
    { 'called-AP-title': octetsOf('44'), 'implementation-information': octetsOf('01') },
    { 'calling-AE-invocation-id': 1 },
  ].map((fields) => asPublic(aarq(fields), NAME)),
  ...[
    { 'proposed-quality-of-service': 1 },
    { 'dedicated-key': octetsOf('000102030405060708090A0B0C0D0E0F') },
    { 'proposed-dlms-version-number': 5 },
    { 'proposed-dlms-version-number': 7 },
    { 'proposed-conformance': ['read'] as const },
    { 'client-max-receive-pdu-size': 11 },
    { 'client-max-receive-pdu-size': 0 },
    { 'client-max-receive-pdu-size': 64 },
  ].map((initiate) => asPublic(aarq({}, initiate), NAME, LIST)),
  {
    meter: 'reference',
    port: 'wrapper',
    steps: [
      { connect: 'a' },
      ...[wpduOf(READER, 2), wpduOf(MANAGEMENT, 1), wpduOf(RLRQ, 2), wpduOf(NAME, 1)].map((each) => ({
        octets: each,
        peer: 'a',
        octetMs: 0,
      })),
    ],
  },
  asPublic(AARQ, AARQ, NAME),
  asPublic(RLRQ, RLRQ, AARQ),
  asPublic(aarq({}, { 'response-allowed': false }), NAME, AARQ),
  ...[AARQ.replace('BE10', 'BE11'), AARQ.slice(0, -4)].map((request) => asPublic(request, NAME)),
  over(1, MANAGEMENT, manager(['get']), NEW_VALUE),
  over(1, manager(['get']), NEW_VALUE),
  over(1, MANAGEMENT, NEW_VALUE),
  asReader(READER, NAME),
  asReader(aarq({}), NAME),
  asReader(aarq({ 'mechanism-name': 'lls', 'calling-authentication-value': octetsOf('00') }), NAME),
  asReader(aarq({ 'sender-acse-requirements': REQUIREMENTS, 'mechanism-name': 'lls' }), NAME),
  asReader(aarq({ 'sender-acse-requirements': REQUIREMENTS, 'calling-authentication-value': PASSWORD }), NAME),
  ...['hls-2', 'lowest'].map((name) => asReader(reader(PASSWORD, { 'mechanism-name': name }), NAME)),
  ...['5265616465722D32', '5265616465722D', '5265616465722D3100'].map((value) =>
    asReader(reader(octetsOf(value)), NAME),
  ),
  ...[{ 'calling-AE-invocation-id': 5 }, { 'calling-AE-invocation-id': 6 }, {}].map((fields) => asUser(aarq(fields))),
]
