// A TCP port of the meter: a stream for each peer, and associations that end with it.
import { begin, lastEnd, type Burst, type Ms, type Party, type PartyOutput } from '../../protocol/line.ts'
import type { WpduStream } from '../../protocol/wrapper/stream.ts'
import type { StreamPortDescription } from '../description.ts'
import { NOTHING_REMEMBERED } from '../memory.ts'
import type { Path } from '../upper.ts'
import { serve, type WrapperSetting } from './serve.ts'

interface Connection {
  readonly stream: WpduStream
  readonly paths: Map<string, Path>
  lastOctet: Ms
  /** When the WPDU that has not ended began; Infinity: none hangs. */
  unfinishedSince: Ms
}

export function createTcpParty(description: StreamPortDescription, setting: WrapperSetting): Party {
  const rules = setting.rules.tcp
  const connections = new Map<string, Connection>()
  let memory = NOTHING_REMEMBERED
  let places = description.connections

  function end(peer: string, connection: Connection, how: 'closed' | 'reset' | 'inactive'): void {
    for (const item of connection.stream.flush()) memory = rules.takes(item, memory).memory
    connections.delete(peer)
    if (!rules.freesPlace(how)) places--
    if (rules.endsAssociations(how)) for (const path of connection.paths.values()) setting.upper.ended(path)
  }

  function hear(peer: string, connection: Connection, burst: Burst): readonly PartyOutput[] {
    const outputs: PartyOutput[] = []
    const items = connection.stream.push(burst)
    for (const item of items) {
      const at = item.end + description.reactionMs
      const verdict = rules.takes(item, memory)
      memory = verdict.memory
      if (verdict.is === 'closed') {
        end(peer, connection, 'closed')
        return [...outputs, { is: 'close', peer, at }]
      }
      if (verdict.is !== 'served') continue
      const { path, answers } = serve(setting, 'tcp', peer, verdict.wpdu, item.end)
      if (path !== undefined) connection.paths.set(`${path.client}/${path.device.key}`, path)
      const to = rules.answersOn(peer, [...connections.keys()])
      outputs.push(...answers.map((octets): PartyOutput => ({ is: 'octets', peer: to, at, octets })))
    }
    connection.lastOctet = lastEnd(burst)
    if (!connection.stream.pending()) connection.unfinishedSince = Infinity
    else if (connection.unfinishedSince === Infinity || items.length > 0) connection.unfinishedSince = begin(burst)
    return outputs
  }

  const overAt = (connection: Connection): Ms =>
    Math.min(
      connection.lastOctet + rules.inactivityMs(description.inactivityMs),
      connection.unfinishedSince + rules.unfinishedMs(description.inactivityMs),
    )

  return {
    receive(input) {
      const connection = connections.get(input.peer)
      switch (input.is) {
        case 'connected':
          if (!rules.admits(connections.size, places, memory)) return [{ is: 'reset', peer: input.peer, at: input.at }]
          connections.set(input.peer, {
            stream: rules.stream(),
            paths: new Map(),
            lastOctet: input.at,
            unfinishedSince: Infinity,
          })
          return []
        case 'octets':
          return connection === undefined ? [] : hear(input.peer, connection, input.burst)
        case 'closed':
        case 'reset':
          if (connection !== undefined) end(input.peer, connection, input.is)
          return []
        case 'datagram':
          return []
        default:
          return input satisfies never
      }
    },
    deadline: () => Math.min(Infinity, ...[...connections.values()].map(overAt)),
    expire(now) {
      const over = [...connections].filter(([, connection]) => overAt(connection) <= now)
      return over.map(([peer, connection]): PartyOutput => {
        end(peer, connection, 'inactive')
        return { is: 'close', peer, at: now }
      })
    },
  }
}
