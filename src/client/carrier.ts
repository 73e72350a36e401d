// APDUs there and back, whatever they travel in.
import { encode } from '../codec/codec.ts'
import { llc, LLC_COMMAND, LLC_OCTETS } from '../protocol/hdlc/llc.ts'
import type { Ms } from '../protocol/line.ts'
import { wpduOctets } from '../protocol/wrapper/wpdu.ts'
import { another, exchange, tell, type Answer, type Patience } from './exchange.ts'
import type { Ledger } from './ledger.ts'
import type { Link } from './link.ts'
import { listen } from './listening.ts'
import type { Port } from './port.ts'
import type { Heard } from './receiver.ts'
import { exchangeWpdu, sendWpdu, wpduFor, type Wports } from './wrapper.ts'

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
  /** An APDU that no APDU answers; undefined: nothing speaks against it. */
  tell(apdu: Uint8Array, patience: Patience, ledger: Ledger): Promise<Carried | undefined>
  /** One more APDU behind the last one in the ledger, without a question of its own. */
  next(patience: Patience, ledger: Ledger): Promise<Carried>
}

export const hdlcCarrier = (link: Link): Carrier => ({
  exchange: async (apdu, patience, ledger) => fromFrames(await exchange(link, inLlc(apdu), patience, ledger)),
  async tell(apdu, patience, ledger) {
    const answer = await tell(link, inLlc(apdu), patience, ledger)
    return answer && fromFrames(answer)
  },
  next: async (patience, ledger) => fromFrames(await another(link, patience, ledger)),
})

const inLlc = (apdu: Uint8Array): Uint8Array => encode(llc, { ...LLC_COMMAND, information: apdu })

function fromFrames(answer: Answer): Carried {
  if (answer.is !== 'whole') return answer
  const { whole, begin, end, asked } = answer
  return { is: 'apdu', apdu: whole.subarray(LLC_OCTETS), header: whole.subarray(0, LLC_OCTETS), begin, end, asked }
}

export const wrapperCarrier = (port: Port, ports: Wports): Carrier => ({
  exchange: async (apdu, { lateMs }, ledger) => fromWpdu(await exchangeWpdu(port, ports, apdu, lateMs, ledger)),
  async tell(apdu) {
    await sendWpdu(port, wpduOctets(wpduFor(ports, apdu)))
    return undefined
  },
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
