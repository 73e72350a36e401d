// The object lists of a run: each is read once, whatever the number of cases and ports that ask for it, and kept as evidence.
import type { PortContext } from './context.ts'
import type { ListedObject, ObjectListEvent } from './events.ts'
import { type InstanceResult, listKey, stopped, type ObjectLists as Lists } from './instance.ts'
import { stoppedByClimb } from './stops.ts'
import type { Listing, Whose } from './vocabulary.ts'

/** The list is known, or why not: as an instance that needs it ends. */
export type Known =
  { readonly is: 'listed'; readonly lists: Lists } | { readonly is: 'stopped'; readonly result: InstanceResult }

/** The connection over which lists are read. */
const READING = 'object-list'

export class ObjectLists {
  readonly #lists = new Map<string, readonly ListedObject[]>()
  /** Lists that the meter gave and that cannot be used, and those that noise kept away on a port. */
  readonly #unusable = new Map<string, InstanceResult>()
  readonly #meter: string

  constructor(meter: string) {
    this.#meter = meter
  }

  /** Reads a list where it is not known yet. `confirm`: how often what noise can do is tried again. */
  async know(whose: Whose, context: PortContext, confirm: number): Promise<Known> {
    const key = listKey(whose)
    const { port } = context
    if (this.#lists.has(key)) return { is: 'listed', lists: this.#lists }
    const before = this.#unusable.get(key) ?? this.#unusable.get(`${key} ${port}`)
    if (before) return { is: 'stopped', result: before }
    const { tester, rungs, emit } = context
    const at = tester.now()
    const told = { event: 'object-list', meter: this.#meter, port, ...whose, at } as const
    const what = `the object list of ${whose.client} in ${whose.device}`
    const climbed = await rungs.climb(tester, what, READING, { rung: 'association', ...whose })
    const notUp = stoppedByClimb(climbed, 'defect')
    if (notUp) {
      await tester.release()
      const trouble = { ...notUp.reason, text: `${what} was not read: ${notUp.reason?.text ?? 'no association'}` }
      if (climbed.is !== 'inapplicable') emit(listEvent(told, trouble, tester.now()))
      return { is: 'stopped', result: { ...notUp, reason: trouble } }
    }
    const listing = await read(context, confirm)
    await tester.release()
    const end = tester.now()
    switch (listing.is) {
      case 'listed':
        this.#lists.set(key, listing.objects)
        emit({ ...told, objects: listing.objects, end })
        return { is: 'listed', lists: this.#lists }
      case 'fault': {
        const { text, hint } = listing.fault
        emit(listEvent(told, { text }, end))
        return { is: 'stopped', result: stopped('ERROR', { text: `${what} was not read: ${text}`, hint }, 'defect') }
      }
      case 'unlisted': {
        const { expected, found, octets, noise } = listing
        const trouble = {
          text: `${what} cannot be used`,
          expected,
          found,
          ...(octets === undefined ? {} : { octets }),
        }
        emit(listEvent(told, trouble, end))
        const hint = `Look at what was read on ${port} between the cases; which rows there are is not known without it.`
        const result = stopped('INCONCLUSIVE', { ...trouble, hint }, 'defect')
        this.#unusable.set(noise ? `${key} ${port}` : key, result)
        return { is: 'stopped', result }
      }
      default:
        return listing satisfies never
    }
  }
}

async function read({ tester }: PortContext, confirm: number): Promise<Listing> {
  for (let again = 0; ; again++) {
    const listing = await tester.objects(READING)
    if (listing.is !== 'unlisted' || !listing.noise || again >= confirm) return listing
  }
}

function listEvent(
  told: Omit<ObjectListEvent, 'objects' | 'trouble' | 'end'>,
  { text, expected, found, octets }: NonNullable<ObjectListEvent['trouble']>,
  end: number,
): ObjectListEvent {
  const trouble = {
    text,
    ...(expected === undefined ? {} : { expected }),
    ...(found === undefined ? {} : { found }),
    ...(octets === undefined ? {} : { octets }),
  }
  return { ...told, objects: [], trouble, end }
}
