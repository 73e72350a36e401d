import type { NoteEvent, ProtectionEvent, Reason, StepEvent, TrafficEvent } from '../engine/events.ts'
import { unitKind, type Explain } from './explain.ts'
import type { Attempt, Moment, Passed } from './model.ts'
import { joinedViews, type JoinedView } from './joined-view.ts'
import { apduJoiner } from './messages.ts'
import { checkWords, isEncrypted, protectionWords } from './protection-words.ts'
import type { State } from './rows.ts'
import { hasField, unitViews, type UnitView } from './unit-view.ts'
import { placeOf, plainHex, reasonText } from './words.ts'

/** What shows a unit, or the APDU beneath a protection: the field that the verdict is about is marked. */
export type ShowUnit = (event: Passed, wrong?: string) => UnitView

/** One line of a timeline. Exactly one of `step`, `unit`, `protection`, `joined`, `happening`, `note` is not null: templates ask for what is there. */
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
  /** What was protected, behind the unit that it ended in. `view`: the APDU beneath; null where it could not be had. */
  readonly protection: {
    readonly place: string
    readonly direction: string
    readonly words: string
    readonly check: string
    readonly state: State | null
    readonly view: UnitView | null
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
  const guilty: ReadonlySet<Moment> = reason ? guiltyOf(moments, reason, explain) : new Set()
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
        const view = showUnit(moment, guilty.has(moment) ? reason?.field : undefined)
        const joined = join(moment)
        return [
          { ...line, unit: unitEntry(moment, view, guilty.has(moment)) },
          ...(joined === undefined ? [] : [{ ...line, joined }]),
        ]
      }
      case 'protection': {
        const view = moment.apdu === undefined ? null : showUnit(moment, guilty.has(moment) ? reason?.field : undefined)
        const joined = join(moment)
        return [
          { ...line, protection: protectionEntry(moment, view, guilty.has(moment)) },
          ...(joined === undefined ? [] : [{ ...line, joined }]),
        ]
      }
      default:
        return moment satisfies never
    }
  })
}

const NOTHING = { step: null, unit: null, protection: null, joined: null, happening: null, note: null }

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

function protectionEntry(event: ProtectionEvent, view: UnitView | null, open: boolean): Entry['protection'] {
  const { direction, verified } = event
  return {
    place: view === null ? 'protected' : isEncrypted(event) ? 'deciphered' : 'beneath',
    direction,
    words: protectionWords(event),
    check: checkWords(event),
    state: verified !== 'wrong' ? null : direction === 'sent' ? 'damaged' : 'check',
    view,
    open,
  }
}

/** What the verdict is about: received in the step named, with the octets or the field named; the last of several, and what lay beneath its protection. */
function guiltyOf(moments: readonly Moment[], reason: Reason, explain: Explain): ReadonlySet<Moment> {
  const received = inStep(moments, reason).filter(isReceived)
  const { octets, field } = reason
  const shown = octets === undefined ? undefined : plainHex(octets)
  const has = (event: Passed): boolean => field !== undefined && hasField(event, explain, field)
  const unit =
    received.findLast((event) => shown !== undefined && shown !== '' && plainHex(octetsIn(event)).includes(shown)) ??
    received.findLast(has) ??
    (shown === undefined ? undefined : received.findLast(({ event }) => event === 'traffic'))
  if (unit === undefined) return new Set()
  const behind = received.slice(received.indexOf(unit) + 1)
  const next = behind.findIndex(({ event }) => event === 'traffic')
  const beneath = has(unit) ? undefined : behind.slice(0, next < 0 ? undefined : next).find(has)
  return new Set(beneath === undefined ? [unit] : [unit, beneath])
}

const isReceived = (moment: Moment): moment is Passed =>
  (moment.event === 'protection' || (moment.event === 'traffic' && unitKind(moment) !== undefined)) &&
  moment.direction === 'received'

const octetsIn = (event: Passed): string => (event.event === 'traffic' ? event.octets : (event.apdu ?? ''))

function inStep(moments: readonly Moment[], { block, step }: Reason): readonly Moment[] {
  if (block === undefined || step === undefined) return moments
  const from = moments.findLastIndex((at) => at.event === 'step' && at.block === block && at.index === step)
  if (from < 0) return moments
  const to = moments.findIndex((at, i) => i > from && at.event === 'step')
  return moments.slice(from, to < 0 ? undefined : to)
}
