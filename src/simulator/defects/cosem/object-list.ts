// Object lists that are not what they should be.
import type { Data } from '../../../protocol/data/data.ts'
import { changeModel, changeSelection, sends, type Defect } from '../defect.ts'

const CLOCK = 8
const REGISTER = 3
const OWN_ASSOCIATION = 15

const fieldsOf = (value: Data | undefined): readonly Data[] =>
  value?.is === 'structure' || value?.is === 'array' ? value.value : []

/** Get-response-normal with data, an array. */
const ARRAY_READ = [0xc4, 1, undefined, 0, 1]
const startsLike = (octets: Uint8Array, start: readonly (number | undefined)[]): boolean =>
  start.every((octet, at) => octet === undefined || octets[at] === octet)

/** A count of 128 or more stands behind an octet that says how long it is. */
function oneTooMany(octets: Uint8Array): Uint8Array {
  const count = octets[ARRAY_READ.length] ?? 0
  const last = ARRAY_READ.length + (count > 0x80 ? count - 0x80 : 0)
  return octets.map((octet, at) => (at === last ? octet + 1 : octet))
}

/** The class of an element of object_list. */
const classIn = (element: Data): number | undefined => {
  const [classId] = fieldsOf(element)
  return classId?.is === 'long-unsigned' ? classId.value : undefined
}

/** The first elements of a class, changed. */
const changed = (elements: readonly Data[], classId: number, change: (element: Data) => Data): readonly Data[] =>
  elements.map((element) => (classIn(element) === classId ? change(element) : element))

/** An element with another class. */
const asClass = (element: Data, classId: number): Data => ({
  is: 'structure',
  value: [{ is: 'long-unsigned', value: classId }, ...fieldsOf(element).slice(1)],
})

/** An element with the first number of its last attribute changed. */
function withLastAttribute(element: Data, id: number): Data {
  const [classId, version, name, rights] = fieldsOf(element)
  const [attributes, methods] = fieldsOf(rights)
  if (!classId || !version || !name || !methods) return element
  const all = fieldsOf(attributes)
  const last: Data = { is: 'structure', value: [{ is: 'integer', value: id }, ...fieldsOf(all.at(-1)).slice(1)] }
  const access: Data = {
    is: 'structure',
    value: [{ is: 'array', value: [...all.slice(0, -1), last] }, methods],
  }
  return { is: 'structure', value: [classId, version, name, access] }
}

export const objectListDefects: readonly Defect[] = [
  {
    id: 'cosem.object-list.count',
    aliases: ['object_list_count'],
    breaks: ['cosem.object-list', 'xdlms.answer'],
    needs: 'any',
    says: 'An array that is read says one element too many.',
    apply: (d) =>
      sends(d, (message) => [
        message.is === 'apdu' && startsLike(message.octets, ARRAY_READ)
          ? { ...message, octets: oneTooMany(message.octets) }
          : message,
      ]),
  },
  {
    id: 'cosem.object-list.duplicate',
    breaks: ['cosem.object-list'],
    needs: 'any',
    says: 'The object_list names its first object again at its end.',
    apply: (d) =>
      changeModel(d, ({ objectList }) => ({
        objectList(elements) {
          const listed = objectList(elements)
          return [...listed, ...listed.slice(0, 1)]
        },
      })),
  },
  {
    id: 'cosem.object-list.attribute-0',
    breaks: ['cosem.object-list'],
    needs: 'any',
    says: 'The last attribute of each register has number 0 in object_list.',
    apply: (d) =>
      changeModel(d, ({ objectList }) => ({
        objectList: (elements) => changed(objectList(elements), REGISTER, (element) => withLastAttribute(element, 0)),
      })),
  },
  {
    id: 'cosem.object-list.own-missing',
    breaks: ['cosem.object-list'],
    needs: 'any',
    says: 'The object_list does not name the association that it belongs to.',
    apply: (d) =>
      changeModel(d, ({ objectList }) => ({
        objectList: (elements) => objectList(elements).filter((element) => classIn(element) !== OWN_ASSOCIATION),
      })),
  },
  {
    id: 'cosem.object-list.object-missing',
    breaks: ['declaration.objects'],
    needs: 'any',
    says: 'The object_list leaves the clock out.',
    apply: (d) =>
      changeModel(d, ({ objectList }) => ({
        objectList: (elements) => objectList(elements).filter((element) => classIn(element) !== CLOCK),
      })),
  },
  {
    id: 'selection.objects.one-missing',
    breaks: ['cosem.object-list.selectors'],
    needs: 'any',
    says: 'Each selector of object_list leaves the first object out that it should give.',
    apply: (d) => changeSelection(d, () => ({ objects: (chosen) => chosen.slice(1) })),
  },
  {
    id: 'selection.objects.passed-over',
    breaks: ['cosem.object-list.selectors'],
    remark: true,
    needs: 'any',
    says: 'Each selector of object_list gives the whole list.',
    apply: (d) => changeSelection(d, () => ({ objects: (_chosen, all) => all })),
  },
  {
    id: 'cosem.object-definitions.class',
    breaks: ['cosem.object-definitions'],
    needs: 'any',
    says: 'The object_list says that the clock is a register.',
    apply: (d) =>
      changeModel(d, ({ objectList }) => ({
        objectList: (elements) => changed(objectList(elements), CLOCK, (element) => asClass(element, REGISTER)),
      })),
  },
  {
    id: 'cosem.object-definitions.attribute',
    breaks: ['cosem.attribute'],
    needs: 'any',
    says: 'The object_list gives registers an attribute 9, which their class does not have.',
    apply: (d) =>
      changeModel(d, ({ objectList }) => ({
        objectList: (elements) => changed(objectList(elements), REGISTER, (element) => withLastAttribute(element, 9)),
      })),
  },
]
