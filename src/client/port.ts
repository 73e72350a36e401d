import { hex } from '../codec/value.ts'
import type { LineSettings, Ms } from '../protocol/line.ts'
import type { Ending, Opening, Transport } from '../transport/transport.ts'
import type { World } from '../world/world.ts'
import { createReceiver, type Heard, type Language, type Receiver } from './receiver.ts'
import type { Record, Traffic, TrafficMark } from './traffic.ts'
import { receivedTraffic, sentTraffic } from './units.ts'

export interface PortOptions {
  readonly world: World
  readonly transport: Transport
  /** A longer pause ends what hangs: on a serial line the inter-octet time-out with what waits of a tester tolerate, else the response time. */
  readonly gapMs: Ms
  /** Between two characters of a sign-on message (ta, 1500 ms). */
  readonly characterGapMs: Ms
  readonly record: Record
}

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

  constructor(options: PortOptions, language: Language) {
    this.#options = options
    this.world = options.world
    this.transport = options.transport
    this.#language = language
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
    const ends = opening.is === 'open' ? { local: opening.local, remote: opening.remote } : {}
    const is = opening.is === 'open' ? 'opened' : opening.is === 'fault' ? 'fault' : 'refused'
    const detail =
      opening.is === 'fault'
        ? { detail: opening.fault.detail }
        : opening.is === 'timed-out'
          ? { detail: 'timed out' }
          : {}
    this.#record({ ...happened(is, begun, opening.at), direction: 'sent', ...ends, ...detail })
    return opening
  }

  async close(how: Ending): Promise<void> {
    if (this.#opening?.is !== 'open') return
    this.#opening = undefined
    this.#queue = []
    await this.transport.close(how)
    const at = this.world.now()
    const is = how === 'reset' ? 'reset' : 'closed'
    this.#record({ ...happened(is, at, at), direction: 'sent', ...(how === 'vanish' ? { detail: 'vanished' } : {}) })
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

  /** Sends one piece. Gives when it began, and when its last octet had left. */
  async write(
    octets: Uint8Array,
    marks: readonly TrafficMark[] = [],
  ): Promise<{ readonly begin: Ms; readonly end: Ms }> {
    const begin = this.world.now()
    const end = await this.transport.write(octets)
    this.#record(sentTraffic(this.#language, octets, begin, end, marks))
    return { begin, end }
  }

  /** Sends one piece with a pause at each of these offsets; recorded as one. */
  async writePaced(
    octets: Uint8Array,
    cuts: readonly number[],
    pauseMs: Ms,
    marks: readonly TrafficMark[] = [],
  ): Promise<{ readonly begin: Ms; readonly end: Ms }> {
    const begin = this.world.now()
    let end = begin
    let from = 0
    for (const cut of [...cuts, octets.length]) {
      if (from > 0) await this.world.next(end + pauseMs, nothing)
      end = await this.transport.write(octets.subarray(from, cut))
      from = cut
    }
    this.#record(sentTraffic(this.#language, octets, begin, end, marks))
    return { begin, end }
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
      const arrival = await this.transport.next(limit)
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
      if (this.#isMeter(heard)) this.#heard++
      this.#record(receivedTraffic(heard))
      this.#queue.push(heard)
    }
  }

  /** Damaged units may be somebody else's at another rate; TCP brings what was sent, so that they are the meter's own. */
  #isMeter({ is }: Heard): boolean {
    return is === 'frame' || is === 'wpdu' || is === 'message' || (is === 'damaged' && this.transport.kind === 'stream')
  }

  #record(traffic: Traffic): void {
    this.#options.record(traffic)
  }
}

/** Endless octets must not keep a tester for ever. */
const MOST_DRAINED = 4096

const nothing = (): undefined => undefined

const happened = (is: Traffic['is'], at: Ms, end: Ms): Omit<Traffic, 'direction'> => ({
  at,
  end,
  is,
  octets: hex(NOTHING),
  names: [],
  failures: [],
  marks: [],
})
