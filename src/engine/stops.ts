// What stops an instance before its end, and the verdict of that.
import type { CheckJudgement } from './check.ts'
import type { NotShown } from './control.ts'
import type { Block, Remark, Severity } from './events.ts'
import { type InstanceResult, stopped } from './instance.ts'
import type { Climb } from './vocabulary.ts'

/** Undefined: the rung was reached. */
export function stoppedByClimb(climbed: Climb, severity: Severity): InstanceResult | undefined {
  switch (climbed.is) {
    case 'up':
      return undefined
    case 'inapplicable':
      return stopped('INAPPLICABLE', { text: climbed.why }, severity)
    case 'fault':
      return stopped('ERROR', { text: climbed.fault.text, block: 'climb', hint: climbed.fault.hint }, severity)
    case 'down':
      return stopped(
        'INCONCLUSIVE',
        {
          text: `the preamble was not reached (${climbed.rung})`,
          block: 'climb',
          expected: climbed.expected,
          found: climbed.found,
          hint: 'Look at the first instance that shows it; the case itself has judged nothing.',
        },
        severity,
      )
    default:
      return climbed satisfies never
  }
}

export function stoppedByControl(notShown: NotShown, severity: Severity): InstanceResult {
  if ('fault' in notShown) {
    const { text, hint } = notShown.fault
    return stopped('ERROR', { text, block: 'control', hint }, severity)
  }
  if ('inapplicable' in notShown) return stopped('INAPPLICABLE', { text: notShown.inapplicable }, severity)
  return stopped(
    'INCONCLUSIVE',
    {
      text: 'the control was not answered normally',
      block: 'control',
      found: notShown.found,
      hint: 'The same message without the fault must be answered first; until then the reaction to the faulty one shows nothing.',
    },
    severity,
  )
}

/**
 * What fails in `prepare` has judged nothing: the meter was not where the case begins. But a message that breaks a rule which holds for every one
 * is a fault wherever it comes: the first instance that meets it FAILED by the clause of that rule, unless one has already. `shown`: clauses of these.
 */
export function stoppedByJudgement(
  judgement: Exclude<CheckJudgement, { readonly is: 'pass' }>,
  place: { readonly block: Block; readonly step: number },
  severity: Severity,
  remarks: readonly Remark[],
  shown: ReadonlySet<string>,
): InstanceResult {
  switch (judgement.is) {
    case 'inapplicable':
      return stopped('INAPPLICABLE', { text: judgement.text, ...place }, severity)
    case 'undecided':
      return stopped('INCONCLUSIVE', { ...judgement.reason, ...place }, severity)
    case 'error':
      return stopped('ERROR', { ...judgement.reason, ...place }, severity)
    case 'fails': {
      const { reason, clauses, noise, claims, ofRule } = judgement
      if (place.block === 'prepare' && ofRule !== undefined && !shown.has(ofRule.clause))
        return stopped('FAILED', { ...reason, ...place }, judgement.severity, {
          clauses: [ofRule.clause],
          remarks,
          ofRule,
        })
      if (place.block === 'prepare')
        return stopped(
          'INCONCLUSIVE',
          { ...reason, ...place, text: `the preparation was not reached: ${reason.text}` },
          severity,
        )
      return stopped('FAILED', { ...reason, ...place }, judgement.severity, {
        clauses,
        noise,
        remarks,
        claims,
        ...(ofRule === undefined ? {} : { ofRule }),
      })
    }
    default:
      return judgement satisfies never
  }
}
