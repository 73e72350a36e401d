// Read, Write and UnconfirmedWrite inside an association, and the error that refuses one of them as a whole.
import type { Xdlms } from '../../../protocol/xdlms/xdlms.ts'
import type { Turn } from '../turn.ts'
import { isBlock, shortNameBits, type ShortNameRequest } from './conformance.ts'
import { read, type CarriedShort } from './read.ts'
import type { ShortNameRules, Whole } from './rules.ts'
import { write, writeUnconfirmed } from './write.ts'

const READ = 0x05
const WRITE = 0x06
const UNCONFIRMED_WRITE = 0x16

/** Undefined: the request has no error of its own, for it has logical names. */
export function wholeError(rules: ShortNameRules, octets: Uint8Array, why: Whole): Xdlms | undefined {
  const [tag] = octets
  if (tag !== READ && tag !== WRITE) return undefined
  const service = tag === READ ? 'read' : 'write'
  return { is: 'confirmed-service-error', value: { service, 'service-error': rules.errors[why] } }
}

export const isUnconfirmedWrite = (octets: Uint8Array): boolean => octets[0] === UNCONFIRMED_WRITE

export const isShortNameRequest = (asked: Xdlms): asked is ShortNameRequest =>
  asked.is === 'read-request' || asked.is === 'write-request' || asked.is === 'unconfirmed-write-request'

/** `unanswered`: nothing is told of an unconfirmed Write. */
export function serveShortNames(turn: Turn, asked: ShortNameRequest): CarriedShort | 'unanswered' {
  const negotiated = turn.rules.permits(shortNameBits(asked), turn.situation.association.conformance)
  switch (asked.is) {
    case 'read-request':
      return negotiated ? read(turn, asked.value['variable-access-specification']) : { whole: 'notNegotiated' }
    case 'write-request':
      return negotiated ? write(turn, asked.value) : { whole: 'notNegotiated' }
    case 'unconfirmed-write-request':
      if (negotiated && !asked.value['variable-access-specification'].some(isBlock)) writeUnconfirmed(turn, asked.value)
      return 'unanswered'
    default:
      return asked satisfies never
  }
}
