// APDUs of the tester as values: what it opens associations with, and what all its services have in common.
import { encode } from '../codec/codec.ts'
import { apdu, type Apdu } from '../protocol/apdu.ts'
import type { Aarq, Rlrq } from '../protocol/acse/acse.ts'
import type { MECHANISM } from '../protocol/acse/names.ts'
import type {
  CosemAttributeDescriptor,
  InvokeIdAndPriority,
  LongInvokeIdAndPriority,
} from '../protocol/xdlms/common.ts'
import type { ConformanceBit } from '../protocol/xdlms/conformance.ts'
import type { InitiateRequest } from '../protocol/xdlms/initiate.ts'

/** How the parties prove who they are. */
export type Mechanism = keyof typeof MECHANISM

/** Logical names or short names. */
export type Referencing = 'ln' | 'sn'

/** How a client says who it is. */
export interface Credentials {
  readonly context: Referencing
  /** The application context is a ciphered one. */
  readonly ciphered?: boolean
  readonly mechanism: Mechanism
  /** calling-authentication-value: the password of `lls`, the challenge of HLS. */
  readonly value?: Uint8Array
  /** System title of the client, where its mechanism or its context needs one. */
  readonly title?: Uint8Array
  readonly dedicatedKey?: Uint8Array
  /** Its APDUs may go in the general forms of ciphering. */
  readonly general?: boolean
  /** Its user_id, where the server asks each user who it is. */
  readonly user?: number
}

/** What a client proposes for its association. */
export interface Proposal {
  readonly conformance: readonly ConformanceBit[]
  /** The longest APDU that may come; 0: any. */
  readonly 'client-max-receive-pdu-size': number
}

/** What the tester can do. */
const CONFORMANCE: Readonly<Record<Referencing, readonly ConformanceBit[]>> = {
  ln: [
    'attribute0-supported-with-set',
    'priority-mgmt-supported',
    'attribute0-supported-with-get',
    'block-transfer-with-get-or-read',
    'block-transfer-with-set-or-write',
    'block-transfer-with-action',
    'multiple-references',
    'get',
    'set',
    'selective-access',
    'event-notification',
    'action',
  ],
  sn: [
    'read',
    'write',
    'unconfirmed-write',
    'block-transfer-with-get-or-read',
    'block-transfer-with-set-or-write',
    'multiple-references',
    'information-report',
    'parameterized-access',
  ],
}

/** InitiateRequest of a client that proposes what the tester can do, or what is said of it. */
export const initiateFor = (context: Referencing, proposal: Partial<Proposal> = {}): InitiateRequest => ({
  'response-allowed': true,
  'proposed-dlms-version-number': 6,
  'proposed-conformance': proposal.conformance ?? CONFORMANCE[context],
  'client-max-receive-pdu-size': proposal['client-max-receive-pdu-size'] ?? 0xffff,
})

/** BIT STRING with the authentication functional unit. */
const AUTHENTICATION = Uint8Array.of(0x07, 0x80)

/** AARQ as IEC 62056-5-3 wants it of this client. */
export function aarqFor(credentials: Credentials, proposal: Partial<Proposal> = {}): Aarq {
  const { context, ciphered, mechanism, value, user, title, dedicatedKey, general = false } = credentials
  const { conformance = general ? [...CONFORMANCE[context], 'general-protection'] : CONFORMANCE[context] } = proposal
  const authentication =
    mechanism === 'lowest'
      ? {}
      : {
          'sender-acse-requirements': AUTHENTICATION,
          'mechanism-name': mechanism,
          ...(value === undefined ? {} : { 'calling-authentication-value': value }),
        }
  return {
    'application-context-name': ciphered ? `${context}-ciphered` : context,
    ...(title === undefined ? {} : { 'calling-AP-title': title }),
    ...(user === undefined ? {} : { 'calling-AE-invocation-id': user }),
    ...authentication,
    'user-information': {
      is: 'initiate-request',
      value: {
        ...(dedicatedKey === undefined ? {} : { 'dedicated-key': dedicatedKey }),
        ...initiateFor(context, { ...proposal, conformance }),
      },
    },
  }
}

/** RLRQ; in a ciphered context with an InitiateRequest in it that can be protected. */
export const rlrqFor = ({ context, ciphered = false }: Pick<Credentials, 'context' | 'ciphered'>): Rlrq => ({
  reason: 'normal',
  ...(ciphered ? { 'user-information': { is: 'initiate-request', value: initiateFor(context) } } : {}),
})

/** Confirmed, with high priority: `C1` and so on. */
export const invokeIdAndPriority = (id: number): InvokeIdAndPriority => ({
  priority: true,
  'service-class': true,
  reserved: 0,
  'invoke-id': id & 0x0f,
})

/** The same of ACCESS. */
export const longInvokeIdAndPriority = (id: number): LongInvokeIdAndPriority => ({
  priority: true,
  'service-class': true,
  'processing-option': false,
  'self-descriptive': false,
  reserved: 0,
  'long-invoke-id': id,
})

export const getRequest = (id: number, attribute: CosemAttributeDescriptor): Apdu => ({
  is: 'get-request-normal',
  value: { 'invoke-id-and-priority': invokeIdAndPriority(id), 'cosem-attribute-descriptor': attribute },
})

export const apduOctets = (value: Apdu): Uint8Array => encode(apdu, value)
