// What the server decides about services with short names (IEC 62056-5-3 clause 8.5; rulings X2, X3, X5, X26, C19).
import type { ConfirmedServiceError } from '../../../protocol/xdlms/errors.ts'
import { contextOf, type Association, type Referencing } from '../../association/association.ts'
import type { Situation } from '../../model/classes.ts'
import { variableNamed, type Variable } from './names.ts'

type ServiceError = ConfirmedServiceError['service-error']

/** Why a request as a whole is refused. */
export type Whole = 'idle' | 'unreadable' | 'notNegotiated' | 'tooLong'

export interface ShortNameRules {
  /** Whether services of this referencing belong to the context of the association (ruling X26). */
  readonly belongs: (referencing: Referencing, association: Association) => boolean
  readonly variable: (situation: Situation, name: number) => Variable | undefined
  /** Results of the variables of a request, with their names → those that are sent. */
  readonly results: <T>(results: readonly T[], names: readonly number[]) => readonly T[]
  /** What `last-block` says of a block. */
  readonly saysLast: (last: boolean) => boolean
  readonly errors: Readonly<Record<Whole, ServiceError>>
}

export const conformantShortNames: ShortNameRules = {
  belongs: (referencing, association) => contextOf(association) === referencing,
  variable: variableNamed,
  results: (results) => results,
  saysLast: (last) => last,
  errors: {
    idle: { is: 'service', value: 'service-unsupported' },
    unreadable: { is: 'service', value: 'other' },
    notNegotiated: { is: 'service', value: 'service-unsupported' },
    tooLong: { is: 'service', value: 'pdu-size' },
  },
}
