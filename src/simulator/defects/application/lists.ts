// What goes wrong where several attributes or methods are asked for at once.
import { changeServices, type Defect } from '../defect.ts'

export const listDefects: readonly Defect[] = [
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
