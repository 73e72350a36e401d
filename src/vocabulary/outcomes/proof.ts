// Pass 4 of HLS: what the answer to reply_to_HLS_authentication proves of the meter.
import type { Value } from '../../codec/value.ts'
import type { BrokenRule } from '../../engine/vocabulary.ts'
import type { Apdu } from '../../protocol/apdu.ts'
import { isTaken, returnedProof } from '../handshake.ts'
import type { Question } from './outcome.ts'

export interface PassFour {
  /** `right`, `wrong`, `missing`, `unknown`. */
  readonly proof?: Value
  readonly broken: readonly BrokenRule[]
}

export function passFourIn(answer: Apdu, { proof: check }: Question): PassFour {
  if (check === undefined) return { broken: [] }
  const found = returnedProof(answer)
  if (found === undefined && !isTaken(answer)) return { broken: [] }
  const seen = found === undefined ? ({ is: 'missing' } as const) : check(found)
  if (seen.is === 'right' || seen.is === 'unknown' || !isTaken(answer)) return { proof: seen.is, broken: [] }
  const text = seen.is === 'missing' ? 'no proof' : `one that proves nothing (${seen.why})`
  const rule = {
    rule: 'server-proves-itself',
    clause: 'hls.pass-4',
    expected: 'f(CtoS), which proves the meter',
    found: text,
  }
  return { proof: seen.is, broken: [{ ...rule, ofExchange: true }] }
}
