import { ok } from '../codec/value.ts'
import type { Port } from '../engine/declaration.generated.ts'
import type { LineSettings, Party } from '../protocol/line.ts'
import type { Untruth } from '../simulator/untruths.ts'
import { createMeter, type SimulatedMeter } from '../simulator/meter.ts'
import type { MeterDescription } from '../simulator/description.ts'
import type { X509 } from '../simulator/model/security-setup/x509.ts'
import type { Listen } from '../transport/calls.ts'
import { memoryCalls } from '../transport/memory-calls.ts'
import { memoryDatagram } from '../transport/memory-datagram.ts'
import { memorySerial } from '../transport/memory-serial.ts'
import { memoryStream } from '../transport/memory-stream.ts'
import type { Transport } from '../transport/transport.ts'
import type { Power } from '../vocabulary/setup.ts'
import { seededRandom } from '../world/random.ts'
import { createVirtualWorld, type VirtualWorld } from '../world/virtual.ts'

/** A simulated meter on memory lines, in a world of its own. */
export interface MemoryMeter {
  readonly world: VirtualWorld
  readonly meter: SimulatedMeter
  /** A way to a port: another connection each time where the port takes several, the one line where it is serial. */
  transport(port: string): Transport
  readonly power: Power
  /** Where its pushes come to. */
  readonly listen: Listen
}

/** The tester's end of a serial port, as the declaration says it. */
export interface SerialEnd {
  readonly settings?: LineSettings
  readonly echo?: boolean
}

export function serialEndOf(port: Port | undefined): SerialEnd {
  const { baud, format, line } = port ?? {}
  const echo = typeof line === 'object' ? line.echo : undefined
  return {
    ...(baud === undefined || format === undefined ? {} : { settings: { baud, format } }),
    ...(echo === undefined ? {} : { echo }),
  }
}

export interface MemoryMeterOptions {
  readonly defects?: readonly string[]
  /** What the meter says instead of the answers of its services. */
  readonly untruth?: Untruth
  /** Of a meter with certificates. */
  readonly x509?: X509 | undefined
  /** How the tester's end of a serial port listens at first, and whether its head echoes. */
  readonly serial?: (port: string) => SerialEnd
  /** What stands between the meter and a line of it. */
  readonly between?: Between
}

/** The meter's end of a port → what the line finds there. */
export type Between = (party: Party, port: string) => Party

/** Lays memory lines to all ports of a meter. */
export function memoryMeter(description: MeterDescription, options: MemoryMeterOptions = {}): MemoryMeter {
  const world = createVirtualWorld()
  const random = seededRandom(1, 'meter')
  const meter = createMeter(description, {
    defects: options.defects ?? [],
    x509: options.x509,
    random: (count) => random.octets(count),
    ...(options.untruth === undefined ? {} : { untruth: options.untruth }),
  })
  const lines = new Map<string, () => Transport>()
  for (const port of meter.ports) {
    const party = options.between?.(meter.party(port.name), port.name) ?? meter.party(port.name)
    switch (port.kind) {
      case 'serial': {
        const { settings, echo } = options.serial?.(port.name) ?? {}
        const line = memorySerial(world, party, {
          ...(settings ? { tester: settings } : {}),
          ...(port.settings ? { meter: port.settings } : {}),
          ...(echo === undefined ? {} : { echo }),
        })
        lines.set(port.name, () => line)
        break
      }
      case 'stream': {
        const server = memoryStream(world, party)
        lines.set(port.name, () => server.transport())
        break
      }
      case 'datagram': {
        const server = memoryDatagram(world, party)
        lines.set(port.name, () => server.transport())
        break
      }
      default:
        port.kind satisfies never
    }
  }
  return {
    world,
    meter,
    listen: memoryCalls(world, meter.caller),
    async power(to) {
      meter.power(to === 'on', world.now())
      return ok(undefined)
    },
    transport(port) {
      const line = lines.get(port)
      if (!line) throw new RangeError(`"port" expected one of ${[...lines.keys()].join(', ')}, got ${port}`)
      return line()
    },
  }
}
