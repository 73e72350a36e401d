// The services of COSEM as whoever uses them sees them: attributes and methods, whatever the referencing.
import type { Data } from '../protocol/data/data.ts'
import type { ActionResponseWithOptionalData } from '../protocol/xdlms/action.ts'
import type { DataAccessResult, GetDataResult } from '../protocol/xdlms/common.ts'
import { action, actionWithList, type MethodInvoked } from './logical-names/action.ts'
import { get, getWithList, type AttributeAsked } from './logical-names/get.ts'
import { set, setWithList, type AttributeWritten } from './logical-names/set.ts'
import type { ServiceOutcome } from './service-outcome.ts'
import type { Session } from './session.ts'

export interface Services {
  get(asked: AttributeAsked): Promise<ServiceOutcome<Data>>
  set(written: AttributeWritten): Promise<ServiceOutcome<true>>
  /** What the method returns; undefined: nothing. */
  action(invoked: MethodInvoked): Promise<ServiceOutcome<Data | undefined>>
  getWithList(asked: readonly AttributeAsked[]): Promise<ServiceOutcome<readonly GetDataResult[]>>
  setWithList(written: readonly AttributeWritten[]): Promise<ServiceOutcome<readonly DataAccessResult[]>>
  actionWithList(invoked: readonly MethodInvoked[]): Promise<ServiceOutcome<readonly ActionResponseWithOptionalData[]>>
}

export const withLogicalNames = (session: Session): Services => ({
  get: (asked) => get(session, asked),
  set: (written) => set(session, written),
  action: (invoked) => action(session, invoked),
  getWithList: (asked) => getWithList(session, asked),
  setWithList: (written) => setWithList(session, written),
  actionWithList: (invoked) => actionWithList(session, invoked),
})
