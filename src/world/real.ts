import type { Ms } from '../protocol/line.ts'
import { outcomes, type World } from './world.ts'

/** The time of the machine. */
export interface RealWorld extends World {
  readonly virtual: false
  /** Something has happened (octets came, a socket closed): all that wait ask again. */
  wake(): void
  /**
   * When `signal` aborts, all that wait are rejected with `Interrupted`; if nobody waits, the next to wait is.
   * That happens once: the clean-up that follows may wait again.
   */
  interrupt(signal: AbortSignal): void
}

/** The user has had enough. Thrown by `next`, for it must reach the one who cleans up through all that is running. */
export class Interrupted extends Error {
  constructor() {
    super('interrupted')
    this.name = 'Interrupted'
  }
}

/** Timers hold at most 2^31 - 1 ms; longer waits are waited in pieces. */
const LONGEST_TIMER = 2 ** 31 - 1

export function createRealWorld(): RealWorld {
  const began = performance.now()
  const epoch = Date.now()
  const waits = new Set<{ ask(): void; interrupt(): void }>()
  let interruptNext = false
  const now = (): Ms => performance.now() - began

  return {
    virtual: false,
    epoch,
    now,
    next<T>(until: Ms, poll: () => T | undefined): Promise<T | undefined> {
      return new Promise<T | undefined>((resolve, reject) => {
        let timer: NodeJS.Timeout | undefined
        const leave = () => {
          clearTimeout(timer)
          waits.delete(wait)
        }
        const wait = {
          ask: () => {
            try {
              const value = poll()
              const left = until - now()
              if (value !== undefined || left <= 0) {
                leave()
                resolve(value)
                return
              }
              timer ??= setTimeout(
                () => {
                  timer = undefined
                  wait.ask()
                },
                Math.min(Math.ceil(left), LONGEST_TIMER),
              )
            } catch (error) {
              leave()
              reject(error instanceof Error ? error : new Error(String(error)))
            }
          },
          interrupt: () => {
            leave()
            reject(new Interrupted())
          },
        }
        waits.add(wait)
        if (interruptNext) {
          interruptNext = false
          wait.interrupt()
        } else wait.ask()
      })
    },
    together: (tasks) => outcomes(tasks.map((task) => task())),
    wake() {
      for (const wait of [...waits]) wait.ask()
    },
    interrupt(signal) {
      const interrupted = () => {
        interruptNext = waits.size === 0
        for (const wait of [...waits]) wait.interrupt()
      }
      if (signal.aborted) interrupted()
      else signal.addEventListener('abort', interrupted, { once: true })
    },
  }
}
