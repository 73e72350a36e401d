import type {
  EndEvent,
  Event,
  InstanceEvent,
  NoteEvent,
  ObjectListEvent,
  ProtectionEvent,
  RunEvent,
  StepEvent,
  TrafficEvent,
  Verdict,
  VerdictEvent,
} from '../engine/events.ts'
import { fail, ok, type Result } from '../codec/value.ts'
import type { Line } from './read.ts'

/** What happened inside an instance, in order. */
export type Moment = StepEvent | TrafficEvent | ProtectionEvent | NoteEvent

/** What passed on a line, and what lay beneath its protection. */
export type Passed = TrafficEvent | ProtectionEvent

/** One time that an instance was run. Without a verdict it was cut off. */
export interface Attempt {
  readonly begun: InstanceEvent
  readonly moments: readonly Moment[]
  readonly verdict?: VerdictEvent
}

/** An instance with all its attempts; its verdict is the last final one. */
export interface InstanceRun {
  readonly begun: InstanceEvent
  readonly attempts: readonly Attempt[]
  /** Absent: the run was cut off while this instance ran. */
  readonly final?: VerdictEvent
  /** What counts: the final verdict, ERROR when cut off. */
  readonly verdict: Verdict
}

/** A run as its stream tells it. */
export interface RunModel {
  readonly header: RunEvent
  /** In the order in which they were first begun. */
  readonly instances: readonly InstanceRun[]
  /** Traffic and notes that belong to no instance. */
  readonly between: readonly Moment[]
  /** All that passed on the lines, in or between instances, in order. */
  readonly passed: readonly Passed[]
  /** What the meter listed to each client, as it was read. */
  readonly objectLists: readonly ObjectListEvent[]
  /** Counted here, over instances: the footer may be missing. */
  readonly summary: Readonly<Record<Verdict, number>>
  /** Absent: the run was cut off. */
  readonly end?: EndEvent
  readonly ended: EndEvent['ended'] | 'cut-off'
  /** Lines that could not be read, as sentences. */
  readonly troubles: readonly string[]
}

export const NONE: Readonly<Record<Verdict, number>> = {
  PASSED: 0,
  FAILED: 0,
  INCONCLUSIVE: 0,
  INAPPLICABLE: 0,
  ERROR: 0,
}

interface OpenAttempt {
  readonly begun: InstanceEvent
  readonly moments: Moment[]
  verdict?: VerdictEvent
}

/** Lines of a stream → the run, or why there is none. */
export async function readRun(lines: AsyncIterable<Line> | Iterable<Line>): Promise<Result<RunModel, string>> {
  const events: Event[] = []
  const troubles: string[] = []
  for await (const line of lines) {
    if (line.is === 'event') events.push(line.event)
    else troubles.push(trouble(line))
  }
  return runOf(events, troubles)
}

/** Events in order → the run. A resumed run has a second header: the first names the run, a footer counts only behind the last. */
export function runOf(events: Iterable<Event>, troubles: readonly string[] = []): Result<RunModel, string> {
  let header: RunEvent | undefined
  let end: EndEvent | undefined
  const between: Moment[] = []
  const passed: Passed[] = []
  const objectLists: ObjectListEvent[] = []
  const attempts = new Map<string, OpenAttempt[]>()
  for (const event of events) {
    switch (event.event) {
      case 'run':
        header ??= event
        end = undefined
        break
      case 'instance': {
        const opened = { begun: event, moments: [] }
        const before = attempts.get(event.instance)
        if (before === undefined) attempts.set(event.instance, [opened])
        else before.push(opened)
        break
      }
      case 'step':
      case 'traffic':
      case 'protection':
      case 'note': {
        const attempt = event.instance === undefined ? undefined : attempts.get(event.instance)?.at(-1)
        append(attempt?.moments ?? between, event)
        if (event.event === 'traffic' || event.event === 'protection') append(passed, event)
        break
      }
      case 'verdict': {
        const attempt = attempts.get(event.instance)?.at(-1)
        if (attempt !== undefined) attempt.verdict = event
        break
      }
      case 'object-list':
        objectLists.push(event)
        break
      case 'expanded':
        break
      case 'end':
        end = event
        break
      default:
        return event satisfies never
    }
  }
  if (header === undefined) return fail('the stream has no header: it is not the record of a run')
  const instances = [...attempts.values()].flatMap(instanceOf)
  const summary = { ...NONE }
  for (const { verdict } of instances) summary[verdict] += 1
  const ended = end?.ended ?? 'cut-off'
  return ok({ header, instances, between, passed, objectLists, summary, ended, troubles, ...(end && { end }) })
}

/** An answer may have come before it is told what protected the request: so far back is looked. */
const MOST_BETWEEN = 64

/** In the order of the stream, but what was protected right behind the unit that it ended in. */
function append<T extends Moment>(moments: T[], event: T): void {
  let place = moments.length
  if (event.event === 'protection') {
    const of = (moment: Passed): boolean =>
      moment.port === event.port && moment.connection === event.connection && moment.direction === event.direction
    const from = Math.max(0, moments.length - MOST_BETWEEN)
    const unit = moments
      .slice(from)
      .findLastIndex((moment) => moment.event === 'traffic' && moment.end === event.at && of(moment))
    if (unit >= 0) place = from + unit + 1
    for (let next = moments[place]; next?.event === 'protection' && of(next); next = moments[place]) place += 1
  }
  moments.splice(place, 0, event)
}

function instanceOf(attempts: readonly OpenAttempt[]): readonly InstanceRun[] {
  const [first] = attempts
  if (first === undefined) return []
  // An instance begun once more (after a cut, or to confirm) has no verdict until that attempt has one.
  const final = attempts.at(-1)?.verdict
  return final?.final === true
    ? [{ begun: first.begun, attempts, final, verdict: final.verdict }]
    : [{ begun: first.begun, attempts, verdict: 'ERROR' }]
}

const trouble = (line: Exclude<Line, { is: 'event' }>): string =>
  line.is === 'cut'
    ? `line ${line.line} is cut in half: the run was killed while it was written`
    : `line ${line.line} is no event: ${line.why}`
