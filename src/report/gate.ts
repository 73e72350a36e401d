import type { EndEvent, Verdict } from '../engine/events.ts'

/** 3 usage or invalid file (given by the command line, never here) · 130 interrupted · 1 FAILED · 4 ERROR · 2 INCONCLUSIVE · 5 nothing to judge · 0. */
export type Exit = 0 | 1 | 2 | 4 | 5 | 130

/** How a run ended, and what it counted. */
export interface Outcome {
  readonly summary: Readonly<Record<Verdict, number>>
  readonly ended: EndEvent['ended'] | 'cut-off'
}

/** The exit code of a run: the first that holds. `lenient`: an INCONCLUSIVE is let through if something PASSED. */
export function gate({ summary, ended }: Outcome, { lenient }: { readonly lenient: boolean }): Exit {
  if (ended === 'interrupted') return 130
  if (summary.FAILED > 0) return 1
  if (summary.ERROR > 0 || ended === 'error' || ended === 'cut-off') return 4
  if (summary.INCONCLUSIVE > 0) return lenient && summary.PASSED > 0 ? 0 : 2
  return summary.PASSED > 0 ? 0 : 5
}
