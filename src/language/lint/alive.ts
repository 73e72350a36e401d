import { outcomesOf, passes } from '../case.ts'
import type { Alternative } from '../suite.generated.ts'
import type { Words } from '../words.ts'
import type { Placed } from './place.ts'

// What a step shows about the meter: that it lives, or only that it was silent (G4, G5).

/** Passing it proves that the meter was heard: every alternative that passes is something the meter said. */
export function showsLife({ view, expect }: Placed, words: Words): boolean {
  if (view.is === 'do') {
    const word = Object.hasOwn(words.steps, view.step.do) ? words.steps[view.step.do] : undefined
    if (view.step.expect === undefined) return word?.alive ?? false
    return (
      expect.length > 0 &&
      expect.every(
        (list) =>
          list.some(({ alternative }) => passes(alternative)) &&
          list.every(({ alternative }) => !passes(alternative) || isHeard(alternative, words, word?.outcomes)),
      )
    )
  }
  if (view.is !== 'send' && view.is !== 'listen') return false
  return (
    expect.length > 0 &&
    expect.every(
      (list) =>
        list.some(({ alternative }) => passes(alternative)) &&
        list.every(({ alternative }) => !passes(alternative) || isHeard(alternative, words)),
    )
  )
}

function isHeard(alternative: Alternative, words: Words, own: readonly string[] = []): boolean {
  return outcomesOf(alternative).every(({ name }) => {
    const message = Object.hasOwn(words.messages, name) ? words.messages[name] : undefined
    const outcome = Object.hasOwn(words.outcomes, name) ? words.outcomes[name] : undefined
    return message?.fromMeter ?? outcome?.alive ?? own.includes(name)
  })
}

/** What passes without the meter being heard: nothing came, or the connection ended. */
export function passesUnheard({ view, expect }: Placed, words: Words): 'silent' | 'ended' | undefined {
  if (view.is === 'wait' && view.step.never !== undefined) return 'silent'
  const unheard = expect.flatMap((list) =>
    list.flatMap(({ alternative }) =>
      passes(alternative)
        ? outcomesOf(alternative).filter(
            ({ name }) => Object.hasOwn(words.outcomes, name) && words.outcomes[name]?.alive === false,
          )
        : [],
    ),
  )
  if (unheard.some(({ name }) => !ENDED.includes(name))) return 'silent'
  return unheard.length > 0 ? 'ended' : undefined
}

const ENDED: readonly string[] = ['closed', 'reset']
