import { fail, type Result } from '../../codec/value.ts'
import type { Party } from '../../protocol/line.ts'
import type { RealWorld } from '../../world/real.ts'
import { plugInto } from '../serial.ts'
import type { LineFault } from '../transport.ts'
import { parseUrl, type UrlFailure } from '../url.ts'
import { hostSerial } from './serial.ts'
import { hostTcp } from './tcp.ts'
import { hostUdp } from './udp.ts'

/** A party that others can reach in real time. */
export interface Hosted {
  /** With the real port number. */
  readonly url: string
  /** Settles when it has been closed, or with the fault when the line is lost; rejects if the party breaks. */
  readonly ended: Promise<LineFault | undefined>
  close(): Promise<void>
}

/** Serves a party at `tcp://HOST:PORT`, `udp://HOST:PORT` (port 0: any free one) or `serial:PATH?baud=9600&format=8N1`. */
export async function host(
  url: string,
  party: Party,
  world: RealWorld,
): Promise<Result<Hosted, LineFault | UrlFailure>> {
  const parsed = parseUrl(url)
  if (!parsed.ok) return parsed
  const port = parsed.value
  switch (port.is) {
    case 'tcp':
      return hostTcp(url, port.endpoint, party, world)
    case 'udp':
      return hostUdp(url, port.endpoint, party, world)
    case 'serial':
      return hostSerial(url, port.settings, plugInto(url, port.path, world), party, world)
    case 'rfc2217':
      return fail({
        code: 'bad-url',
        where: url,
        detail: 'the meter cannot be a device server',
        hint: 'listen at tcp://, udp:// or serial:',
      })
    default:
      return port satisfies never
  }
}
