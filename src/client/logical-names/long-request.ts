// A request that is too long for one APDU: the raw data in blocks, within what was negotiated.
import type { Apdu } from '../../protocol/apdu.ts'
import type { InvokeIdAndPriority } from '../../protocol/xdlms/common.ts'
import type { ConformanceBit } from '../../protocol/xdlms/conformance.ts'
import { transmitted, type Acknowledgement, type BlockSent } from '../block-sending.ts'
import { cutFor } from '../raw-data.ts'
import type { ServiceOutcome } from '../service-outcome.ts'
import { apduOctets } from '../services.ts'
import type { Session } from '../session.ts'
import { strayed } from './strayed.ts'

export interface LongRequest {
  readonly id: InvokeIdAndPriority
  /** The bit that allows it. */
  readonly bit: ConformanceBit
  /** Octets that it would have in one APDU. */
  readonly octets: number
  readonly raw: Uint8Array
  readonly first: (block: BlockSent) => Apdu
  readonly later: (block: BlockSent) => Apdu
}

/** `read`: what an answer is that belongs to the request. */
export async function inBlocks<T>(
  session: Session,
  { id, bit, octets, raw, first, later }: LongRequest,
  read: (answer: Apdu | undefined) => Acknowledgement<T> | Promise<Acknowledgement<T>>,
): Promise<ServiceOutcome<T>> {
  const { agreed, blockOctets } = session
  const size = agreed?.serverMaxReceivePduSize ?? 0
  if (blockOctets === undefined && agreed && !agreed.conformance.includes(bit))
    return impossible(`the request has ${octets} octets, the meter takes ${size}, and ${bit} was not negotiated`)
  const blocks = cutFor(session, raw, { first: around(first), later: around(later) })
  if (blocks === undefined) return impossible(`no block has room in ${size} octets, as many as the meter takes`)
  return transmitted<T>(
    blocks,
    (block) => session.ask(block['block-number'] === 1 ? first(block) : later(block)),
    (answer) => strayed(answer, id) ?? read(answer),
  )
}

const impossible = (why: string): ServiceOutcome<never> => ({ is: 'impossible', why })

const EMPTY: BlockSent = { 'last-block': true, 'block-number': 1, 'raw-data': new Uint8Array(0) }

/** Octets of an APDU around its raw data, the length of the raw data left out. */
const around = (block: LongRequest['first']): number => apduOctets(block(EMPTY)).length - 1
