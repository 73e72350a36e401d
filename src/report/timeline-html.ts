// Timelines as HTML. What is shown more than once (most units pass hundreds of times) is rendered once and stands in its places as a mark.
import type { Explain } from './explain.ts'
import type { InstanceRun, Moment } from './model.ts'
import type { Row } from './rows.ts'
import { shown, type Templates } from './templates.ts'
import { attemptViews, entriesOf, type AttemptView, type Entry } from './timeline-view.ts'
import { unitViews, type UnitView } from './unit-view.ts'

export interface Timelines {
  /** Empty where nothing happened. */
  readonly of: (instance: InstanceRun) => string
  readonly between: (moments: readonly Moment[]) => string
  readonly shared: Shared
}

/** Pieces of HTML that stand in several places, each as a mark there. */
export interface Shared {
  readonly add: (html: string) => string
  /** With each mark as `place` has it: what it stands for, or another mark. */
  readonly replace: (html: string, place: (piece: string, n: number) => string) => string
}

/** U+0001 is in no HTML of ours: what is shown is safe text. */
export const mark = (n: number): string => `\u0001${n}\u0001`

export function sharedPieces(): Shared {
  const pieces: string[] = []
  return {
    add(html) {
      pieces.push(html)
      return mark(pieces.length - 1)
    },
    replace: (html, place) =>
      html.replace(/\u0001(\d+)\u0001/g, (_, n: string) => place(pieces[Number(n)] ?? '', Number(n))),
  }
}

export function timelines(explain: Explain, templates: Templates): Timelines {
  const shared = sharedPieces()
  const showUnit = unitViews(explain)
  const units = new Map<UnitView, { readonly head: string; readonly fields: string }>()
  const unitHtml = (view: UnitView): { readonly head: string; readonly fields: string } => {
    const known = units.get(view)
    if (known !== undefined) return known
    const safe = shown(view)
    const html = { head: shared.add(templates.unit(safe).trimEnd()), fields: shared.add(templates.unitFields(safe)) }
    units.set(view, html)
    return html
  }
  const joinedHtml = (rows: readonly Row[]): string => templates.unitFields(shown({ remarks: [], rows, apdu: [] }))
  const entryHtml = ({ unit, joined, ...entry }: Entry): object => ({
    ...shown(entry),
    unit: unit === null ? null : { ...shown({ ...unit, view: '' }), ...unitHtml(unit.view) },
    joined: joined === null ? null : { ...shown({ ...joined, rows: '' }), fields: joinedHtml(joined.rows) },
  })
  const render = (attempts: readonly AttemptView[]): string =>
    templates.timeline({
      attempts: attempts.map(({ entries, ...attempt }) => ({ ...shown(attempt), entries: entries.map(entryHtml) })),
    })
  return {
    shared,
    of: ({ attempts }) =>
      attempts.every(({ moments }) => moments.length === 0) ? '' : render(attemptViews(attempts, explain, showUnit)),
    between: (moments) =>
      moments.length === 0
        ? ''
        : render([{ title: '', reason: '', entries: entriesOf(moments, 0, explain, undefined, showUnit) }]),
  }
}
