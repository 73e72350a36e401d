// What the server says when a service cannot be carried out as a whole (IEC 62056-5-3 clause 8.5; rulings X1–X5, X19).
import type { ExceptionResponse } from '../../protocol/xdlms/errors.ts'
import type { Path } from '../upper.ts'

export interface ServiceRules {
  /** No association. */
  readonly idle: ExceptionResponse
  readonly undefinedTag: ExceptionResponse
  readonly undefinedChoice: ExceptionResponse
  readonly unreadable: ExceptionResponse
  readonly notNegotiated: ExceptionResponse
  readonly tooLong: ExceptionResponse
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
  isRepetition: ({ carrier }) => carrier === 'udp',
}
