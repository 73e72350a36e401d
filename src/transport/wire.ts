import { lastEnd, type Burst, type LineSettings, type Ms } from '../protocol/line.ts'
import type { Result } from '../codec/value.ts'
import type { RealWorld } from '../world/real.ts'
import { createInbox } from './inbox.ts'
import type { Arrival, LineFault, Opening, Transport } from './transport.ts'
import { octetTime, onChannel } from './uart.ts'

/** A real serial port, wherever it is, as a channel of eight data bits without parity. */
export interface Wire {
  /** Resolves when the octets have left, as far as the driver knows. */
  send(octets: Uint8Array): Promise<void>
  setBaud(baud: number): Promise<Result<undefined, LineFault>>
  close(): Promise<void>
}

/** What a wire tells. */
export interface Listener {
  octets(octets: Uint8Array): void
  fault(fault: LineFault): void
}

export type Plug = (baud: number, listener: Listener) => Promise<Result<Wire, LineFault>>

/** A serial line to a meter over a wire. */
export function wired(url: string, world: RealWorld, initial: LineSettings, plug: Plug): Transport {
  const inbox = createInbox<Arrival>(world)
  const end = serialEnd(url, world, initial, plug, (arrival) => inbox.push(arrival))
  return {
    kind: 'serial',
    url,
    ...end,
    next: (until) => inbox.next(until),
    async close() {
      await end.close()
      inbox.clear()
    },
  }
}

export interface SerialEnd {
  open(): Promise<Opening & { readonly is: 'open' | 'fault' }>
  write(octets: Uint8Array): Promise<Ms>
  set(settings: LineSettings): Promise<void>
  close(): Promise<void>
}

/**
 * One end of a serial line, the tester's or the meter's. The port itself stays at 8N1 and 7E1 is made here: it looks the same on the wire,
 * wrong parity can be seen and sent, and the format changes mid-session without reopening the port, which would let DTR fall and take
 * the power from an optical head.
 */
export function serialEnd(
  url: string,
  world: RealWorld,
  initial: LineSettings,
  plug: Plug,
  give: (arrival: Arrival) => void,
): SerialEnd {
  let wire: Wire | undefined
  let settings = initial
  let quietSince: Ms = 0

  const fault = (what: LineFault) => ({ is: 'fault', at: world.now(), fault: what }) as const
  const listener: Listener = {
    octets(octets) {
      const burst = estimated(onChannel(octets, settings), world.now(), octetTime(settings), quietSince)
      quietSince = lastEnd(burst)
      give({ is: 'octets', burst })
    },
    fault: (what) => give(fault(what)),
  }

  async function close(): Promise<void> {
    const closing = wire
    wire = undefined
    await closing?.close()
  }

  return {
    async open() {
      await close()
      settings = initial
      quietSince = world.now()
      const plugged = await plug(initial.baud, listener)
      if (!plugged.ok) return fault(plugged.failure)
      wire = plugged.value
      return { is: 'open', at: world.now(), local: 'tester', remote: url }
    },
    async write(octets) {
      if (wire === undefined || octets.length === 0) return world.now()
      // Adapters keep octets of their own and say too early that all have left: it takes at least the time of the line.
      const end = world.now() + octets.length * octetTime(settings)
      quietSince = Math.max(quietSince, world.now())
      await wire.send(onChannel(octets, settings))
      await world.next(end, () => undefined)
      return world.now()
    },
    async set(wanted) {
      const { baud } = settings
      settings = wanted // at once: what comes while the driver changes the rate is heard with the new settings
      if (wire === undefined || wanted.baud === baud) return
      const changed = await wire.setBaud(wanted.baud)
      if (!changed.ok) give(fault(changed.failure))
    },
    close,
  }
}

/**
 * A driver hands octets over in chunks, and tells no times: the last one came just now, the others before it at the rate of the line,
 * but closer together where that would be before the octets that came earlier.
 */
function estimated(octets: Uint8Array, now: Ms, nominal: Ms, earliest: Ms): Burst {
  const octetMs = Math.min(nominal, Math.max(0, now - earliest) / Math.max(1, octets.length))
  return { octets, firstEnd: now - (octets.length - 1) * octetMs, octetMs }
}
