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
  /** With what `place` has for each piece where its mark was; no other piece ever has its number. */
  readonly replace: (html: string, place: (piece: string, n: number) => string) => string
  readonly size: () => number
  readonly clear: () => void
}

/** U+0001 is in no HTML of ours: what is shown is safe text. */
const MARK = '\u0001'
export const mark = (n: number): string => `${MARK}${n}${MARK}`

function sharedPieces(): Shared {
  const pieces = new Map<number, string>()
  let next = 0
  return {
    add(html) {
      pieces.set(next, html)
      return mark(next++)
    },
    // a number stands between two marks: every other part is one
    replace: (html, place) =>
      html
        .split(MARK)
        .map((part, i) => (i % 2 === 0 ? part : place(pieces.get(Number(part)) ?? '', Number(part))))
        .join(''),
    size: () => pieces.size,
    clear: () => pieces.clear(),
  }
}

/** Pieces kept; a timeline is placed or packed before the next is rendered. */
const MOST_PIECES = 4096

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
  const entryHtml = ({ unit, protection, joined, ...entry }: Entry): object => {
    if (unit !== null) {
      const { view, open, direction, took } = unit
      return { ...entry, protection, joined, unit: { open, direction: safeText(direction), took, ...unitHtml(view) } }
    }
    if (protection !== null) {
      const { view, ...others } = protection
      const html = view === null ? { head: '', fields: '' } : unitHtml(view)
      return { ...entry, unit, joined, protection: { ...shown(others), ...html } }
    }
    if (joined === null) return { ...shown(entry), unit, protection, joined }
    const { rows, ...others } = joined
    const fields = templates.unitFields(shown({ remarks: [], rows, apdu: [] }))
    return { ...entry, unit, protection, joined: { ...shown(others), fields } }
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
