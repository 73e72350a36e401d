import { lastEnd, type Burst, type LineSettings, type Ms, type Party, type PartyOutput } from '../protocol/line.ts'
import type { VirtualWorld } from '../world/virtual.ts'
import { createChannel, type Sent } from './channel.ts'
import type { Arrival, Transport } from './transport.ts'
import { reception } from './uart.ts'

export interface MemorySerialOptions {
  /** Settings of the tester's end when it is opened; 9600 Bd 8N1 unless given. */
  readonly tester?: LineSettings
  /** Settings of the meter's end at first; 9600 Bd 8N1 unless given. */
  readonly meter?: LineSettings
  /** An optical head that lets the tester hear itself. */
  readonly echo?: boolean
  readonly url?: string
}

const nothing = () => undefined

const USUAL: LineSettings = { baud: 9600, format: '8N1' }

/**
 * The tester's end of a serial line with a meter at the other, full duplex, in virtual time: exact to the octet at any rate.
 * The line is there from the beginning: the meter hears and times out whether or not the tester's end is open.
 */
export function memorySerial(world: VirtualWorld, party: Party, options: MemorySerialOptions = {}): Transport {
  const up = createChannel() // to the meter
  const down = createChannel() // to the tester
  const echo = createChannel()
  const inbox: Arrival[] = []
  const switches: { readonly at: Ms; readonly settings: LineSettings }[] = []
  let isOpen = false
  let tester = options.tester ?? USUAL
  let meterHears = options.meter ?? USUAL
  let meterSends = meterHears

  /** Gives bursts as they are heard, each when its last octet has arrived: garbled ones may end later than they were sent. */
  function hear(sent: readonly Sent[], settings: LineSettings, give: (burst: Burst) => void): void {
    for (const { burst, settings: sender } of sent) {
      for (const heard of reception(burst, sender, settings)) {
        if (lastEnd(heard) <= world.now() || heard === burst) give(heard)
        else world.schedule(lastEnd(heard), () => give(heard))
      }
    }
  }

  const toMeter = (burst: Burst) => obey(party.receive({ is: 'octets', peer: 'line', burst }))
  const toTester = (burst: Burst) => {
    if (isOpen) inbox.push({ is: 'octets', burst })
  }

  function obey(outputs: readonly PartyOutput[]): void {
    for (const output of outputs) {
      const at = Math.max(output.at, world.now())
      if (output.is === 'octets') down.lay(output.octets, Math.max(at, switches.at(-1)?.at ?? 0), meterSends)
      if (output.is === 'settings') {
        meterSends = output.settings
        switches.push({ at: Math.max(at, down.free()), settings: output.settings })
      }
    }
  }

  /** What the tester has heard by now, with the settings it had until now. */
  function settle(parts: boolean): void {
    hear(down.take(world.now(), parts), tester, toTester)
    hear(echo.take(world.now(), parts), tester, toTester)
  }

  world.join({
    deadline: () => Math.min(up.due(), down.due(), echo.due(), switches[0]?.at ?? Infinity, party.deadline()),
    act(now) {
      // Octets that have arrived by now are heard first: with the old settings, and before the meter thinks that nothing came.
      hear(up.take(now, true), meterHears, toMeter)
      while (switches[0] !== undefined && switches[0].at <= now) meterHears = switches.shift()?.settings ?? meterHears
      if (party.deadline() <= now) obey(party.expire(now))
      settle(false)
    },
  })

  return {
    kind: 'serial',
    url: options.url ?? 'simulated',
    async open() {
      inbox.length = 0
      settle(true) // what came while the port was closed is lost
      isOpen = true
      tester = options.tester ?? USUAL
      return { is: 'open', at: world.now(), local: 'tester', remote: 'line' }
    },
    async write(octets) {
      if (!isOpen) return world.now()
      const { burst } = up.lay(octets, world.now(), tester)
      if (octets.length === 0) return world.now()
      if (options.echo === true) echo.lay(octets, world.now(), tester)
      const end = lastEnd(burst)
      await world.next(end, nothing)
      return end
    },
    next(until) {
      return world.next(until, () => {
        if (inbox.length === 0 && world.now() >= until) settle(true) // the tester has heard the beginning of what is under way
        return inbox.shift()
      })
    },
    async set(settings) {
      settle(true)
      tester = settings
    },
    async close() {
      settle(true)
      isOpen = false
      inbox.length = 0
    },
  }
}
