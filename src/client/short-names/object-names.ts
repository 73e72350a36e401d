// Short names as the object list of Association SN gives them (IEC 62056-6-2, class 12, attribute 2).
import { attributeShortName, methodShortName } from '../../cosem/short-names.ts'
import { currentVersion, interfaceClass } from '../../cosem/classes.ts'
import type { Data } from '../../protocol/data/data.ts'

/** One element of the object list. */
export interface ListedObject {
  readonly baseName: number
  readonly classId: number
  readonly version: number
  /** As `0.0.1.0.0.255`. */
  readonly logicalName: string
}

/** What an object is asked for by. */
export interface Named {
  readonly 'class-id': number
  readonly 'instance-id': string
}

/** The association itself stands where everybody knows it: its list is read before any other name is known. */
const ASSOCIATION: ListedObject = { baseName: 0xfa00, classId: 12, version: 4, logicalName: '0.0.40.0.0.255' }
export const OWN_NAME = attributeShortName(ASSOCIATION.baseName, 1)
export const OBJECT_LIST = attributeShortName(ASSOCIATION.baseName, 2)

export const isAssociation = ({ 'class-id': classId, 'instance-id': name }: Named): boolean =>
  classId === ASSOCIATION.classId && name === ASSOCIATION.logicalName

/** Undefined: nothing of that class and name is listed. */
export function objectNamed(listed: readonly ListedObject[], named: Named): ListedObject | undefined {
  const found = listed.find(
    ({ classId, logicalName }) => classId === named['class-id'] && logicalName === named['instance-id'],
  )
  return found ?? (isAssociation(named) ? ASSOCIATION : undefined)
}

export const attributeName = ({ baseName }: ListedObject, attributeId: number): number =>
  attributeShortName(baseName, attributeId & 0x80 ? attributeId - 0x100 : attributeId) & 0xffff

/** Undefined: the class says nowhere where its methods begin. */
export function methodName({ baseName, classId, version }: ListedObject, methodId: number): number | undefined {
  const of = interfaceClass(classId, version) ?? interfaceClass(classId, currentVersion(classId) ?? version)
  const name = of && methodShortName(baseName, of, methodId)
  return name === undefined ? undefined : name & 0xffff
}

/** Methods that give something back: they are read with their parameter; all others are written. */
const RETURNING: Readonly<Record<number, readonly number[]>> = { 12: [3, 4, 8], 64: [3, 5, 7] }

export const returns = ({ classId }: ListedObject, methodId: number): boolean =>
  RETURNING[classId]?.includes(methodId) ?? false

/** The object list as it was read; or what in it is no element of one. */
export function listedIn(list: Data): readonly ListedObject[] | string {
  if (list.is !== 'array') return list.is
  const all: ListedObject[] = []
  for (const [index, element] of list.value.entries()) {
    const listed = elementOf(element)
    if (listed === undefined) return `something else as element ${index + 1}`
    all.push(listed)
  }
  return all
}

function elementOf(element: Data): ListedObject | undefined {
  const [base, classId, version, name] = element.is === 'structure' ? element.value : []
  if (base?.is !== 'long' && base?.is !== 'long-unsigned') return undefined
  if (classId?.is !== 'long-unsigned' || version?.is !== 'unsigned') return undefined
  if (name?.is !== 'octet-string' || name.value.length !== 6) return undefined
  return {
    baseName: base.value & 0xffff,
    classId: classId.value,
    version: version.value,
    logicalName: name.value.join('.'),
  }
}
