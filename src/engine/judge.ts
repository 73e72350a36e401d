import type { Value } from '../codec/value.ts'
import { fieldsNamed, match, type Mismatch } from '../language/matchers.ts'
import { type Alternative, asksPresence } from './alternative.ts'
import type { Reason, Remark, Severity } from './events.ts'
import { lowerBand, type PlannedWindow, upperBand } from './window.ts'
import type { BrokenRule, Evidence, Outcome, RuleShown, Tolerance } from './vocabulary.ts'

/** What a step's evidence means. Pure: the same step and evidence give the same judgement, live or from the stream. */
export type Judgement =
  /** `taken`: the id of the alternative that was met. */
  | { readonly is: 'pass'; readonly remarks: readonly Remark[]; readonly taken?: string }
  | {
      readonly is: 'fails'
      readonly reason: Reason
      readonly clauses: readonly string[]
      readonly severity: Severity
      readonly noise: boolean
      /** Claims of the declaration that it shows to be false. */
      readonly claims?: readonly string[]
      /** The implied rule that the message breaks, where one is broken. */
      readonly ofRule?: RuleShown
    }
  | { readonly is: 'undecided'; readonly reason: Reason }
  | { readonly is: 'error'; readonly reason: Reason }

export interface StepRules {
  readonly alternatives: readonly Alternative[]
  readonly never: readonly Alternative[]
  /** The step's own clause, else all that the case proves. */
  readonly clauses: readonly string[]
  readonly severity: Severity
  readonly window: PlannedWindow
  readonly tolerance: Tolerance
  /** What a procedure does, as a sentence begins with it: `bring the link up`. */
  readonly doing?: string
  /** Clauses that the case proves, where the step only leads to what it tests or away from it: other rules that are broken there are remarks. */
  readonly onlyProves?: readonly string[]
}

export function judge(rules: StepRules, evidence: Evidence): Judgement {
  if (evidence.fault) return { is: 'error', reason: { text: evidence.fault.text, hint: evidence.fault.hint } }
  return forbidden(rules, evidence) ?? answered(rules, evidence.outcome)
}

/** `never`: nothing of the kind may come while the step lasts. */
function forbidden(rules: StepRules, evidence: Evidence): Judgement | undefined {
  for (const outcome of evidence.during) {
    const hit = rules.never.find((alternative) => mismatchOf(alternative, outcome) === undefined)
    if (hit)
      return failed(rules, hit, outcome, hit.fails ?? `nothing of the kind may come here`, `never ${wanted(hit)}`)
  }
  return undefined
}

function answered(rules: StepRules, outcome: Outcome): Judgement {
  if (rules.alternatives.length === 0) return { is: 'pass', remarks: [] }
  const hit =
    rules.alternatives.find((alternative) => mismatchOf(alternative, outcome) === undefined) ??
    endOf(rules.alternatives, outcome)
  if (!hit)
    return outcome.advice === undefined
      ? nothingMatched(rules, outcome, expectedOf(rules))
      : notAsked(rules, outcome, expectedOf(rules))
  if (hit.fails !== undefined) return failed(rules, hit, outcome, hit.fails, expectedOf(rules))
  const broken = rulesBroken(hit, outcome).map((rule) => asRemark(rules, rule))
  const fatal = broken.find((rule) => !rule.remark)
  if (fatal) return ruleBroken(rules, fatal, outcome)
  if (hit.undecided !== undefined)
    return { is: 'undecided', reason: reasonOf(hit.undecided, outcome, expectedOf(rules), hit.id) }
  const timed = timing(rules, outcome)
  if (timed && timed.is !== 'pass') return timed
  return {
    is: 'pass',
    remarks: [...remarkOf(rules, hit), ...broken.map(ruleRemark), ...(timed?.remarks ?? [])],
    ...(hit.id === undefined ? {} : { taken: hit.id }),
  }
}

/** All that passes, in words. */
const expectedOf = ({ alternatives }: StepRules): string =>
  alternatives
    .filter((a) => a.fails === undefined && a.undecided === undefined)
    .map(wanted)
    .join(', or ')

