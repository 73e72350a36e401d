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
  readonly #retryMs: number
  readonly #pauseMs: number

  constructor(options: { readonly retryMs: number; readonly inactivityMs: number }) {
    this.#retryMs = options.retryMs
    this.#pauseMs = Math.min(options.inactivityMs > 0 ? options.inactivityMs : 5000, 5000)
  }

  async climb(tester: Tester, instance: string, connection: string, given: Given): Promise<Climb> {
    const known = this.#known(given, tester.now())
    if (known)
      return {
        is: 'down',
        rung: given.rung,
        expected: known.expected,
        found: `${known.found}; down since ${known.instance}, where the evidence is`,
      }
    const first = await tester.climb(connection, given)
    if (first.is !== 'down') return this.#up(given, first)
    await tester.release()
    await tester.wait(connection, this.#pauseMs)
    const second = await tester.climb(connection, given)
    if (second.is !== 'down') return this.#up(given, second)
    this.#down.set(keyOf(given, second.rung), {
      since: tester.now(),
      instance,
      expected: second.expected,
      found: second.found,
    })
    return second
  }

  /** After a power cycle every rung is tried again. */
  forget(): void {
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
    if (climb.is === 'up')
      for (const rung of HEIGHT.slice(0, HEIGHT.indexOf(given.rung) + 1)) this.#down.delete(keyOf(given, rung))
    return climb
  }
}

/** Only an association belongs to one client; the rungs below are the port's. What was proposed may be why a climb failed, so it counts too. */
const keyOf = (given: Given, rung: Given['rung']): string =>
  [
    rung,
    rung === 'association' || rung === 'pending' ? `${given.client ?? ''}/${given.device ?? ''}` : '',
    rung === given.rung ? JSON.stringify(given.propose ?? null) : '',
  ].join(' ')
