// Placeholders: what stands in an attribute that is not used (the official case COSEM_DUMMY_ATTRIBUTES, ruling C8).
import type { Data } from '../protocol/data/data.ts'
import type { Field } from './definition.ts'
import { finding, NOTHING, type Finding } from './finding.ts'

/** The classes whose structures may be zero throughout where nothing is set. */
const CLASSES_WITH_PLACEHOLDERS: ReadonlySet<number> = new Set([6, 7, 9, 11, 20, 21, 22])

export const hasPlaceholders = (classId: number): boolean => CLASSES_WITH_PLACEHOLDERS.has(classId)

/** No class nests deeper; a value that does is no placeholder. */
const DEEPEST = 8

/** Zero, empty or null throughout. */
export function isZero(value: Data, depth = 0): boolean {
  switch (value.is) {
    case 'null-data':
    case 'dont-care':
      return true
    case 'array':
    case 'structure':
      return depth < DEEPEST && value.value.every((part) => isZero(part, depth + 1))
    case 'octet-string':
    case 'date-time':
    case 'date':
    case 'time':
      return value.value.every((octet) => octet === 0)
    case 'boolean':
      return !value.value
    case 'bit-string':
    case 'long64':
    case 'long64-unsigned':
      return /^0*$/.test(value.value)
    case 'visible-string':
    case 'utf8-string':
      return value.value === ''
    case 'compact-array':
      return value.value['array-contents'].length === 0
    default:
      return value.value === 0
  }
}

/** Fields that name an object, and those that say what of it is meant: they are set together or not at all. */
const NAMES = ['logical_name', 'script_logical_name']
const WITH_THE_NAME = ['class_id', 'attribute_index', 'data_index', 'script_selector', 'service_id', 'index']

/** A reference to an object that is set in part. Script selector 0 is the script that does nothing. */
export function partlyFilled(parts: readonly Data[], fields: readonly Field[]): readonly Finding[] {
  const at = (name: string): Data | undefined => parts[fields.findIndex((field) => field.name === name)]
  const name = NAMES.map(at).find((part) => part !== undefined)
  if (!name) return NOTHING
  const classId = at('class_id')
  const more = WITH_THE_NAME.filter((field) => {
    const part = at(field)
    return part !== undefined && !isZero(part)
  })
  if (isZero(name) && more.length > 0)
    return finding('dummy', 'a placeholder zero throughout, or an object', `no object, but ${more.join(', ')}`)
  if (!isZero(name) && classId && isZero(classId))
    return finding('dummy', 'a placeholder zero throughout, or an object', 'an object of class 0')
  return NOTHING
}
