// The tester's side of IEC 62056-21: request, identification, option select, and the way back to the beginning.
import type { LineSettings, Ms } from '../protocol/line.ts'
import { BREAK, signOnOctets, type Identification, type SignOnMessage } from '../protocol/sign-on/messages.ts'
import { OPENING_RATE, rateOf, type ProtocolMode } from '../protocol/sign-on/rates.ts'
import type { Ledger } from './ledger.ts'
import { answerableFrom, listen } from './listening.ts'
import type { Written } from './link.ts'
import type { Port } from './port.ts'
import type { Heard } from './receiver.ts'

export interface SignOnOptions {
  /** How the line opens: 300 Bd 7E1 unless the declaration says otherwise. */
  readonly opening: LineSettings
  readonly modes: readonly ProtocolMode[]
  /** The device address of the request; undefined: none is said. */
  readonly address: string | undefined
  /** Latest first character of an answer. */
  readonly reactionMs: Ms
  /** A session without traffic has ended by then, whatever it was. */
  readonly sessionMs: Ms
}

/** Where the meter is, as far as the tester knows. `started`: it may go on by itself (readout) before it listens again. */
export type SignOnPlace = 'beginning' | 'started' | 'programming' | 'hdlc' | 'unknown'

/** Requests that are made before the sign-on is given up: at once, after the line was quiet, after every session has ended. */
const PATIENCE = 3

export class SignOn {
  readonly port: Port
  readonly options: SignOnOptions
  place: SignOnPlace = 'unknown'
  /** The last identification heard. */
  identification: Identification | undefined
  /** Rate and format that the line has now. */
  settings: LineSettings

  constructor(port: Port, options: SignOnOptions) {
    this.port = port
    this.options = options
    this.settings = options.opening
  }

  async set(settings: LineSettings): Promise<void> {
    this.settings = settings
    await this.port.set(settings)
  }

  /** The line as a case wants it: with 8N1 HDLC is spoken, at the opening rate a sign-on begins. */
  async switchTo(settings: LineSettings): Promise<void> {
    const { opening } = this.options
    await this.set(settings)
    if (settings.format === '8N1' && opening.format !== '8N1') {
      this.port.speak('hdlc')
      this.place = 'hdlc'
    } else if (settings.baud === opening.baud && settings.format === opening.format) {
      this.port.speak('sign-on')
      this.place = 'beginning'
    } else this.port.speak(this.place === 'programming' ? 'programming' : 'sign-on')
  }

  /** Back to how a sign-on begins: the line at its opening rate, and a meter that listens there. */
  async toBeginning(ledger: Ledger): Promise<void> {
    const { opening, reactionMs, sessionMs } = this.options
    if (this.place === 'programming') {
      this.port.speak('programming')
      await this.tell(BREAK)
      await this.quiet(reactionMs / 3, ledger)
    } else if (this.place === 'hdlc') await this.quiet(sessionMs, ledger)
    await this.set(opening)
    this.port.speak('sign-on')
    if (this.place === 'started') await this.quiet(reactionMs * 2, ledger)
    if (this.place !== 'unknown') this.place = 'beginning'
  }

  /** Sends a message as it is. */
  async tell(message: SignOnMessage): Promise<Written> {
    const written = await this.port.write(signOnOctets(message))
    return { ...written, since: answerableFrom(this.port, written) }
  }

  /** Sends a message, and gives the first thing that comes. */
  async ask(message: SignOnMessage, withinMs: Ms, ledger: Ledger): Promise<Heard | undefined> {
    const { since, end } = await this.tell(message)
    const heard = await listen(this.port, { since, until: end + withinMs }, ledger)
    this.took(message, heard)
    return heard
  }

  /** Notes where the meter is after a message of the tester's and what came. */
  took(message: SignOnMessage | undefined, heard: Heard | undefined): void {
    const came = heard?.is === 'message' && heard.message.is === 'identification' ? heard.message.value : undefined
    if (came) this.identification = came
    this.sentAs(message, came !== undefined)
  }

