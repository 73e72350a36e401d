// Script tables that do something else than they say (IEC 62056-6-2, Script table).
import { changeModel, type Defect } from '../defect.ts'

export const scriptDefects: readonly Defect[] = [
  {
    id: 'script.not-executed',
    breaks: ['cosem.script.execute'],
    needs: 'any',
    says: 'A script is answered with success, and nothing is done.',
    apply: (d) => changeModel(d, () => ({ scriptOf: () => [] })),
  },
  {
    id: 'script.last-for-unknown',
    breaks: ['cosem.script.execute'],
    needs: 'any',
    says: 'In place of a script that there is not the last of the table is executed.',
    apply: (d) =>
      changeModel(d, ({ scriptOf }) => ({
        scriptOf: (scripts, wanted) => scriptOf(scripts, wanted) ?? scripts.at(-1)?.actions,
      })),
  },
]
