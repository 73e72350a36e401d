// Axes that are rows of an object list: what a condition may ask of each, and what the words read, write and invoke take as it is.
import { interfaceClass } from '../../cosem/classes.ts'
import type { Value } from '../../codec/value.ts'
import type { ListedObject } from '../../engine/events.ts'
import type { ListAxis } from '../../engine/vocabulary.ts'
import { ATTRIBUTE_RIGHTS, isProtected, METHOD_RIGHTS } from './rights.ts'

type Row = Readonly<Record<string, Value>>

const LISTED = ['class-id', 'version', 'instance-id'] as const

const listed = (object: ListedObject): Row => ({
  'class-id': object['class-id'],
  version: object.version,
  'instance-id': object['instance-id'],
})

/** `8:0.0.1.0.0.255`: the class too, for objects of two classes may share a logical name. */
const nameOf = (object: ListedObject): string => `${object['class-id']}:${object['instance-id']}`

/** What a list names twice is told apart: `…~2`. */
function unique(rows: readonly (Row & { readonly name: string })[]): readonly Row[] {
  const seen = new Map<string, number>()
  return rows.map((row) => {
    const n = (seen.get(row.name) ?? 0) + 1
    seen.set(row.name, n)
    return n === 1 ? row : { ...row, name: `${row.name}~${n}` }
  })
}

/** Each right there is, said or denied; `protected-request`: the request has to be protected in some way. */
const rightRow = (rights: readonly string[], all: readonly string[]): Row => ({
  ...Object.fromEntries(all.map((right) => [right, rights.includes(right)])),
  'protected-request': isProtected(rights),
})
const rightFields = (all: readonly string[]): readonly string[] =>
  [...all, 'protected-request'].map((right) => `right.${right}`)

const objects: ListAxis = {
  fields: LISTED,
  rowsIn: (all) => unique(all.map((object) => ({ ...listed(object), name: nameOf(object) }))),
}

const attributes: ListAxis = {
  fields: [...LISTED, 'attribute-id', 'access-mode', 'selectors', ...rightFields(ATTRIBUTE_RIGHTS)],
  rowsIn: (all) =>
    unique(
      all.flatMap((object) =>
        object.attributes.map(({ rights, selectors = [], ...attribute }) => ({
          ...listed(object),
          ...attribute,
          selectors,
          right: rightRow(rights, ATTRIBUTE_RIGHTS),
          name: `${nameOf(object)}:${attribute['attribute-id']}`,
        })),
      ),
    ),
}

/** Attributes that a class has, of objects of whose rights the list says nothing: older versions of Association SN have no access_rights_list. */
const unruledAttributes: ListAxis = {
  fields: [...LISTED, 'attribute-id'],
  rowsIn: (all) =>
    unique(
      all
        .filter((object) => object.attributes.length === 0 && object.methods.length === 0)
        .flatMap((object) =>
          (interfaceClass(object['class-id'], object.version)?.attributes ?? []).map(({ id }) => ({
            ...listed(object),
            'attribute-id': id,
            name: `${nameOf(object)}:${id}`,
          })),
        ),
    ),
}

const methods: ListAxis = {
  fields: [...LISTED, 'method-id', 'access-mode', ...rightFields(METHOD_RIGHTS)],
  rowsIn: (all) =>
    unique(
      all.flatMap((object) =>
        object.methods.map(({ rights, ...method }) => ({
          ...listed(object),
          ...method,
          right: rightRow(rights, METHOD_RIGHTS),
          name: `${nameOf(object)}:${method['method-id']}`,
        })),
      ),
    ),
}

/** An attribute by its number, with what the list says of it; what is not listed has no right. */
function attributeOf(object: ListedObject, id: number): Row {
  const { rights = [], selectors = [] } = object.attributes.find((each) => each['attribute-id'] === id) ?? {}
  return { ...listed(object), 'attribute-id': id, selectors, right: rightRow(rights, ATTRIBUTE_RIGHTS) }
}

/** The same of a method. */
function methodOf(object: ListedObject, id: number): Row {
  const { rights = [] } = object.methods.find((each) => each['method-id'] === id) ?? {}
  return { ...listed(object), 'method-id': id, right: rightRow(rights, METHOD_RIGHTS) }
}

/** The objects of one class, with its attributes and methods by their names in the Blue Book. */
function ofClass(
  classId: number,
  attributeNames: Readonly<Record<string, number>>,
  methodNames: Readonly<Record<string, number>>,
): ListAxis {
  const members = (object: ListedObject): Row => ({
    ...Object.fromEntries(Object.entries(attributeNames).map(([name, id]) => [name, attributeOf(object, id)])),
    ...Object.fromEntries(Object.entries(methodNames).map(([name, id]) => [name, methodOf(object, id)])),
  })
  return {
    fields: [...LISTED, ...[...Object.keys(attributeNames), ...Object.keys(methodNames)].map((name) => `${name}.*`)],
    rowsIn: (all) =>
      unique(
        all
          .filter((object) => object['class-id'] === classId)
          .map((object) => ({ ...listed(object), ...members(object), name: object['instance-id'] })),
      ),
  }
}

/** Profile generic. */
const profiles = ofClass(
  7,
  {
    buffer: 2,
    capture_objects: 3,
    capture_period: 4,
    sort_method: 5,
    sort_object: 6,
    entries_in_use: 7,
    profile_entries: 8,
  },
  { reset: 1, capture: 2 },
)

/** Push setup. */
const pushSetups = ofClass(
  40,
  {
    push_object_list: 2,
    send_destination_and_method: 3,
    communication_window: 4,
    randomisation_start_interval: 5,
    number_of_retries: 6,
    repetition_delay: 7,
  },
  { push: 1 },
)

/** Compact data. */
const compactData = ofClass(
  62,
  { compact_buffer: 2, capture_objects: 3, template_id: 4, template_description: 5, capture_method: 6 },
  { reset: 1, capture: 2 },
)

export const listAxes: Readonly<Record<string, ListAxis>> = {
  objects,
  attributes,
  'attributes-without-rights': unruledAttributes,
  methods,
  profiles,
  'push-setups': pushSetups,
  'compact-data': compactData,
}
