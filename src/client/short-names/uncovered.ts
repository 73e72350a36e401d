// Short names that no object of a list has (ruling C19): behind its objects, between their attributes, at both ends of the sixteen bits.
import { attributeShortName, methodShortName } from '../../cosem/short-names.ts'
import { interfaceClass } from '../../cosem/classes.ts'
import type { ListedObject } from './object-names.ts'

const STEP = 8
const LAST = 0xfff8
/** An object whose class is not known may have this many octets of names. */
const UNKNOWN_CLASS = 0x200

/** From the base name to the last name of the object. */
interface Region {
  readonly from: number
  readonly to: number
}

function regionOf({ baseName, classId, version }: ListedObject): Region {
  const of = interfaceClass(classId, version)
  if (of === undefined || (of.methods.length > 0 && of.snMethodOffset === undefined))
    return { from: baseName, to: baseName + UNKNOWN_CLASS }
  const names = [
    ...of.attributes.map(({ id }) => attributeShortName(baseName, id)),
    ...of.methods.map(({ id }) => methodShortName(baseName, of, id) ?? baseName),
  ]
  return { from: baseName, to: Math.max(baseName, ...names) }
}

/** What lies inside an object without being a name of eights, then what lies behind each object, then the ends. */
export function uncoveredNames(listed: readonly ListedObject[]): readonly number[] {
  const regions = listed.map(regionOf)
  const isCovered = (name: number): boolean => regions.some(({ from, to }) => from <= name && name <= to)
  const [first] = listed
  const between = first === undefined ? [] : Array.from({ length: STEP - 1 }, (_, at) => first.baseName + at + 1)
  const outside = [...regions.map(({ to }) => to + STEP), 0, LAST].filter((name) => name <= LAST && !isCovered(name))
  return [...new Set([...outside, ...between])]
}
