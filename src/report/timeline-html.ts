// Timelines as HTML. What is shown more than once (most units pass hundreds of times) is rendered once and stands in its places as a mark.
import type { Explain } from './explain.ts'
import type { InstanceRun, Moment } from './model.ts'
import { safeText } from './safe-text.ts'
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
  /** With what `place` has for each piece where its mark was. */
  readonly replace: (html: string, place: (piece: string) => string) => string
  readonly size: () => number
  readonly clear: () => void
}

/** U+0001 is in no HTML of ours: what is shown is safe text. */
export const mark = (n: number): string => `\u0001${n}\u0001`

function sharedPieces(): Shared {
  const pieces: string[] = []
  return {
    add(html) {
      pieces.push(html)
      return mark(pieces.length - 1)
    },
    replace: (html, place) => html.replace(/\u0001(\d+)\u0001/g, (_, n: string) => place(pieces[Number(n)] ?? '')),
    size: () => pieces.length,
    clear: () => void pieces.splice(0),
  }
}

/** Pieces kept; a timeline is placed or packed before the next is rendered. */
const MOST_PIECES = 16_384

export function timelines(explain: Explain, templates: Templates): Timelines {
  const shared = sharedPieces()
  const showUnit = unitViews(explain)
  const units = new Map<UnitView, UnitHtml>()
  const unitHtml = (view: UnitView): UnitHtml => {
    const known = units.get(view)
    if (known !== undefined) return known
    const safe = shown(view)
    const html = { head: shared.add(templates.unit(safe).trimEnd()), fields: shared.add(templates.unitFields(safe)) }
    units.set(view, html)
    return html
  }
  const entryHtml = ({ unit, joined, ...entry }: Entry): object => {
    if (unit !== null) {
      const { view, open, direction, took } = unit
      return { ...entry, joined, unit: { open, direction: safeText(direction), took, ...unitHtml(view) } }
    }
    if (joined === null) return { ...shown(entry), unit, joined }
    const { rows, ...others } = joined
    const fields = templates.unitFields(shown({ remarks: [], rows, apdu: [] }))
    return { ...entry, unit, joined: { ...shown(others), fields } }
  }
  const render = (attempts: readonly AttemptView[]): string => {
    if (attempts.every(({ entries }) => entries.length === 0)) return ''
    if (shared.size() > MOST_PIECES) {
      shared.clear()
      units.clear()
    }
    return templates.timeline({
      attempts: attempts.map(({ entries, ...attempt }) => ({ ...shown(attempt), entries: entries.map(entryHtml) })),
    })
  }
  return {
    shared,
    of: ({ attempts }) => render(attemptViews(attempts, explain, showUnit)),
    between: (moments) =>
      render([{ title: '', reason: '', entries: entriesOf(moments, 0, explain, undefined, showUnit) }]),
  }
}

interface UnitHtml {
  readonly head: string
  readonly fields: string
}
