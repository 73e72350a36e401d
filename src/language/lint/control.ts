import { messageView } from '../case.ts'
import type { Finding } from '../finding.ts'
import type { SubCase } from '../instances.ts'
import type { SendStep } from '../suite.generated.ts'
import type { Words } from '../words.ts'
import { showsLife } from './alive.ts'
import { messagesOf, namesSent } from './messages.ts'
import type { Placed } from './place.ts'
import type { Rule } from './rule.ts'

/** A fault proves something only if the same message without it is answered: each has its control, and the control is there. */
export const faultsControlled: Rule = ({ subs, words }) =>
  subs.flatMap(({ sub, steps }) =>
    steps.flatMap((placed, i) => {
      if (placed.view.is !== 'send') return []
      const later = steps.slice(i + 1).filter(({ block }) => block !== 'finally')
      return controlFindings(placed.view.step, placed, steps.slice(0, i), later, sub, words)
    }),
  )

export const hasFault = (step: SendStep): boolean =>
  step.wrong !== undefined || step.damage !== undefined || step.misplaced === true

function controlFindings(
  step: SendStep,
  placed: Placed,
  earlier: readonly Placed[],
  later: readonly Placed[],
  sub: SubCase,
  words: Words,
): readonly Finding[] {
  const path = [...placed.at, 'control']
  const plain = messagesOf(step, sub, placed.at).every(({ message }) =>
    ['named', 'fill'].includes(messageView(message).is),
  )
  if (!hasFault(step)) {
    return step.control === undefined || !plain
      ? []
      : [
          {
            path,
            part: 'key',
            code: 'control-without-fault',
            expected: 'wrong, damage or misplaced beside control',
            found: 'neither',
          },
        ]
  }
  if (step.control === undefined) {
    if (step.misplaced !== true) return []
    return [
      {
        path: placed.at,
        code: 'no-control',
        expected: 'control: then, first, {"send": …} or none',
        found: 'misplaced without control',
        hint: 'the tool cannot know the state in which the message is in its place',
      },
    ]
  }
  if (step.control === 'none')
    return step.why === undefined
      ? [{ path, code: 'no-why', expected: 'a why beside control none', found: 'none' }]
      : []
  if (typeof step.control !== 'string') return []
  const names = namesSent(step, sub, placed.at)
  const candidates = step.control === 'then' ? later : earlier
  if (candidates.some((other) => isControl(other, names, sub, words))) return []
  const where = step.control === 'then' ? 'later' : 'earlier'
  return [
    {
      path,
      code: 'control-not-there',
      expected: `${/^e/.test(where) ? 'an' : 'a'} ${where} step with ${names.join(', ') || 'the message'} undamaged, and an answer to it`,
      found: 'none',
    },
  ]
}

/** It sends the same without a fault and hears the answer; or it is a procedure that does so. */
function isControl(placed: Placed, names: readonly string[], sub: SubCase, words: Words): boolean {
  if (!showsLife(placed, words)) return false
  if (placed.view.is === 'do') return true
  if (placed.view.is !== 'send' || hasFault(placed.view.step)) return false
  const sent = namesSent(placed.view.step, sub, placed.at)
  return names.every((name) => sent.includes(name))
}
