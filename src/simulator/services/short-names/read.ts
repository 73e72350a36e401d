// READ: variables in one APDU, an answer in blocks, a request in blocks (IEC 62056-5-3 clause 8.5, Read; ruling B13).
import { decode, encode } from '../../../codec/codec.ts'
import { roomWithin } from '../../../protocol/block-transfer/room.ts'
import { rawData } from '../../../protocol/block-transfer/raw-data.ts'
import type { ReadResult, VariableAccessSpecification } from '../../../protocol/xdlms/short-names.ts'
import { xdlms, type Xdlms } from '../../../protocol/xdlms/xdlms.ts'
import type { ReadAnswer } from '../transfer.ts'
import { fits, isNegotiated, longestAnswer, type Reply, type Turn } from '../turn.ts'
import { collect, type BlockOfRequest } from './collect.ts'
import type { Whole } from './rules.ts'
import { accessOf, readError, readOne } from './variables.ts'

/** An answer, or why the request as a whole is refused. */
export type CarriedShort = Reply | { readonly whole: Whole }

export function read(turn: Turn, variables: readonly VariableAccessSpecification[]): CarriedShort {
  const [first, ...others] = variables
  if (first === undefined) return { whole: 'unreadable' }
  if (others.length === 0 && first.is === 'block-number-access') return next(turn, first.value['block-number'])
  if (others.length === 0 && first.is === 'read-data-block-access') return take(turn, first.value)
  return inOne(turn, variables)
}

const response = (...result: readonly ReadResult[]): Xdlms => ({ is: 'read-response', value: { result } })
/** One error in the place of all results. */
const refused = (value: Parameters<typeof readError>[0]): Reply => ({ response: response(readError(value)) })

/** In one APDU where it fits, else in blocks where they are negotiated. */
function inOne(turn: Turn, variables: readonly VariableAccessSpecification[]): CarriedShort {
  const answer = answerTo(turn, variables)
  if (answer === undefined) return { whole: 'unreadable' }
  const octets = encode(xdlms, answer)
  if (fits(turn, octets.length)) return { response: answer }
  if (isNegotiated(turn, 'block-transfer-with-get-or-read')) {
    const before = turn.rules.blocks.first(turn.transfers.lastSent) - 1
    return block(turn, { is: 'read-answer', variables, octets: octets.subarray(BEFORE_LIST), at: 0, block: before })
  }
  return variables.length > 1 ? { whole: 'tooLong' } : refused('other-reason')
}

/** Undefined: what stands for a block is no variable. */
function answerTo(turn: Turn, variables: readonly VariableAccessSpecification[]): Xdlms | undefined {
  const asked = variables.map(accessOf).filter((access) => access !== undefined)
  if (asked.length < variables.length) return undefined
  const { listResults, shortNames } = turn.rules
  const results = asked.map((access) => readOne(turn, access))
  const names = asked.map(({ name }) => name)
  return response(...shortNames.results(listResults(results), names))
}

/** Octets in front of the list of results: the tag. The blocks hold the list with its count. */
const BEFORE_LIST = 1
/** Tag, count of the results, choice, last-block, block-number. */
const AROUND_BLOCK = 6

function next(turn: Turn, number: number): Reply {
  const { running } = turn.transfers
  const { isDue, notRunning, wrongNumber } = turn.rules.blocks
  if (running?.is !== 'read-answer') return refused(notRunning.get)
  return isDue(number, running.block) ? block(turn, running) : refused(wrongNumber.get)
}

/** The block that follows those that are sent. */
function block(turn: Turn, transfer: ReadAnswer): Reply {
  const { rules } = turn
  const octets = rules.blocks.source(transfer.octets, () => {
    const now = answerTo(turn, transfer.variables)
    return now === undefined ? transfer.octets : encode(xdlms, now).subarray(BEFORE_LIST)
  })
  const room = roomWithin(longestAnswer(turn), AROUND_BLOCK)
  const { raw, next: at } = rules.blocks.cut(octets, transfer.at, room)
  const number = transfer.block + 1
  const last = at >= octets.length
  const value = { 'last-block': rules.shortNames.saysLast(last), 'block-number': number, 'raw-data': raw }
  return {
    response: response({ is: 'data-block-result', value }),
    lastSent: number,
    ...(last ? {} : { running: { ...transfer, at, block: number } }),
  }
}

/** A block of a long request. */
function take(turn: Turn, given: BlockOfRequest): CarriedShort {
  const collected = collect(turn, 'read-request', given)
  switch (collected.is) {
    case 'refused':
      return refused(collected.result)
    case 'more':
      return { response: response({ is: 'block-number', value: given['block-number'] }), running: collected.running }
    case 'whole': {
      const asked = decode(rawData['read-request'], collected.octets)
      return asked.ok && asked.value.length > 0 ? inOne(turn, asked.value) : { whole: 'unreadable' }
    }
    default:
      return collected satisfies never
  }
}
