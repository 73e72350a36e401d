import type { Ms, Party, PartyOutput } from '../protocol/line.ts'
import type { VirtualWorld } from '../world/virtual.ts'
import type { Arrival, Opening, Transport } from './transport.ts'

export interface MemoryStreamOptions {
  /** How long anything takes from one end to the other; 0 unless given. */
  readonly latencyMs?: Ms
  readonly url?: string
}

/** A stream server in memory. Each transport is another tester that may connect to it; several may be connected at once. */
export interface MemoryStream {
  transport(): Transport
}

/** One connection, from the request to its end. */
interface Connection {
  readonly peer: string
  readonly inbox: Arrival[]
  state: 'connecting' | 'open' | 'over'
  /** The meter has heard of it, and of no end. */
  meterKnows: boolean
  /** What the meter gave for later is not overtaken by what it gives next. */
  lastAt: Ms
}

/** The first of the ports that a machine gives to those who connect. */
const FIRST_PORT = 49152

/**
 * A line of TCP's kind with a meter as the server, in virtual time: each write is one segment and takes `latencyMs`.
 * A meter that answers `connected` by `reset` at once refuses. After `close('vanish')` nothing passes any more either way, and the meter hears nothing of it.
 */
export function memoryStream(world: VirtualWorld, party: Party, options: MemoryStreamOptions = {}): MemoryStream {
  const latency = options.latencyMs ?? 0
  const url = options.url ?? 'simulated'
  const connections = new Map<string, Connection>()
  let nextPort = FIRST_PORT

  world.join({ deadline: () => party.deadline(), act: (now) => obey(party.expire(now)) })

  function obey(outputs: readonly PartyOutput[]): void {
    for (const output of outputs) {
      if (output.is === 'settings' || output.is === 'datagram') continue
      const connection = connections.get(output.peer)
      if (connection === undefined) continue
      connection.lastAt = Math.max(output.at, world.now(), connection.lastAt)
      world.schedule(connection.lastAt, () => depart(connection, output))
    }
  }

  /** The meter does now what it said it would: unless the connection has ended meanwhile. */
  function depart(connection: Connection, output: PartyOutput & { readonly is: 'octets' | 'close' | 'reset' }): void {
    if (!connection.meterKnows) return
    if (output.is !== 'octets') forget(connection)
    world.schedule(world.now() + latency, () => arrive(connection, output))
  }

  function arrive(connection: Connection, output: PartyOutput & { readonly is: 'octets' | 'close' | 'reset' }): void {
    if (connection.state === 'over') return
    const at = world.now()
    if (output.is === 'octets') {
      connection.inbox.push({ is: 'octets', burst: { octets: output.octets.slice(), firstEnd: at, octetMs: 0 } })
    } else {
      connection.inbox.push({ is: output.is === 'close' ? 'closed' : 'reset', at })
      connection.state = 'over'
    }
  }

  function forget(connection: Connection): void {
    connection.meterKnows = false
    if (connections.get(connection.peer) === connection) connections.delete(connection.peer)
  }

  /** Tells the meter that a connection has ended. */
  function end(connection: Connection, is: 'closed' | 'reset'): void {
    if (!connection.meterKnows) return
    forget(connection)
    obey(party.receive({ is, peer: connection.peer, at: world.now() }))
  }

  function accept(connection: Connection): void {
    if (connection.state === 'over') return // the tester did not wait so long
    // A connection from an address that the meter still holds open (its other end has vanished) resets the old one.
    const old = connections.get(connection.peer)
    if (old !== undefined) end(old, 'reset')
    connections.set(connection.peer, connection)
    connection.meterKnows = true
    const at = world.now()
    const outputs = party.receive({ is: 'connected', peer: connection.peer, at })
    const refused = outputs.some(
      (output) => output.is === 'reset' && output.peer === connection.peer && output.at <= at,
    )
    if (refused) forget(connection)
    obey(outputs)
    world.schedule(at + latency, () => {
      if (connection.state === 'connecting') connection.state = refused ? 'over' : 'open'
    })
  }

  async function connect(peer: string, withinMs: Ms): Promise<{ connection: Connection; opening: Opening }> {
    const connection: Connection = { peer, inbox: [], state: 'connecting', meterKnows: false, lastAt: 0 }
    world.schedule(world.now() + latency, () => accept(connection))
    const answer = () => (connection.state === 'connecting' ? undefined : connection.state)
    const state = await world.next(world.now() + withinMs, answer)
    const at = world.now()
    if (state === 'open') {
      return { connection, opening: { is: 'open', at, local: peer, remote: 'meter' } }
    }
    connection.state = 'over'
    return { connection, opening: { is: state === undefined ? 'timed-out' : 'refused', at } }
  }

  function transport(): Transport {
    let connection: Connection | undefined
    return {
      kind: 'stream',
      url,
      async open({ local, withinMs = Infinity } = {}) {
        const made = await connect(local ?? `tester:${nextPort++}`, withinMs)
        connection = made.opening.is === 'open' ? made.connection : undefined
        return made.opening
      },
      async write(octets) {
        const to = connection
        if (to?.state === 'open' && octets.length > 0) {
          const segment = octets.slice()
          world.schedule(world.now() + latency, () => {
            const burst = { octets: segment, firstEnd: world.now(), octetMs: 0 }
            if (to.meterKnows) obey(party.receive({ is: 'octets', peer: to.peer, burst }))
          })
        }
        return world.now()
      },
      next: (until) => world.next(until, () => connection?.inbox.shift()),
      async set() {},
      async close(how) {
        const ended = connection
        connection = undefined
        if (ended === undefined) return
        ended.state = 'over'
        if (how === 'vanish') return
        world.schedule(world.now() + latency, () => end(ended, how === 'close' ? 'closed' : 'reset'))
      },
    }
  }

  return { transport }
}
