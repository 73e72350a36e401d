import type { Finding } from '../finding.ts'
import { passesUnheard, showsLife } from './alive.ts'
import type { SubCase } from '../instances.ts'
import type { Placed } from './place.ts'
import type { Rule } from './rule.ts'

/**
 * Silence is not evidence: where a step passes though the meter was not heard, a later step up to the end of `then` must hear it on the same connection or
 * line; after `closed` or `reset` on any connection, for it is a new one.
 */
export const silenceFollowed: Rule = ({ subs, words }) =>
  subs.flatMap(({ sub, steps }) => {
    const chain = steps.filter(({ block }) => block !== 'finally')
    return chain.flatMap((placed, i): readonly Finding[] => {
      const unheard = passesUnheard(placed, words)
      if (unheard === undefined) return []
      const lines = linesOf(placed, sub)
      const followed = chain
        .slice(i + 1)
        .some((later) => (unheard === 'ended' || lines.includes(later.view.step.on)) && showsLife(later, words))
      return followed ? [] : [missing(placed, unheard)]
    })
  })

/** Connections that show that this one's silence was the meter's: itself, the one whose addresses it borrowed, and those that share its line. */
function linesOf({ view }: Placed, sub: SubCase): readonly (string | undefined)[] {
  const { on } = view.step
  const as = view.is === 'send' ? view.step.as : undefined
  const line = (name: string): string => overOf(sub, name) ?? name
  const sharing = on === undefined ? [] : Object.keys(sub.connections ?? {}).filter((name) => line(name) === line(on))
  return [on, ...sharing, ...(as === undefined ? [] : [as])]
}

function overOf(sub: SubCase, name: string): string | undefined {
  const connection = sub.connections?.[name]
  return typeof connection === 'object' && 'over' in connection ? connection.over : undefined
}

const missing = ({ at, view }: Placed, unheard: 'silent' | 'ended'): Finding => ({
  path: at,
  code: 'silence-without-sign-of-life',
  expected: `a later step that hears the meter${view.step.on === undefined || unheard === 'ended' ? '' : ` on ${view.step.on}`}`,
  found:
    unheard === 'silent'
      ? 'silence that passes, and nothing after it'
      : 'an ended connection that passes, and nothing after it',
  hint: 'let `then` ask for something that also shows the state',
})
