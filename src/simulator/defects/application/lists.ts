// Services with a list: each element is carried out for itself, and has a result of its own.
import type { Defect } from '../defect.ts'
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
    apply: (d) => ({
      ...d,
      services: {
        ...d.services,
        listResults(results) {
          const all = d.services.listResults(results)
          const first = all.findIndex(isError)
          return first < 0 ? all : all.slice(0, first + 1)
        },
      },
    }),
  },
  {
    id: 'list.long-result-missing',
    breaks: ['xdlms.list'],
    needs: 'any',
    says: 'No more than 32 elements of a list are answered.',
    apply: (d) => ({
      ...d,
      services: { ...d.services, listResults: (results) => d.services.listResults(results).slice(0, 32) },
    }),
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
]
