// SET with logical names: in one APDU, or in blocks where the value is too long for one (IEC 62056-5-3 clause 7.3.6).
import { encode, list } from '../../codec/codec.ts'
import type { Apdu } from '../../protocol/apdu.ts'
import { data, type Data } from '../../protocol/data/data.ts'
import type { DataAccessResult, InvokeIdAndPriority } from '../../protocol/xdlms/common.ts'
import type { Datablock } from '../../protocol/block-transfer/datablock.ts'
import type { Acknowledgement } from '../block-sending.ts'
import { fitsInOne } from '../raw-data.ts'
import { done, other, refused, type ServiceOutcome } from '../service-outcome.ts'
import { apduOctets, invokeIdAndPriority } from '../services.ts'
import type { Session } from '../session.ts'
import { descriptorOf, type AttributeAsked } from './get.ts'
import { oneResultEach } from '../lists.ts'
import { inBlocks } from './long-request.ts'
import { wrongForm } from './strayed.ts'

export interface AttributeWritten extends AttributeAsked {
  readonly value: Data
}

const BIT = 'block-transfer-with-set-or-write'

export async function set(session: Session, written: AttributeWritten): Promise<ServiceOutcome<true>> {
  const id = invokeIdAndPriority(session.nextInvokeId())
  const whole: Apdu = {
    is: 'set-request-normal',
    value: { 'invoke-id-and-priority': id, ...descriptorOf(written), value: written.value },
  }
  const octets = apduOctets(whole).length
  if (fitsInOne(session, octets)) {
    const answer = await session.ask(whole)
    return answer?.is === 'set-response-normal' ? ofResult(answer.value.result) : other()
  }
  const first = (datablock: Datablock): Apdu => ({
    is: 'set-request-with-first-datablock',
    value: { 'invoke-id-and-priority': id, ...descriptorOf(written), datablock },
  })
  const raw = encode(data, written.value)
  return inBlocks<true>(session, { id, bit: BIT, octets, raw, first, later: laterWith(id) }, (answer) =>
    answer?.is === 'set-response-last-datablock'
      ? { is: 'final', outcome: ofResult(answer.value.result), number: answer.value['block-number'] }
      : otherwise(answer),
  )
}

export async function setWithList(
  session: Session,
  written: readonly AttributeWritten[],
): Promise<ServiceOutcome<readonly DataAccessResult[]>> {
  const id = invokeIdAndPriority(session.nextInvokeId())
  const descriptors = written.map(descriptorOf)
  const values = written.map(({ value }) => value)
  const whole: Apdu = {
    is: 'set-request-with-list',
    value: { 'invoke-id-and-priority': id, 'attribute-descriptor-list': descriptors, 'value-list': values },
  }
  const octets = apduOctets(whole).length
  if (fitsInOne(session, octets)) {
    const answer = await session.ask(whole)
    if (answer?.is === 'set-response-with-list') return oneResultEach(written.length, done(answer.value.result))
    return answer?.is === 'set-response-normal' && answer.value.result !== 'success'
      ? refused(answer.value.result)
      : other()
  }
  const first = (datablock: Datablock): Apdu => ({
    is: 'set-request-with-list-and-first-datablock',
    value: { 'invoke-id-and-priority': id, 'attribute-descriptor-list': descriptors, datablock },
  })
  const raw = encode(list(data), values)
  const long = { id, bit: BIT, octets, raw, first, later: laterWith(id) } as const
  const results = await inBlocks<readonly DataAccessResult[]>(session, long, (answer) =>
    answer?.is === 'set-response-last-datablock-with-list'
      ? { is: 'final', outcome: done(answer.value.result), number: answer.value['block-number'] }
      : otherwise(answer),
  )
  return oneResultEach(written.length, results)
}

const laterWith =
  (id: InvokeIdAndPriority) =>
  (datablock: Datablock): Apdu => ({
    is: 'set-request-with-datablock',
    value: { 'invoke-id-and-priority': id, datablock },
  })

const ofResult = (result: DataAccessResult): ServiceOutcome<true> =>
  result === 'success' ? done(true) : refused(result)

/** An answer that ends no list and no long value by success, but may refuse either. */
function otherwise(answer: Apdu | undefined): Acknowledgement<never> {
  switch (answer?.is) {
    case 'set-response-datablock':
      return { is: 'acknowledged', number: answer.value['block-number'] }
    case 'set-response-normal':
    case 'set-response-last-datablock':
      return answer.value.result === 'success'
        ? wrongForm('an answer to a block', answer)
        : { is: 'final', outcome: refused(answer.value.result) }
    case 'set-response-with-list':
    case 'set-response-last-datablock-with-list':
      return wrongForm('an answer to a block', answer)
    default:
      return { is: 'other' }
  }
}
