// AARQ → AARE, and the association if it is accepted (IEC 62056-5-3 clause 6.2).
import type { Aare } from '../../protocol/acse/acse.ts'
import { CONFORMANCE, type ConformanceBit } from '../../protocol/xdlms/conformance.ts'
import type { InitiateRequest } from '../../protocol/xdlms/initiate.ts'
import { secretOctets, type MeterDescription } from '../description.ts'
import { associationOf, contextOfAll, type Referencing } from './association.ts'
import {
  ACSE_CHECKS,
  DLMS_VERSION,
  INITIATE_CHECKS,
  type AssociationRules,
  type Diagnostic,
  type InitiateError,
  type Opened,
  type Opening,
} from './rules.ts'

/** The virtual application association, by the referencing of the context. */
const VAA_NAME = { ln: 0x0007, sn: 0xfa00 } as const
const NO_DIAGNOSTIC: Diagnostic = { is: 'acse-service-user', value: 'null' }
const NO_REASON: Diagnostic = { is: 'acse-service-user', value: 'no-reason-given' }

export function open(rules: AssociationRules, asked: Omit<Opening, 'known'>): Opened {
  const opening: Opening = { ...asked, known: rules.client(asked.path, asked.description) }
  return rules.opened(checked(rules, opening), opening)
}

function checked(rules: AssociationRules, opening: Opening): Opened {
  const { aarq, known, path, description } = opening
  const context = known?.client.context ?? contextOfAll(description)
  const password = secretOctets(description, known?.client.secret ?? '')
  for (const check of ACSE_CHECKS) {
    const diagnostic = rules.acse[check]({ aarq, client: known?.client, context, password })
    if (diagnostic !== undefined) return { aare: rejected(context, diagnostic) }
  }
  const information = aarq['user-information']
  if (known === undefined || information?.is !== 'initiate-request') return { aare: rejected(context, NO_REASON) }

  const initiate = information.value
  const common = commonConformance(initiate, known.client.conformance)
  for (const check of INITIATE_CHECKS) {
    const error = rules.initiate[check]({ initiate, common })
    if (error !== undefined) return { aare: rejected(context, NO_REASON, error) }
  }
  const association = associationOf(known, path.device, common, initiate['client-max-receive-pdu-size'])
  return initiate['response-allowed'] ? { aare: accepted(context, description, common), association } : { association }
}

/** Proposal and declaration, bit by bit (ruling A22). */
const commonConformance = (initiate: InitiateRequest, declared: readonly string[]): readonly ConformanceBit[] =>
  CONFORMANCE.filter((bit) => initiate['proposed-conformance'].includes(bit) && declared.includes(bit))

const accepted = (context: Referencing, description: MeterDescription, common: readonly ConformanceBit[]): Aare => ({
  'application-context-name': context,
  result: 'accepted',
  'result-source-diagnostic': NO_DIAGNOSTIC,
  'user-information': {
    is: 'initiate-response',
    value: {
      'negotiated-dlms-version-number': DLMS_VERSION,
      'negotiated-conformance': common,
      'server-max-receive-pdu-size': description.maxReceivePduSize,
      'vaa-name': VAA_NAME[context],
    },
  },
})

/** The error of the xDLMS side comes along where that side has refused (ruling A23). */
const rejected = (context: Referencing, diagnostic: Diagnostic, error?: InitiateError): Aare => ({
  'application-context-name': context,
  result: 'rejected-permanent',
  'result-source-diagnostic': diagnostic,
  ...(error === undefined
    ? {}
    : {
        'user-information': {
          is: 'confirmed-service-error',
          value: { service: 'initiate-error', 'service-error': { is: 'initiate', value: error } },
        },
      }),
})