/**
 * A connection that the meter closes while our octets are under way is reset by the network: where a case says what its end means,
 * and nothing of a reset, that is what a reset means, with a remark (ruling G5 keeps the two apart).
 */
function endOf(alternatives: readonly Alternative[], outcome: Outcome): Alternative | undefined {
  if (!('reset' in outcome.names)) return undefined
  const closed = alternatives.find(({ outcome: name }) => name === 'closed')
  if (closed === undefined || closed.fails !== undefined || closed.undecided !== undefined) return closed
  return {
    ...closed,
    remark: closed.remark ?? 'the connection was reset instead of closed',
    ruling: closed.ruling ?? 'G5',
  }
}

/** Undefined: the outcome is what the alternative says. */
export function mismatchOf(alternative: Alternative, outcome: Outcome): Mismatch | undefined {
  const value = outcome.names[alternative.outcome]
  if (value === undefined) return { path: '', expected: alternative.outcome, found: outcome.text }
  if (alternative.outcome === 'silent' || asksPresence(alternative.matcher)) return undefined
  return match(alternative.matcher, value)
}

/** Implied rules that the outcome breaks, less those whose field the matcher names itself. */
function rulesBroken(alternative: Alternative, outcome: Outcome): readonly BrokenRule[] {
  // Whoever expects octets that make no message has said what that means.
  if (alternative.outcome === 'garbled' || outcome.broken.length === 0) return []
  const named = new Set(fieldsNamed(alternative.matcher).map((field) => `${alternative.outcome}.${field}`))
  return outcome.broken.filter((rule) => rule.field === undefined || !named.has(rule.field))
}

/** One lasting fault fails the cases that are about it, and is remarked by all others that meet it on their way. */
const asRemark = ({ onlyProves }: StepRules, rule: BrokenRule): BrokenRule =>
  onlyProves === undefined || rule.ofExchange || onlyProves.includes(rule.clause) ? rule : { ...rule, remark: true }

function nothingMatched(rules: StepRules, outcome: Outcome, expected: string): Judgement {
  const [fatal] = outcome.broken.filter((rule) => !rule.remark)
  const near = rules.alternatives
    .filter((a) => a.outcome in outcome.names && a.fails === undefined)
    .map((a) => ({ alternative: a, mismatch: mismatchOf(a, outcome) }))
    .find((entry) => entry.mismatch !== undefined && entry.mismatch.path !== '')
  const field = near?.mismatch ? `${near.alternative.outcome}.${near.mismatch.path}` : undefined
  const difference = near?.mismatch
    ? ` (${field ?? ''}: expected ${near.mismatch.expected}, found ${near.mismatch.found})`
    : ''
  const came = rules.doing === undefined ? `${outcome.text} came where it may not` : cameTo(rules.doing, outcome)
  const also =
    fatal === undefined || outcome.noise
      ? ''
      : `; ${nameOf(fatal)}: ${fatal.expected} was expected, and ${fatal.found} found`
  // What cannot be read tells nothing about the claim of the case.
  const ofFatal = outcome.noise || 'garbled' in outcome.names
  return {
    is: 'fails',
    reason: {
      ...reasonOf(`${came}${difference}${also}`, outcome, expected),
      ...(field === undefined ? {} : { field }),
    },
    clauses: fatal === undefined ? rules.clauses : ofFatal ? [fatal.clause] : [fatal.clause, ...rules.clauses],
    severity: rules.severity,
    noise: outcome.noise,
    ...(fatal === undefined || outcome.noise ? {} : { ofRule: shownBy(fatal) }),
  }
}

const cameTo = (doing: string, { text }: Outcome): string => `to ${doing} came to ${text}`

/** The declaration names what the meter does not have: one of the two is wrong, and nobody can tell which. */
function notAsked({ doing }: StepRules, outcome: Outcome, expected: string): Judgement {
  const text = doing === undefined ? outcome.text : cameTo(doing, outcome)
  const hint = outcome.advice
  return { is: 'undecided', reason: { ...reasonOf(text, outcome, expected), ...(hint === undefined ? {} : { hint }) } }
}

