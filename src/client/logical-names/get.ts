// GET with logical names: in one APDU, or in blocks that are asked for one after the other (IEC 62056-5-3 clause 7.3.5).
import { list } from '../../codec/codec.ts'
import type { Apdu } from '../../protocol/apdu.ts'
import { data, type Data } from '../../protocol/data/data.ts'
import {
  getDataResult,
  type AccessSelection,
  type CosemAttributeDescriptor,
  type GetDataResult,
  type InvokeIdAndPriority,
} from '../../protocol/xdlms/common.ts'
import { contentsAs } from '../raw-data.ts'
import { done, other, refused, type ServiceOutcome } from '../service-outcome.ts'
import { invokeIdAndPriority } from '../services.ts'
import { unagreed, unneeded, type Session } from '../session.ts'
import { oneResultEach } from '../lists.ts'
import { blocksOf, type Carried } from './long-answer.ts'

export interface AttributeAsked {
  readonly attribute: CosemAttributeDescriptor
  readonly selection?: AccessSelection
}

/** Octets of a get-response-normal in front of its Data. */
const AROUND_DATA = 4
/** Octets of a get-response-with-list in front of its list. */
const AROUND_LIST = 3

export async function get(session: Session, { attribute, selection }: AttributeAsked): Promise<ServiceOutcome<Data>> {
  const id = invokeIdAndPriority(session.nextInvokeId())
  const answer = await session.ask({
    is: 'get-request-normal',
    value: {
      'invoke-id-and-priority': id,
      'cosem-attribute-descriptor': attribute,
      ...(selection === undefined ? {} : { 'access-selection': selection }),
    },
  })
  if (answer?.is === 'get-response-normal') return ofResult(answer.value.result)
  if (answer?.is !== 'get-response-with-datablock') return other()
  return contentsAs(data, await blocks(session, id, answer), (raw, count) => [
    ...unagreed(session, 'block-transfer-with-get-or-read'),
    ...unneeded(session, AROUND_DATA + raw.length, count),
  ])
}

export async function getWithList(
  session: Session,
  asked: readonly AttributeAsked[],
): Promise<ServiceOutcome<readonly GetDataResult[]>> {
  const id = invokeIdAndPriority(session.nextInvokeId())
  const answer = await session.ask({
    is: 'get-request-with-list',
    value: { 'invoke-id-and-priority': id, 'attribute-descriptor-list': asked.map(descriptorOf) },
  })
  if (answer?.is === 'get-response-with-list') return oneResultEach(asked.length, done(answer.value.result))
  if (answer?.is === 'get-response-normal' && answer.value.result.is === 'data-access-result')
    return refused(answer.value.result.value)
  if (answer?.is !== 'get-response-with-datablock') return other()
  const results = contentsAs(list(getDataResult), await blocks(session, id, answer), (raw, count) => [
    ...unagreed(session, 'block-transfer-with-get-or-read'),
    ...unneeded(session, AROUND_LIST + raw.length, count),
  ])
  return oneResultEach(asked.length, results)
}

export const descriptorOf = ({ attribute, selection }: AttributeAsked) => ({
  'cosem-attribute-descriptor': attribute,
  ...(selection === undefined ? {} : { 'access-selection': selection }),
})

const ofResult = (result: GetDataResult): ServiceOutcome<Data> =>
  result.is === 'data' ? done(result.value) : refused(result.value)

const blocks = (session: Session, id: InvokeIdAndPriority, first: Apdu): Promise<ServiceOutcome<Uint8Array>> =>
  blocksOf(session, id, first, {
    form: 'get-response-with-datablock',
    next: (value) => ({ is: 'get-request-next', value }),
    carried,
  })

function carried(answer: Apdu): Carried {
  switch (answer.is) {
    case 'get-response-with-datablock': {
      const { result, ...numbers } = answer.value.result
      return result.is === 'raw-data'
        ? { is: 'block', block: { ...numbers, 'raw-data': result.value } }
        : { is: 'refused', result: result.value }
    }
    case 'get-response-normal': {
      const { result } = answer.value
      return result.is === 'data-access-result' ? { is: 'refused', result: result.value } : { is: 'misplaced' }
    }
    case 'get-response-with-list':
      return { is: 'misplaced' }
    default:
      return { is: 'other' }
  }
}
