import type { Ms } from '../protocol/line.ts'
import type { RealWorld } from '../world/real.ts'

/** What has arrived and is not yet asked for. */
export interface Inbox<T> {
  push(arrival: T): void
  next(until: Ms): Promise<T | undefined>
  clear(): void
}

export function createInbox<T>(world: RealWorld): Inbox<T> {
  const waiting: T[] = []
  return {
    push(arrival) {
      waiting.push(arrival)
      world.wake()
    },
    next: (until) => world.next(until, () => waiting.shift()),
    clear: () => void waiting.splice(0),
  }
}

/** Waits in the world's own way for something that calls back: true when it did, false at `until` or when `lost` says that it never will. */
export async function settled(
  world: RealWorld,
  until: Ms,
  start: (done: () => void) => void,
  lost: () => boolean = () => false,
): Promise<boolean> {
  let came: true | undefined
  start(() => {
    came = true
    world.wake()
  })
  return (await world.next(until, () => came ?? (lost() ? false : undefined))) ?? false
}
