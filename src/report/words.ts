import type { Block, ClauseText, Reason, Verdict } from '../engine/events.ts'
import type { InstanceRun, RunModel } from './model.ts'

// The prose of the readers: one wording for console, results, JUnit and HTML.

/** From the worst to the harmless: the order in which readers tell. */
export const VERDICTS: readonly Verdict[] = ['FAILED', 'ERROR', 'INCONCLUSIVE', 'PASSED', 'INAPPLICABLE']

/** `IEC 62056-46 ed. 1.1, 6.4.4.9.2`: the number only where a source names it, else the section in words. */
export function clauseName(key: string, clauses: Readonly<Record<string, ClauseText>>): string {
  const clause = Object.hasOwn(clauses, key) ? clauses[key] : undefined
  if (clause === undefined) return key
  const edition = clause.edition === undefined ? '' : ` (${clause.edition})`
  const place = clause.clause ?? clause.section
  return `${clause.book}${edition}${place === undefined ? '' : `, ${place}`}`
}

/** Why an instance has its verdict; a run that was cut off gives the reason that nobody could give. */
export function reasonOf(instance: InstanceRun): Reason | undefined {
  if (instance.final !== undefined) return instance.final.reason
  return {
    text: 'the run was cut off before this instance had a verdict',
    hint: 'repeat it, or continue the run with --resume',
  }
}

const NEXT: Readonly<Record<Verdict, string>> = {
  FAILED: 'the report shows the octets field by field, the wrong one marked; repeat the case alone by its command',
  ERROR: 'mend what is named here, and repeat the case',
  INCONCLUSIVE: 'nothing was judged: look at what came instead, and repeat the case',
  INAPPLICABLE: '',
  PASSED: '',
}

/** What to do next. */
export const nextOf = (verdict: Verdict, reason: Reason | undefined): string => reason?.hint ?? NEXT[verdict]

/** A reason as one paragraph. */
export function reasonText(reason: Reason): string {
  const parts = [
    sentence(reason.text),
    reason.expected && `Expected: ${sentence(reason.expected)}`,
    reason.found && `Found: ${sentence(reason.found)}`,
    reason.hint && sentence(capital(reason.hint)),
  ]
  return parts.filter((part) => part !== undefined && part !== '').join(' ')
}

const BLOCKS: Readonly<Record<Block, string>> = {
  climb: 'Way up',
  control: 'Control',
  prepare: 'Preparation',
  steps: 'Step',
  then: 'Afterwards',
  finally: 'Clean-up',
  restore: 'Restore',
}
/** `Step 3`: where in a case; steps are counted from 1, and where none is named the block stands alone. */
export const placeOf = (block: Block, index?: number): string =>
  index === undefined ? BLOCKS[block] : `${BLOCKS[block]} ${index + 1}`

/** How long an instance took, over all attempts. Milliseconds of the run. */
export function durationOf(instance: InstanceRun): number {
  return instance.attempts.reduce((sum, { begun, moments, verdict }) => {
    const last = verdict?.durationMs ?? (moments.at(-1)?.at ?? begun.at) - begun.at
    return sum + last
  }, 0)
}

/** The command that repeats an instance; where it was cut off before it could say, the command that repeats the run. */
export const rerunOf = (instance: InstanceRun, model: RunModel): string =>
  [instance.final, ...instance.attempts.map(({ verdict }) => verdict)].find((verdict) => verdict !== undefined)
    ?.rerun ?? model.header.command

/** What a run that did not end well has to say of itself. */
export function troubleOf(model: RunModel): { readonly error: string; readonly hint?: string } | undefined {
  const { end, ended } = model
  switch (ended) {
    case 'complete':
      return undefined
    case 'interrupted':
      return { error: 'the run was interrupted', hint: 'continue it with --resume' }
    case 'error':
      return { error: end?.error ?? 'the run ended with an error', ...(end?.hint && { hint: end.hint }) }
    case 'cut-off':
      return { error: 'the run was cut off: its record has no footer', hint: 'continue it with --resume' }
    default:
      return ended satisfies never
  }
}

/** `870 ms`, `12.4 s`, `3 min 07 s`, `2 h 05 min`. */
export function duration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`
  if (ms < 59_950) return `${(ms / 1000).toFixed(1)} s`
  const seconds = Math.round(ms / 1000)
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${two(seconds % 60)} s`
  const minutes = Math.round(seconds / 60)
  return `${Math.floor(minutes / 60)} h ${two(minutes % 60)} min`
}

/** `7E A0 07`: octets as people read them. */
export const spaced = (hex: string): string => hex.replace(/\s+/g, '').replace(/..(?=.)/g, '$& ')

/** Octets without blanks, in capitals. */
export const plainHex = (hex: string): string =>
  /^[0-9A-FX]*$/.test(hex) ? hex : hex.replace(/\s+/g, '').toUpperCase()

/** `1 case`, `2 cases`. */
export const count = (n: number, one: string): string => `${n} ${one}${n === 1 ? '' : 's'}`

const two = (n: number): string => String(n).padStart(2, '0')
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
const sentence = (text: string): string => (/[.!?…]$/.test(text) ? text : `${text}.`)
