import type { PortContext } from './context.ts'
import { INTERRUPTED, runInstance } from './drive.ts'
import { EFFECTS } from './effects.ts'
import type { EndEvent, Verdict } from './events.ts'
import { rungOf } from './given.ts'
import { type Instance, type InstanceResult, stopped } from './instance.ts'
import { emptySummary } from './verdict.ts'
import type { Emit } from './vocabulary.ts'

/** One port of one meter, ready to be opened when its first instance comes. */
export interface RunPort {
  readonly port: string
  /** How often what noise can do is repeated before it is FAILED. */
  readonly confirm: number
  open(): Promise<PortContext>
}

export interface RunOptions {
  readonly meter: string
  readonly ports: readonly RunPort[]
  readonly instances: readonly Instance[]
  readonly emit: Emit
  readonly now: () => number
  readonly interrupted: () => boolean
  /** Lets the machine see to signals and the screen: virtual time leaves it no pause of its own. */
  readonly breathe: () => Promise<void>
  /** Instances that have a verdict already (`--resume`), by name. */
  readonly done: ReadonlyMap<string, Verdict>
  readonly rerun: (instance: Instance) => string
  /** The run as a whole may last so long; what has not begun by then is INCONCLUSIVE. */
  readonly deadlineMs: number
  /** One instance may last so long, its repetitions apart. */
  readonly caseDeadlineMs: number
  readonly exitOf: (summary: Readonly<Record<Verdict, number>>, ended: EndEvent['ended']) => number
}

/** Runs all instances, gentle ones first, and ends the stream with its footer. */
export async function run(options: RunOptions): Promise<EndEvent> {
  const summary = emptySummary()
  for (const verdict of options.done.values()) summary[verdict]++
  const contexts = new Map<string, PortContext>()
  let interrupted = false
  for (const instance of ordered(options.instances)) {
    if (options.done.has(instance.name)) continue
    await options.breathe()
    interrupted = options.interrupted()
    if (interrupted) break
    const verdict = await runOne(options, contexts, instance)
    if (verdict === INTERRUPTED) {
      interrupted = true
      break
    }
    summary[verdict]++
  }
  const heard = [...contexts.values()].some((context) => context.tester.heard() > 0)
  for (const context of contexts.values()) await context.tester.close()
  const end = footer(options, summary, interrupted, contexts.size === 0 || heard || options.done.size > 0)
  options.emit(end)
  return end
}

