// HDLC in TCP or UDP: the same link machine, a station for each peer, and pauses mean nothing.
import type { Burst, Ms, Party, PartyInput, PartyOutput } from '../../protocol/line.ts'
import type { Spoken, Station } from '../link/station.ts'

/** Who sends datagrams may call himself anything: no more peers than this are remembered. */
const MOST_PEERS = 64

type Open = (peer: string, startedAt: Ms) => Station

export function createHdlcStreamParty(open: Open, connections: number): Party {
  const stations = new Map<string, Station>()
  return {
    ...clockOf(stations, (peer, { at, octets }) => ({ is: 'octets', peer, at, octets })),
    receive(input: PartyInput) {
      switch (input.is) {
        case 'connected':
          if (stations.size >= connections) return [{ is: 'reset', peer: input.peer, at: input.at }]
          stations.set(input.peer, open(input.peer, input.at))
          return []
        case 'octets':
          return (stations.get(input.peer)?.receive(input.burst) ?? []).map(({ at, octets }) => ({
            is: 'octets',
            peer: input.peer,
            at,
            octets,
          }))
        case 'closed':
        case 'reset':
          stations.get(input.peer)?.end()
          stations.delete(input.peer)
          return []
        case 'datagram':
          return []
        default:
          return input satisfies never
      }
    },
  }
}

export function createHdlcDatagramParty(open: Open): Party {
  const stations = new Map<string, Station>()

  function stationOf(peer: string, at: Ms): Station {
    const known = stations.get(peer) ?? open(peer, at)
    stations.delete(peer)
    stations.set(peer, known)
    const [oldest] = stations
    if (stations.size > MOST_PEERS && oldest !== undefined) {
      oldest[1].end()
      stations.delete(oldest[0])
    }
    return known
  }

  return {
    ...clockOf(stations, (peer, { at, octets }) => ({ is: 'datagram', peer, at, octets })),
    receive(input: PartyInput) {
      if (input.is !== 'datagram') return []
      const burst: Burst = { octets: input.octets, firstEnd: input.at, octetMs: 0 }
      return stationOf(input.peer, input.at)
        .receive(burst)
        .map(({ at, octets }) => ({ is: 'datagram', peer: input.peer, at, octets }))
    },
  }
}

/** Deadlines of all stations, and what comes of them. */
const clockOf = (
  stations: ReadonlyMap<string, Station>,
  output: (peer: string, spoken: Spoken) => PartyOutput,
): Pick<Party, 'deadline' | 'expire'> => ({
  deadline: () => Math.min(Infinity, ...[...stations.values()].map((station) => station.deadline())),
  expire: (now) =>
    [...stations].flatMap(([peer, station]) => station.expire(now).map((spoken) => output(peer, spoken))),
})
