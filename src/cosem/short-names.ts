// Short names (IEC 62056-6-2 clause 4.1.3, IEC 62056-5-3): sixteen bits, counted in eights from the base name of the object.
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
