// Pass 4 of HLS: what the answer to reply_to_HLS_authentication proves of the meter.
import type { Value } from '../../codec/value.ts'
import type { BrokenRule } from '../../engine/vocabulary.ts'
import type { Apdu } from '../../protocol/apdu.ts'
import { isPassFour, isTaken, returnedProof } from '../handshake.ts'
import type { Deciphered } from '../../client/decipher.ts'
import type { Question } from './outcome.ts'

export interface PassFour {
  /** As suites match it; undefined: this is no answer to pass 3. `taken`: pass 3 was; `proof`: `right`, `wrong`, `missing` or `unknown`, where there is to be one. */
  readonly json?: Value
  readonly broken: readonly BrokenRule[]
}

const KEY = 'global-unicast-encryption-key'

/** `around`: what protected the answer. */
export function passFourIn(answer: Apdu, question: Question, around: Deciphered | undefined): PassFour {
  const { proof: check } = question
  if (check === undefined || !isPassFour(answer)) return { broken: [] }
  const found = returnedProof(answer)
  const taken = isTaken(answer)
  if (found === undefined && !taken) return { json: { taken }, broken: [] }
  const seen = found === undefined ? ({ is: 'missing' } as const) : check(found)
  const json = { taken, proof: seen.is }
  if (seen.is === 'right' && found !== undefined)
    return { json, broken: counterRule(question, found, seen.invocationCounter, around) }
  if (seen.is === 'right' || seen.is === 'unknown' || !taken) return { json, broken: [] }
  const text = seen.is === 'missing' ? 'no proof' : `one that proves nothing (${seen.why})`
  const rule = {
    rule: 'server-proves-itself',
    clause: 'hls.pass-4',
    expected: 'f(CtoS), which proves the meter',
    found: text,
  }
  return { json, broken: [{ ...rule, ofExchange: true }] }
}

/** The counter in a proof by mechanism 5 is one of the key (ruling Y23). */
function counterRule(
  { protection }: Question,
  octets: Uint8Array,
  invocationCounter: number | undefined,
  around: Deciphered | undefined,
): readonly BrokenRule[] {
  const key = protection?.security.ring.key(KEY)
  if (protection === undefined || key === undefined || invocationCounter === undefined) return []
  const fallen = protection.watch.judgeProof({
    title: protection.security.serverTitle,
    key,
    invocationCounter,
    octets,
    around: around?.key === KEY ? around.invocationCounter : undefined,
  })
  if (fallen === undefined) return []
  const expected = `an invocation counter in the proof above ${fallen.last}, the last one under this key`
  const { found, of } = fallen
  return [{ rule: 'counter-rises', clause: 'security.counter.server', expected, found: `${found}`, of }]
}
