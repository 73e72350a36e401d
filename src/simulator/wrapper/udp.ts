// A UDP port of the meter: one WPDU a datagram, and the answer to whoever sent it.
import type { Party, PartyOutput } from '../../protocol/line.ts'
import type { DatagramPortDescription } from '../description.ts'
import { NOTHING_REMEMBERED } from '../memory.ts'
import { serve, type WrapperSetting } from './serve.ts'

export function createUdpParty(description: DatagramPortDescription, setting: WrapperSetting): Party {
  const rules = setting.rules.udp
  let memory = NOTHING_REMEMBERED
  return {
    receive(input) {
      if (input.is !== 'datagram') return []
      const { peer } = input
      const at = input.at + description.reactionMs
      return rules.unwrap(input.octets, input.at).flatMap((item) => {
        const verdict = rules.takes(item, memory)
        memory = verdict.memory
        if (verdict.is !== 'served') return []
        const { answers } = serve(setting, 'udp', peer, verdict.wpdu, input.at)
        return answers.map((octets): PartyOutput => ({
          is: 'datagram',
          peer,
          at,
          octets,
          ...(rules.answersFrom === 'other-port' ? { from: 'other-port' as const } : {}),
        }))
      })
    },
    deadline: () => Infinity,
    expire: () => [],
  }
}
