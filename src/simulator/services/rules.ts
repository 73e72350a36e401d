// What the server says when a service cannot be carried out as a whole, and what it makes of lists (IEC 62056-5-3 clause 8.5; rulings X1–X5, X14–X20).
import type { GetDataResult } from '../../protocol/xdlms/common.ts'
import type { ConformanceBit } from '../../protocol/xdlms/conformance.ts'
import type { ExceptionResponse } from '../../protocol/xdlms/errors.ts'
import type { Xdlms } from '../../protocol/xdlms/xdlms.ts'
import type { Path } from '../upper.ts'
import { conformantAccessService, type AccessServiceRules } from './access.ts'
import { conformantBlocks, type BlockRules } from './block-rules.ts'
import { conformantEvents, type EventRules } from './event-notification.ts'
import { conformantShortNames, type ShortNameRules } from './short-names/rules.ts'
import { conformantGbt, type GbtRules } from './general-block-transfer.ts'

export interface ServiceRules {
  /** No association. */
  readonly idle: ExceptionResponse
  readonly undefinedTag: ExceptionResponse
  readonly undefinedChoice: ExceptionResponse
  readonly unreadable: ExceptionResponse
  readonly notNegotiated: ExceptionResponse
  readonly tooLong: ExceptionResponse
  /** Whether a request that makes use of these conformance bits is served. */
  readonly permits: (needed: readonly ConformanceBit[], negotiated: readonly ConformanceBit[]) => boolean
  /** Whether a request is answered, or carried out and no more: service-class, and what an I frame implies (rulings X15, X16). */
  readonly isAnswered: (path: Path, confirmed: boolean) => boolean
  /** Whether the association is over with this answer. */
  readonly endsAssociation: (response: Xdlms | undefined) => boolean
  /** What refuses a request whose service-class is unconfirmed; undefined: nothing. */
  readonly unconfirmed: ExceptionResponse | undefined
  /** Results of the elements of a list → those that are sent: one each, in the same order (ruling X17). */
  readonly listResults: <T>(results: readonly T[]) => readonly T[]
  /** Attributes of an object that was asked for with attribute 0, those without a right to read left out. */
  readonly allAttributes: (ids: readonly number[]) => readonly number[]
  /** What reading each of them for itself gave → what the structure is made of: values go in, refusals do not. */
  readonly allResults: (classId: number, results: readonly GetDataResult[]) => readonly GetDataResult[]
  readonly access: AccessServiceRules
  readonly events: EventRules
  readonly blocks: BlockRules
  readonly shortNames: ShortNameRules
  readonly gbt: GbtRules
  /** Whether a request with effect that comes twice, octet by octet, is the same one come again (ruling W10). */
  readonly isRepetition: (path: Path) => boolean
}

export const conformantServices: ServiceRules = {
  idle: { 'state-error': 'service-not-allowed', 'service-error': 'operation-not-possible' },
  undefinedTag: { 'state-error': 'service-unknown', 'service-error': 'service-not-supported' },
  undefinedChoice: { 'state-error': 'service-not-allowed', 'service-error': 'service-not-supported' },
  unreadable: { 'state-error': 'service-not-allowed', 'service-error': 'other-reason' },
  notNegotiated: { 'state-error': 'service-not-allowed', 'service-error': 'service-not-supported' },
  tooLong: { 'state-error': 'service-not-allowed', 'service-error': 'pdu-too-long' },
  permits: (needed, negotiated) => needed.every((bit) => negotiated.includes(bit)),
  isAnswered: ({ carrier }, confirmed) => confirmed || carrier === 'hdlc',
  endsAssociation: () => false,
  unconfirmed: undefined,
  listResults: (results) => results,
  allAttributes: (ids) => ids,
  allResults: (_classId, results) => results,
  access: conformantAccessService,
  events: conformantEvents,
  blocks: conformantBlocks,
  shortNames: conformantShortNames,
  gbt: conformantGbt,
  isRepetition: ({ carrier }) => carrier === 'udp',
}
