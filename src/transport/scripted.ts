import type { Ms, Party, PartyInput, PartyOutput } from '../protocol/line.ts'

/** A party for tests: notes what it hears and answers as the test says. */
export interface ScriptedParty extends Party {
  readonly heard: PartyInput[]
  /** When `expire` was called. */
  readonly expired: Ms[]
  /** Set by a test: when it wants to be woken. It then answers `onExpire`. */
  wake: Ms
}

export function scriptedParty(
  answer: (input: PartyInput) => readonly PartyOutput[] = () => [],
  onExpire: (now: Ms) => readonly PartyOutput[] = () => [],
): ScriptedParty {
  const party: ScriptedParty = {
    heard: [],
    expired: [],
    wake: Infinity,
    receive(input) {
      party.heard.push(input)
      return answer(input)
    },
    deadline: () => party.wake,
    expire(now) {
      party.expired.push(now)
      party.wake = Infinity
      return onExpire(now)
    },
  }
  return party
}

/** Answers each piece with the same octets, `afterMs` after its end. */
export const echoing = (afterMs: Ms) =>
  scriptedParty((input) => {
    if (input.is === 'octets') {
      const { octets, firstEnd, octetMs } = input.burst
      const at = firstEnd + (octets.length - 1) * octetMs + afterMs
      return [{ is: 'octets', peer: input.peer, at, octets }]
    }
    if (input.is === 'datagram')
      return [{ is: 'datagram', peer: input.peer, at: input.at + afterMs, octets: input.octets }]
    return []
  })
