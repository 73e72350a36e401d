// The tester's end of an HDLC link (IEC 62056-46).
import type { Control } from '../protocol/hdlc/control.ts'
import type { Frame } from '../protocol/hdlc/examine.ts'
import { frameOctets } from '../protocol/hdlc/frame.ts'
import type { LinkParameters } from '../protocol/hdlc/negotiate.ts'
import { toParameters, parameterBlock } from '../protocol/hdlc/parameters.ts'
import { encode } from '../codec/codec.ts'
import type { Ms } from '../protocol/line.ts'
import type { Ledger, Passed } from './ledger.ts'
import { afterHearing, afterSending, UNKNOWN, type LinkState } from './link-state.ts'
import { answerableFrom, listen } from './listening.ts'
import { assemble, NOTHING_ASSEMBLED, type Assembly } from '../protocol/hdlc/segment.ts'
import type { Port } from './port.ts'
import type { Heard } from './receiver.ts'
import type { TrafficMark } from './traffic.ts'

/** Address octets of the two ends. */
export interface LinkAddresses {
  readonly client: Uint8Array
  readonly server: Uint8Array
}

/** `end`: when the last octet had left. `since`: what began earlier is no answer to it. */
export interface Written {
  readonly begin: Ms
  readonly end: Ms
  readonly since: Ms
}

/** What a mode setting command came to. */
export type Reaction =
  | { readonly is: 'frame'; readonly frame: Frame; readonly heard: Heard }
  | { readonly is: 'other'; readonly heard: Heard }
  | { readonly is: 'silent' }

const NOTHING = new Uint8Array(0)

/** The tester's end of one HDLC link: addresses, state variables, frames in and out. Nothing is answered here by itself. */
export class Link {
  readonly port: Port
  readonly addresses: LinkAddresses
  state: LinkState = UNKNOWN
  /** What has come of an APDU that is not yet whole. */
  #assembly: Assembly = NOTHING_ASSEMBLED
  /** An SNRM has left, right or not, and nothing has shown since that the link is down. */
  mayBeOpen = false
  /** A UI frame said that more is to come. */
  #uiGoesOn = false

  constructor(port: Port, addresses: LinkAddresses) {
    this.port = port
    this.addresses = addresses
  }

  /** A frame of the tester with what the link knows filled in. */
  frame(control: Control, information: Uint8Array = NOTHING, segmentation = false): Frame {
    const { client, server } = this.addresses
    return { segmentation, 'destination-address': server, 'source-address': client, control, information }
  }

  /** SNRM as it should be; without a proposal it has no information field. */
  snrm(proposal: Partial<LinkParameters> = {}): Frame {
    const parameters = toParameters(proposal)
    return this.frame(
      { is: 'snrm', 'poll-final': true },
      parameters.length === 0 ? NOTHING : encode(parameterBlock, parameters),
    )
  }

  disc(): Frame {
    return this.frame({ is: 'disc', 'poll-final': true })
  }

  /** RR P=1: all received so far is acknowledged, and the meter may speak. */
  poll(): Frame {
    return this.frame({ is: 'rr', 'n-r': this.state['v-r'], 'poll-final': true })
  }

  /** Sends a frame as it is. */
  async send(frame: Frame, ledger: Ledger): Promise<Written> {
    return this.transmit(frameOctets(frame), { frame, moves: true }, ledger)
  }

  /** Sends octets that are a frame, or were before they were damaged; `moves`: the state variables go on with it. */
  async transmit(
    octets: Uint8Array,
    what: { readonly frame?: Frame; readonly moves: boolean; readonly marks?: readonly TrafficMark[] },
    ledger: Ledger,
  ): Promise<Written> {
    const written = await this.port.write(octets, what.marks ?? [])
    if (what.frame !== undefined) this.passed(what.frame, octets, written, what.moves, ledger)
    return { ...written, since: answerableFrom(this.port, written) }
  }

  /** A frame was sent: notes it, and moves the state variables if it was as it should be. */
  passed(
    frame: Frame,
    octets: Uint8Array,
    { begin, end }: Pick<Written, 'begin' | 'end'>,
    moves: boolean,
    ledger: Ledger,
  ): void {
    if (frame.control.is === 'snrm') this.mayBeOpen = true
    ledger.passed.push({ direction: 'sent', frame, octets, begin, end, before: this.state })
    if (moves) this.sent(frame)
  }

  /** The state variables after a frame that was sent as it should be. */
  sent(frame: Frame): void {
    this.state = afterSending(this.state, frame)
  }

  /** The next thing that is not unsolicited; a frame moves the state variables. */
  async listen(since: Ms, until: Ms, ledger: Ledger): Promise<Heard | undefined> {
    const heard = await listen(this.port, { since, until }, ledger)
    if (heard?.is === 'frame') this.took(heard.frame, heard, ledger)
    return heard
  }

  /** A frame was heard: notes it, moves the state variables, and puts segments together that come in order. */
  took(frame: Frame, { octets, begin, end }: Pick<Heard, 'octets' | 'begin' | 'end'>, ledger: Ledger): void {
    const before = this.state
    this.state = afterHearing(before, frame)
    if (frame.control.is === 'dm' || (frame.control.is === 'ua' && before.asked === 'disc')) this.mayBeOpen = false
    ledger.passed.push({ direction: 'received', frame, octets, begin, end, before, ...this.#assembled(frame, before) })
  }

  #assembled({ control, information, segmentation }: Frame, before: LinkState): Pick<Passed, 'begins' | 'whole'> {
    if (control.is === 'ui') {
      const begins = !this.#uiGoesOn
      this.#uiGoesOn = segmentation
      return { begins }
    }
    if (control.is === 'ua' || control.is === 'dm') this.#assembly = NOTHING_ASSEMBLED
    if (control.is !== 'i' || control['n-s'] !== before['v-r']) return {}
    const begins = this.#assembly.parts.length === 0
    const assembled = assemble(this.#assembly, { information, segmentation })
    this.#assembly = assembled.is === 'more' ? assembled.assembly : NOTHING_ASSEMBLED
    return assembled.is === 'whole' ? { begins, whole: assembled.llcAndApdu } : { begins }
  }

  /** SNRM or DISC → what came. On silence once more: neither does harm twice (preambles only, G10). */
  async setMode(frame: Frame, responseMs: Ms, ledger: Ledger, times = 2): Promise<Reaction> {
    for (let time = 1; ; time++) {
      const { since, end } = await this.send(frame, ledger)
      const heard = await this.listen(since, end + responseMs, ledger)
      if (heard?.is === 'frame') return { is: 'frame', frame: heard.frame, heard }
      if (heard !== undefined && (heard.is !== 'noise' || time >= times)) return { is: 'other', heard }
      if (time >= times) return { is: 'silent' }
    }
  }
}

export const sameAddress = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((octet, at) => octet === b[at])

/** Does the frame come from where the link goes, and to this client? */
export const isForUs = (addresses: LinkAddresses, frame: Frame): boolean =>
  sameAddress(frame['destination-address'], addresses.client) && sameAddress(frame['source-address'], addresses.server)
