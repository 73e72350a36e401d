import { createConnection, type Socket } from 'node:net'
import type { Ms } from '../protocol/line.ts'
import type { RealWorld } from '../world/real.ts'
import { addressText, portOf, type Endpoint } from './address.ts'
import { codeOf, faultOf } from './fault.ts'
import { createInbox, settled } from './inbox.ts'
import type { Arrival, LineFault, Opening, Transport } from './transport.ts'

/** How long a connection may take to come about, unless the caller says otherwise. */
export const CONNECT_MS: Ms = 10_000
/** How long the other end may take to accept octets or the end of the connection. */
export const STALLED_MS: Ms = 5_000

/** A local port that cannot be had. */
const NOT_HAD = new Set<LineFault['code']>(['busy', 'not-allowed'])

/** A TCP connection to a meter that is the server. */
export function tcp(url: string, endpoint: Endpoint, world: RealWorld): Transport {
  let line: TcpLine | undefined
  return {
    kind: 'stream',
    url,
    async open({ local, withinMs = CONNECT_MS } = {}) {
      await line?.close('close')
      line = undefined
      const until = world.now() + withinMs
      const wished = local === undefined ? undefined : portOf(local)
      let attempt = await connect(url, endpoint, world, until, wished)
      if (wished !== undefined && attempt.opening.is === 'fault' && NOT_HAD.has(attempt.opening.fault.code)) {
        attempt = await connect(url, endpoint, world, until) // the local port cannot be had again (yet): any other will do
      }
      line = attempt.line
      return attempt.opening
    },
    write: async (octets) => (line === undefined ? world.now() : line.write(octets)),
    next: (until) => (line === undefined ? world.next(until, () => undefined) : line.next(until)),
    async set() {},
    async close(how) {
      const closing = line
      line = undefined
      await closing?.close(how)
    },
  }
}

/** An established connection, whoever began it. */
export type TcpLine = Pick<Transport, 'write' | 'next' | 'close'>

async function connect(
  url: string,
  endpoint: Endpoint,
  world: RealWorld,
  until: Ms,
  localPort?: number,
): Promise<{ readonly opening: Opening; readonly line?: TcpLine }> {
  let failure: unknown
  let remote = ''
  const socket = createConnection({ ...endpoint, ...(localPort === undefined ? {} : { localPort }), noDelay: true })
  // Of several addresses of a name the last one tried is the one that answered. The socket itself is not asked: see `ending`.
  socket.on('connectionAttempt', (address, port) => (remote = addressText(address, port)))
  const line = tcpLine(url, socket, world)
  let came = false
  try {
    came = await settled(world, until, (done) => {
      socket.once('connect', done)
      socket.once('error', (error) => {
        failure = error
        done()
      })
    })
  } finally {
    if (!came || failure !== undefined) socket.destroy() // also where the wait was interrupted: nobody else knows this socket
  }
  const at = world.now()
  if (came && failure === undefined) {
    const local = addressText(socket.localAddress ?? '', socket.localPort ?? 0)
    return { line, opening: { is: 'open', at, local, remote } }
  }
  const code = codeOf(failure)
  if (code === 'ECONNREFUSED' || code === 'ECONNRESET') return { opening: { is: 'refused', at } }
  if (!came || code === 'ETIMEDOUT') return { opening: { is: 'timed-out', at } }
  return { opening: { is: 'fault', at, fault: faultOf(failure, url) } }
}

/** What the network, not the meter, does to a connection. */
const LOST = new Set(['ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'ENETDOWN', 'EHOSTDOWN'])

/** Octets, FIN and RST of a socket as arrivals. Nothing comes behind an end. */
export function tcpLine(url: string, socket: Socket, world: RealWorld): TcpLine {
  const inbox = createInbox<Arrival>(world)
  let over = false
  const end = (arrival: Arrival) => {
    if (!over) inbox.push(arrival)
    over = true
  }
  const lost = () => socket.destroyed
  socket.setNoDelay(true)
  socket.on('close', () => world.wake())
  socket.on('data', (octets) => {
    inbox.push({ is: 'octets', burst: { octets: new Uint8Array(octets), firstEnd: world.now(), octetMs: 0 } })
  })
  socket.on('end', () => end({ is: ending(socket), at: world.now() }))
  socket.on('error', (error) => {
    const at = world.now()
    end(LOST.has(codeOf(error)) ? { is: 'fault', at, fault: faultOf(error, url) } : { is: 'reset', at })
  })
  return {
    async write(octets) {
      if (!over && octets.length > 0) {
        await settled(world, world.now() + STALLED_MS, (done) => socket.write(octets, done), lost)
      }
      return world.now()
    },
    next: (until) => inbox.next(until),
    async close(how) {
      if (how === 'vanish') throw new Error(`${url}: only a line in memory can vanish`)
      over = true
      inbox.clear()
      if (socket.destroyed) return
      try {
        await settled(world, world.now() + STALLED_MS, (done) => {
          socket.once('close', done)
          socket.resume()
          if (how === 'reset') socket.resetAndDestroy()
          else socket.end()
        })
      } finally {
        socket.destroy()
      }
    },
  }
}

/**
 * How the other end has ended the connection, asked once at its end. A RST that comes right behind octets is told as an end of the stream, like a FIN;
 * but then the connection is gone, and with it the address of the other end, unless that was asked for before and remembered.
 */
export const ending = (socket: Socket): 'closed' | 'reset' => (socket.remoteAddress === undefined ? 'reset' : 'closed')
