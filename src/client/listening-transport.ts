// Many callers, told apart, as one transport: where a meter comes by itself (push).
import type { Ms } from '../protocol/line.ts'
import { createWpduStream, type WpduStream } from '../protocol/wrapper/stream.ts'
import type { Called, CallListener, Listen } from '../transport/calls.ts'
import type { Arrival, Transport } from '../transport/transport.ts'

/** Callers whose messages have not ended; of one more nothing is kept. */
const MOST_CALLERS = 16

/**
 * A listener as a port has it. What each caller sends is given message by message, so that callers do not mix; how they end is not: the place is
 * open until the tester leaves it.
 */
export function listeningTransport(address: string, listen: Listen, now: () => Ms): Transport {
  let listener: CallListener | undefined
  let ready: Arrival[] = []
  const streams = new Map<string, WpduStream>()

  function take({ from, arrival }: Called): void {
    if (arrival.is === 'datagram' || arrival.is === 'fault') {
      ready.push(arrival)
      return
    }
    const stream = streams.get(from) ?? createWpduStream()
    const items = arrival.is === 'octets' ? stream.push(arrival.burst) : stream.flush()
    if (arrival.is !== 'octets') streams.delete(from)
    else if (streams.size < MOST_CALLERS) streams.set(from, stream)
    for (const { octets, end } of items) ready.push({ is: 'octets', burst: { octets, firstEnd: end, octetMs: 0 } })
  }

  async function leave(): Promise<void> {
    const leaving = listener
    listener = undefined
    ready = []
    streams.clear()
    await leaving?.close()
  }

  return {
    kind: 'stream',
    url: address,
    async open() {
      await leave()
      const listening = await listen(address)
      if (!listening.ok) return { is: 'fault', at: now(), fault: listening.failure }
      listener = listening.value
      return { is: 'open', at: now(), local: listener.address, remote: 'any caller' }
    },
    write: async () => now(),
    async next(until) {
      for (;;) {
        const first = ready.shift()
        if (first !== undefined) return first
        const called = await listener?.next(until)
        if (called === undefined) return undefined
        take(called)
      }
    },
    async set() {},
    close: leave,
  }
}
