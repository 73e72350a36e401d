// An instance whose rows only the meter knows → the instances that run in its place.
import { contextOf, outright, runOne } from './attempts.ts'
import type { FalseClaims } from './claims.ts'
import type { PortContext } from './context.ts'
import { INTERRUPTED } from './drive.ts'
import type { Verdict } from './events.ts'
import type { Instance, Later } from './instance.ts'
import type { ObjectLists } from './object-lists.ts'
import { begin, conclude } from './run-events.ts'
import type { RunOptions } from './run-options.ts'
import { TesterGone } from './vocabulary.ts'

/** The instances that it becomes; or its own verdict, where its rows cannot be known. */
export async function expand(
  options: RunOptions,
  contexts: Map<string, PortContext>,
  lists: ObjectLists,
  instance: Instance,
  { whose, expand: instancesFrom }: Later,
  claims: FalseClaims,
): Promise<readonly Instance[] | Verdict | typeof INTERRUPTED> {
  const port = options.ports.find((candidate) => candidate.port === instance.port)
  if (!port || outright(options, instance, claims)) return runOne(options, contexts, instance, claims)
  const begun = options.now()
  const context = await contextOf(port, contexts)
  try {
    const known = await lists.know(whose, context, port.confirm)
    if (known.is === 'stopped') {
      begin(options, instance, 0)
      return conclude(options, instance, known.result, begun, true)
    }
    const instances = instancesFrom(known.lists)
    options.emit({ event: 'expanded', instance: instance.name, count: instances.length, at: options.now() })
    return instances
  } catch (error) {
    if (!(error instanceof TesterGone)) throw error
    await context.tester.release()
    return INTERRUPTED
  }
}
