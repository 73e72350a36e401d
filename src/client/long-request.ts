// A request that is too long for one APDU: the raw data in blocks, within what was negotiated.
import type { Apdu } from '../protocol/apdu.ts'
import { cut } from '../protocol/block-transfer/cut.ts'
import type { Datablock } from '../protocol/block-transfer/datablock.ts'
import { roomWithin } from '../protocol/block-transfer/room.ts'
import type { ConformanceBit } from '../protocol/xdlms/conformance.ts'
import { transmitted, type Acknowledgement } from './block-sending.ts'
import type { ServiceOutcome } from './service-outcome.ts'
import { apduOctets } from './services.ts'
import type { Session } from './session.ts'

export interface LongRequest {
  /** The bit that allows it. */
  readonly bit: ConformanceBit
  /** Octets that it would have in one APDU. */
  readonly octets: number
  readonly raw: Uint8Array
  readonly first: (block: Datablock) => Apdu
  readonly later: (block: Datablock) => Apdu
  /** The highest block number there is, where it has not 32 bits. */
  readonly mostBlocks?: number
}

/** `read`: what an answer to a block is. */
export async function inBlocks<T>(
  session: Session,
  { bit, octets, raw, first, later, mostBlocks }: LongRequest,
  read: (answer: Apdu | undefined) => Acknowledgement<T> | Promise<Acknowledgement<T>>,
): Promise<ServiceOutcome<T>> {
  const { agreed, blockOctets } = session
  const size = agreed?.serverMaxReceivePduSize ?? 0
  if (blockOctets === undefined && agreed && !agreed.conformance.includes(bit))
    return impossible(`the request has ${octets} octets, the meter takes ${size}, and ${bit} was not negotiated`)
  const roomIn = (block: LongRequest['first']): number =>
    Math.min(blockOctets ?? Infinity, roomWithin(size, around(block)))
  const rooms = { first: roomIn(first), others: roomIn(later) }
  const blocks = cut(raw, mostBlocks === undefined ? rooms : { ...rooms, most: mostBlocks })
  if (!blocks.ok)
    return impossible(
      `in APDUs of ${size} octets, as the meter takes them: expected ${blocks.failure.expected}, found ${blocks.failure.found}`,
    )
  return transmitted<T>(
    blocks.value,
    (block) => session.ask(block['block-number'] === 1 ? first(block) : later(block)),
    read,
  )
}

const impossible = (why: string): ServiceOutcome<never> => ({ is: 'impossible', why })

const EMPTY: Datablock = { 'last-block': true, 'block-number': 1, 'raw-data': new Uint8Array(0) }

/** Octets of an APDU around its raw data, the length of the raw data left out. */
const around = (block: LongRequest['first']): number => apduOctets(block(EMPTY)).length - 1
