import type { Climb, Given, Tester } from './vocabulary.ts'

/** A rung that is down, and the instance that showed it first. */
interface Down {
  readonly since: number
  readonly instance: string
  readonly expected: string
  readonly found: string
}

const HEIGHT: readonly Given['rung'][] = [
  'closed',
  'listen',
  'port',
  'sign-on',
  'ndm',
  'link',
  'pending',
  'association',
]

/**
 * The fatal-rung rule (G11): a rung is down after two failed climbs in a row, the second after closing and reopening the port and waiting
 * min(inactivity time-out, 5 s). Cases that need it are INCONCLUSIVE at once and point to the first evidence; it is tried again after a while.
 */
export class Rungs {
  readonly #down = new Map<string, Down>()
  /** Rungs that were reached at some time. */
  readonly #reached = new Set<string>()
  /** Nothing answers any more: what was asked, and what came. */
  #dead: (Down & { readonly shows: Given }) | undefined
  readonly #retryMs: number
  readonly #pauseMs: number

  constructor(options: { readonly retryMs: number; readonly inactivityMs: number }) {
    this.#retryMs = options.retryMs
    this.#pauseMs = Math.min(options.inactivityMs > 0 ? options.inactivityMs : 5000, 5000)
  }

  async climb(tester: Tester, instance: string, connection: string, given: Given): Promise<Climb> {
    const known = (await this.#stillDead(tester, connection)) ?? this.#known(given, tester.now())
    if (known)
      return {
        is: 'down',
        rung: given.rung,
        expected: known.expected,
        found: `${known.found}; down since ${known.instance}, where the evidence is`,
      }
    return this.#climb(tester, instance, connection, given)
  }

  /**
   * After an instance that did not pass: does the meter answer at all? A rung that was reached before and is not any more takes all others of
   * the port with it: cases that begin where nothing has to be answered would blame the meter for what another case has done.
   */
  async check(tester: Tester, instance: string, shows: Given): Promise<void> {
    if (this.#dead || !this.#reached.has(keyOf(shows, shows.rung))) return
    const climbed = await this.#climb(tester, instance, CHECK, shows)
    await tester.release()
    if (climbed.is !== 'down') return
    const { expected, found } = climbed
    this.#dead = { since: tester.now(), instance, expected, found, shows }
  }

  async #stillDead(tester: Tester, connection: string): Promise<Down | undefined> {
    const dead = this.#dead
    if (dead === undefined || tester.now() - dead.since < this.#retryMs) return dead
    const climbed = await tester.climb(connection, dead.shows)
    await tester.release()
    this.#dead = climbed.is === 'down' ? { ...dead, since: tester.now() } : undefined
    return this.#dead
  }

  async #climb(tester: Tester, instance: string, connection: string, given: Given): Promise<Climb> {
    const first = await tester.climb(connection, given)
    if (first.is !== 'down') return this.#up(given, first)
    await tester.release()
    await tester.wait(connection, this.#pauseMs)
    const second = await tester.climb(connection, given)
    if (second.is !== 'down') return this.#up(given, second)
    const key = keyOf(given, second.rung)
    this.#down.set(key, {
      since: tester.now(),
      // Whoever met it first has the evidence.
      instance: this.#down.get(key)?.instance ?? instance,
      expected: second.expected,
      found: second.found,
    })
    return second
  }

  /** After a power cycle every rung is tried again. */
  forget(): void {
    this.#dead = undefined
    this.#down.clear()
  }

  #known(given: Given, now: number): Down | undefined {
    for (const rung of HEIGHT.slice(0, HEIGHT.indexOf(given.rung) + 1)) {
      const down = this.#down.get(keyOf(given, rung))
      if (down && now - down.since < this.#retryMs) return down
    }
    return undefined
  }

  #up(given: Given, climb: Climb): Climb {
    if (climb.is !== 'up') return climb
    for (const rung of HEIGHT.slice(0, HEIGHT.indexOf(given.rung) + 1)) {
      this.#down.delete(keyOf(given, rung))
      this.#reached.add(keyOf(given, rung))
    }
    return climb
  }
}

const CHECK = 'check'
/** What belongs to the port, whoever asks. A meter may be deaf to one client or device on the rungs above. */
const OF_THE_PORT: readonly Given['rung'][] = ['closed', 'listen', 'port', 'sign-on']

/** What was proposed may be why a climb failed, so it counts too. */
const keyOf = (given: Given, rung: Given['rung']): string =>
  [
    rung,
    OF_THE_PORT.includes(rung) ? '' : `${given.client ?? ''}/${given.device ?? ''}`,
    rung === given.rung ? JSON.stringify(given.propose ?? null) : '',
  ].join(' ')
