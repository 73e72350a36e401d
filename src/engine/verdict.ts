import type { Verdict } from './events.ts'

/** FAILED > ERROR > INCONCLUSIVE > PASSED > INAPPLICABLE: the worst of what was found counts, nothing rewrites a FAILED. */
const ORDER: readonly Verdict[] = ['INAPPLICABLE', 'PASSED', 'INCONCLUSIVE', 'ERROR', 'FAILED']

export const worse = (one: Verdict, other: Verdict): Verdict =>
  ORDER.indexOf(one) >= ORDER.indexOf(other) ? one : other

export const emptySummary = (): Record<Verdict, number> => ({
  PASSED: 0,
  FAILED: 0,
  INCONCLUSIVE: 0,
  INAPPLICABLE: 0,
  ERROR: 0,
})
