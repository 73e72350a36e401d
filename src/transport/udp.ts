import { createSocket, type Socket } from 'node:dgram'
import { lookup } from 'node:dns/promises'
import type { RealWorld } from '../world/real.ts'
import { addressText, portOf, type Endpoint } from './address.ts'
import { faultOf } from './fault.ts'
import { createInbox, settled } from './inbox.ts'
import { bindAt } from './server.ts'
import type { Arrival, Opening, Transport } from './transport.ts'

/** Datagrams to a meter and back. The socket stays unconnected: so what the meter sends from another port is seen too. */
export function udp(url: string, endpoint: Endpoint, world: RealWorld): Transport {
  const inbox = createInbox<Arrival>(world)
  let socket: Socket | undefined
  let address = endpoint.host

  const fault = (error: unknown) => ({ is: 'fault', at: world.now(), fault: faultOf(error, url) }) as const

  async function bind(family: number, port: number): Promise<Opening> {
    const bound = createSocket({ type: family === 6 ? 'udp6' : 'udp4' })
    const failure = await bindAt(world, bound, port)
    if (failure !== undefined) return fault(failure)
    bound.on('message', (octets, from) => {
      if (socket !== bound) return
      const arrival = { octets: new Uint8Array(octets), at: world.now(), from: addressText(from.address, from.port) }
      inbox.push({ is: 'datagram', ...arrival })
    })
    bound.on('error', (error) => inbox.push(fault(error)))
    socket = bound
    const local = addressText(bound.address().address, bound.address().port)
    return { is: 'open', at: world.now(), local, remote: addressText(address, endpoint.port) }
  }

  async function close(): Promise<void> {
    const closing = socket
    socket = undefined
    inbox.clear()
    if (closing !== undefined) await settled(world, Infinity, (done) => closing.close(done))
  }

  return {
    kind: 'datagram',
    url,
    async open({ local } = {}) {
      await close()
      try {
        const found = await lookup(endpoint.host)
        address = found.address
        const port = local === undefined ? 0 : portOf(local)
        const opening = await bind(found.family, port)
        // A port that cannot be had again: any other will do.
        return opening.is === 'fault' && port !== 0 ? await bind(found.family, 0) : opening
      } catch (error) {
        return fault(error)
      }
    },
    async write(octets) {
      const to = socket
      if (to !== undefined) {
        await settled(world, Infinity, (done) =>
          to.send(octets, endpoint.port, address, (error) => {
            if (error) inbox.push(fault(error))
            done()
          }),
        )
      }
      return world.now()
    },
    next: (until) => inbox.next(until),
    async set() {},
    close,
  }
}
