import { FalseClaims } from './claims.ts'
import type { PortContext } from './context.ts'
import { makeWay, runOne } from './attempts.ts'
import { INTERRUPTED } from './drive.ts'
import { EFFECTS, isGentle } from './effects.ts'
import type { EndEvent, Verdict } from './events.ts'
import { expand } from './expand.ts'
import type { Instance } from './instance.ts'
import { ObjectLists } from './object-lists.ts'
import type { RunOptions } from './run-options.ts'
import { emptySummary } from './verdict.ts'

/** Runs all instances, those that come of one in its place, gentle ones first, and ends the stream with its footer. */
export async function run(options: RunOptions): Promise<EndEvent> {
  const summary = emptySummary()
  const done = doneIn(options)
  for (const verdict of done.values()) summary[verdict]++
  const contexts = new Map<string, PortContext>()
  const lists = new ObjectLists(options.meter)
  const claims = new FalseClaims()
  let interrupted = false
  // The next one is the last.
  const waiting = [...ordered(options.instances)].reverse()
  for (let instance = waiting.pop(); instance; instance = waiting.pop()) {
    if (done.has(instance.name)) continue
    await options.breathe()
    interrupted = options.interrupted()
    if (interrupted) break
    if (instance.later) await makeWay(contexts, undefined)
    const came = instance.later
      ? await expand(options, contexts, lists, instance, instance.later, claims)
      : await runOne(options, contexts, instance, claims)
    if (came === INTERRUPTED) {
      interrupted = true
      break
    }
    if (typeof came === 'string') summary[came]++
    else for (const one of came.toReversed()) waiting.push(one)
  }
  const heard = [...contexts.values()].some((context) => context.tester.heard() > 0)
  const { INAPPLICABLE: _, ...judged } = summary
  const nothingAsked = contexts.size === 0 || Object.values(judged).every((count) => count === 0)
  for (const context of contexts.values()) await context.tester.close()
  const end = footer(options, summary, interrupted, nothingAsked || heard || options.done.size > 0)
  options.emit(end)
  return end
}

/** What has a verdict already; a claim that had failed is proved again, for others rest on it. */
function doneIn({ done, instances }: RunOptions): RunOptions['done'] {
  const again = new Set(instances.filter(({ claim }) => claim !== undefined).map(({ name }) => name))
  return new Map([...done].filter(([name, verdict]) => verdict !== 'FAILED' || !again.has(name)))
}

/** What changes the meter runs last, and the more it changes the later: persistent, lockout, irreversible; else the suites' own order. */
const ordered = (instances: readonly Instance[]): readonly Instance[] => {
  const harm = ({ effect }: Instance): number => (isGentle(effect) ? 0 : EFFECTS.indexOf(effect))
  return instances.toSorted((a, b) => harm(a) - harm(b))
}

function footer(
  options: RunOptions,
  summary: Readonly<Record<Verdict, number>>,
  interrupted: boolean,
  heard: boolean,
): EndEvent {
  const ended = interrupted ? 'interrupted' : heard ? 'complete' : 'error'
  const silence = {
    verdict: 'ERROR',
    error: 'not one valid frame came from the meter in the whole run',
    hint: 'Check the cable, the port, the rate and the addresses of the declaration; nothing was judged.',
  } as const
  return {
    event: 'end',
    summary,
    exit: options.exitOf(summary, ended),
    ended,
    ...(ended === 'error' ? silence : {}),
    at: options.now(),
  }
}
