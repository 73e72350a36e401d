import type { Event } from './events.ts'

/** A reader that knows which instance runs now: what passes on a line belongs to it. */
export function createCurrent(): {
  readonly read: (event: Event) => void
  readonly instance: () => string | undefined
} {
  let instance: string | undefined
  return {
    read(event) {
      if (event.event === 'instance') instance = event.instance
      if (event.event === 'verdict') instance = undefined
    },
    instance: () => instance,
  }
}
