// READ with short names: in one APDU, or in blocks in either direction (IEC 62056-5-3, Read; ruling B13).
import { encode } from '../../codec/codec.ts'
import type { Apdu } from '../../protocol/apdu.ts'
import type { Datablock } from '../../protocol/block-transfer/datablock.ts'
import { rawData, readResultsOf } from '../../protocol/block-transfer/raw-data.ts'
import type { GetDataResult } from '../../protocol/xdlms/common.ts'
import type { ReadResult, VariableAccessSpecification } from '../../protocol/xdlms/short-names.ts'
import { assembled, type BlockAnswer } from '../block-assembly.ts'
import type { Acknowledgement } from '../block-sending.ts'
import { oneResultEach } from '../lists.ts'
import { inBlocks } from '../long-request.ts'
import { fitsInOne } from '../raw-data.ts'
import { broken, done, other, refused, type Irregularity, type ServiceOutcome } from '../service-outcome.ts'
import { apduOctets } from '../services.ts'
import { unagreed, unneeded, type Session } from '../session.ts'

const BIT = 'block-transfer-with-get-or-read'
/** Octets of a ReadResponse in front of its list. */
const AROUND = 1
/** Numbers of blocks have 16 bits. */
export const MOST_BLOCKS = 0xffff

const readRequest = (...variables: readonly VariableAccessSpecification[]): Apdu => ({
  is: 'read-request',
  value: { 'variable-access-specification': variables },
})

export async function read(
  session: Session,
  variables: readonly VariableAccessSpecification[],
): Promise<ServiceOutcome<readonly GetDataResult[]>> {
  const whole = readRequest(...variables)
  const octets = apduOctets(whole).length
  const several = (answer: Apdu | undefined) => results(session, variables.length, answer)
  if (fitsInOne(session, octets)) return several(await session.ask(whole))
  const block = (value: Datablock): Apdu => readRequest({ is: 'read-data-block-access', value })
  const raw = encode(rawData['read-request'], variables)
  const long = { bit: BIT, octets, raw, first: block, later: block, mostBlocks: MOST_BLOCKS } as const
  return inBlocks<readonly GetDataResult[]>(
    session,
    long,
    async (answer) => acknowledged(answer) ?? { is: 'final', outcome: await several(answer) },
  )
}

/** An answer to a block by itself: the next one, or an error for all. */
function acknowledged(answer: Apdu | undefined): Acknowledgement<never> | undefined {
  const only = onlyResult(answer)
  if (only?.is === 'data-access-error') return { is: 'final', outcome: refused(only.value) }
  return only?.is === 'block-number' ? { is: 'acknowledged', number: only.value } : undefined
}

const onlyResult = (answer: Apdu | undefined): ReadResult | undefined =>
  answer?.is === 'read-response' && answer.value.result.length === 1 ? answer.value.result[0] : undefined

async function results(
  session: Session,
  count: number,
  answer: Apdu | undefined,
): Promise<ServiceOutcome<readonly GetDataResult[]>> {
  if (answer?.is !== 'read-response') return other()
  if (onlyResult(answer)?.is === 'data-block-result')
    return oneResultEach(count, inResults(session, count, await blocks(session, answer)))
  return oneResultEach(count, plain(done(answer.value.result)))
}

/** The raw data of all blocks as the results that they hold. */
function inResults(
  session: Session,
  count: number,
  outcome: ServiceOutcome<Uint8Array>,
): ServiceOutcome<readonly GetDataResult[]> {
  if (outcome.is !== 'done') return outcome
  const { value: raw, transfer } = outcome
  const found = readResultsOf(raw, count)
  const irregular = [
    ...transfer.irregular,
    ...unagreed(session, BIT),
    ...unneeded(session, AROUND + raw.length, transfer.blocks),
    ...(found.ok && found.value.form !== 'counted' ? [UNUSUAL[found.value.form]] : []),
  ]
  if (found.ok) return plain(done(found.value.results, { ...transfer, irregular }))
  const { at, expected, found: octets } = found.failure
  return broken(
    { rule: 'block-contents', expected: `${expected} at octet ${at} of the raw data`, found: octets },
    { ...transfer, irregular },
  )
}

/** Forms of the raw data that are told, and read (ruling B13). */
const UNUSUAL: Readonly<Record<'results' | 'value', Irregularity>> = {
  results: {
    rule: 'block-contents',
    expected: 'the count of the results before them in the raw data',
    found: 'the results alone',
    remark: true,
  },
  value: {
    rule: 'block-contents',
    expected: 'the results with their count in the raw data',
    found: 'the value alone, without its choice and the count',
    remark: true,
  },
}

/** Results that stand for a block have no place among those of variables. */
function plain(outcome: ServiceOutcome<readonly ReadResult[]>): ServiceOutcome<readonly GetDataResult[]> {
  if (outcome.is !== 'done') return outcome
  const all: GetDataResult[] = []
  for (const result of outcome.value) {
    if (result.is === 'data') all.push(result)
    else if (result.is === 'data-access-error') all.push({ is: 'data-access-result', value: result.value })
    else return broken({ rule: 'block-form', expected: 'the results of the variables', found: result.is })
  }
  return { ...outcome, value: all }
}

const blocks = (session: Session, first: Apdu): Promise<ServiceOutcome<Uint8Array>> =>
  assembled(blockIn(first), async (received) =>
    blockIn(await session.ask(readRequest({ is: 'block-number-access', value: { 'block-number': received } }))),
  )

function blockIn(answer: Apdu | undefined): BlockAnswer {
  if (answer?.is !== 'read-response') return { is: 'other' }
  const only = onlyResult(answer)
  if (only?.is === 'data-block-result') return { is: 'block', block: only.value }
  if (only?.is === 'data-access-error') return { is: 'refused', result: only.value }
  const found = only?.is ?? `${answer.value.result.length} results`
  return { is: 'broken', breach: { rule: 'block-form', expected: 'data-block-result', found } }
}
