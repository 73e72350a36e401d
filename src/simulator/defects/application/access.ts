// What goes wrong in ACCESS.
import type { AccessServiceRules } from '../../services/access.ts'
import type { Decisions } from '../../decisions.ts'
import { changeServices, type Defect } from '../defect.ts'

type Response = Parameters<AccessServiceRules['respond']>[0]

const changeAccess = (d: Decisions, change: (before: AccessServiceRules) => Partial<AccessServiceRules>): Decisions =>
  changeServices(d, ({ access }) => ({ access: { ...access, ...change(access) } }))

const responds = (d: Decisions, change: (response: Response) => Response): Decisions =>
  changeAccess(d, ({ respond }) => ({ respond: (response, request) => change(respond(response, request)) }))

export const accessDefects: readonly Defect[] = [
  {
    id: 'access.stops-at-the-first-error',
    breaks: ['xdlms.access'],
    needs: 'any',
    says: 'An ACCESS is left at the first part that fails: what follows has no result.',
    apply: (d) =>
      changeAccess(d, ({ results }) => ({
        results(all) {
          const first = all.findIndex(({ specification }) => specification.value.result !== 'success')
          return results(first < 0 ? all : all.slice(0, first + 1))
        },
      })),
  },
  {
    id: 'access.reversed',
    breaks: ['xdlms.access'],
    needs: 'any',
    says: 'The results of an ACCESS come in the opposite order.',
    apply: (d) => changeAccess(d, ({ results }) => ({ results: (all) => results(all).toReversed() })),
  },
  {
    id: 'access.not-self-descriptive',
    breaks: ['xdlms.access'],
    needs: 'any',
    says: 'The answer to an ACCESS never repeats what was asked, though it is asked for.',
    apply: (d) => responds(d, ({ 'access-request-specification': _asked, ...response }) => response),
  },
  {
    id: 'access.null-data-left-out',
    breaks: ['xdlms.access'],
    needs: 'any',
    says: 'What has no value has no place among the values of an ACCESS.',
    apply: (d) =>
      responds(d, (response) => ({
        ...response,
        'access-response-list-of-data': response['access-response-list-of-data'].filter(({ is }) => is !== 'null-data'),
      })),
  },
  {
    id: 'access.long-invoke-id-lost',
    breaks: ['xdlms.invoke-id'],
    needs: 'any',
    says: 'The answer to an ACCESS has the long-invoke-id 0.',
    apply: (d) =>
      responds(d, ({ 'long-invoke-id-and-priority': id, ...response }) => ({
        ...response,
        'long-invoke-id-and-priority': { ...id, 'long-invoke-id': 0 },
      })),
  },
  {
    id: 'access.counts-ignored',
    breaks: ['xdlms.access'],
    needs: 'any',
    says: 'An ACCESS is carried out, however many Data it brings for its specifications.',
    apply: (d) => changeAccess(d, () => ({ counts: () => true })),
  },
]
