// APDUs there and back, whatever they travel in.
import { encode } from '../codec/codec.ts'
import { llc, LLC_COMMAND, LLC_OCTETS } from '../protocol/hdlc/llc.ts'
import type { Ms } from '../protocol/line.ts'
import { another, exchange, type Answer, type Patience } from './exchange.ts'
import type { Ledger } from './ledger.ts'
import type { Link } from './link.ts'
import { listen } from './listening.ts'
import type { Port } from './port.ts'
import type { Heard } from './receiver.ts'
import { exchangeWpdu, type Wports } from './wrapper.ts'

/** `header`: the LLC header that came before it, where there is one. `heard`: the unit that it came in, where it was one. */
export interface CarriedApdu {
  readonly is: 'apdu'
  readonly apdu: Uint8Array
  readonly header?: Uint8Array
  readonly heard?: Heard
  readonly begin: Ms
  readonly end: Ms
  readonly asked: Ms
}

export type Carried = CarriedApdu | Exclude<Answer, { readonly is: 'whole' }>

export interface Carrier {
  exchange(apdu: Uint8Array, patience: Patience, ledger: Ledger): Promise<Carried>
  /** One more APDU behind the last one in the ledger, without a question of its own. */
  next(patience: Patience, ledger: Ledger): Promise<Carried>
}

export const hdlcCarrier = (link: Link): Carrier => ({
  exchange: async (apdu, patience, ledger) =>
    fromFrames(await exchange(link, encode(llc, { ...LLC_COMMAND, information: apdu }), patience, ledger)),
  next: async (patience, ledger) => fromFrames(await another(link, patience, ledger)),
})

function fromFrames(answer: Answer): Carried {
  if (answer.is !== 'whole') return answer
  const { whole, begin, end, asked } = answer
  return { is: 'apdu', apdu: whole.subarray(LLC_OCTETS), header: whole.subarray(0, LLC_OCTETS), begin, end, asked }
}

export const wrapperCarrier = (port: Port, ports: Wports): Carrier => ({
  exchange: async (apdu, { lateMs }, ledger) => fromWpdu(await exchangeWpdu(port, ports, apdu, lateMs, ledger)),
  async next({ lateMs }, ledger) {
    const asked = port.world.now()
    const heard = await listen(port, { since: -Infinity, until: asked + lateMs }, ledger)
    return fromWpdu(
      heard === undefined ? { is: 'silent', frames: false, unfinished: false, asked } : { is: 'other', heard, asked },
    )
  },
})

function fromWpdu(answer: Exclude<Answer, { readonly is: 'whole' }>): Carried {
  if (answer.is !== 'other' || answer.heard.is !== 'wpdu') return answer
  const { heard, asked } = answer
  return { is: 'apdu', apdu: heard.wpdu.information, heard, begin: heard.begin, end: heard.end, asked }
}
