// Short names (IEC 62056-6-2 clause 4.1.3, IEC 62056-5-3): sixteen bits, counted in eights from the base name of the object.
import { currentVersion, interfaceClass } from './classes.ts'
import type { AttributeDefinition, InterfaceClass, MethodDefinition } from './definition.ts'

const STEP = 8

/** Attribute n stands at base_name + 8 (n - 1): attribute 1, the logical name, at the base name itself. */
export const attributeShortName = (baseName: number, attributeId: number): number => baseName + STEP * (attributeId - 1)

/** Methods begin where their class says. Undefined: it does not, or has no such method. */
export function methodShortName(baseName: number, of: InterfaceClass, methodId: number): number | undefined {
  if (of.snMethodOffset === undefined || !of.methods.some(({ id }) => id === methodId)) return undefined
  return baseName + of.snMethodOffset + STEP * (methodId - 1)
}

export type ShortNamed =
  | { readonly is: 'attribute'; readonly attribute: AttributeDefinition }
  | { readonly is: 'method'; readonly method: MethodDefinition }

/**
 * What a short name means in an object of this class at this base name. Newer attributes may stand where methods were
 * reserved (Association SN): the attributes come first.
 */
export function shortNamed(baseName: number, of: InterfaceClass, shortName: number): ShortNamed | undefined {
  const attribute = of.attributes.find(({ id }) => attributeShortName(baseName, id) === shortName)
  if (attribute) return { is: 'attribute', attribute }
  const method = of.methods.find(({ id }) => methodShortName(baseName, of, id) === shortName)
  return method && { is: 'method', method }
}

/** Base names that the standard keeps for one object of a class each. */
const RESERVED: Readonly<Record<number, number>> = { 0xfa00: 12, 0xfb00: 9, 0xfc00: 17 }
/** How far the names of an object reach. */
const REACH = 0x100

/** `object_list of Association SN`; undefined where only the object list of the meter can tell. */
export function shortNameText(shortName: number): string | undefined {
  const baseName = shortName - (shortName % REACH)
  const classId = RESERVED[baseName]
  const of = classId === undefined ? undefined : interfaceClass(classId, currentVersion(classId) ?? 0)
  const named = of && shortNamed(baseName, of, shortName)
  return named && `${named.is === 'attribute' ? named.attribute.name : named.method.name} of ${of.name}`
}
