// A port of a meter as the tester has it open.
import type { LineSettings, Ms } from '../protocol/line.ts'
import type { Arrival, Ending, Opening, Transport } from '../transport/transport.ts'
import type { World } from '../world/world.ts'
import { createReceiver, type Heard, type Language, type Receiver } from './receiver.ts'
import { Turn } from './turn.ts'
import type { Record, Traffic, TrafficMark } from './traffic.ts'
import { endingTraffic, openingTraffic, receivedTraffic, sentTraffic } from './units.ts'
import { isUnsolicited } from './unsolicited.ts'

export interface PortOptions {
  readonly world: World
  readonly transport: Transport
  /** A longer pause ends what hangs: on a serial line the inter-octet time-out with what waits of a tester tolerate, else the response time. */
  readonly gapMs: Ms
  /** Between two characters of a sign-on message (ta, 1500 ms). */
  readonly characterGapMs: Ms
  /** The tester's own reaction time in a sign-on. */
  readonly reactionMs: Ms
  readonly record: Record
}

/** How one piece is written: with a pause before each of these offsets. */
export interface Pace {
  readonly cuts: readonly number[]
  readonly pauseMs: Ms
}

export const AT_ONCE: Pace = { cuts: [], pauseMs: 0 }

/** Endless octets must not keep a tester for ever. */
const MOST_DRAINED = 4096

const NOTHING = new Uint8Array(0)

/** One way to the meter that is open or not: a transport, what is spoken on it, and a recorder of all that passes. */
export class Port {
  readonly world: World
  readonly transport: Transport
  readonly #options: PortOptions
  #receiver: Receiver
  #language: Language
  #queue: Heard[] = []
  #opening: Opening | undefined
  #ended: Heard | undefined
  #settings: LineSettings | undefined
  #heard = 0
  readonly #turn: Turn

  constructor(options: PortOptions, language: Language) {
    this.#options = options
    this.world = options.world
    this.transport = options.transport
    this.#language = language
    this.#turn = new Turn(options.reactionMs)
    this.#receiver = this.#newReceiver(language)
  }

  get isOpen(): boolean {
    return this.#opening?.is === 'open' && this.#ended === undefined
  }

  /** How the meter or the line ended the connection, if it did. */
  get ended(): Heard | undefined {
    return this.#ended
  }

  get opening(): Opening | undefined {
    return this.#opening
  }

  get language(): Language {
    return this.#language
  }

  /** Rate and format that were set last; undefined: those that the line was opened with. */
  get settings(): LineSettings | undefined {
    return this.#settings
  }

  /** The longest time that an answer took to begin. */
  get slowestMs(): Ms {
    return this.#turn.slowestMs
  }

  /** Units that came from the meter, since the beginning. */
  get heard(): number {
    return this.#heard
  }

  async open(options: { readonly local?: string; readonly withinMs?: Ms } = {}): Promise<Opening> {
    const begun = this.world.now()
    this.#queue = []
    this.#ended = undefined
    this.#settings = undefined
    this.#receiver = this.#newReceiver(this.#language)
    const opening = await this.transport.open(options)
    this.#opening = opening
    this.#record(openingTraffic(opening, begun))
    return opening
  }

