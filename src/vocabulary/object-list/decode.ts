// object_list of Association LN (IEC 62056-6-2, class 15 attribute 2) → the objects it lists. Strict: what is not as the class says is no list.
import { fail, ok, type Result } from '../../codec/value.ts'
import type { ListedAttribute, ListedMethod, ListedObject } from '../../engine/events.ts'
import type { Data } from '../../protocol/data/data.ts'
import { attributeRights, methodRights } from './rights.ts'

export interface NoList {
  /** Where it stands: `object_list[3].access_rights.attribute_access[2].access_mode`. */
  readonly path: string
  readonly expected: string
  readonly found: string
}

const MOST_OBJECTS = 10_000
/** Attributes and methods of all objects together. */
const MOST_MEMBERS = 200_000

/** What stands at a place of the list. */
export interface At {
  readonly value: Data | undefined
  readonly path: string
}

/** Thrown at the first thing that is wrong, caught by `strictly`. */
export class Wrong extends Error {
  readonly no: NoList
  constructor({ path, value }: At, expected: string, found = value?.is ?? 'nothing') {
    super(path)
    this.no = { path, expected, found }
  }
}

export const decodeObjectList = (value: Data): Result<readonly ListedObject[], NoList> =>
  strictly(() => {
    const items = objectsOf(value, 'object_list')
    const version = associationVersion(items)
    return counted(items, (item) => objectIn(item, version))
  })

/** What `read` makes of it, or the first thing that is wrong. */
export function strictly<T>(read: () => T): Result<T, NoList> {
  try {
    return ok(read())
  } catch (error) {
    if (error instanceof Wrong) return fail(error.no)
    throw error
  }
}

/** The elements of a list of objects. */
export function objectsOf(value: Data, path: string): readonly At[] {
  const items = elements({ value, path })
  const [first] = items.slice(MOST_OBJECTS)
  if (first) throw new Wrong(first, `at most ${MOST_OBJECTS} objects`, `${items.length}`)
  return items
}

/** Each element, as long as they have not too many attributes and methods. */
export function counted<T extends Pick<ListedObject, 'attributes' | 'methods'>>(
  items: readonly At[],
  read: (item: At) => T,
): readonly T[] {
  let members = 0
  return items.map((item) => {
    const object = read(item)
    members += object.attributes.length + object.methods.length
    if (members > MOST_MEMBERS) throw new Wrong(item, `at most ${MOST_MEMBERS} attributes and methods`, `${members}`)
    return object
  })
}

/** Version of the association that the list belongs to: it lists itself as 0.0.40.0.0.255. */
function associationVersion(items: readonly At[]): number | undefined {
  for (const item of items) {
    const [classId, version, name] = fields(item, OBJECT)
    if (number(classId, 'long-unsigned') === 15 && logicalName(name) === '0.0.40.0.0.255')
      return number(version, 'unsigned')
  }
  return undefined
}

const OBJECT = ['class_id', 'version', 'logical_name', 'access_rights'] as const
const RIGHTS = ['attribute_access', 'method_access'] as const
const ATTRIBUTE = ['attribute_id', 'access_mode', 'access_selectors'] as const
const METHOD = ['method_id', 'access_mode'] as const

function objectIn(item: At, association: number | undefined): ListedObject {
  const [classId, version, name, rights] = fields(item, OBJECT)
  const [attributes, methods] = fields(rights, RIGHTS)
  return {
    'class-id': number(classId, 'long-unsigned'),
    version: number(version, 'unsigned'),
    'instance-id': logicalName(name),
    ...accessIn(attributes, methods, association),
  }
}

/** attribute_access and method_access; `association`: its version, as Association LN counts. */
export const accessIn = (attributes: At, methods: At, association: number | undefined) => ({
  attributes: elements(attributes).map((each) => attributeIn(each, association)),
  methods: elements(methods).map((each) => methodIn(each, association)),
})

function attributeIn(item: At, association: number | undefined): ListedAttribute {
  const [id, mode, selectors] = fields(item, ATTRIBUTE)
  const accessMode = number(mode, 'enum')
  const rights = attributeRights(accessMode, association)
  if (rights === undefined) throw new Wrong(mode, 'a mode that the version of the association has', `${accessMode}`)
  return {
    'attribute-id': number(id, 'integer'),
    'access-mode': accessMode,
    rights,
    ...(selectors.value?.is === 'null-data'
      ? {}
      : { selectors: elements(selectors).map((selector) => number(selector, 'integer')) }),
  }
}

/** access_mode of a method was a boolean in version 0. */
function methodIn(item: At, association: number | undefined): ListedMethod {
  const [id, mode] = fields(item, METHOD)
  const accessMode = mode.value?.is === 'boolean' ? Number(mode.value.value) : number(mode, 'enum')
  const rights = methodRights(accessMode, association)
  if (rights === undefined) throw new Wrong(mode, 'a mode that the version of the association has', `${accessMode}`)
  return { 'method-id': number(id, 'integer'), 'access-mode': accessMode, rights }
}

function elements(at: At): readonly At[] {
  if (at.value?.is !== 'array') throw new Wrong(at, 'array')
  return at.value.value.map((value, i) => ({ value, path: `${at.path}[${i}]` }))
}

type Each<Names extends readonly string[]> = { readonly [I in keyof Names]: At }

export function fields<const Names extends readonly string[]>(at: At, names: Names): Each<Names> {
  const { value, path } = at
  if (value?.is !== 'structure') throw new Wrong(at, 'structure')
  const parts = value.value
  if (parts.length !== names.length)
    throw new Wrong(at, `a structure of ${names.length} (${names.join(', ')})`, `one of ${parts.length}`)
  return names.map((name, i) => ({ value: parts[i], path: `${path}.${name}` })) as Each<Names>
}

export function number(at: At, type: 'long-unsigned' | 'unsigned' | 'integer' | 'enum'): number {
  if (at.value?.is !== type) throw new Wrong(at, type)
  return at.value.value
}

export function logicalName(at: At): string {
  if (at.value?.is !== 'octet-string') throw new Wrong(at, 'octet-string')
  if (at.value.value.length !== 6) throw new Wrong(at, 'octet-string of 6', `one of ${at.value.value.length}`)
  return at.value.value.join('.')
}
