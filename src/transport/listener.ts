import { createSocket } from 'node:dgram'
import { createServer, type Socket } from 'node:net'
import { fail, ok, type Result } from '../codec/value.ts'
import type { RealWorld } from '../world/real.ts'
import { addressText, portOf } from './address.ts'
import type { Called, CallListener } from './calls.ts'
import { faultOf } from './fault.ts'
import { createInbox, settled } from './inbox.ts'
import { addressOf, bindAt, listenAt } from './server.ts'
import type { LineFault } from './transport.ts'
import { parseUrl } from './url.ts'

export interface ListenOptions {
  /** Whose calls are taken, by their address; all others are ended at once, and told to `onForeign`. */
  readonly admits?: (host: string) => boolean
  readonly onForeign?: (from: string) => void
}

/** Connections at once; one more is refused. */
const MOST_CONNECTIONS = 16

/** Listens for TCP and UDP at `HOST:PORT`; port 0: any free one. */
export async function listen(
  address: string,
  world: RealWorld,
  { admits = () => true, onForeign = () => undefined }: ListenOptions = {},
): Promise<Result<CallListener, LineFault>> {
  const where = parseUrl(`tcp://${address}`)
  if (!where.ok || where.value.is !== 'tcp')
    return fail({ code: 'other', where: address, detail: 'this is no place to listen', hint: 'write HOST:PORT' })
  const { host, port } = where.value.endpoint
  const calls = createInbox<Called>(world)
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    const from = addressText(socket.remoteAddress ?? '', socket.remotePort ?? 0)
    socket.on('error', () => undefined) // 'close' follows
    if (!admits(socket.remoteAddress ?? '') || sockets.size >= MOST_CONNECTIONS) {
      onForeign(from)
      socket.resetAndDestroy()
      return
    }
    sockets.add(socket)
    socket.on('data', (octets) => {
      const burst = { octets: new Uint8Array(octets), firstEnd: world.now(), octetMs: 0 }
      calls.push({ from, arrival: { is: 'octets', burst } })
    })
    socket.on('close', () => {
      sockets.delete(socket)
      calls.push({ from, arrival: { is: 'closed', at: world.now() } })
    })
  })
  const unheard = await listenAt(world, server, host, port)
  if (unheard !== undefined) return fail(faultOf(unheard, address))
  const closeServer = (): Promise<boolean> =>
    settled(world, Infinity, (done) => {
      server.close(done)
      for (const socket of sockets) socket.destroy()
    })
  const datagrams = createSocket(host.includes(':') ? 'udp6' : 'udp4')
  const unbound = await bindAt(world, datagrams, portOf(addressOf(server)), host)
  if (unbound !== undefined) {
    await closeServer()
    return fail(faultOf(unbound, address))
  }
  datagrams.on('error', () => undefined) // nothing is sent: nobody can refuse it
  datagrams.on('message', (octets, { address: caller, port: callerPort }) => {
    const from = addressText(caller, callerPort)
    if (!admits(caller)) onForeign(from)
    else calls.push({ from, arrival: { is: 'datagram', octets: new Uint8Array(octets), at: world.now(), from } })
  })
  return ok({
    address: addressOf(server),
    next: (until) => calls.next(until),
    async close() {
      await closeServer()
      await settled(world, Infinity, (done) => datagrams.close(done))
    },
  })
}
