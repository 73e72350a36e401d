// object-list.read: the objects that the client sees, with logical or short names, each with its rights.
import type { Value } from '../../codec/value.ts'
import type { ListedObject } from '../../engine/events.ts'
import { readObjectList } from '../object-list/read.ts'
import { silent } from '../outcomes/outcome.ts'
import { success, type Word } from './word.ts'

const read: Word = {
  says: 'read the object list',
  properties: {},
  outcomes: ['success', 'unlisted'],
  saves: ['objects'],
  alive: true,
  async run(doing) {
    const listing = await readObjectList(doing.bench, doing.connection)
    switch (listing.is) {
      case 'listed': {
        const objects = listing.objects.map(plain)
        return { outcome: success(doing, `${objects.length} objects`), saves: { objects } }
      }
      case 'unlisted': {
        const { found, noise } = listing
        return { outcome: { names: { unlisted: true }, broken: [], noise, text: found } }
      }
      case 'fault':
        return { outcome: silent(doing.bench.declared.timing.responseMs) }
      default:
        return listing satisfies never
    }
  },
}

const plain = ({ attributes, methods, ...object }: ListedObject): Value => ({
  ...object,
  attributes: attributes.map((each) => ({ ...each })),
  methods: methods.map((each) => ({ ...each })),
})

export const objectListWords: Readonly<Record<string, Word>> = { 'object-list.read': read }
