// The tester's end of the wrapper (IEC 62056-47), on a stream or in datagrams.
import type { Ms } from '../protocol/line.ts'
import { HEADER_OCTETS, wpduOctets, WRAPPER_VERSION, type Wpdu } from '../protocol/wrapper/wpdu.ts'
import type { Answer } from './exchange.ts'
import type { Ledger } from './ledger.ts'
import type { Written } from './link.ts'
import { answerableFrom, listen } from './listening.ts'
import type { Port } from './port.ts'
import type { TrafficMark } from './traffic.ts'

/** wPorts of the two ends. */
export interface Wports {
  readonly client: number
  readonly server: number
}

export const wpduFor = (ports: Wports, apdu: Uint8Array): Wpdu => ({
  version: WRAPPER_VERSION,
  'source-wport': ports.client,
  'destination-wport': ports.server,
  information: apdu,
})

/** The wPorts that octets were sent from and to, right or not; undefined: they are too few. */
export function wportsIn(octets: Uint8Array): Wports | undefined {
  if (octets.length < HEADER_OCTETS) return undefined
  const header = new DataView(octets.buffer, octets.byteOffset, HEADER_OCTETS)
  return { client: header.getUint16(2), server: header.getUint16(4) }
}

/** Sends octets that are WPDUs, or were before they were damaged. */
export async function sendWpdu(port: Port, octets: Uint8Array, marks: readonly TrafficMark[] = []): Promise<Written> {
  const written = await port.write(octets, marks)
  return { ...written, since: answerableFrom(port, written) }
}

/** One APDU there, and the first WPDU back, whole or not. */
export async function exchangeWpdu(
  port: Port,
  ports: Wports,
  apdu: Uint8Array,
  lateMs: Ms,
  ledger: Ledger,
): Promise<Exclude<Answer, { readonly is: 'whole' }>> {
  const { since, end: asked } = await sendWpdu(port, wpduOctets(wpduFor(ports, apdu)))
  const heard = await listen(port, { since, until: asked + lateMs }, ledger)
  if (heard === undefined) return { is: 'silent', frames: false, unfinished: false, asked }
  return { is: 'other', heard, asked }
}