  /** Notes where the meter is after a message of the tester's; `identified`: it has answered with its identification. */
  sentAs(message: SignOnMessage | undefined, identified: boolean): void {
    if (message?.is === 'acknowledgement' && message.value['mode-control'] === '1') this.place = 'programming'
    else if (message?.is === 'break') this.place = 'beginning'
    else if (message !== undefined && (this.place !== 'programming' || identified)) this.place = 'started'
  }

  /** Request → the identification, from wherever the meter is; else what came last in its place. */
  async identify(ledger: Ledger, address = this.options.address): Promise<Heard | undefined> {
    let heard: Heard | undefined
    for (let time = 1; time <= PATIENCE; time++) {
      await this.toBeginning(ledger)
      if (time === PATIENCE) await this.quiet(this.options.sessionMs, ledger)
      heard = await this.ask(requestFor(address), this.options.reactionMs * 2, ledger)
      if (isIdentification(heard)) return heard
      if (heard?.is === 'closed' || heard?.is === 'reset' || heard?.is === 'fault') return heard
      this.place = 'started'
    }
    this.place = 'unknown'
    return heard
  }

  /** The rate that the identification announces; undefined for a reserved character. */
  announcedRate(): number | undefined {
    const { identification } = this
    if (identification === undefined) return undefined
    return rateOf(identification['baud-rate-identification'], this.mode())
  }

  /** Bd for a character of the option select. */
  rateFor(z: string): number {
    return rateOf(z, this.mode()) ?? OPENING_RATE
  }

  /** The mode in which Z is to be read. */
  mode(): ProtocolMode {
    const { modes } = this.options
    return modes.find((mode) => mode === 'E' || mode === 'C') ?? modes[0] ?? 'C'
  }

  /** Mode E: option select, the echo if there is one, then Z and 8N1. Undefined: done; else what came in place of the echo. */
  async toHdlc(ledger: Ledger): Promise<Heard | undefined> {
    const z = this.identification?.['baud-rate-identification'] ?? '0'
    const heard = await this.ask(optionSelect('2', z, '2'), this.options.reactionMs, ledger)
    const echoed = heard === undefined || (heard.is === 'message' && heard.message.is === 'acknowledgement')
    if (!echoed) return heard
    await this.set({ baud: rateOf(z, 'E') ?? OPENING_RATE, format: '8N1' })
    this.port.speak('hdlc')
    this.place = 'hdlc'
    return undefined
  }

  /** Mode C: option select of programming mode; the line is at the rate chosen when the meter sends P0. */
  async toProgramming(z: string, ledger: Ledger): Promise<Heard | undefined> {
    await this.tell(optionSelect('0', z, '1'))
    await this.set({ baud: rateOf(z, 'C') ?? OPENING_RATE, format: this.options.opening.format })
    this.port.speak('programming')
    this.place = 'programming'
    const now = this.port.world.now()
    return listen(this.port, { since: now, until: now + this.options.reactionMs * 2 }, ledger)
  }

  /** Listens until nothing has come for so long; what comes is set aside. */
  async quiet(ms: Ms, ledger: Ledger): Promise<void> {
    const limit = this.port.world.now() + ms * 20
    for (;;) {
      const now = this.port.world.now()
      const heard = await this.port.hear(now + ms)
      if (heard === undefined || this.port.world.now() > limit || !this.port.isOpen) return
      ledger.unsolicited.push(heard)
    }
  }
}

export const isIdentification = (heard: Heard | undefined): boolean =>
  heard?.is === 'message' && heard.message.is === 'identification'

export const requestFor = (address = ''): SignOnMessage => ({ is: 'request', value: { address } })

export const optionSelect = (protocol: string, rate: string, mode: string): SignOnMessage => ({
  is: 'acknowledgement',
  value: { 'protocol-control': protocol, 'baud-rate-identification': rate, 'mode-control': mode },
})
