// What stands between the APDUs of an association and its services: protection, HLS that is not through, and the broadcast key.
import { decode } from '../../codec/codec.ts'
import type { Rlrq } from '../../protocol/acse/acse.ts'
import { xdlms } from '../../protocol/xdlms/xdlms.ts'
import type { Association } from '../association/association.ts'
import { initiateIn } from '../association/initiate.ts'
import type { Decisions } from '../decisions.ts'
import type { InstalledMeter } from '../installed-meter.ts'
import { REQUEST_BITS } from '../model/access.ts'
import type { Situation } from '../model/classes.ts'
import { incoming, type Incoming } from './incoming.ts'
import type { Answering } from './outgoing.ts'
import { partnersOf, type Partners } from './partners.ts'
import type { ProtectionRules, Released } from './rules.ts'
import type { Path } from '../upper.ts'

/** Of an association with ciphering. */
export interface Guard {
  readonly rules: ProtectionRules
  readonly partners: Partners
}

/** Undefined where the context is one without ciphering. */
export function guardOf(meter: InstalledMeter, path: Path, { client, session }: Association): Guard | undefined {
  const partners = client.ciphered && session ? partnersOf(meter, path, client, session) : undefined
  return partners && { rules: meter.decisions.protection, partners }
}

export interface Request {
  readonly octets: Uint8Array
  /** It came in general block transfer. */
  readonly inBlocks: boolean
  readonly guard: Guard | undefined
}

/** The APDU that is to be served, in plain octets, or why it is refused. */
export function guarded(
  { protection, association: { hls }, services }: Decisions,
  { octets, inBlocks, guard }: Request,
  situation: Situation,
): Incoming {
  if (guard !== undefined && !inBlocks && octets.length > situation.description.maxReceivePduSize)
    return { is: 'refused', why: services.tooLong }
  if (
    guard !== undefined &&
    isGeneral(octets) &&
    !services.permits(['general-protection'], situation.association.conformance)
  )
    return { is: 'refused', why: services.notNegotiated }
  const taken: Incoming =
    guard === undefined ? { is: 'taken', octets, how: undefined } : incoming(protection, guard.partners, octets)
  if (taken.is === 'refused') return taken
  const isPending = situation.association.pending !== undefined
  const isBroadcast = taken.how?.key.name === 'global-broadcast-encryption-key'
  if (!isPending && !isBroadcast) return taken
  const asked = decode(xdlms, taken.octets)
  if (isPending && !(asked.ok && hls.serves(asked.value, situation))) return { is: 'refused', why: hls.pending }
  if (isBroadcast && !(asked.ok && protection.broadcastServes(asked.value)))
    return { is: 'refused', why: protection.errors.refused('operation-not-possible') }
  return taken
}

/** general-glo, general-ded, general-ciphering and general-signing: of use where the conformance block has general-protection (IEC 62056-5-3, Conformance block). */
const isGeneral = ([tag = 0]: Uint8Array): boolean => GENERAL_TAGS.includes(tag)
const GENERAL_TAGS: readonly number[] = [0xdb, 0xdc, 0xdd, 0xdf]

/** How a request came. */
type Came = Partial<Pick<Extract<Incoming, { is: 'taken' }>, 'how' | 'signed'>>

/** How a response to a request that came so is protected. */
export const answeringTo = ({ rules, partners }: Guard, { how, signed }: Came = {}, inBlocks = false): Answering => ({
  rules,
  partners,
  how,
  signed,
  demanded: rules.demanded(partners),
  inBlocks,
})

/** The same, where access rights demand more than the policy. */
export const withDemands = (answering: Answering, bits: number): Answering => ({
  ...answering,
  demanded: answering.demanded | (bits & ~REQUEST_BITS),
})

export function releasedBy({ rules, partners }: Guard, rlrq: Rlrq): Released {
  const information = rlrq['user-information']
  if (information === undefined) return 'absent'
  if (information.is === 'initiate-request') return 'plain'
  return initiateIn(rlrq, rules, partners).is === 'initiate' ? 'protected' : 'wrong'
}
