// read.uncovered: short names that no object of the list has; nothing may be there (ruling C19).
import { uncoveredNames } from '../../client/short-names/uncovered.ts'
import type { Outcome } from '../../engine/vocabulary.ts'
import { serve } from './service.ts'
import { COUNT, numberArg, success, within, type Word } from './word.ts'

/** So many names say enough of a meter with many objects. */
const ENOUGH = 40

/** Each name by itself, `times` at most; the first that is not refused ends it, and one that is refused otherwise is told at the end. `save` of `name`: one of them. */
const readUncovered: Word = {
  says: 'read short names that no object has',
  properties: { times: COUNT },
  outcomes: ['success', 'refused'],
  saves: ['name'],
  alive: true,
  async run(doing) {
    const { bench, connection, args } = doing
    const listed = bench.learned.namesOf(connection).known()
    if (listed === undefined)
      return {
        refusal: `the object list of ${connection.client.name} is not known: it could not be read`,
        advice: LIST_FIRST,
      }
    let other: Outcome | undefined
    const names = uncoveredNames(listed).slice(0, numberArg(args, 'times') ?? ENOUGH)
    for (const name of names) {
      const { outcome, answer } = await serve(within(doing), {
        is: 'read-request',
        value: { 'variable-access-specification': [{ is: 'variable-name', value: name }] },
      })
      const refused = outcome.names['refused']
      const asItShould = typeof refused === 'string' && EXPECTED.includes(refused) && outcome.broken.length === 0
      const text = `the short name ${name.toString(16).toUpperCase().padStart(4, '0')} came to ${outcome.text}`
      const value = answer && 'executed' in outcome.names ? { value: true } : {}
      if (asItShould) continue
      const told = { ...outcome, text, names: { ...outcome.names, ...value } }
      if (refused === undefined || outcome.broken.length > 0) return { outcome: told, saves: { name } }
      other ??= told
    }
    const [first = 0] = names
    if (other) return { outcome: other, saves: { name: first } }
    return { outcome: success(doing, `${names.length} names refused`), saves: { name: first } }
  },
}

const LIST_FIRST =
  'Look at the first instance that reads the object list: until it can be read nobody knows which names are free.'

const EXPECTED: readonly string[] = [
  'object-undefined',
  'scope-of-access-violated',
  'object-unavailable',
  'confirmed-service-error',
]

export const shortNameWords: Readonly<Record<string, Word>> = { 'read.uncovered': readUncovered }
