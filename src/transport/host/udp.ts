import { createSocket } from 'node:dgram'
import { fail, ok, type Result } from '../../codec/value.ts'
import type { Party, PartyOutput } from '../../protocol/line.ts'
import type { RealWorld } from '../../world/real.ts'
import { addressText, type Endpoint } from '../address.ts'
import { faultOf } from '../fault.ts'
import { settled } from '../inbox.ts'
import { bindAt } from '../server.ts'
import type { LineFault } from '../transport.ts'
import { drive } from './drive.ts'
import type { Hosted } from './host.ts'

/** A meter that is reached by datagrams. */
export async function hostUdp(
  url: string,
  endpoint: Endpoint,
  party: Party,
  world: RealWorld,
): Promise<Result<Hosted, LineFault>> {
  const family = endpoint.host.includes(':') ? 'udp6' : 'udp4'
  const socket = createSocket(family)
  const other = createSocket(family) // the other port, for meters that answer from a wrong one
  const peers = new Map<string, { readonly address: string; readonly port: number }>()

  async function perform(output: PartyOutput): Promise<void> {
    const to = output.is === 'datagram' ? peers.get(output.peer) : undefined
    if (output.is !== 'datagram' || to === undefined) return
    const from = output.from === 'other-port' ? other : socket
    await settled(world, Infinity, (done) => from.send(output.octets, to.port, to.address, done))
  }

  const failure = await bindAt(world, socket, endpoint.port, endpoint.host)
  if (failure !== undefined) {
    other.close()
    return fail(faultOf(failure, url))
  }
  const driver = drive(party, world, perform)
  socket.on('message', (octets, from) => {
    const peer = addressText(from.address, from.port)
    peers.set(peer, from)
    driver.feed({ is: 'datagram', peer, octets: new Uint8Array(octets), at: world.now() })
  })
  for (const each of [socket, other]) each.on('error', () => undefined) // a tester that has gone away is none of the meter's business
  return ok({
    url: `udp://${addressText(socket.address().address, socket.address().port)}`,
    ended: driver.ended,
    async close() {
      driver.stop()
      await Promise.allSettled([driver.ended]) // `ended` tells of a party that broke
      for (const each of [socket, other]) await settled(world, Infinity, (done) => each.close(done))
    },
  })
}
