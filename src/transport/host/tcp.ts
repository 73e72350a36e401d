import { createServer, type Socket } from 'node:net'
import { fail, ok, type Result } from '../../codec/value.ts'
import type { Party, PartyOutput } from '../../protocol/line.ts'
import type { RealWorld } from '../../world/real.ts'
import type { Endpoint } from '../address.ts'
import { faultOf } from '../fault.ts'
import { settled } from '../inbox.ts'
import { addressOf, listenAt } from '../server.ts'
import { ending } from '../tcp.ts'
import type { LineFault } from '../transport.ts'
import { drive } from './drive.ts'
import type { Hosted } from './host.ts'

/** A meter as a TCP server: each connection is a peer of the party. */
export async function hostTcp(
  url: string,
  endpoint: Endpoint,
  party: Party,
  world: RealWorld,
): Promise<Result<Hosted, LineFault>> {
  let count = 0
  const peers = new Map<string, Socket>()

  async function perform(output: PartyOutput): Promise<void> {
    if (output.is === 'settings' || output.is === 'datagram') return
    const socket = peers.get(output.peer)
    if (socket === undefined) return
    if (output.is === 'octets') {
      socket.write(output.octets)
      return
    }
    peers.delete(output.peer) // the party has ended it: it hears no more of it
    if (output.is === 'close') socket.end()
    else socket.resetAndDestroy()
  }

  const driver = drive(party, world, perform)
  const server = createServer({ noDelay: true }, (socket) => {
    const peer = `tester:${++count}`
    const mine = () => peers.get(peer) === socket
    const end = (is: 'closed' | 'reset') => {
      if (!mine()) return
      peers.delete(peer)
      driver.feed({ is, peer, at: world.now() })
    }
    peers.set(peer, socket)
    driver.feed({ is: 'connected', peer, at: world.now() })
    socket.on('data', (octets) => {
      const burst = { octets: new Uint8Array(octets), firstEnd: world.now(), octetMs: 0 }
      if (mine()) driver.feed({ is: 'octets', peer, burst })
    })
    socket.on('end', () => end(ending(socket)))
    socket.on('error', () => end('reset'))
    socket.on('close', () => end('closed'))
  })
  const failure = await listenAt(world, server, endpoint.host, endpoint.port)
  if (failure !== undefined) {
    driver.stop()
    return fail(faultOf(failure, url))
  }
  return ok({
    url: `tcp://${addressOf(server)}`,
    ended: driver.ended,
    async close() {
      driver.stop()
      const sockets = [...peers.values()]
      peers.clear()
      await settled(world, Infinity, (done) => {
        server.close(done)
        for (const socket of sockets) socket.destroy()
      })
      await Promise.allSettled([driver.ended]) // `ended` tells of a party that broke
    },
  })
}