  async close(how: Ending): Promise<void> {
    if (this.#opening?.is !== 'open') return
    this.#opening = undefined
    this.#queue = []
    await this.transport.close(how)
    this.#record(endingTraffic(how, this.world.now()))
  }

  /** From now on what comes is read so. What hangs is given up. */
  speak(language: Language): void {
    if (language === this.#language) return
    this.#take(this.#receiver.flush(Infinity))
    this.#language = language
    this.#receiver = this.#newReceiver(language)
  }

  async set(settings: LineSettings): Promise<void> {
    await this.transport.set(settings)
    this.#settings = settings
  }

  /** Sends one piece, paced or at once; recorded as one. Gives when it began, and when its last octet had left. */
  async write(
    octets: Uint8Array,
    marks: readonly TrafficMark[] = [],
    { cuts, pauseMs }: Pace = AT_ONCE,
  ): Promise<{ readonly begin: Ms; readonly end: Ms }> {
    await this.#react()
    const begin = this.world.now()
    let end = begin
    let from = 0
    for (const cut of [...cuts, octets.length]) {
      if (from > 0) await this.world.next(end + pauseMs, nothing)
      end = await this.transport.write(octets.subarray(from, cut))
      from = cut
    }
    this.#turn.wrote(octets, end, this.#language)
    this.#record(sentTraffic(this.#language, octets, begin, end, marks))
    return { begin, end }
  }

  async #react(): Promise<void> {
    if (this.world.now() < this.#turn.readyAt) await this.world.next(this.#turn.readyAt, nothing)
  }

  /** The next thing that comes, or undefined when nothing has begun by `until`. What has begun by then is waited for: each unit has an end. */
  async hear(until: Ms): Promise<Heard | undefined> {
    for (;;) {
      const first = this.#queue.shift()
      if (first !== undefined) return first
      if (this.#ended !== undefined || this.#opening?.is !== 'open') {
        await this.world.next(until, nothing)
        return undefined
      }
      const hangs = this.#receiver.deadline()
      const limit = hangs === Infinity ? until : hangs
      const arrival = (await this.transport.next(limit)) ?? (hangs === Infinity ? undefined : await this.#stalled())
      if (arrival === undefined) {
        if (hangs === Infinity && this.#receiver.deadline() === Infinity) return undefined
        this.#take(this.#receiver.flush(Math.max(this.world.now(), limit)))
        continue
      }
      switch (arrival.is) {
        case 'octets':
          this.#take(this.#receiver.push(arrival.burst))
          continue
        case 'datagram':
          this.#take(this.#receiver.datagram(arrival.octets, arrival.at, arrival.from))
          continue
        case 'closed':
        case 'reset':
          this.#end({ is: arrival.is, octets: NOTHING, begin: arrival.at, end: arrival.at })
          continue
        case 'fault':
          this.#end({ is: 'fault', octets: NOTHING, begin: arrival.at, end: arrival.at, fault: arrival.fault })
          continue
        default:
          arrival satisfies never
      }
    }
  }

  /** A machine that was busy sees the time pass before the octets that came in it: they are no gap on the line. */
  async #stalled(): Promise<Arrival | undefined> {
    return this.world.virtual ? undefined : this.transport.next(this.world.now() + STALL_MS)
  }

  /** Gives back what was heard: it is heard again. */
  putBack(heard: Heard): void {
    this.#queue.unshift(heard)
  }

  /** All that is there already. Nothing is waited for but the end of what has begun. */
  async drain(): Promise<readonly Heard[]> {
    const all: Heard[] = []
    for (
      let heard = await this.hear(this.world.now());
      heard !== undefined;
      heard = await this.hear(this.world.now())
    ) {
      all.push(heard)
      if (all.length > MOST_DRAINED) break
    }
    return all
  }

  #newReceiver(language: Language): Receiver {
    const { gapMs, characterGapMs } = this.#options
    return createReceiver(language, language === 'sign-on' || language === 'programming' ? characterGapMs : gapMs)
  }

  #end(heard: Heard): void {
    this.#take(this.#receiver.flush(Infinity))
    this.#ended = heard
    this.#take([heard])
  }

  #take(items: readonly Heard[]): void {
    for (const heard of items) {
      if (this.transport.kind === 'serial' && this.#turn.isEcho(heard)) return this.#heardItself(heard)
      if (this.#isMeter(heard)) {
        this.#heard++
        this.#turn.heard(heard, this.#language, isUnsolicited(heard, []))
      }
      this.#record(receivedTraffic(heard))
      this.#queue.push(heard)
    }
  }

  #heardItself({ octets, begin, end }: Heard): void {
    const opening = this.#opening
    const where = opening?.is === 'open' ? opening.remote : 'the line'
    const detail = 'the tester hears what it has sent'
    const hint = 'Say so in the declaration: "line": { "kind": "serial", "echo": true } at this port.'
    this.#end({ is: 'fault', octets, begin, end, fault: { code: 'echo', where, detail, hint } })
  }

  /** TCP and UDP bring what was sent: a unit with a single thing wrong is the meter's own. On a line it may be noise, or another rate. */
  #isMeter(heard: Heard): boolean {
    if (heard.is === 'damaged') return this.transport.kind !== 'serial' && heard.failures.length === 1
    return heard.is === 'frame' || heard.is === 'wpdu' || heard.is === 'message'
  }

  #record(traffic: Traffic): void {
    this.#options.record(traffic)
  }
}

/** One turn of the event loop and its reads. */
const STALL_MS = 3

const nothing = (): undefined => undefined
