// H46: a frame that nobody asked for fails the step before it; what a ruling tolerates is a remark.
import type { Block, Reason, Remark } from './events.ts'
import type { Instance } from './instance.ts'
import type { Outcome } from './vocabulary.ts'

export interface JudgedSurplus {
  readonly remarks: readonly Remark[]
  /** The first one that nothing tolerates. */
  readonly failed?: { readonly reason: Reason; readonly clauses: readonly string[]; readonly noise: boolean }
}

/** `last`: the step that it came behind. */
export function judgeSurplus(
  outcomes: readonly Outcome[],
  { severity, proves }: Instance,
  last: { readonly block: Block; readonly index: number } | undefined,
): JudgedSurplus {
  const remarks: Remark[] = []
  for (const outcome of outcomes) {
    const [rule] = outcome.broken
    const text = `${outcome.text} came after the answer was complete`
    if (rule?.remark) {
      remarks.push({ text, clause: rule.clause, severity })
      continue
    }
    const reason: Reason = {
      text,
      expected: rule?.expected ?? 'nothing until the next question',
      found: outcome.text,
      ...(outcome.octets === undefined ? {} : { octets: outcome.octets }),
      ...(last ? { block: last.block, step: last.index } : {}),
    }
    const clauses = rule ? [rule.clause] : proves.map((proof) => proof.clause)
    return { remarks, failed: { reason, clauses, noise: outcome.noise } }
  }
  return { remarks }
}
