// Services with a list: each element is carried out for itself, and has a result of its own.
import { changeServices, type Defect } from '../defect.ts'
import { misreadsFaulty, served } from './misread.ts'

/** A result of GET, SET or ACTION that is not a success. */
function isError(result: unknown): boolean {
  if (typeof result !== 'object' || result === null) return result !== 'success'
  return 'result' in result ? result.result !== 'success' : 'is' in result && result.is === 'data-access-result'
}

const LISTS: Readonly<Record<number, number>> = { 0xc0: 3, 0xc1: 4, 0xc3: 3 }
const COUNT_AT = 3
const ONE = 1

export const listDefects: readonly Defect[] = [
  {
    id: 'list.stops-at-the-first-error',
    aliases: ['list_abort_on_first_error'],
    breaks: ['xdlms.list'],
    needs: 'any',
    says: 'A list is left at the first element that fails: what follows has no result.',
    apply: (d) =>
      changeServices(d, ({ listResults }) => ({
        listResults(results) {
          const all = listResults(results)
          const first = all.findIndex(isError)
          return first < 0 ? all : all.slice(0, first + 1)
        },
      })),
  },
  {
    id: 'list.long-result-missing',
    breaks: ['xdlms.list'],
    needs: 'any',
    says: 'No more than 32 elements of a list are answered.',
    apply: (d) =>
      changeServices(d, ({ listResults }) => ({ listResults: (results) => listResults(results).slice(0, 32) })),
  },
  {
    id: 'list.count.believed',
    breaks: ['axdr.length'],
    needs: 'any',
    says: 'Of a list that says it has more elements than there are those are served that are there.',
    apply: (d) =>
      misreadsFaulty(d, ({ fault, at }, octets, memory) => {
        const [tag = 0, choice] = octets
        if (fault !== 'count' || at !== COUNT_AT || LISTS[tag] !== choice) return undefined
        const width = (octets[at] ?? 0) < 0x80 ? 1 : ((octets[at] ?? 0) & 0x7f) + 1
        return served(memory, octets.subarray(0, at), Uint8Array.of(ONE), octets.subarray(at + width))
      }),
  },
  {
    id: 'xdlms.list.reversed',
    breaks: ['xdlms.list'],
    needs: 'any',
    says: 'The results of a list come in the opposite order.',
    apply: (d) => changeServices(d, () => ({ listResults: (results) => results.toReversed() })),
  },
  {
    id: 'xdlms.list.last-missing',
    breaks: ['xdlms.list'],
    needs: 'any',
    says: 'The last result of a list is missing.',
    apply: (d) => changeServices(d, () => ({ listResults: (results) => results.slice(0, -1) })),
  },
  {
    id: 'xdlms.attribute0.reversed',
    breaks: ['xdlms.attribute0'],
    needs: 'any',
    says: 'Attribute 0 gives the attributes of the object in the opposite order.',
    apply: (d) => changeServices(d, () => ({ allAttributes: (ids) => ids.toReversed() })),
  },
]
