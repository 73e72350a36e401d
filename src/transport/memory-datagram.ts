import type { Ms, Party, PartyOutput } from '../protocol/line.ts'
import type { VirtualWorld } from '../world/virtual.ts'
import type { Arrival, Transport } from './transport.ts'

export interface MemoryDatagramOptions {
  /** How long a datagram takes; 0 unless given. */
  readonly latencyMs?: Ms
  readonly url?: string
}

/** A meter that is reached by datagrams, in memory. Each transport is another tester. */
export interface MemoryDatagram {
  transport(): Transport
}

/** Where the meter listens, as `Opening.remote` and `Arrival.from` say it. */
const METER = 'meter'
const OTHER_PORT = 'meter:other-port'
const FIRST_PORT = 49152

/** Datagrams between testers and a meter in virtual time: none is lost, none overtakes another. */
export function memoryDatagram(world: VirtualWorld, party: Party, options: MemoryDatagramOptions = {}): MemoryDatagram {
  const latency = options.latencyMs ?? 0
  const url = options.url ?? 'simulated'
  const inboxes = new Map<string, Arrival[]>()
  let nextPort = FIRST_PORT

  world.join({ deadline: () => party.deadline(), act: (now) => obey(party.expire(now)) })

  function obey(outputs: readonly PartyOutput[]): void {
    for (const output of outputs) {
      if (output.is !== 'datagram') continue
      const at = Math.max(output.at, world.now()) + latency
      const octets = output.octets.slice()
      const from = output.from === 'other-port' ? OTHER_PORT : METER
      world.schedule(at, () => inboxes.get(output.peer)?.push({ is: 'datagram', octets, at, from }))
    }
  }

  function transport(): Transport {
    let local: string | undefined
    return {
      kind: 'datagram',
      url,
      async open(wish = {}) {
        local = wish.local !== undefined && !inboxes.has(wish.local) ? wish.local : `tester:${nextPort++}`
        inboxes.set(local, [])
        return { is: 'open', at: world.now(), local, remote: METER }
      },
      async write(octets) {
        const peer = local
        if (peer !== undefined) {
          const datagram = octets.slice()
          world.schedule(world.now() + latency, () =>
            obey(party.receive({ is: 'datagram', peer, octets: datagram, at: world.now() })),
          )
        }
        return world.now()
      },
      next: (until) => world.next(until, () => (local === undefined ? undefined : inboxes.get(local)?.shift())),
      async set() {},
      async close() {
        if (local !== undefined) inboxes.delete(local)
        local = undefined
      },
    }
  }

  return { transport }
}
