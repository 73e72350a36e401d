import type { VerdictEvent } from '../engine/events.ts'
import type { Instance } from '../engine/instance.ts'
import { select, type Selection } from '../engine/select.ts'
import { defects, findDefect } from '../simulator/defects/index.ts'
import type { Defect } from '../simulator/defects/defect.ts'
import { vocabulary } from '../vocabulary/vocabulary.ts'
import { type MemoryRun, portPlans, runOnMemory, type Subject } from './subject.ts'

/** The kill matrix: what each case was shown to catch, and what is not shown. All lists empty: proved. */
export interface Proof {
  readonly cases: number
  readonly defects: number
  /** Cases that do not catch all that they say, or say nothing. */
  readonly unproven: readonly string[]
  /** Defects that no case catches. */
  readonly uncaught: readonly string[]
  /** Instances that FAILED, or earned a remark, on the conformant meter; `meter: instance: why`. */
  readonly falseFailures: readonly string[]
  /** Caught, but under a clause that the defect does not break. */
  readonly wrongReason: readonly {
    readonly case: string
    readonly defect: string
    readonly clauses: readonly string[]
  }[]
  /** Defects that changed nothing on any line. */
  readonly unexercised: readonly string[]
  /** Case → defects that it was shown to catch. */
  readonly kills: Readonly<Record<string, readonly string[]>>
  /** What is missing, as sentences. */
  readonly notes: readonly string[]
}

export interface ProveOptions {
  /** Each defect against each case, not only those that name it. */
  readonly full: boolean
  readonly onProgress?: (done: number, of: number) => void
}

/** What one defect did to one case. */
type Kill =
  | { readonly is: 'caught' }
  | { readonly is: 'wrong-reason'; readonly clauses: readonly string[] }
  | { readonly is: 'survived'; readonly exercised: boolean; readonly why: string }

interface Ready {
  readonly subject: Subject
  readonly instances: readonly Instance[]
  readonly conformant: MemoryRun
}

/** Proves suites on simulated meters: the conformant one first, then each case against each defect it must catch. */
export async function prove(
  suites: readonly Selection[],
  subjects: readonly Subject[],
  options: ProveOptions,
): Promise<Proof> {
  const ready: Ready[] = []
  for (const subject of subjects) {
    const instances = instancesOn(suites, subject)
    ready.push({ subject, instances, conformant: await runOnMemory(subject, instances, []) })
  }
  const ids = [...new Set(suites.flatMap(({ cases }) => cases.map(({ id }) => id)))]
  const claims = claimsOf(ready, ids, options)
  const results: { readonly id: string; readonly defect: string; readonly claimed: boolean; readonly kill: Kill }[] = []
  for (const [i, { id, defect, claimed }] of claims.entries()) {
    options.onProgress?.(i, claims.length)
    results.push({ id, defect: defect.id, claimed, kill: await killOf(ready, id, defect) })
  }
  const caught = (defect: string): boolean => results.some((one) => one.defect === defect && one.kill.is === 'caught')
  const missing = results.filter(({ claimed, kill }) => claimed && kill.is !== 'caught')
  const bare = ids.filter((id) => !results.some((one) => one.id === id && one.kill.is === 'caught'))
  const known =
    options.full || suites.length > 1
      ? defects
      : defects.filter((defect) => results.some((one) => one.defect === defect.id))
  return {
    cases: ids.length,
    defects: known.length,
    unproven: [...new Set([...bare, ...missing.map(({ id }) => id)])],
    uncaught: known.map(({ id }) => id).filter((id) => !caught(id)),
    falseFailures: ready.flatMap(falseFailuresIn),
    wrongReason: results.flatMap(({ id, defect, claimed, kill }) =>
      claimed && kill.is === 'wrong-reason' ? [{ case: id, defect, clauses: kill.clauses }] : [],
    ),
    unexercised: known
      .map(({ id }) => id)
      .filter((id) => !results.some((one) => one.defect === id && (one.kill.is !== 'survived' || one.kill.exercised))),
    kills: Object.fromEntries(
      ids.map((id) => [
        id,
        results.filter((one) => one.id === id && one.kill.is === 'caught').map((one) => one.defect),
      ]),
    ),
    notes: missing.map(
      ({ id, defect, kill }) => `${id} does not catch ${defect}: ${kill.is === 'survived' ? kill.why : kill.is}`,
    ),
  }
}

