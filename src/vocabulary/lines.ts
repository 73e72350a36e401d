// The lines of one port: a serial line is one, whoever speaks over it; on streams and datagrams each connection has its own.
import { Port } from '../client/port.ts'
import { listeningTransport } from '../client/listening-transport.ts'
import type { Language } from '../client/receiver.ts'
import { SignOn } from '../client/sign-on.ts'
import type { Traffic } from '../client/traffic.ts'
import type { Ms } from '../protocol/line.ts'
import { NOBODY_LISTENS } from '../transport/calls.ts'
import type { Transport } from '../transport/transport.ts'
import type { Line } from './connection.ts'
import type { Declared } from './declared.ts'
import type { TesterSetup } from './setup.ts'

/** ta of IEC 62056-21: characters of one message follow one another faster. */
const CHARACTER_GAP_MS = 1500
/** Adapters and drivers hold octets back: on a real line a frame that is not whole yet is waited for a little longer. */
const LENIENT_MS = 100
/** Waits of the tester last the declared value, 10 % and 20 ms at least (G13). */
const waited = (ms: Ms): Ms => ms * 1.1 + 20

export class Lines {
  readonly #setup: TesterSetup
  readonly #declared: Declared
  readonly #all = new Set<Line>()
  #serial: Line | undefined
  /** Heard on lines that are gone. */
  #heardBefore = 0

  constructor(setup: TesterSetup, declared: Declared) {
    this.#setup = setup
    this.#declared = declared
  }

  /** The one serial line, once there is one. */
  get serial(): Line | undefined {
    return this.#serial
  }

  /** Valid units heard, on lines that are gone as well. */
  get heard(): number {
    let count = this.#heardBefore
    for (const { port } of this.#all) count += port.heard
    return count
  }

  /** Answers have come later than declared: then silence is waited for so much longer too (G14). */
  get tardyMs(): Ms {
    const { responseMs } = this.#declared.timing
    const late = [...this.#all].some(({ port }) => port.slowestMs > responseMs && port.slowestMs <= 2 * responseMs)
    return late ? responseMs : 0
  }

  /** A new line, for a connection. */
  add(name: string): Line {
    const line = this.#create(name)
    if (line.port.transport.kind === 'serial') this.#serial = line
    return line
  }

  /** Where the meter pushes to: it comes by itself, and in the wrapper. */
  listening(name: string, address: string): Line {
    const { listen = NOBODY_LISTENS, world } = this.#setup
    return this.#lineOver(
      name,
      listeningTransport(address, listen, () => world.now()),
      'wrapper',
    )
  }

  /** A port beside those of the case; whoever takes it closes it. */
  spare(): Port {
    return this.#create('spare').port
  }

  /** Nobody is on it any more; the serial line stays open. */
  async end(line: Line): Promise<void> {
    if (line === this.#serial) return
    this.#forget(line)
    await line.port.close('close')
  }

  /** Forgets the lines that are closed, but for the serial one. */
  sweep(): void {
    for (const line of this.#all) if (line !== this.#serial && !line.port.isOpen) this.#forget(line)
  }

  /** The next climb opens it again. */
  async closeSerial(): Promise<void> {
    await this.#serial?.port.close('close')
  }

  #create(name: string): Line {
    const { carrier, signOn } = this.#declared
    return this.#lineOver(name, this.#setup.transport(), signOn ? 'sign-on' : carrier)
  }

  #lineOver(name: string, transport: Transport, language: Language): Line {
    const { world } = this.#setup
    const { timing, opening } = this.#declared
    const signOn = language === 'sign-on' ? this.#declared.signOn : undefined
    const octetsMs = world.virtual ? waited(timing.interOctetMs) : Math.max(LENIENT_MS, waited(timing.interOctetMs))
    const gapMs = transport.kind === 'serial' ? octetsMs : 2 * timing.responseMs
    const record = (traffic: Traffic): void => this.#record(name, traffic)
    const port = new Port(
      { world, transport, gapMs, characterGapMs: CHARACTER_GAP_MS, reactionMs: timing.signOnReactionMs[0], record },
      language,
    )
    const line: Line = {
      port,
      signOn:
        signOn &&
        new SignOn(port, {
          opening,
          modes: signOn.modes,
          address: undefined,
          reactionMs: timing.signOnReactionMs[1],
          sessionMs: this.#sessionMs(),
        }),
    }
    this.#all.add(line)
    return line
  }

  /** Every session has ended by then, with the tolerance of waits. */
  #sessionMs(): Ms {
    const { inactivityMs, signOffMs } = this.#declared.timing
    return Math.max(inactivityMs, 2 * signOffMs) * 1.1 + 1000
  }

  #record(connection: string, traffic: Traffic): void {
    const instance = this.#setup.instance()
    this.#setup.emit({
      event: 'traffic',
      ...(instance === undefined ? {} : { instance }),
      connection,
      port: this.#declared.port,
      ...traffic,
    })
  }

  #forget(line: Line): void {
    this.#all.delete(line)
    this.#heardBefore += line.port.heard
  }
}
