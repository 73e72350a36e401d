// Clients that send one octet of a message now and then, and never end it.
import type { Port } from '../client/port.ts'
import type { Wports } from '../client/wrapper.ts'
import { encode } from '../codec/codec.ts'
import type { Ms } from '../protocol/line.ts'
import { wpdu, WRAPPER_VERSION } from '../protocol/wrapper/wpdu.ts'

/** Octets that the message announces: more than any attack lasts. */
const ANNOUNCED = 512

export class SlowSenders {
  readonly #ports: readonly Port[]
  readonly #everyMs: Ms
  readonly #octets: Uint8Array
  #at = 0
  /** When the next octet of each is due. */
  nextAt: Ms

  constructor(ports: readonly Port[], everyMs: Ms, { client, server }: Wports, now: Ms) {
    this.#ports = ports
    this.#everyMs = everyMs
    this.nextAt = now
    const information = new Uint8Array(ANNOUNCED)
    this.#octets = encode(wpdu, {
      version: WRAPPER_VERSION,
      'source-wport': client,
      'destination-wport': server,
      information,
    })
  }

  /** One octet on each connection that the meter has not ended. */
  async drip(): Promise<void> {
    const octet = this.#octets.subarray(this.#at, this.#at + 1)
    this.#at = (this.#at + 1) % this.#octets.length
    this.nextAt += this.#everyMs
    for (const port of this.#ports) {
      // An end that has come is seen by whoever listens.
      await port.drain()
      if (port.isOpen) await port.write(octet)
    }
  }

  async end(): Promise<void> {
    for (const port of this.#ports) await port.close('close')
  }
}
