// AARQ → AARE, and the association if it is accepted (IEC 62056-5-3 clause 6.2).
import { unhex } from '../../codec/value.ts'
import { CONFORMANCE, type ConformanceBit } from '../../protocol/xdlms/conformance.ts'
import type { InitiateRequest } from '../../protocol/xdlms/initiate.ts'
import { secretOctets } from '../description.ts'
import type { Answering } from '../protection/outgoing.ts'
import { partnersOf, serverTitle, type Partners, type Session } from '../protection/partners.ts'
import { accepted, rejected, sealed } from './aare.ts'
import { associationOf, contextNameOf, contextOfAll, type Association, type KnownClient } from './association.ts'
import { isHls, needsTitle } from './hls-rules.ts'
import type { HlsPending } from './hls.ts'
import { initiateIn } from './initiate.ts'
import {
  ACSE_CHECKS,
  INITIATE_CHECKS,
  type AssociationRules,
  type Diagnostic,
  type Opened,
  type Opening,
  type Proposal,
} from './rules.ts'

const NO_REASON: Diagnostic = { is: 'acse-service-user', value: 'no-reason-given' }

export function open(rules: AssociationRules, asked: Omit<Opening, 'known'>): Opened {
  const opening: Opening = { ...asked, known: rules.client(asked.path, asked.description) }
  const { answering, ...checked } = check(rules, opening)
  const opened = rules.opened(checked, opening)
  return answering === undefined || opened.aare === undefined
    ? opened
    : { ...opened, aare: sealed(opened.aare, answering) }
}

/** `answering`: how the user-information of the AARE is protected. */
type Checked = Opened & { readonly answering?: Answering }

function check(rules: AssociationRules, opening: Opening): Checked {
  const { aarq, known, description, protection, outstanding } = opening
  const context = known === undefined ? contextOfAll(description) : contextNameOf(known.client)
  const password = secretOctets(description, known?.client.secret ?? '')
  const server = serverTitle(opening)
  for (const each of ACSE_CHECKS) {
    const diagnostic = rules.acse[each]({ aarq, client: known?.client, context, password, server, outstanding })
    if (diagnostic !== undefined) return { aare: rejected(context, diagnostic) }
  }
  if (known === undefined) return { aare: rejected(context, NO_REASON) }
  const session = sessionOf(opening, known)
  const partners = known.client.ciphered ? session && partnersIn(opening, known, session) : undefined
  if (known.client.ciphered && partners === undefined) return { aare: rejected(context, NO_REASON) }
  const initiated = initiateIn(aarq, protection, partners)
  if (initiated.is === 'none') return { aare: rejected(context, NO_REASON, initiated.error) }

  const { value: initiate, how } = initiated
  const answering = partners && { rules: protection, partners, how, demanded: protection.demanded(partners) }
  const common = commonConformance(initiate, known.client.conformance)
  const takesDedicatedKey = (key: Uint8Array): boolean =>
    partners !== undefined && protection.takesDedicatedKey(key, how?.control, partners)
  const proposal: Proposal = { initiate, common, takesDedicatedKey }
  const sealing = answering === undefined ? {} : { answering }
  for (const each of INITIATE_CHECKS) {
    const error = rules.initiate[each](proposal)
    if (error !== undefined) {
      const aare = rejected(context, NO_REASON, { is: 'initiate', value: error })
      return { aare, ...sealing }
    }
  }
  const association = associated(rules, opening, known, proposal, session)
  const { pending } = association
  const aare = initiate['response-allowed']
    ? { aare: accepted({ client: known.client, description, common, pending }) }
    : {}
  return { ...aare, association, ...sealing }
}

function associated(
  rules: AssociationRules,
  opening: Opening,
  known: KnownClient,
  { initiate, common }: Proposal,
  session: Session | undefined,
): Association {
  const pending = pendingOf(rules, opening, known)
  const dedicatedKey = opening.protection.dedicatedKey(initiate['dedicated-key'], opening.former)
  return {
    ...associationOf(known, opening.path.device, common, initiate['client-max-receive-pdu-size']),
    ...(session === undefined
      ? {}
      : { session: { ...session, ...(dedicatedKey === undefined ? {} : { dedicatedKey }) } }),
    ...(pending === undefined ? {} : { pending }),
    ...titleOf(opening, known),
  }
}

/** As told in the AARQ, or as known. */
function titleOf({ aarq }: Opening, { client }: KnownClient): Pick<Association, 'clientTitle'> {
  const clientTitle = aarq['calling-AP-title'] ?? unhex(client.systemTitle ?? '')
  return clientTitle === undefined || clientTitle.length === 0 ? {} : { clientTitle }
}

function sessionOf({ aarq, number }: Opening, { client }: KnownClient): Session | undefined {
  const title = aarq['calling-AP-title']
  return title === undefined || !needsTitle(client) ? undefined : { client: title, association: number }
}

const partnersIn = (
  { description, store, path }: Opening,
  { client }: KnownClient,
  session: Session,
): Partners | undefined => partnersOf({ description, store }, path, client, session)

/** HLS, pass 2: the server has a challenge of its own. */
function pendingOf(
  { hls }: AssociationRules,
  { aarq, random, number, formerChallenge }: Opening,
  { client: { mechanism } }: KnownClient,
): HlsPending | undefined {
  if (!isHls(mechanism)) return undefined
  const ctos = aarq['calling-authentication-value'] ?? new Uint8Array(0)
  const stoc = hls.challenge(hls.length(mechanism, ctos), random, number, formerChallenge)
  const qualifier = aarq['calling-AE-qualifier']
  return { mechanism, ctos, stoc, failed: false, ...(qualifier === undefined ? {} : { qualifier }) }
}

/** Proposal and declaration, bit by bit (ruling A22). */
const commonConformance = (initiate: InitiateRequest, declared: readonly string[]): readonly ConformanceBit[] =>
  CONFORMANCE.filter((bit) => initiate['proposed-conformance'].includes(bit) && declared.includes(bit))
