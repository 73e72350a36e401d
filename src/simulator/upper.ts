import type { Ms } from '../protocol/line.ts'
import type { DeviceDescription } from './description.ts'

/** Between whom APDUs pass, and over what: an association belongs to one of these. */
export interface Path {
  readonly port: string
  readonly peer: string
  readonly carrier: 'hdlc' | 'tcp' | 'udp'
  readonly client: number
  readonly device: DeviceDescription
  /** It came in a UI frame. */
  readonly unconfirmed?: true
}

/** The application layer, as the layers below see it. */
export interface Upper {
  /** An APDU from a client → the APDUs of the answer: one or none, or several blocks of a general block transfer. */
  apdu(path: Path, octets: Uint8Array, now: Ms): readonly Uint8Array[]
  /** The link or connection below has ended, and with it what lived on it. */
  ended(path: Path): void
}
