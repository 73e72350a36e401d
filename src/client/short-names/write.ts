// WRITE with short names: in one APDU, or in blocks (IEC 62056-5-3, Write).
import { encode } from '../../codec/codec.ts'
import type { Apdu } from '../../protocol/apdu.ts'
import type { Datablock } from '../../protocol/block-transfer/datablock.ts'
import { rawData } from '../../protocol/block-transfer/raw-data.ts'
import type { Data } from '../../protocol/data/data.ts'
import type { DataAccessResult } from '../../protocol/xdlms/common.ts'
import type { VariableAccessSpecification, WriteResult } from '../../protocol/xdlms/short-names.ts'
import type { Acknowledgement } from '../block-sending.ts'
import { oneResultEach } from '../lists.ts'
import { inBlocks } from '../long-request.ts'
import { fitsInOne } from '../raw-data.ts'
import { broken, done, other, refused, type ServiceOutcome } from '../service-outcome.ts'
import { apduOctets } from '../services.ts'
import type { Session } from '../session.ts'
import { MOST_BLOCKS } from './read.ts'

export interface Written {
  readonly variable: VariableAccessSpecification
  readonly value: Data
}

const writeRequest = (...all: readonly Written[]): Apdu => ({
  is: 'write-request',
  value: {
    'variable-access-specification': all.map(({ variable }) => variable),
    'list-of-data': all.map(({ value }) => value),
  },
})

export async function write(
  session: Session,
  all: readonly Written[],
): Promise<ServiceOutcome<readonly DataAccessResult[]>> {
  const whole = writeRequest(...all)
  const octets = apduOctets(whole).length
  if (fitsInOne(session, octets)) return results(all.length, await session.ask(whole))
  const raw = encode(rawData['write-request'], {
    'variable-access-specification': all.map(({ variable }) => variable),
    'list-of-data': all.map(({ value }) => value),
  })
  const bit = 'block-transfer-with-set-or-write'
  const long = { bit, octets, raw, first: block, later: block, mostBlocks: MOST_BLOCKS } as const
  return inBlocks<readonly DataAccessResult[]>(
    session,
    long,
    (answer) => acknowledged(answer) ?? { is: 'final', outcome: results(all.length, answer) },
  )
}

/** The number of the block is the variable, its octets are the value. */
const block = ({ 'raw-data': octets, ...number }: Datablock): Apdu =>
  writeRequest({
    variable: { is: 'write-data-block-access', value: number },
    value: { is: 'octet-string', value: octets },
  })

/** An answer to a block by itself: the next one, or an error for all. */
function acknowledged(answer: Apdu | undefined): Acknowledgement<never> | undefined {
  if (answer?.is !== 'write-response' || answer.value.result.length !== 1) return undefined
  const [only] = answer.value.result
  if (only?.is === 'data-access-error') return { is: 'final', outcome: refused(only.value) }
  return only?.is === 'block-number' ? { is: 'acknowledged', number: only.value } : undefined
}

function results(count: number, answer: Apdu | undefined): ServiceOutcome<readonly DataAccessResult[]> {
  if (answer?.is !== 'write-response') return other()
  const all = answer.value.result.map(resultOf)
  const known = all.filter((result) => result !== undefined)
  if (known.length < all.length)
    return broken({ rule: 'block-form', expected: 'the results of the variables', found: 'block-number' })
  return oneResultEach(count, done(known))
}

const resultOf = (result: WriteResult): DataAccessResult | undefined => {
  if (result.is === 'block-number') return undefined
  return result.is === 'success' ? 'success' : result.value
}
