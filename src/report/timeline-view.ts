import type { NoteEvent, Reason, StepEvent, TrafficEvent } from '../engine/events.ts'
import { unitKind, type Explain } from './explain.ts'
import type { Attempt, Moment } from './model.ts'
import { joinedViews, type JoinedView } from './joined-view.ts'
import { apduJoiner } from './messages.ts'
import { hasField, unitViews, type UnitView } from './unit-view.ts'
import { placeOf, plainHex, reasonText } from './words.ts'

/** What shows a unit: the field that the verdict is about is marked. */
export type ShowUnit = (event: TrafficEvent, wrong?: string) => UnitView

/** One line of a timeline. Exactly one of `step`, `unit`, `joined`, `happening`, `note` is not null: templates ask for what is there. */
export interface Entry {
  /** Seconds since the attempt began. */
  readonly time: string
  readonly step: { readonly place: string; readonly text: string; readonly on: string; readonly why: string } | null
  readonly unit: {
    readonly view: UnitView
    readonly direction: string
    readonly took: string
    readonly open: boolean
  } | null
  /** What came in blocks, behind the last of them. */
  readonly joined: JoinedView | null
  readonly happening: { readonly text: string; readonly direction: string } | null
  readonly note: { readonly kind: string; readonly text: string } | null
}

export interface AttemptView {
  /** Empty where there was only one. */
  readonly title: string
  readonly reason: string
  readonly entries: readonly Entry[]
}

const HAPPENINGS: Readonly<Record<Exclude<TrafficEvent['is'], 'hdlc' | 'wrapper' | 'sign-on' | 'octets'>, string>> = {
  opened: 'connection opened',
  closed: 'connection closed',
  reset: 'connection reset',
  refused: 'connection refused',
  fault: 'fault of the line',
}

/** The attempts of an instance, each as a list in order of time. */
export function attemptViews(
  attempts: readonly Attempt[],
  explain: Explain,
  showUnit: ShowUnit = unitViews(explain),
): readonly AttemptView[] {
  return attempts.map(({ begun, moments, verdict }, i) => ({
    title: attempts.length === 1 ? '' : `Attempt ${i + 1} of ${attempts.length}: ${verdict?.verdict ?? 'cut off'}`,
    reason: attempts.length === 1 || verdict?.reason === undefined ? '' : reasonText(verdict.reason),
    entries: entriesOf(moments, begun.at, explain, verdict?.reason, showUnit),
  }))
}

/** Moments as lines; `reason`: what the verdict is about is marked where it arrived. */
export function entriesOf(
  passed: readonly Moment[],
  began: number,
  explain: Explain,
  reason?: Reason,
  showUnit: ShowUnit = unitViews(explain),
): readonly Entry[] {
  const withApdu = apduJoiner()
  const moments = passed.map((moment) => (moment.event === 'traffic' ? withApdu(moment) : moment))
  const guilty = reason && guiltyUnit(moments, reason, explain)
  // On which connection is worth saying only where there are several.
  const several = new Set(moments.flatMap((moment) => (moment.event === 'step' ? [moment.on] : []))).size > 1
  const join = joinedViews(explain)
  return moments.flatMap((moment): readonly Entry[] => {
    const line = { ...NOTHING, time: ((moment.at - began) / 1000).toFixed(4) }
    switch (moment.event) {
      case 'step':
        return [{ ...line, step: stepView(moment, several) }]
      case 'note':
        return [{ ...line, note: noteView(moment) }]
      case 'traffic': {
        if (unitKind(moment) === undefined)
          return [{ ...line, happening: { text: happening(moment), direction: moment.direction } }]
        const view = showUnit(moment, moment === guilty ? reason?.field : undefined)
        const joined = join(moment)
        return [
          { ...line, unit: unitEntry(moment, view, moment === guilty) },
          ...(joined === undefined ? [] : [{ ...line, joined }]),
        ]
      }
      default:
        return moment satisfies never
    }
  })
}

const NOTHING = { step: null, unit: null, joined: null, happening: null, note: null }

const stepView = ({ block, index, text, on, why }: StepEvent, several: boolean): NonNullable<Entry['step']> => ({
  place: placeOf(block, index),
  text,
  on: several ? on : '',
  why: why ?? '',
})

const noteView = ({ kind, text }: NoteEvent): NonNullable<Entry['note']> => ({
  kind: kind === 'other' ? '' : kind,
  text,
})

const unitEntry = ({ at, end, direction }: TrafficEvent, view: UnitView, open: boolean): Entry['unit'] => ({
  view,
  direction,
  took: `${(end - at).toFixed(1)} ms`,
  open,
})

function happening(event: TrafficEvent): string {
  const { is } = event
  if (is === 'hdlc' || is === 'wrapper' || is === 'sign-on' || is === 'octets') return ''
  const who = is === 'fault' ? '' : event.direction === 'sent' ? ' by the tester' : ' by the meter'
  return `${HAPPENINGS[is]}${who}${event.detail === undefined ? '' : `: ${event.detail}`}`
}

/** The unit that the verdict is about: received in the step named, with the octets or the field named; the last of several. */
function guiltyUnit(moments: readonly Moment[], reason: Reason, explain: Explain): TrafficEvent | undefined {
  const received = inStep(moments, reason).filter(
    (moment): moment is TrafficEvent =>
      moment.event === 'traffic' && moment.direction === 'received' && unitKind(moment) !== undefined,
  )
  const { octets, field } = reason
  const shown = octets === undefined ? undefined : plainHex(octets)
  return (
    received.findLast((unit) => shown !== undefined && shown !== '' && plainHex(unit.octets).includes(shown)) ??
    received.findLast((unit) => field !== undefined && hasField(unit, explain, field)) ??
    (shown === undefined ? undefined : received.at(-1))
  )
}

function inStep(moments: readonly Moment[], { block, step }: Reason): readonly Moment[] {
  if (block === undefined || step === undefined) return moments
  const from = moments.findLastIndex((at) => at.event === 'step' && at.block === block && at.index === step)
  if (from < 0) return moments
  const to = moments.findIndex((at, i) => i > from && at.event === 'step')
  return moments.slice(from, to < 0 ? undefined : to)
}