/** Persistent and above run last (DESIGN §5); else the suites' own order. */
const ordered = (instances: readonly Instance[]): readonly Instance[] => {
  const gentle = (instance: Instance): boolean => EFFECTS.indexOf(instance.effect) <= EFFECTS.indexOf('volatile')
  return [...instances.filter(gentle), ...instances.filter((instance) => !gentle(instance))]
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

async function runOne(
  options: RunOptions,
  contexts: Map<string, PortContext>,
  instance: Instance,
): Promise<Verdict | typeof INTERRUPTED> {
  const port = options.ports.find((candidate) => candidate.port === instance.port)
  const begun = options.now()
  begin(options, instance, 0)
  const early = outright(options, instance)
  if (early || !port)
    return conclude(
      options,
      instance,
      early ?? stopped('ERROR', { text: `there is no port ${instance.port}` }, instance.severity),
      begun,
      true,
    )
  const context = contexts.get(instance.port) ?? (await port.open())
  contexts.set(instance.port, context)
  const limited: PortContext = {
    ...context,
    interrupted: () => options.interrupted() || options.now() - begun > options.caseDeadlineMs * (port.confirm + 1),
  }
  let first: InstanceResult | undefined
  for (let attempt = 0; ; attempt++) {
    const started = options.now()
    if (attempt > 0) begin(options, instance, attempt)
    const result = await runInstance(limited, instance)
    if (result === INTERRUPTED) {
      if (options.interrupted()) return INTERRUPTED
      return conclude(
        options,
        instance,
        stopped(
          'ERROR',
          {
            text: `it took longer than ${options.caseDeadlineMs / 1000} s`,
            hint: 'Look at the last step: what was it waiting for?',
          },
          instance.severity,
        ),
        begun,
        true,
      )
    }
    const judged = context.tester.heard() > 0 ? result : unheard(result, instance)
    const again = judged.verdict === 'FAILED' && judged.noise && attempt < port.confirm && repeatable(instance)
    const final = attempt > 0 && judged.verdict !== 'FAILED' ? notConfirmed(judged, first ?? judged, instance) : judged
    first ??= judged
    conclude(options, instance, again ? judged : final, started, !again)
    // What this instance did may have changed what the meter answers: controls are shown afresh.
    if (judged.verdict !== 'PASSED' && judged.verdict !== 'INAPPLICABLE') context.controls.clear()
    if (!again) {
      if (mayHaveKilled(final)) await checkPort(limited, instance)
      return final.verdict
    }
    options.emit({
      event: 'note',
      instance: instance.name,
      kind: 'confirm',
      text: 'noise on the line can do this: the whole instance again',
      at: options.now(),
    })
  }
}

/** Where climb or control were not reached, the rungs know already. */
const mayHaveKilled = (result: InstanceResult): boolean =>
  result.verdict === 'FAILED' || (result.verdict === 'INCONCLUSIVE' && !unreached(result))

async function checkPort(context: PortContext, instance: Instance): Promise<void> {
  const [given] = Object.values(instance.connections)
  const shows = context.shows(rungOf(given ?? 'port'))
  if (shows) await context.rungs.check(context.tester, instance.name, shows)
}

/** What can be said without asking the meter. */
function outright(options: RunOptions, instance: Instance): InstanceResult | undefined {
  if (instance.inapplicable !== undefined)
    return stopped('INAPPLICABLE', { text: instance.inapplicable }, instance.severity)
  if (options.now() > options.deadlineMs)
    return stopped(
      'INCONCLUSIVE',
      { text: 'the time given to the run was over', hint: 'Go on with --resume, or give more time.' },
      instance.severity,
    )
  return undefined
}

/** Silence is not evidence: as long as the meter was never heard on a port, nothing is PASSED or FAILED there (G4, G11). */
function unheard(result: InstanceResult, instance: Instance): InstanceResult {
  if (result.verdict !== 'PASSED' && result.verdict !== 'FAILED') return result
  const found = result.reason?.found
  return stopped(
    'INCONCLUSIVE',
    {
      text: 'nothing valid was ever heard from the meter on this port',
      ...(found === undefined ? {} : { found }),
      hint: 'Check the cable, the rate and the addresses of the declaration.',
    },
    instance.severity,
  )
}

/** G9: a fault that was seen once and not again is INCONCLUSIVE, with all the evidence in the stream. */
const notConfirmed = (result: InstanceResult, first: InstanceResult, instance: Instance): InstanceResult =>
  stopped(
    'INCONCLUSIVE',
    unreached(result)
      ? {
          ...first.reason,
          text: `${first.reason?.text ?? 'it failed'}; it could not be repeated, for the meter did not answer any more`,
          hint: 'See that the line is whole, restart the meter, and repeat this case alone: silent again, it is the case that does it.',
        }
      : {
          ...first.reason,
          text: 'a fault was seen once and not again',
          hint: 'Look for noise on the line; every attempt is in the evidence.',
        },
    instance.severity,
    { remarks: result.remarks },
  )

/** The way to where the case begins was not found. */
const unreached = ({ verdict, reason }: InstanceResult): boolean =>
  verdict === 'INCONCLUSIVE' && (reason?.block === 'climb' || reason?.block === 'control')

const repeatable = (instance: Instance): boolean => EFFECTS.indexOf(instance.effect) <= EFFECTS.indexOf('volatile')

function begin(options: RunOptions, instance: Instance, attempt: number): void {
  options.emit({
    event: 'instance',
    instance: instance.name,
    meter: options.meter,
    port: instance.port,
    id: instance.id,
    ...(instance.subtest === undefined ? {} : { subtest: instance.subtest }),
    suite: instance.suite,
    title: instance.title,
    ...(instance.purpose === undefined ? {} : { purpose: instance.purpose }),
    proves: instance.proves,
    effect: instance.effect,
    attempt,
    at: options.now(),
  })
}

function conclude(
  options: RunOptions,
  instance: Instance,
  result: InstanceResult,
  begun: number,
  final: boolean,
): Verdict {
  options.emit({
    event: 'verdict',
    instance: instance.name,
    verdict: result.verdict,
    ...(result.reason === undefined ? {} : { reason: result.reason }),
    remarks: result.remarks,
    clauses: result.clauses.length > 0 ? result.clauses : instance.proves.map((proof) => proof.clause),
    severity: result.severity,
    durationMs: options.now() - begun,
    rerun: options.rerun(instance),
    final,
    at: options.now(),
  })
  return result.verdict
}
