import type { Event } from '../src/engine/events.ts'
import { readEvents } from '../src/report/read.ts'

/** The events of a stream on disk. */
export async function eventsOf(file: string): Promise<readonly Event[]> {
  const events: Event[] = []
  for await (const line of readEvents(file)) if (line.is === 'event') events.push(line.event)
  return events
}

/** A run of so many instances: those of a real one over and over, each with its first `moments` steps and units. */
export function* many(events: readonly Event[], instances: number, moments = Infinity): Generator<Event> {
  const [header] = events
  const footer = events.at(-1)
  const inside = events.filter((event) => 'instance' in event && event.instance !== undefined)
  if (header?.event !== 'run' || footer?.event !== 'end' || inside.length === 0) throw new Error('the run is not whole')
  yield { ...header, planned: instances }
  let begun = 0
  for (let turn = 1; begun < instances; turn++) {
    let kept = 0
    for (const event of inside) {
      if (event.event === 'instance') {
        if (begun === instances) break
        begun += 1
        kept = 0
      } else if (event.event !== 'verdict' && ++kept > moments) continue
      yield { ...event, instance: `${nameOf(event)}#${turn}` } as Event
    }
  }
  yield footer
}

const nameOf = (event: Event): string => ('instance' in event ? (event.instance ?? '') : '')
