// Values that are written, and should not be.
import { isSameType } from '../../model/types.ts'
import { changeModel, type Defect } from '../defect.ts'

export const writingDefects: readonly Defect[] = [
  {
    id: 'set.type-unchecked',
    breaks: ['cosem.attribute.set'],
    needs: 'any',
    says: 'An attribute takes a value of whatever type.',
    apply: (d) => changeModel(d, () => ({ change: () => 'success' })),
  },
  {
    id: 'set.range-unchecked',
    breaks: ['cosem.attribute.set'],
    needs: 'any',
    says: 'A value of the right type is taken, whatever its length and its parts.',
    apply: (d) =>
      changeModel(d, ({ change }) => ({
        change: (asked) => (isSameType(asked.before, asked.value) ? 'success' : change(asked)),
      })),
  },
]
