// What goes wrong where a buffer is read by entry.
import { changeSelection, type Defect } from '../defect.ts'

export const entryDefects: readonly Defect[] = [
  {
    id: 'selection.entry.from-0',
    aliases: ['entry_zero_based'],
    breaks: ['profile.entry'],
    needs: 'any',
    says: 'Entries are counted from 0.',
    apply: (d) =>
      changeSelection(d, ({ entries }) => ({
        entries: (asked, count) =>
          entries(
            { ...asked, fromEntry: asked.fromEntry + 1, toEntry: asked.toEntry === 0 ? 0 : asked.toEntry + 1 },
            count,
          ),
      })),
  },
  {
    id: 'selection.entry.to-0-is-none',
    breaks: ['profile.entry'],
    needs: 'any',
    says: 'A to_entry of 0 is less than any number.',
    apply: (d) =>
      changeSelection(d, ({ entries }) => ({
        entries: (asked, count) =>
          asked.toEntry === 0 ? { is: 'chosen', value: { from: 0, to: -1 } } : entries(asked, count),
      })),
  },
  {
    id: 'selection.entry.beyond-is-the-last',
    breaks: ['profile.entry.none'],
    needs: 'any',
    says: 'A from_entry beyond the last is taken for the last.',
    apply: (d) =>
      changeSelection(d, ({ entries }) => ({
        entries: (asked, count) => entries({ ...asked, fromEntry: Math.min(asked.fromEntry, count) }, count),
      })),
  },
  {
    id: 'selection.entry.turned-round',
    breaks: ['profile.entry.none'],
    needs: 'any',
    says: 'Entries in the wrong order are turned round.',
    apply: (d) =>
      changeSelection(d, ({ entries }) => ({
        entries({ fromEntry: from, toEntry: to, ...columns }, count) {
          const turned = to !== 0 && to < from
          return entries({ ...columns, fromEntry: turned ? to : from, toEntry: turned ? from : to }, count)
        },
      })),
  },
  {
    id: 'selection.entry.columns-ignored',
    aliases: ['entry_columns_ignored'],
    breaks: ['profile.entry.columns'],
    needs: 'any',
    says: 'Whatever from_selected_value and to_selected_value say, the rows have all columns.',
    apply: (d) =>
      changeSelection(d, () => ({
        entryColumns: (_, count) => ({ is: 'chosen', value: { from: 0, to: count - 1 } }),
      })),
  },
  {
    id: 'selection.entry.columns-from-0',
    breaks: ['profile.entry.columns'],
    needs: 'any',
    says: 'Columns are counted from 0 where a part of them is asked for.',
    apply: (d) =>
      changeSelection(d, ({ entryColumns }) => ({
        entryColumns(asked, count) {
          const { fromSelectedValue: from, toSelectedValue: to } = asked
          const part = from > 1 && to !== 0 && to < count
          return entryColumns(part ? { ...asked, fromSelectedValue: from + 1, toSelectedValue: to + 1 } : asked, count)
        },
      })),
  },
]
