// What goes wrong in Compact data (class 62): a buffer and a template that do not go together.
import { encode } from '../../../codec/codec.ts'
import { data, type Data } from '../../../protocol/data/data.ts'
import type { TypeDescription } from '../../../protocol/data/compact-array.ts'
import type { Decisions } from '../../decisions.ts'
import type { CompactDataRules } from '../../model/compact-rules.ts'
import { changeModel, type Defect } from '../defect.ts'

const changeCompact = (d: Decisions, change: (before: CompactDataRules) => Partial<CompactDataRules>): Decisions =>
  changeModel(d, ({ compactData }) => ({ compactData: { ...compactData, ...change(compactData) } }))

const withoutLast = (description: TypeDescription): TypeDescription =>
  description.is === 'structure' ? { ...description, value: description.value.slice(0, -1) } : description

/** The first value, one more. */
const otherId = (captured: Data): Data => {
  const [first, ...others] = captured.is === 'structure' ? captured.value : []
  return first?.is === 'unsigned'
    ? { is: 'structure', value: [{ ...first, value: (first.value + 1) % 256 }, ...others] }
    : captured
}

export const compactDataDefects: readonly Defect[] = [
  {
    id: 'compact-data.type-missing',
    breaks: ['cosem.compact-data'],
    needs: 'any',
    says: 'The template_description says nothing of the last value that is captured.',
    apply: (d) => changeCompact(d, ({ template }) => ({ template: (described) => template(withoutLast(described)) })),
  },
  {
    id: 'compact-data.with-tags',
    breaks: ['cosem.compact-data'],
    needs: 'any',
    says: 'The compact_buffer holds Data with the tags of their types.',
    apply: (d) => changeCompact(d, () => ({ contents: (captured) => encode(data, captured) })),
  },
  {
    id: 'compact-data.another-template',
    breaks: ['cosem.compact-data'],
    needs: 'any',
    says: 'The buffer begins with the id of another template than template_id.',
    apply: (d) => changeCompact(d, ({ contents }) => ({ contents: (captured) => contents(otherId(captured)) })),
  },
  {
    id: 'compact-data.never-captured',
    breaks: ['cosem.compact-data'],
    needs: 'any',
    says: 'The method capture succeeds, and the buffer stays as it is.',
    apply: (d) => changeCompact(d, () => ({ captures: false })),
  },
]
