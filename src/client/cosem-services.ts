// The services of COSEM as whoever uses them sees them: attributes and methods, whatever the referencing.
import type { Data } from '../protocol/data/data.ts'
import type { GetDataResult } from '../protocol/xdlms/common.ts'
import { access, type Accessed, type AccessResult } from './logical-names/access.ts'
import { action, actionWithList, type MethodInvoked } from './logical-names/action.ts'
import { get, getWithList, type AttributeAsked } from './logical-names/get.ts'
import { set, setWithList, type AttributeWritten } from './logical-names/set.ts'
import type { ServiceOutcome } from './service-outcome.ts'
import type { Session } from './session.ts'

/** What became of one method among several. */
export interface MethodResult {
  /** `success`, or why not. */
  readonly result: string | number
  readonly 'return-parameters'?: GetDataResult | undefined
}

export interface Services {
  get(asked: AttributeAsked): Promise<ServiceOutcome<Data>>
  set(written: AttributeWritten): Promise<ServiceOutcome<true>>
  /** What the method returns; undefined: nothing. */
  action(invoked: MethodInvoked): Promise<ServiceOutcome<Data | undefined>>
  getWithList(asked: readonly AttributeAsked[]): Promise<ServiceOutcome<readonly GetDataResult[]>>
  /** A result for each: `success`, or why not. */
  setWithList(written: readonly AttributeWritten[]): Promise<ServiceOutcome<readonly (string | number)[]>>
  actionWithList(invoked: readonly MethodInvoked[]): Promise<ServiceOutcome<readonly MethodResult[]>>
  access(list: readonly Accessed[]): Promise<ServiceOutcome<readonly AccessResult[]>>
}

export const withLogicalNames = (session: Session): Services => ({
  get: (asked) => get(session, asked),
  set: (written) => set(session, written),
  action: (invoked) => action(session, invoked),
  getWithList: (asked) => getWithList(session, asked),
  setWithList: (written) => setWithList(session, written),
  actionWithList: (invoked) => actionWithList(session, invoked),
  access: (list) => access(session, list),
})
