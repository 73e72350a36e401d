import type { Party, PartyInput, PartyOutput } from '../protocol/line.ts'

/**
 * A serial party behind a stream, as a meter with a TCP-to-serial gateway (HDLC in TCP): whoever is connected is at the other end of its line.
 * There is one line: a second connection is refused while the first lasts. Rate and format are the gateway's own affair.
 */
export function lineOverStream(party: Party): Party {
  let peer: string | undefined

  const onStream = (outputs: readonly PartyOutput[]): readonly PartyOutput[] =>
    outputs.flatMap((output) => (output.is === 'octets' && peer !== undefined ? [{ ...output, peer }] : []))

  return {
    receive(input: PartyInput) {
      switch (input.is) {
        case 'connected':
          if (peer !== undefined) return [{ is: 'reset', peer: input.peer, at: input.at }]
          peer = input.peer
          return []
        case 'closed':
        case 'reset':
          if (input.peer === peer) peer = undefined
          return []
        case 'octets':
          return input.peer === peer ? onStream(party.receive({ ...input, peer: 'line' })) : []
        case 'datagram':
          return []
        default:
          return input satisfies never
      }
    },
    deadline: () => party.deadline(),
    expire: (now) => onStream(party.expire(now)),
  }
}
