// Selective access to object_list of an association (IEC 62056-6-2, Association LN; ruling L12).
import type { Data } from '../../../protocol/data/data.ts'
import type { AccessSelection, GetDataResult } from '../../../protocol/xdlms/common.ts'
import { array, elementsOf, fieldsOf, nameOf, numberOf, structure } from '../data.ts'
import { refused, type SelectionRules } from './rules.ts'

const WITHOUT_ACCESS_RIGHTS = 1
const CLASS_LIST = 2
const OBJECT_ID_LIST = 3
const OBJECT_ID = 4

/** An element of object_list begins with class_id, version and logical_name. */
const BEFORE_ACCESS_RIGHTS = 3

interface ObjectId {
  readonly classId: number
  readonly name: string
}

export function selectObjects(
  rules: SelectionRules,
  elements: readonly Data[],
  { 'access-selector': selector, 'access-parameters': parameters }: AccessSelection,
): GetDataResult {
  const told = (chosen: readonly Data[]): GetDataResult => ({
    is: 'data',
    value: array(rules.objects(chosen, elements)),
  })
  switch (selector) {
    case WITHOUT_ACCESS_RIGHTS:
      return told(elements.map((each) => structure(...fieldsIn(each).slice(0, BEFORE_ACCESS_RIGHTS))))
    case CLASS_LIST:
      return ofClasses(
        elements,
        elementsOf(parameters)?.map((id) => numberOf(id, 'long-unsigned')),
        told,
      )
    case OBJECT_ID_LIST:
      return withIds(elements, elementsOf(parameters)?.map(objectId), told)
    case OBJECT_ID:
      return withIds(elements, [objectId(parameters)], told)
    default:
      return refused('other-reason')
  }
}

type Told = (chosen: readonly Data[]) => GetDataResult
const fieldsIn = (element: Data): readonly Data[] => (element.is === 'structure' ? element.value : [])

function ofClasses(
  elements: readonly Data[],
  classes: readonly (number | undefined)[] | undefined,
  told: Told,
): GetDataResult {
  if (classes === undefined || classes.includes(undefined)) return refused('type-unmatched')
  return told(elements.filter((each) => classes.includes(numberOf(fieldsIn(each)[0], 'long-unsigned'))))
}

function withIds(
  elements: readonly Data[],
  ids: readonly (ObjectId | undefined)[] | undefined,
  told: Told,
): GetDataResult {
  if (ids === undefined || ids.includes(undefined)) return refused('type-unmatched')
  return told(
    elements.filter((each) => {
      const [classId, , name] = fieldsIn(each)
      return ids.some((id) => id?.classId === numberOf(classId, 'long-unsigned') && id?.name === nameOf(name))
    }),
  )
}

function objectId(value: Data): ObjectId | undefined {
  const fields = fieldsOf(value, 2) ?? []
  const classId = numberOf(fields[0], 'long-unsigned')
  const name = nameOf(fields[1])
  return classId === undefined || name === undefined ? undefined : { classId, name }
}
