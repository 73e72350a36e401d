// ACTION with logical names: parameters and return parameters, each in one APDU or in blocks (IEC 62056-5-3 clause 7.3.7).
import { encode, list } from '../../codec/codec.ts'
import type { Apdu } from '../../protocol/apdu.ts'
import { data, type Data } from '../../protocol/data/data.ts'
import { actionResponseWithOptionalData, type ActionResponseWithOptionalData } from '../../protocol/xdlms/action.ts'
import type { CosemMethodDescriptor, InvokeIdAndPriority } from '../../protocol/xdlms/common.ts'
import type { Datablock } from '../../protocol/block-transfer/datablock.ts'
import type { Acknowledgement } from '../block-sending.ts'
import { contentsAs, fitsInOne } from '../raw-data.ts'
import { broken, done, other, refused, type Irregularity, type ServiceOutcome } from '../service-outcome.ts'
import { apduOctets, invokeIdAndPriority } from '../services.ts'
import { unagreed, unneeded, type Session } from '../session.ts'
import { oneResultEach } from '../lists.ts'
import { inBlocks } from './long-request.ts'
import { blocksOf, type Carried } from './long-answer.ts'
import { wrongForm } from './strayed.ts'

export interface MethodInvoked {
  readonly method: CosemMethodDescriptor
  readonly parameter?: Data
}

const BIT = 'block-transfer-with-action'
/** Octets of an action-response in front of its responses. */
const AROUND = 3

/** `value`: what the method returns; undefined: nothing. */
export async function action(
  session: Session,
  { method, parameter }: MethodInvoked,
): Promise<ServiceOutcome<Data | undefined>> {
  const id = invokeIdAndPriority(session.nextInvokeId())
  const whole: Apdu = {
    is: 'action-request-normal',
    value: {
      'invoke-id-and-priority': id,
      'cosem-method-descriptor': method,
      ...(parameter === undefined ? {} : { 'method-invocation-parameters': parameter }),
    },
  }
  const octets = apduOctets(whole).length
  if (parameter === undefined || fitsInOne(session, octets)) return single(session, id, await session.ask(whole))
  const first = (pblock: Datablock): Apdu => ({
    is: 'action-request-with-first-pblock',
    value: { 'invoke-id-and-priority': id, 'cosem-method-descriptor': method, pblock },
  })
  const raw = encode(data, parameter)
  return inBlocks<Data | undefined>(
    session,
    { id, bit: BIT, octets, raw, first, later: laterWith(id) },
    async (answer) => acknowledged(answer) ?? { is: 'final', outcome: await single(session, id, answer) },
  )
}

/** `null-data` stands for no parameter. */
export async function actionWithList(
  session: Session,
  invoked: readonly MethodInvoked[],
): Promise<ServiceOutcome<readonly ActionResponseWithOptionalData[]>> {
  const id = invokeIdAndPriority(session.nextInvokeId())
  const methods = invoked.map(({ method }) => method)
  const parameters = invoked.map(({ parameter }): Data => parameter ?? { is: 'null-data' })
  const whole: Apdu = {
    is: 'action-request-with-list',
    value: {
      'invoke-id-and-priority': id,
      'cosem-method-descriptor-list': methods,
      'method-invocation-parameters': parameters,
    },
  }
  const octets = apduOctets(whole).length
  if (fitsInOne(session, octets))
    return oneResultEach(invoked.length, await several(session, id, await session.ask(whole)))
  const first = (pblock: Datablock): Apdu => ({
    is: 'action-request-with-list-and-first-pblock',
    value: { 'invoke-id-and-priority': id, 'cosem-method-descriptor-list': methods, pblock },
  })
  const raw = encode(list(data), parameters)
  const long = { id, bit: BIT, octets, raw, first, later: laterWith(id) } as const
  const results = await inBlocks<readonly ActionResponseWithOptionalData[]>(
    session,
    long,
    async (answer) => acknowledged(answer) ?? { is: 'final', outcome: await several(session, id, answer) },
  )
  return oneResultEach(invoked.length, results)
}

const laterWith =
  (id: InvokeIdAndPriority) =>
  (pblock: Datablock): Apdu => ({
    is: 'action-request-with-pblock',
    value: { 'invoke-id-and-priority': id, pblock },
  })

const acknowledged = (answer: Apdu | undefined): Acknowledgement<never> | undefined =>
  answer?.is === 'action-response-next-pblock'
    ? { is: 'acknowledged', number: answer.value['block-number'] }
    : undefined

async function single(
  session: Session,
  id: InvokeIdAndPriority,
  answer: Apdu | undefined,
): Promise<ServiceOutcome<Data | undefined>> {
  if (answer?.is === 'action-response-normal') return ofResponse(done(answer.value))
  if (answer?.is !== 'action-response-with-pblock') return misplaced(answer)
  return ofResponse(
    contentsAs(actionResponseWithOptionalData, await blocks(session, id, answer), irregularWith(session)),
  )
}

async function several(
  session: Session,
  id: InvokeIdAndPriority,
  answer: Apdu | undefined,
): Promise<ServiceOutcome<readonly ActionResponseWithOptionalData[]>> {
  if (answer?.is === 'action-response-with-list') return done(answer.value['list-of-responses'])
  if (answer?.is === 'action-response-with-pblock')
    return contentsAs(list(actionResponseWithOptionalData), await blocks(session, id, answer), irregularWith(session))
  if (answer?.is === 'action-response-normal' && answer.value.result !== 'success') return refused(answer.value.result)
  return misplaced(answer)
}

const irregularWith =
  (session: Session) =>
  (raw: Uint8Array, count: number): readonly Irregularity[] => [
    ...unagreed(session, BIT),
    ...unneeded(session, AROUND + raw.length, count),
  ]

/** A method that was done and whose return parameters are missing was done all the same. */
function ofResponse(outcome: ServiceOutcome<ActionResponseWithOptionalData>): ServiceOutcome<Data | undefined> {
  if (outcome.is !== 'done') return outcome
  const { value, transfer } = outcome
  const { result, 'return-parameters': returned } = value
  if (result !== 'success') return refused(result, transfer)
  return done(returned?.is === 'data' ? returned.value : undefined, transfer)
}

const misplaced = (answer: Apdu | undefined): ServiceOutcome<never> =>
  answer?.is.startsWith('action-response') ? broken(wrongForm('the response of the method', answer).breach) : other()

const blocks = (session: Session, id: InvokeIdAndPriority, first: Apdu): Promise<ServiceOutcome<Uint8Array>> =>
  blocksOf(session, id, first, {
    form: 'action-response-with-pblock',
    next: (value) => ({ is: 'action-request-next-pblock', value }),
    carried,
  })

function carried(answer: Apdu): Carried {
  switch (answer.is) {
    case 'action-response-with-pblock':
      return { is: 'block', block: answer.value.pblock }
    case 'action-response-normal': {
      const { result } = answer.value
      return result === 'success' ? { is: 'misplaced' } : { is: 'refused', result }
    }
    case 'action-response-with-list':
    case 'action-response-next-pblock':
      return { is: 'misplaced' }
    default:
      return { is: 'other' }
  }
}
