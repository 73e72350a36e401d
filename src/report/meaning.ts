// What numbers and octets mean, for people: classes, logical names, attributes, dates, units. A reader's aid, never a check.
import { rememberedOf } from '../codec/remembered.ts'
import { unhex } from '../codec/value.ts'
import { className, interfaceClasses, type InterfaceClass } from '../cosem/classes.ts'
import { logicalNameOctets, logicalNameText } from '../cosem/logical-name.ts'
import { obisTitle } from '../cosem/obis-title.ts'
import { shortNameText } from '../cosem/short-names.ts'
import { plausibleTime, type TimeFormat } from '../cosem/times.ts'
import { unitText } from '../cosem/units.ts'
import type { Field } from './explain.ts'
import { grouped } from './grouped.ts'

/** By field. What has no meaning beyond its value is not in it. */
export type Meanings = ReadonlyMap<Field, string>

/** The meanings of all fields of a tree. */
export const meanings = rememberedOf((tree: Field): Meanings => {
  const found: Found = new Map()
  find(tree, found)
  return found
})

type Found = Map<Field, string>

function mean(found: Found, field: Field | undefined, text: string | undefined): void {
  if (field !== undefined && text !== undefined && text !== '') found.set(field, text)
}

function find(field: Field, found: Found): void {
  if (field.children.length > 0) {
    descriptor(field, found)
    if (field.name === 'structure') structure(field, found)
    if (!found.has(field)) mean(found, field, temporal(field) ?? string(field))
  }
  if (field.name === 'variable-name') mean(found, field, shortName(field))
  for (const child of field.children) find(child, found)
}

const childOf = ({ children }: Pick<Field, 'children'>, name: string): Field | undefined =>
  children.find((child) => child.name === name)

/** `class-id`, `instance-id` and what is asked of the object, side by side. */
function descriptor(field: Field, found: Found): void {
  const classId = childOf(field, 'class-id')
  const instance = classId && childOf(field, 'instance-id')
  if (typeof classId?.value !== 'number' || typeof instance?.value !== 'string') return
  mean(found, classId, className(classId.value))
  mean(found, instance, titleOf(logicalNameOctets(instance.value), classId.value))
  const [attribute, method] = [childOf(field, 'attribute-id'), childOf(field, 'method-id')]
  if (typeof attribute?.value === 'number') mean(found, attribute, attributeText(classId.value, attribute.value))
  if (typeof method?.value === 'number') mean(found, method, methodText(classId.value, method.value))
}

/** Structures that say by their types what they are: a scaler and unit, an object of a list, a column of a profile. */
function structure(field: Field, found: Found): void {
  const parts = elementsOf(field)
  const [first, second, third] = parts
  if (parts.length === 2 && first?.type === 'integer' && second?.type === 'enum') {
    const unit = typeof second.contents.value === 'number' ? unitText(second.contents.value) : undefined
    if (unit === undefined || typeof first.contents.value !== 'number') return
    mean(found, second.field, unit)
    mean(found, field, first.contents.value === 0 ? `in ${unit}` : `times 10^${first.contents.value}, in ${unit}`)
    return
  }
  const classId = first?.type === 'long-unsigned' ? first.contents.value : undefined
  const name = second?.type === 'unsigned' ? third : second
  const octets = name?.type === 'octet-string' ? octetsOf(name.contents) : undefined
  if (typeof classId !== 'number' || octets?.length !== 6 || className(classId) === undefined) return
  mean(found, first?.field, className(classId))
  mean(found, name?.field, logicalName(octets, classId))
  const attribute = name === second && third?.type === 'integer' ? third.contents.value : undefined
  if (typeof attribute === 'number') mean(found, third?.field, attributeText(classId, attribute))
}

interface Element {
  readonly field: Field
  readonly type: string
  readonly contents: Field
}

/** The elements of a structure as `[n]`, type, contents. */
function elementsOf(field: Field): readonly Element[] {
  const contents = childOf(field, 'contents')
  const elements = contents && childOf(contents, 'elements')
  return (elements?.children ?? []).flatMap((element) => {
    const [type] = element.children
    const inside = type && childOf(type, 'contents')
    return type && inside ? [{ field: type, type: type.name, contents: inside }] : []
  })
}

/** The octets of a string, whether the length stands before them or not. */
function octetsOf({ value, children }: Pick<Field, 'value' | 'children'>): Uint8Array | undefined {
  return typeof value === 'string' ? unhex(value) : stringIn({ children })
}

function shortName(field: Field): string | undefined {
  const number = field.value ?? childOf(field, 'contents')?.value
  return typeof number === 'number' ? shortNameText(number) : undefined
}

const FORMATS: Readonly<Record<string, TimeFormat>> = { 'date-time': 'date-time', date: 'date', time: 'time' }

/** Dates and times of COSEM: by their tag, or twelve octets that are one. */
function temporal(field: Field): string | undefined {
  const format = FORMATS[field.name]
  if (format === undefined && field.name !== 'octet-string' && field.name !== 'current-time') return undefined
  const octets = stringIn(field)
  if (octets === undefined) return undefined
  return plausibleTime(octets.length === 12 ? 'date-time' : (format ?? 'date-time'), octets)
}

/** A string of six octets as a logical name, one of printable characters as those. */
function string(field: Field): string | undefined {
  if (field.name !== 'octet-string') return undefined
  const octets = stringIn(field)
  if (octets === undefined || octets.length < 4) return undefined
  if (octets.every((octet) => octet >= 0x20 && octet <= 0x7e)) return `“${String.fromCharCode(...octets.slice(0, 64))}”`
  return octets.length === 6 ? logicalNameText(octets) : undefined
}

function stringIn(field: Pick<Field, 'children'>): Uint8Array | undefined {
  const contents = childOf(field, 'contents')
  return contents && octetsOf(contents)
}

const titleOf = (octets: Uint8Array | undefined, classId: number): string | undefined =>
  octets && obisTitle(octets, classId)

const logicalName = (octets: Uint8Array, classId: number): string =>
  [logicalNameText(octets), titleOf(octets, classId)].filter((part) => part !== undefined).join(', ')

/** What an attribute of a class is called, over all versions: a descriptor does not say which one it means. */
export function attributeText(classId: number, id: number): string | undefined {
  if (id === 0) return 'all attributes'
  return names(classId, ({ attributes }) => attributes.find((attribute) => attribute.id === id)?.name)
}

const versions = new Map(grouped(interfaceClasses, ({ classId }) => classId).map((all) => [all[0].classId, all]))

export const methodText = (classId: number, id: number): string | undefined =>
  names(classId, ({ methods }) => methods.find((method) => method.id === id)?.name)

function names(classId: number, nameIn: (version: InterfaceClass) => string | undefined): string | undefined {
  const all = (versions.get(classId) ?? []).flatMap((one) => nameIn(one) ?? [])
  return all.length === 0 ? undefined : [...new Set(all)].join(' or ')
}
