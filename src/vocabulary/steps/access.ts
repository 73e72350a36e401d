// access: attributes read and written and methods invoked in one ACCESS; each gives a result of its own (ruling X17).
import { toJson } from '../../codec/codec.ts'
import { fail, ok, type Result, type Value } from '../../codec/value.ts'
import type { Accessed, AccessResult } from '../../client/logical-names/access.ts'
import type { Refusal } from '../../engine/vocabulary.ts'
import { isList, isRecord, type JsonRecord } from '../../protocol/json.ts'
import type { Came } from '../evidence.ts'
import { askedOf, dataOf, invokedOf } from './arguments.ts'
import { journalled } from './attribute-services.ts'
import { BLOCKS, mannerOf } from './manner.ts'
import { conversed } from './conversation.ts'
import type { Word } from './word.ts'

/** `{"get": attribute}`, `{"set": attribute, "value": …}` or `{"action": method, "parameter": …}`. */
function accessedIn(element: Value): Result<Accessed, string> {
  if (!isRecord(element)) return fail(`expected get, set or action, found ${JSON.stringify(element)}`)
  const { get, set, action, value, ...others } = element
  if (action !== undefined) {
    const invoked = invokedOf({ method: action, ...others })
    return invoked.ok ? ok({ is: 'action', ...invoked.value }) : invoked
  }
  const asked = askedOf({ attribute: set ?? get ?? null, ...others })
  if (!asked.ok) return asked
  if (set === undefined) return ok({ is: 'get', ...asked.value })
  const written = dataOf('value', value)
  return written.ok ? ok({ is: 'set', ...asked.value, value: written.value }) : written
}

const told = ({ result, data }: AccessResult, at: number, list: readonly Accessed[]): JsonRecord => {
  if (result !== 'success') return { refused: result }
  return list[at]?.is === 'get' ? { value: toJson(data) } : { success: true }
}

const access: Word = {
  says: 'access in one request',
  properties: { list: { type: 'array', items: { type: 'object' } }, ...BLOCKS },
  required: ['list'],
  outcomes: ['success', 'results', 'refused'],
  saves: ['blocks'],
  alive: true,
  async run(doing): Promise<Came | Refusal> {
    const { list: said = [] } = doing.args
    const list: Accessed[] = []
    for (const element of isList(said) ? said : []) {
      const accessed = accessedIn(element)
      if (!accessed.ok) return { refusal: accessed.failure }
      const unsafe = accessed.value.is === 'set' ? await journalled(doing, accessed.value.attribute) : undefined
      if (unsafe !== undefined) return unsafe
      list.push(accessed.value)
    }
    return conversed(
      doing,
      (services) => services.access(list),
      mannerOf(doing.args),
      (all) => {
        const results = all.map((result, at) => told(result, at, list))
        const success = results.every(({ refused }) => refused === undefined)
        return { names: { results, ...(success ? { success } : {}) } }
      },
    )
  },
}

export const accessWords: Readonly<Record<string, Word>> = { access }