/** All instances of these suites on a simulated meter: everything is allowed, and the bench can do all. */
export const instancesOn = (suites: readonly Selection[], subject: Subject): readonly Instance[] =>
  select(suites, {
    vocabulary,
    ports: portPlans(subject),
    globs: [],
    leave: { allowed: new Set(), everything: true, never: new Set() },
    bench: new Set(['power', 'impair']),
  })

interface Claim {
  readonly id: string
  readonly defect: Defect
  readonly claimed: boolean
}

function claimsOf(ready: readonly Ready[], ids: readonly string[], options: ProveOptions): readonly Claim[] {
  return ids.flatMap((id) => {
    const names = new Set(
      ready.flatMap(({ instances }) => instances.filter((one) => one.id === id).flatMap((one) => one.kills)),
    )
    const claimed = [...names].map(findDefect).filter((defect) => defect !== undefined)
    const others = options.full ? defects.filter((defect) => !claimed.includes(defect)) : []
    return [
      ...claimed.map((defect) => ({ id, defect, claimed: true })),
      ...others.map((defect) => ({ id, defect, claimed: false })),
    ]
  })
}

/** Runs a case with a defect on each meter where it applies, until it is caught. */
async function killOf(ready: readonly Ready[], id: string, defect: Defect): Promise<Kill> {
  let best: Kill = { is: 'survived', exercised: false, why: 'it applies to no meter' }
  for (const { subject, instances, conformant } of ready) {
    const own = instances.filter((one) => one.id === id && one.inapplicable === undefined)
    if (own.length === 0) continue
    const defective = await runOnMemory(subject, own, [defect.id])
    // What an instance became is known from the run; one that only one of the meters has shows nothing.
    for (const name of defective.verdicts.keys()) {
      if (!conformant.verdicts.has(name)) continue
      const kill = judged(name, defect, conformant, defective)
      if (kill.is === 'caught') return kill
      best = better(best, kill)
    }
  }
  return best
}

const RANK: readonly Kill['is'][] = ['survived', 'wrong-reason', 'caught']
const better = (one: Kill, other: Kill): Kill =>
  RANK.indexOf(other.is) > RANK.indexOf(one.is) || (one.is === 'survived' && other.is === 'survived' && !one.exercised)
    ? other
    : one

/** Caught is: FAILED (a remark only where a ruling leaves no more), under a clause that the defect breaks, with other traffic, and the meter alive unless the defect is fatal. */
function judged(instance: string, defect: Defect, conformant: MemoryRun, defective: MemoryRun): Kill {
  const verdict = defective.verdicts.get(instance)
  const exercised = conformant.traffic.get(instance) !== defective.traffic.get(instance)
  if (!verdict || !exercised) return { is: 'survived', exercised, why: 'nothing on the line was different' }
  const clauses =
    verdict.verdict === 'FAILED'
      ? verdict.clauses
      : defect.remark && verdict.verdict === 'PASSED'
        ? newRemarks(verdict, conformant.verdicts.get(instance))
        : undefined
  if (clauses === undefined)
    return {
      is: 'survived',
      exercised,
      why: `${instance} is ${verdict.verdict}${verdict.reason ? ` (${verdict.reason.text}; found ${verdict.reason.found ?? '-'})` : ''}`,
    }
  if (!defective.alive && !defect.fatal) return { is: 'survived', exercised, why: 'the meter was not heard any more' }
  return clauses.some((clause) => defect.breaks.includes(clause)) ? { is: 'caught' } : { is: 'wrong-reason', clauses }
}

/** Clauses of remarks that the conformant meter did not earn. A remark that names only a ruling stands for what the case proves. */
function newRemarks(verdict: VerdictEvent, before: VerdictEvent | undefined): readonly string[] | undefined {
  const old = new Set(before?.remarks.map(({ text }) => text))
  const fresh = verdict.remarks.filter(({ text }) => !old.has(text))
  return fresh.length === 0
    ? undefined
    : fresh.flatMap(({ clause }) => (clause === undefined ? verdict.clauses : [clause]))
}

/** What a conformant meter was blamed for: `meter: instance: why`. */
export const falseFailuresIn = ({ subject, conformant }: Omit<Ready, 'instances'>): readonly string[] =>
  [...conformant.verdicts].flatMap(([instance, { verdict, reason, remarks }]) => {
    const what =
      verdict === 'PASSED' || verdict === 'INAPPLICABLE'
        ? remarks.map(({ text }) => `remark: ${text}`)
        : [`${verdict}: ${reason?.text ?? ''}; found ${reason?.found ?? '-'}`]
    return what.map((why) => `${subject.declaration.meter}: ${instance}: ${why}`)
  })
