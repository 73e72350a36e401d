// read.list · write.list · invoke.list: several attributes or methods in one request; each gives a result of its own (ruling X17).
import { toJson } from '../../codec/codec.ts'
import { fail, ok, type Result, type Value } from '../../codec/value.ts'
import type { AttributeWritten } from '../../client/logical-names/set.ts'
import type { Refusal } from '../../engine/vocabulary.ts'
import { isList, isRecord, type JsonRecord } from '../../protocol/json.ts'
import type { Came } from '../evidence.ts'
import { askedOf, dataOf, invokedOf } from './arguments.ts'
import { journalled } from './attribute-services.ts'
import { BLOCKS, mannerOf } from './manner.ts'
import { conversed, type Done } from './conversation.ts'
import { COUNT, numberArg, type Word } from './word.ts'

const LIST: Value = { type: 'array', items: { type: 'object' } }
const OUTCOMES = ['success', 'results', 'refused', 'unlisted']

/** Every element of an argument read alike; the first that cannot be tells. */
function each<T>(
  list: Value | undefined,
  read: (element: JsonRecord) => Result<T, string>,
): Result<readonly T[], string> {
  const all: T[] = []
  for (const element of list !== undefined && isList(list) ? list : []) {
    const one = isRecord(element) ? read(element) : fail(`expected an object, found ${JSON.stringify(element)}`)
    if (!one.ok) return one
    all.push(one.value)
  }
  return ok(all)
}

/** An attribute of a list: `selection` and `value` stand in it. */
const inList = ({ selection, ...attribute }: JsonRecord): ReturnType<typeof askedOf> =>
  askedOf({ attribute, ...(selection === undefined ? {} : { selection }) })

/** All succeeded, or some did not: `{value}`, `{success}` or `{refused}` for each. */
function results(all: readonly JsonRecord[]): Done {
  const success = all.every((result) => result['refused'] === undefined)
  return { names: { results: all, ...(success ? { success } : {}) } }
}

/** `times`: the whole list so often, one behind the other, in the same request. */
const readList: Word = {
  says: 'read in one request',
  properties: { attributes: LIST, times: COUNT },
  required: ['attributes'],
  outcomes: OUTCOMES,
  saves: ['values', 'blocks'],
  alive: true,
  async run(doing) {
    const asked = each(doing.args['attributes'], inList)
    if (!asked.ok) return { refusal: asked.failure }
    const all = Array.from({ length: numberArg(doing.args, 'times') ?? 1 }, () => asked.value).flat()
    return conversed(
      doing,
      (services) => services.getWithList(all),
      {},
      (read) => {
        const told = read.map((one) => (one.is === 'data' ? { value: toJson(one.value) } : { refused: one.value }))
        return { ...results(told), saves: { values: told.map((one) => one.value ?? null) } }
      },
    )
  },
}

const writeList: Word = {
  says: 'write in one request',
  properties: { attributes: LIST, ...BLOCKS },
  required: ['attributes'],
  outcomes: OUTCOMES,
  saves: ['blocks'],
  alive: true,
  async run(doing): Promise<Came | Refusal> {
    const { args } = doing
    const written = each<AttributeWritten>(args['attributes'], ({ value: said, ...element }) => {
      const asked = inList(element)
      if (!asked.ok) return asked
      const value = dataOf('value', said)
      return value.ok ? ok({ ...asked.value, value: value.value }) : value
    })
    if (!written.ok) return { refusal: written.failure }
    for (const { attribute } of written.value) {
      const unsafe = await journalled(doing, attribute)
      if (unsafe !== undefined) return unsafe
    }
    return conversed(
      doing,
      (services) => services.setWithList(written.value),
      mannerOf(args),
      (all) => results(all.map(resultOf)),
    )
  },
}

const invokeList: Word = {
  says: 'invoke in one request',
  properties: { methods: LIST, ...BLOCKS },
  required: ['methods'],
  outcomes: OUTCOMES,
  saves: ['values', 'blocks'],
  alive: true,
  async run(doing) {
    const { args } = doing
    const invoked = each(args['methods'], (method) => invokedOf({ method }))
    if (!invoked.ok) return { refusal: invoked.failure }
    return conversed(
      doing,
      (services) => services.actionWithList(invoked.value),
      mannerOf(args),
      (all) => ({
        ...results(all.map(({ result }) => resultOf(result))),
        saves: {
          values: all.map(({ 'return-parameters': returned }) =>
            returned?.is === 'data' ? toJson(returned.value) : null,
          ),
        },
      }),
    )
  },
}

const resultOf = (result: string | number): JsonRecord =>
  result === 'success' ? { success: true } : { refused: result }

export const listWords: Readonly<Record<string, Word>> = {
  'read.list': readList,
  'write.list': writeList,
  'invoke.list': invokeList,
}
