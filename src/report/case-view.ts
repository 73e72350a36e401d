import type { ClauseText, Reason, Verdict } from '../engine/events.ts'
import type { InstanceRun, RunModel } from './model.ts'
import { safeText } from './safe-text.ts'
import { clauseName, durationOf, duration, nextOf, placeOf, reasonOf, rerunOf, spaced } from './words.ts'

/** A case as the report shows it, without its timeline. Empty text: there is nothing to say, and the template leaves it out. */
export interface CaseView {
  /** Unique in the page, without blanks: deep links end in it. */
  readonly anchor: string
  readonly instance: string
  readonly title: string
  readonly purpose: string
  readonly verdict: string
  readonly passed: boolean
  readonly severity: string
  readonly suite: string
  readonly port: string
  readonly meter: string
  readonly effect: string
  readonly duration: string
  readonly clauses: readonly ClauseView[]
  readonly reason: ReasonView | null
  readonly remarks: readonly { readonly severity: string; readonly text: string; readonly source: string }[]
  readonly rerun: string
}

/** `decisive`: the verdict rests on it. */
export interface ClauseView {
  readonly level: string
  readonly name: string
  readonly text: string
  readonly decisive: boolean
}

export interface ReasonView {
  readonly text: string
  readonly where: string
  readonly expected: string
  readonly found: string
  readonly field: string
  readonly alternative: string
  readonly octets: string
  readonly hint: string
}

/** Octets of a reason that are shown; the timeline and the capture have them all. */
const OCTETS_SHOWN = 512

/** Cases in the order of the run, each with an anchor of its own. */
export function caseViews(model: RunModel): readonly CaseView[] {
  const taken = new Set<string>()
  return model.instances.map((instance) => caseView(instance, model, anchorOf(instance.begun.instance, taken)))
}

function anchorOf(instance: string, taken: Set<string>): string {
  const plain = safeText(instance).replace(/\s+/g, '_')
  let anchor = plain
  for (let n = 2; taken.has(anchor); n += 1) anchor = `${plain}~${n}`
  taken.add(anchor)
  return anchor
}

function caseView(instance: InstanceRun, model: RunModel, anchor: string): CaseView {
  const { begun, verdict, final } = instance
  const { clauses } = model.header
  const reason = reasonOf(instance)
  return {
    anchor,
    instance: begun.instance,
    title: begun.title,
    purpose: begun.purpose ?? '',
    verdict,
    passed: verdict === 'PASSED',
    severity: final === undefined || final.severity === 'defect' || verdict !== 'FAILED' ? '' : final.severity,
    suite: begun.suite,
    port: begun.port,
    meter: begun.meter,
    effect: begun.effect,
    duration: duration(durationOf(instance)),
    clauses: clauseViews(instance, clauses),
    reason: reason === undefined ? null : reasonView(reason, verdict),
    remarks: (final?.remarks ?? []).map((remark) => ({
      severity: remark.severity === 'defect' ? '' : remark.severity,
      text: remark.text,
      source: [remark.clause && clauseName(remark.clause, clauses), remark.ruling && rulingText(remark.ruling, clauses)]
        .filter(Boolean)
        .join('; '),
    })),
    rerun: rerunOf(instance, model),
  }
}

/** `ruling H20: what was in doubt, and how it is decided`. */
function rulingText(id: string, clauses: Readonly<Record<string, ClauseText>>): string {
  const key = `ruling.${id.toLowerCase()}`
  const text = Object.hasOwn(clauses, key) ? clauses[key]?.text : undefined
  return text === undefined ? `ruling ${id}` : `ruling ${id}: ${text}`
}

/** What the case proves, and what else the verdict rests on. */
function clauseViews(
  { begun, final }: InstanceRun,
  clauses: Readonly<Record<string, ClauseText>>,
): readonly ClauseView[] {
  const decisive = new Set(final?.verdict === 'PASSED' ? [] : final?.clauses)
  const levels = new Map(begun.proves.map(({ clause, level }) => [clause, level]))
  return [...new Set([...levels.keys(), ...decisive])].map((key) => ({
    level: levels.get(key) ?? '',
    name: clauseName(key, clauses),
    text: (Object.hasOwn(clauses, key) ? clauses[key]?.text : undefined) ?? '',
    decisive: decisive.has(key),
  }))
}

function reasonView(reason: Reason, verdict: Verdict): ReasonView {
  const { block, step, octets = '' } = reason
  const shown = octets.replace(/\s+/g, '')
  return {
    text: reason.text,
    where: block === undefined ? '' : placeOf(block, step),
    expected: reason.expected ?? '',
    found: reason.found ?? '',
    field: reason.field ?? '',
    alternative: reason.alternative ?? '',
    octets: `${spaced(shown.slice(0, 2 * OCTETS_SHOWN))}${shown.length > 2 * OCTETS_SHOWN ? ' …' : ''}`,
    hint: nextOf(verdict, reason),
  }
}
