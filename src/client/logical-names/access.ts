// ACCESS: GET, SET and ACTION in one request, each with a result of its own (IEC 62056-5-3, Access-Request; ruling X17).
import type { Data } from '../../protocol/data/data.ts'
import type { AccessRequestSpecification } from '../../protocol/xdlms/access.ts'
import { oneResultEach } from '../lists.ts'
import { done, other, type ServiceOutcome } from '../service-outcome.ts'
import { longInvokeIdAndPriority } from '../services.ts'
import type { Session } from '../session.ts'
import type { MethodInvoked } from './action.ts'
import type { AttributeAsked } from './get.ts'
import type { AttributeWritten } from './set.ts'

/** One element of an ACCESS. */
export type Accessed =
  | ({ readonly is: 'get' } & AttributeAsked)
  | ({ readonly is: 'set' } & AttributeWritten)
  | ({ readonly is: 'action' } & MethodInvoked)

/** What became of one element; `data`: what it gives, null-data where it gives nothing. */
export interface AccessResult {
  readonly result: string | number
  readonly data: Data
}

export async function access(
  session: Session,
  list: readonly Accessed[],
): Promise<ServiceOutcome<readonly AccessResult[]>> {
  const answer = await session.ask({
    is: 'access-request',
    value: {
      'long-invoke-id-and-priority': longInvokeIdAndPriority(session.nextInvokeId()),
      'date-time': new Uint8Array(0),
      'access-request-specification': list.map(specificationOf),
      'access-request-list-of-data': list.map(dataOf),
    },
  })
  if (answer?.is !== 'access-response') return other()
  const { 'access-response-list-of-data': data, 'access-response-specification': specifications } = answer.value
  const nothing: Data = { is: 'null-data' }
  const results = specifications.map(({ value }, at) => ({ result: value.result, data: data[at] ?? nothing }))
  return oneResultEach(
    list.length,
    done(data.length === specifications.length ? results : results.slice(0, data.length)),
  )
}

function specificationOf(accessed: Accessed): AccessRequestSpecification {
  switch (accessed.is) {
    case 'get':
    case 'set': {
      const { attribute, selection } = accessed
      const target = { 'cosem-attribute-descriptor': attribute }
      return selection === undefined
        ? { is: `access-request-${accessed.is}`, value: target }
        : { is: `access-request-${accessed.is}-with-selection`, value: { ...target, 'access-selection': selection } }
    }
    case 'action':
      return { is: 'access-request-action', value: { 'cosem-method-descriptor': accessed.method } }
    default:
      return accessed satisfies never
  }
}

function dataOf(accessed: Accessed): Data {
  if (accessed.is === 'set') return accessed.value
  return (accessed.is === 'action' ? accessed.parameter : undefined) ?? { is: 'null-data' }
}
