import { ok, type Result } from '../codec/value.ts'
import type { RealWorld } from '../world/real.ts'
import { withoutEcho } from './echo.ts'
import { rfc2217 } from './rfc2217.ts'
import { serial } from './serial.ts'
import { tcp } from './tcp.ts'
import type { Transport } from './transport.ts'
import { udp } from './udp.ts'
import { parseUrl, type PortUrl, type UrlFailure } from './url.ts'

export interface TransportOptions {
  /** The optical head lets the tester hear itself (`line.echo` of the declaration): its own octets are taken out. */
  readonly echo?: boolean
}

/** URL of a real port → the way to the meter behind it, not yet open. */
export function transportFor(
  url: string,
  world: RealWorld,
  options: TransportOptions = {},
): Result<Transport, UrlFailure> {
  const parsed = parseUrl(url)
  if (!parsed.ok) return parsed
  const transport = made(parsed.value, world)
  return ok(options.echo === true && transport.kind === 'serial' ? withoutEcho(transport) : transport)
}

function made(port: PortUrl, world: RealWorld): Transport {
  switch (port.is) {
    case 'tcp':
      return tcp(port.url, port.endpoint, world)
    case 'udp':
      return udp(port.url, port.endpoint, world)
    case 'serial':
      return serial(port.url, port.path, port.settings, world)
    case 'rfc2217':
      return rfc2217(port.url, port.endpoint, port.settings, world)
    default:
      return port satisfies never
  }
}
