import { createSocket } from 'node:dgram'
import { createConnection, type Socket } from 'node:net'
import type { CallId, CallInput, CallOutput, Caller } from '../../protocol/line.ts'
import type { RealWorld } from '../../world/real.ts'
import { settled } from '../inbox.ts'
import { parseUrl } from '../url.ts'

/** How long a call may take to come about. */
const ANSWERED_WITHIN_MS = 5000

/** Lets a sans-IO caller call, in real time. `ended` rejects if the caller breaks. */
export function hostCaller(
  caller: Caller,
  world: RealWorld,
): { readonly ended: Promise<void>; close(): Promise<void> } {
  const inputs: CallInput[] = []
  const sockets = new Map<CallId, Socket>()
  let stopped = false

  function feed(input: CallInput): void {
    inputs.push(input)
    world.wake()
  }

  function call(id: CallId, to: string): void {
    const url = parseUrl(`tcp://${to}`)
    if (!url.ok || url.value.is !== 'tcp') return feed({ is: 'failed', call: id, at: world.now() })
    const socket = createConnection({ ...url.value.endpoint, noDelay: true, timeout: ANSWERED_WITHIN_MS })
    let answered = false
    sockets.set(id, socket)
    socket.on('connect', () => {
      answered = true
      socket.setTimeout(0)
      feed({ is: 'answered', call: id, at: world.now() })
    })
    socket.on('timeout', () => socket.destroy())
    socket.on('error', () => undefined) // 'close' follows
    socket.on('close', () => {
      sockets.delete(id)
      feed({ is: answered ? 'ended' : 'failed', call: id, at: world.now() })
    })
    socket.resume()
  }

  async function send(to: string, octets: Uint8Array): Promise<void> {
    const url = parseUrl(`udp://${to}`)
    if (!url.ok || url.value.is !== 'udp') return
    const { host, port } = url.value.endpoint
    const socket = createSocket(host.includes(':') ? 'udp6' : 'udp4')
    socket.on('error', () => undefined) // nobody there: a datagram is lost
    await settled(world, world.now() + ANSWERED_WITHIN_MS, (done) => socket.send(octets, port, host, done))
    socket.close()
  }

  async function carryOut(output: CallOutput): Promise<void> {
    await world.next(output.at, () => (stopped ? true : undefined))
    if (stopped) return
    switch (output.is) {
      case 'call':
        return call(output.call, output.to)
      case 'octets':
        sockets.get(output.call)?.write(output.octets)
        return
      case 'close':
        sockets.get(output.call)?.end()
        return
      case 'datagram':
        return send(output.to, output.octets)
      default:
        output satisfies never
    }
  }

  async function run(): Promise<void> {
    while (!stopped) {
      const until = caller.deadline()
      // What is served on a port may trigger a push: then there is an earlier deadline than the one that is waited for.
      const input = await world.next(until, () =>
        stopped ? 'stop' : (inputs.shift() ?? (caller.deadline() < until ? 'sooner' : undefined)),
      )
      if (input === 'stop') return
      if (input === 'sooner') continue
      const outputs = input === undefined ? caller.expire(world.now()) : caller.receive(input)
      for (const output of outputs) await carryOut(output)
    }
  }

  const ended = run()
  return {
    ended,
    async close() {
      stopped = true
      world.wake()
      await Promise.allSettled([ended])
      for (const socket of sockets.values()) socket.destroy()
    },
  }
}
