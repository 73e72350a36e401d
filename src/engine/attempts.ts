// One instance to its verdict: said outright, or run once and, where noise may have done it, again.
import type { FalseClaims } from './claims.ts'
import type { PortContext } from './context.ts'
import { INTERRUPTED, runInstance } from './drive.ts'
import { isGentle } from './effects.ts'
import type { Beside } from './elsewhere.ts'
import type { Verdict } from './events.ts'
import { rungOf } from './given.ts'
import { type Instance, type InstanceResult, stopped } from './instance.ts'
import type { RunOptions, RunPort } from './run-options.ts'
import { begin, conclude } from './run-events.ts'

/** An open port; one that is not yet is opened. */
export async function contextOf(port: RunPort, contexts: Map<string, PortContext>): Promise<PortContext> {
  const context = contexts.get(port.port) ?? (await port.open())
  contexts.set(port.port, context)
  return context
}

/** Ends what was kept for an instance of the kind before, where this one does not go on with it. */
export async function makeWay(
  contexts: ReadonlyMap<string, PortContext>,
  next: Instance | undefined,
): Promise<boolean> {
  let goesOn = false
  for (const { port, tester, kept, roots } of contexts.values()) {
    if (next?.port === port && kept.serves(next, roots, tester)) goesOn = true
    else await kept.end(tester)
  }
  return goesOn
}

/** Runs one instance and tells its verdict. `contexts`: the ports that are open; one that is not yet is opened and added. */
export async function runOne(
  options: RunOptions,
  contexts: Map<string, PortContext>,
  instance: Instance,
  claims: FalseClaims,
): Promise<Verdict | typeof INTERRUPTED> {
  const port = options.ports.find((candidate) => candidate.port === instance.port)
  let onKept = await makeWay(contexts, instance)
  const begun = options.now()
  begin(options, instance, 0)
  const early = outright(options, instance, claims)
  if (early || !port) {
    const result = early ?? stopped('ERROR', { text: `there is no port ${instance.port}` }, instance.severity)
    return conclude(options, instance, result, begun, true)
  }
  const context = await contextOf(port, contexts)
  const limited: PortContext = {
    ...context,
    interrupted: () => options.interrupted() || options.now() - begun > options.caseDeadlineMs * (port.confirm + 1),
  }
  const beside: Beside = async (name) => {
    const other = options.ports.find((candidate) => candidate.port === name)
    return other && contextOf(other, contexts)
  }
  let first: Seen | undefined
  let repeated = 0
  for (let attempt = 0; ; attempt++) {
    const started = options.now()
    if (attempt > 0) begin(options, instance, attempt)
    const result = await runInstance(limited, instance, { onKept, beside })
    if (result === INTERRUPTED) {
      if (options.interrupted()) return INTERRUPTED
      return conclude(options, instance, tooLong(options, instance), begun, true)
    }
    const judged = context.tester.heard() > 0 ? result : unheard(result, instance)
    const noise = judged.verdict === 'FAILED' && judged.noise && repeated < port.confirm && isGentle(instance.effect)
    const again = noise || (onKept && (judged.verdict === 'FAILED' || judged.verdict === 'INCONCLUSIVE'))
    const final = first && judged.verdict !== 'FAILED' ? confirmed(judged, first, instance, port) : judged
    if (judged.verdict === 'FAILED') first ??= { result: judged, onKept }
    conclude(options, instance, again ? judged : claims.learn(instance, final), started, !again)
    if (!again && final.verdict === 'FAILED' && final.ofRule !== undefined) {
      context.shown.add(final.ofRule.clause)
      context.tester.shown(final.ofRule)
    }
    // What this instance did may have changed what the meter answers: controls are shown afresh.
    if (judged.verdict !== 'PASSED' && judged.verdict !== 'INAPPLICABLE') context.controls.clear()
    if (!again) {
      if (mayHaveKilled(final, options.now() - started >= context.responseMs)) await checkPort(limited, instance)
      return final.verdict
    }
    options.emit({
      event: 'note',
      instance: instance.name,
      kind: 'confirm',
      text: onKept
        ? 'the instances before may have to do with it: the whole instance again, on a rung of its own'
        : 'noise on the line can do this: the whole instance again',
      at: options.now(),
    })
    if (!onKept) repeated++
    onKept = false
  }
}

/** A climb that is not tried any more costs no time and shows nothing new. */
const mayHaveKilled = (result: InstanceResult, waited: boolean): boolean =>
  result.verdict === 'FAILED' || (result.verdict === 'INCONCLUSIVE' && (waited || !unreached(result)))

async function checkPort(context: PortContext, instance: Instance): Promise<void> {
  const [given] = Object.values(instance.connections)
  const shows = context.shows(rungOf(given ?? 'port'))
  if (shows) await context.rungs.check(context.tester, instance.name, shows)
}

/** What can be said without asking the meter. */
export function outright(options: RunOptions, instance: Instance, claims: FalseClaims): InstanceResult | undefined {
  const inapplicable = instance.inapplicable ?? claims.against(instance)
  if (inapplicable !== undefined) return stopped('INAPPLICABLE', { text: inapplicable }, instance.severity)
  if (options.now() > options.deadlineMs)
    return stopped(
      'INCONCLUSIVE',
      { text: 'the time given to the run was over', hint: 'Go on with --resume, or give more time.' },
      instance.severity,
    )
  return undefined
}

const tooLong = ({ caseDeadlineMs }: RunOptions, { severity }: Instance): InstanceResult =>
  stopped(
    'ERROR',
    {
      text: `it took longer than ${caseDeadlineMs / 1000} s`,
      hint: 'Look at the last step: what was it waiting for?',
    },
    severity,
  )

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

/** The first attempt that failed, and whether it went on over the association of others. */
interface Seen {
  readonly result: InstanceResult
  readonly onKept: boolean
}

/** What a fault comes to that was not seen again. Where nothing else was in doubt than what came before, a meter that is gone since then is no doubt. */
const confirmed = (result: InstanceResult, first: Seen, instance: Instance, { confirm }: RunPort): InstanceResult =>
  first.onKept && confirm === 0 && unreached(result) ? first.result : notConfirmed(result, first, instance)

/** G9: a fault that was seen once and not again is INCONCLUSIVE, with all the evidence in the stream. */
const notConfirmed = (result: InstanceResult, { result: first, onKept }: Seen, instance: Instance): InstanceResult =>
  stopped(
    'INCONCLUSIVE',
    unreached(result)
      ? {
          ...first.reason,
          text: `${first.reason?.text ?? 'it failed'}; it could not be repeated, for ${obstacle(result)}`,
          hint: 'See that the line is whole, restart the meter, and repeat this case alone: silent again, it is the case that does it.',
        }
      : {
          ...first.reason,
          text: onKept
            ? 'a fault was seen over an association that other instances had used, and not again over one of its own'
            : 'a fault was seen once and not again',
          hint: onKept
            ? 'Look at what the instances before it asked for; every attempt is in the evidence.'
            : 'Look for noise on the line; every attempt is in the evidence.',
        },
    instance.severity,
    { remarks: result.remarks },
  )

const obstacle = ({ reason }: InstanceResult): string =>
  reason?.block === 'control' ? 'its control was not answered any more' : 'the meter did not answer any more'

/** The way to where the case begins was not found. */
const unreached = ({ verdict, reason }: InstanceResult): boolean =>
  verdict === 'INCONCLUSIVE' && (reason?.block === 'climb' || reason?.block === 'control')
