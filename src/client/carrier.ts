// APDUs there and back, whatever they travel in.
import { encode } from '../codec/codec.ts'
import { llc, LLC_COMMAND, LLC_OCTETS } from '../protocol/hdlc/llc.ts'
import type { Ms } from '../protocol/line.ts'
import { exchange, type Answer, type Patience } from './exchange.ts'
import type { Ledger } from './ledger.ts'
import type { Link } from './link.ts'
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
}

export const hdlcCarrier = (link: Link): Carrier => ({
  async exchange(apdu, patience, ledger) {
    const answer = await exchange(link, encode(llc, { ...LLC_COMMAND, information: apdu }), patience, ledger)
    if (answer.is !== 'whole') return answer
    const { whole, begin, end, asked } = answer
    return { is: 'apdu', apdu: whole.subarray(LLC_OCTETS), header: whole.subarray(0, LLC_OCTETS), begin, end, asked }
  },
})

export const wrapperCarrier = (port: Port, ports: Wports): Carrier => ({
  async exchange(apdu, { lateMs }, ledger) {
    const answer = await exchangeWpdu(port, ports, apdu, lateMs, ledger)
    if (answer.is !== 'other' || answer.heard.is !== 'wpdu') return answer
    const { heard, asked } = answer
    return { is: 'apdu', apdu: heard.wpdu.information, heard, begin: heard.begin, end: heard.end, asked }
  },
})
