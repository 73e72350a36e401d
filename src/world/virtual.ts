import type { Ms } from '../protocol/line.ts'
import { outcomes, type World } from './world.ts'

/** Something that lives in virtual time: a memory line with a meter at its end. */
export interface Actor {
  /** When `act` wants to be called next; Infinity: not of itself. */
  deadline(): Ms
  /** It is `now`: do all that is due. */
  act(now: Ms): void
}

/** Virtual time: it passes only while somebody waits, and costs nothing. */
export interface VirtualWorld extends World {
  readonly virtual: true
  /** Runs `run` when the time is `at` (now, if that has passed). Of several at one instant the first scheduled runs first. */
  schedule(at: Ms, run: () => void): void
  /** Lets an actor live in this world, for good. */
  join(actor: Actor): void
}

interface Wait {
  readonly until: Ms
  /** Asks whether the wait is over; resolves it if so. */
  over(): boolean
  fail(error: unknown): void
}

interface Scheduled {
  readonly at: Ms
  readonly run: () => void
}

const isOver = (wait: Wait) => wait.over()

/** More than this between two answers to somebody who waits is a party that asks for the same instant again and again. */
const TOO_MANY_STEPS = 1_000_000

export function createVirtualWorld(): VirtualWorld {
  let now: Ms = 0
  /** Tasks that are not suspended in `together`. Time moves only while all of them wait. */
  let running = 1
  const waits: Wait[] = []
  const actors: Actor[] = []
  const scheduled: Scheduled[] = []

  function earliest(): Ms {
    let at = scheduled[0]?.at ?? Infinity
    for (const actor of actors) at = Math.min(at, actor.deadline())
    return at
  }

  /** Does one thing that is due at `at`: what was scheduled comes before actors, actors in the order of joining. */
  function step(at: Ms): void {
    now = Math.max(now, at)
    const first = scheduled[0]
    if (first !== undefined && first.at <= at) {
      scheduled.shift()
      first.run()
      return
    }
    actors.find((actor) => actor.deadline() <= at)?.act(now)
  }

  /** Moves the time on until one of those who wait has what it waits for. One wakes at a time: the order is always the same. */
  function turn(): void {
    for (let steps = 0; waits.length > 0 && waits.length >= running; steps++) {
      const over = waits.findIndex(isOver)
      if (over >= 0) {
        waits.splice(over, 1)
        return
      }
      let until = Infinity
      for (const wait of waits) until = Math.min(until, wait.until)
      const at = earliest()
      if (at === Infinity && until === Infinity) throw new Error('everybody waits for ever: nothing will ever happen')
      if (steps > TOO_MANY_STEPS) throw new Error(`time stands still at ${now} ms: a deadline is not moved on`)
      if (at <= until) step(at)
      else now = Math.max(now, until)
    }
  }

  function drive(): void {
    try {
      turn()
    } catch (error) {
      for (const wait of waits.splice(0)) wait.fail(error)
    }
  }

  return {
    virtual: true,
    epoch: 0,
    now: () => now,
    next<T>(until: Ms, poll: () => T | undefined): Promise<T | undefined> {
      return new Promise<T | undefined>((resolve, reject) => {
        waits.push({
          until,
          over() {
            const value = poll()
            // What is due at `until` itself still happens before the wait is given up.
            if (value === undefined && (now < until || earliest() <= until)) return false
            resolve(value)
            return true
          },
          fail: reject,
        })
        drive()
      })
    },
    together<T>(tasks: readonly (() => Promise<T>)[]): Promise<readonly T[]> {
      if (tasks.length === 0) return Promise.resolve([])
      let left = tasks.length
      running += left - 1 // the caller itself is suspended until all have ended
      const ended = () => {
        left -= 1
        if (left === 0) return // the caller goes on in its place
        running -= 1
        drive()
      }
      return outcomes(
        tasks.map(async (task) => {
          try {
            return await task()
          } finally {
            ended()
          }
        }),
      )
    },
    schedule(at, run) {
      const due = Math.max(at, now)
      let place = scheduled.length
      while (place > 0 && (scheduled[place - 1]?.at ?? 0) > due) place -= 1
      scheduled.splice(place, 0, { at: due, run })
    },
    join: (actor) => void actors.push(actor),
  }
}
