import type { MeterDescription, PortDescription } from '../simulator/description.ts'
import { usage } from './usage.ts'

const CONNECTIONS = 4

/** The meter with its ports as they are served: what is a serial port of the description carries HDLC as it is over `tcp://` and `udp://`. */
export function servedAt(description: MeterDescription, urls: ReadonlyMap<string, string>): MeterDescription {
  const ports = Object.entries(description.ports).map(([name, port]) => [name, portAt(name, port, urls.get(name))])
  return { ...description, ports: Object.fromEntries(ports) as MeterDescription['ports'] }
}

function portAt(name: string, port: PortDescription, url: string | undefined): PortDescription {
  const kind = url?.startsWith('tcp:') ? 'stream' : url?.startsWith('udp:') ? 'datagram' : undefined
  if (port.kind !== 'serial' || kind === undefined) return port
  const { hdlc } = port
  if (port.signOn !== undefined || hdlc === undefined)
    return usage(
      `the port ${name} changes its rate: it cannot be served at ${url}`,
      `Serve it at a serial line: --listen ${name}=serial:PATH.`,
    )
  const carried = { carries: 'hdlc', reactionMs: hdlc.reactionMs, hdlc } as const
  return kind === 'stream'
    ? { ...carried, kind, connections: CONNECTIONS, inactivityMs: hdlc.inactivityMs, tcpPort: 0 }
    : { ...carried, kind, udpPort: 0 }
}