function ruleBroken(rules: StepRules, rule: BrokenRule, outcome: Outcome): Judgement {
  const text = `${outcome.text} breaks a rule that every such message has to keep: ${nameOf(rule)}`
  const reason = reasonOf(text, outcome, rule.expected)
  return {
    is: 'fails',
    reason: { ...reason, found: rule.found, ...(rule.field === undefined ? {} : { field: rule.field }) },
    clauses: [rule.clause],
    severity: rules.severity,
    noise: outcome.noise,
    ...(outcome.noise ? {} : { ofRule: shownBy(rule) }),
  }
}

function failed(rules: StepRules, hit: Alternative, outcome: Outcome, why: string, expected: string): Judgement {
  return {
    is: 'fails',
    reason: reasonOf(why, outcome, expected, hit.id),
    clauses: hit.clause === undefined ? rules.clauses : [hit.clause],
    severity: hit.severity ?? rules.severity,
    noise: outcome.noise,
  }
}

/** G13, G14: limits given by the suite are strict beyond the band; an answer after the declared response time is only late. */
function timing(rules: StepRules, outcome: Outcome): Extract<Judgement, { is: 'pass' | 'fails' }> | undefined {
  const after = outcome.afterMs
  const { leastMs, mostMs, strict } = rules.window
  if (after === undefined || 'silent' in outcome.names) return undefined
  const early = after < leastMs
  if (!early && after <= mostMs) return undefined
  const limit = early ? `not before ${ms(leastMs)}` : `within ${ms(mostMs)}`
  const found = `${outcome.text} after ${ms(after)}`
  const beyond = early
    ? after < lowerBand(leastMs, rules.tolerance)
    : strict && after > upperBand(mostMs, rules.tolerance)
  if (!beyond)
    return {
      is: 'pass',
      remarks: [
        {
          text: `${early ? 'early' : 'late'}: ${found}, where ${limit} was expected`,
          ruling: strict ? 'G13' : 'G14',
          severity: 'defect',
        },
      ],
    }
  return {
    is: 'fails',
    reason: { ...reasonOf(`the answer came too ${early ? 'early' : 'late'}`, outcome, limit), found },
    clauses: rules.clauses,
    severity: rules.severity,
    noise: true,
  }
}

const remarkOf = (rules: StepRules, hit: Alternative): readonly Remark[] =>
  hit.remark === undefined
    ? []
    : [
        {
          text: hit.remark,
          severity: hit.severity ?? rules.severity,
          ...(hit.clause === undefined ? {} : { clause: hit.clause }),
          ...(hit.ruling === undefined ? {} : { ruling: hit.ruling }),
        },
      ]

const shownBy = ({ clause, of }: BrokenRule): RuleShown => ({ clause, ...(of === undefined ? {} : { of }) })

/** A rule as a reader calls it: `nothing behind the apdu`. */
const nameOf = ({ rule }: BrokenRule): string => rule.replaceAll('-', ' ')

const ruleRemark = (rule: BrokenRule): Remark => ({
  text: `${nameOf(rule)}: expected ${rule.expected}, found ${rule.found}`,
  clause: rule.clause,
  ...(rule.ruling === undefined ? {} : { ruling: rule.ruling }),
  severity: 'defect',
})

function reasonOf(why: string, outcome: Outcome, expected: string, id?: string): Reason {
  return {
    text: why,
    expected,
    found: outcome.text,
    ...(outcome.octets === undefined ? {} : { octets: outcome.octets }),
    ...(id === undefined ? {} : { alternative: id }),
  }
}

/** An alternative in words: `ua`, `rr {"n-r": 0}`, `silence for 1500 ms`. */
export function wanted(alternative: Alternative): string {
  if (alternative.outcome === 'silent') return `silence for ${ms(alternative.matcher)}`
  if (alternative.outcome === 'refused' && asksPresence(alternative.matcher)) return 'a refusal'
  if (asksPresence(alternative.matcher))
    return alternative.matcher === 'any' ? `any ${alternative.outcome}` : alternative.outcome
  return `${alternative.outcome} ${JSON.stringify(alternative.matcher)}`
}

const ms = (value: Value): string =>
  typeof value === 'number' ? `${Math.round(value * 1000) / 1000} ms` : JSON.stringify(value)
