/** How much a case can change, in rising order. What a conformant meter keeps, or what a faulty one could do that the case cannot undo (G20). */
export const EFFECTS = ['reads', 'volatile', 'persistent', 'lockout', 'irreversible'] as const
export type Effect = (typeof EFFECTS)[number]

/** It changes nothing that outlasts the connection: it needs no leave, leaves nothing to restore, and may be repeated. */
export const isGentle = (effect: Effect): boolean => EFFECTS.indexOf(effect) <= EFFECTS.indexOf('volatile')

export interface Leave {
  /** Words of `--allow`: effects and things touched. */
  readonly allowed: ReadonlySet<string>
  /** All ports are simulated: everything is allowed. */
  readonly everything: boolean
  /** `testing.never` of the declaration: forbidden for good. */
  readonly never: ReadonlySet<string>
}

/** `reads` and `volatile` need no leave, the rest only by name: the effect and each thing touched. Undefined: may run; else why not, with the words to add. */
export function refusedBy(leave: Leave, effect: Effect, touches: readonly string[]): string | undefined {
  const asked = isGentle(effect) ? [] : [effect, ...touches]
  const forbidden = [effect, ...touches].filter((word) => leave.never.has(word))
  if (forbidden.length > 0) return `the declaration forbids it for good (testing.never: ${forbidden.join(', ')})`
  if (leave.everything) return undefined
  const missing = asked.filter((word) => !leave.allowed.has(word))
  if (missing.length === 0) return undefined
  return `it needs leave: add ${missing.map((word) => `--allow ${word}`).join(' ')}`
}
