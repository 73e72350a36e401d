import { createSocket } from 'node:dgram'
import { createServer } from 'node:net'
import { fail, ok, type Result } from '../codec/value.ts'
import type { Ms } from '../protocol/line.ts'
import type { RealWorld } from '../world/real.ts'
import { addressText, type Endpoint } from './address.ts'
import { faultOf } from './fault.ts'
import { createInbox, settled, type Inbox } from './inbox.ts'
import { addressOf, bindAt, listenAt } from './server.ts'
import { tcpLine } from './tcp.ts'
import type { Arrival, LineFault, Transport, TransportKind } from './transport.ts'
import { parseUrl, type UrlFailure } from './url.ts'

/** Where the tester waits for a meter to come by itself (push). */
export interface PushListener {
  /** With the real port number. */
  readonly url: string
  /** The next meter to connect, or to send from an address not heard before; undefined at `until`. The transport given is open already. */
  accept(until: Ms): Promise<Transport | undefined>
  close(): Promise<void>
}

/** Listens at `tcp://HOST:PORT` or `udp://HOST:PORT`; port 0: any free one. */
export async function listen(url: string, world: RealWorld): Promise<Result<PushListener, LineFault | UrlFailure>> {
  const port = parseUrl(url)
  if (!port.ok) return port
  switch (port.value.is) {
    case 'tcp':
      return listenTcp(url, port.value.endpoint, world)
    case 'udp':
      return listenUdp(url, port.value.endpoint, world)
    case 'serial':
    case 'rfc2217':
      return fail({
        code: 'bad-url',
        where: url,
        detail: 'nobody calls on a serial line',
        hint: 'listen at tcp:// or udp://',
      })
    default:
      return port.value satisfies never
  }
}

async function listenTcp(url: string, endpoint: Endpoint, world: RealWorld): Promise<Result<PushListener, LineFault>> {
  const callers = createInbox<Transport>(world)
  const lines = new Set<Transport>()
  const server = createServer((socket) => {
    const remote = addressText(socket.remoteAddress ?? '', socket.remotePort ?? 0)
    const line = accepted('stream', `tcp://${remote}`, tcpLine(url, socket, world), world, addressOf(server), remote)
    lines.add(line)
    socket.once('close', () => lines.delete(line))
    callers.push(line)
  })
  const failure = await listenAt(world, server, endpoint.host, endpoint.port)
  if (failure !== undefined) return fail(faultOf(failure, url))
  return ok({
    url: `tcp://${addressOf(server)}`,
    accept: (until) => callers.next(until),
    async close() {
      await settled(world, Infinity, (done) => {
        server.close(done)
        for (const line of lines) void line.close('reset')
      })
    },
  })
}

async function listenUdp(url: string, endpoint: Endpoint, world: RealWorld): Promise<Result<PushListener, LineFault>> {
  const callers = createInbox<Transport>(world)
  const inboxes = new Map<string, Inbox<Arrival>>()
  const socket = createSocket(endpoint.host.includes(':') ? 'udp6' : 'udp4')
  const failure = await bindAt(world, socket, endpoint.port, endpoint.host)
  if (failure !== undefined) return fail(faultOf(failure, url))
  const local = addressText(socket.address().address, socket.address().port)
  socket.on('error', () => undefined) // an answer that could not be delivered: the meter's silence shows it
  socket.on('message', (octets, from) => {
    const remote = addressText(from.address, from.port)
    const known = inboxes.get(remote)
    const inbox = known ?? createInbox<Arrival>(world)
    inbox.push({ is: 'datagram', octets: new Uint8Array(octets), at: world.now(), from: remote })
    if (known !== undefined) return
    inboxes.set(remote, inbox)
    const line = {
      async write(answer: Uint8Array) {
        await settled(world, Infinity, (done) => socket.send(answer, from.port, from.address, done))
        return world.now()
      },
      next: (until: Ms) => inbox.next(until),
      close: async () => void inboxes.delete(remote),
    }
    callers.push(accepted('datagram', `udp://${remote}`, line, world, local, remote))
  })
  return ok({
    url: `udp://${local}`,
    accept: (until) => callers.next(until),
    close: async () => void (await settled(world, Infinity, (done) => socket.close(done))),
  })
}

/** The end of a line that the other end has opened: there is nothing to open, or to open again. */
function accepted(
  kind: TransportKind,
  url: string,
  line: Pick<Transport, 'write' | 'next' | 'close'>,
  world: RealWorld,
  local: string,
  remote: string,
): Transport {
  return {
    kind,
    url,
    ...line,
    open: async () => ({ is: 'open', at: world.now(), local, remote }),
    async set() {},
  }
}
