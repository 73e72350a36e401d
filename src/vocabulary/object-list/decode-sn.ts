// object_list of Association SN (IEC 62056-6-2, class 12 attribute 2), with the rights of access_rights_list (attribute 3) → the objects it lists.
import type { Result } from '../../codec/value.ts'
import type { ListedObject } from '../../engine/events.ts'
import type { Data } from '../../protocol/data/data.ts'
import {
  accessIn,
  counted,
  fields,
  logicalName,
  number,
  objectsOf,
  strictly,
  Wrong,
  type At,
  type NoList,
} from './decode.ts'

/** access_rights_list by itself: what it says of each base name. */
export const decodeRightsList = (
  rights: Data,
): Result<readonly Pick<ListedObject, 'attributes' | 'methods'>[], NoList> =>
  strictly(() => counted(objectsOf(rights, 'access_rights_list'), (item) => rightsIn(item, undefined)))

const OBJECT = ['base_name', 'class_id', 'version', 'logical_name'] as const
const RIGHTS = ['base_name', 'attribute_access', 'method_access'] as const

/** `rights`: access_rights_list, where the association has it; else no attribute is known to have a right. */
export const decodeShortNameList = (list: Data, rights: Data | undefined): Result<readonly ListedObject[], NoList> =>
  strictly(() => {
    const objects = objectsOf(list, 'object_list').map(objectIn)
    const version = associationVersion(objects)
    const known = rights === undefined ? [] : objectsOf(rights, 'access_rights_list')
    const access = new Map(counted(known, (item) => rightsIn(item, version)).map((each) => [each.baseName, each]))
    return objects.map(({ baseName, ...object }) => {
      const { attributes = [], methods = [] } = access.get(baseName) ?? {}
      return { ...object, attributes, methods }
    })
  })

function objectIn(item: At) {
  const [base, classId, version, name] = fields(item, OBJECT)
  return {
    baseName: baseName(base),
    'class-id': number(classId, 'long-unsigned'),
    version: number(version, 'unsigned'),
    'instance-id': logicalName(name),
  }
}

function rightsIn(item: At, association: number | undefined) {
  const [base, attributes, methods] = fields(item, RIGHTS)
  return { baseName: baseName(base), ...accessIn(attributes, methods, association) }
}

/** A long, and so above 7FFF a negative number; some servers write it as a long-unsigned. */
function baseName(at: At): number {
  if (at.value?.is !== 'long' && at.value?.is !== 'long-unsigned') throw new Wrong(at, 'long')
  return at.value.value & 0xffff
}

const ASSOCIATION_SN = 12
/** From this version on access_mode has a bit for each right; Association LN has that from its version 3 on. */
const FIRST_WITH_BITS = 4

/** The version of Association LN whose rights are written in the same way. */
function associationVersion(objects: readonly Pick<ListedObject, 'class-id' | 'instance-id' | 'version'>[]) {
  const own = objects.find((each) => each['class-id'] === ASSOCIATION_SN && each['instance-id'] === '0.0.40.0.0.255')
  if (own === undefined) return undefined
  return own.version < FIRST_WITH_BITS ? 0 : 3
}
