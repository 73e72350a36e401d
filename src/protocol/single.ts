// Services with short names take lists. Of a list of one, suites write and matchers see the element itself:
// `{"read": {"variable-name": 64008}}`, `{"read-response": {"data": …}}`.
import type { Value } from '../codec/value.ts'
import type { ApduName } from './apdu.ts'
import { isList, isRecord, type JsonRecord } from './json.ts'

const SPECIFICATIONS = [
  'variable-name',
  'parameterized-access',
  'block-number-access',
  'read-data-block-access',
  'write-data-block-access',
]

/** A list, and how its only element is written: by its alternatives, or as a whole under another name. */
interface Single {
  readonly list: string
  readonly of: readonly string[] | string
}

const variables = { list: 'variable-access-specification', of: SPECIFICATIONS } as const
const data = { list: 'list-of-data', of: 'data' } as const

const SINGLES: Readonly<Partial<Record<ApduName, readonly Single[]>>> = {
  'read-request': [variables],
  'read-response': [{ list: 'result', of: ['data', 'data-access-error', 'data-block-result', 'block-number'] }],
  'write-request': [variables, data],
  'write-response': [{ list: 'result', of: ['success', 'data-access-error', 'block-number'] }],
  'unconfirmed-write-request': [variables, data],
  'information-report-request': [variables, data],
}

const singlesOf = (name: ApduName): readonly Single[] => SINGLES[name] ?? []

/** The names that stand for an only element. */
export const singleNames = (name: ApduName): readonly string[] => singlesOf(name).flatMap(({ of }) => of)

/** The only elements of lists, as fields beside them. */
export function singlesToJson(name: ApduName, json: JsonRecord): JsonRecord {
  const found = singlesOf(name).map(({ list, of }): JsonRecord => {
    const values = json[list]
    const [only, ...others] = isList(values) ? values : []
    if (only === undefined || others.length > 0) return {}
    return typeof of === 'string' ? { [of]: only } : isRecord(only) ? only : {}
  })
  return Object.assign({}, ...found) as JsonRecord
}

/** An element that is said by itself becomes a list of one, and replaces a list. */
export function singlesFromJson(name: ApduName, said: JsonRecord): JsonRecord {
  const names = singleNames(name)
  const kept = Object.fromEntries(Object.entries(said).filter(([each]) => !names.includes(each)))
  return singlesOf(name).reduce((record, { list, of }) => {
    const only = elementOf(said, of)
    return only === undefined ? record : { ...record, [list]: [only] }
  }, kept)
}

function elementOf(said: JsonRecord, of: Single['of']): Value | undefined {
  if (typeof of === 'string') return said[of]
  const parts = Object.entries(said).filter(([name]) => of.includes(name))
  return parts.length === 0 ? undefined : Object.fromEntries(parts)
}
