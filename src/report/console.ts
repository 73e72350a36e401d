import { styleText } from 'node:util'
import type { Event, InstanceEvent, RunEvent, Verdict, VerdictEvent } from '../engine/events.ts'
import { summaryLines } from './console-summary.ts'
import { runOf } from './model.ts'
import { safeText } from './safe-text.ts'
import { clauseName, count, duration, nextOf, placeOf, spaced } from './words.ts'

/** Where the console writes, and what it can do. */
export interface Terminal {
  readonly write: (text: string) => void
  /** A terminal: one line is redrawn while the run goes on. Else plain lines, one a verdict. */
  readonly live: boolean
  readonly colour: boolean
  readonly columns: () => number
  /** The time of the machine, milliseconds: what is left is a matter of real time, also on a virtual line. */
  readonly now: () => number
}

/** What a stream of this process can do; colours only on a terminal and without NO_COLOR (https://no-color.org: set and not empty). */
export const terminalOf = (
  stream: NodeJS.WriteStream,
  environment: Readonly<Record<string, string | undefined>>,
): Terminal => ({
  write: (text) => void stream.write(text),
  live: stream.isTTY && environment['TERM'] !== 'dumb',
  colour: stream.isTTY && environment['TERM'] !== 'dumb' && !environment['NO_COLOR'],
  // Some terminals do not know how wide they are, and say 0.
  columns: () => stream.columns || 80,
  now: () => performance.now(),
})

export type Paint = (verdict: Verdict | 'dim' | 'bold', text: string) => string

const COLOURS = {
  PASSED: 'green',
  FAILED: 'red',
  ERROR: 'magenta',
  INCONCLUSIVE: 'yellow',
  INAPPLICABLE: 'gray',
  dim: 'gray',
  bold: 'bold',
} as const

/** The summary needs the verdicts only: what was on the line is not kept. */
const UNTOLD: ReadonlySet<Event['event']> = new Set([
  'traffic',
  'protection',
  'step',
  'note',
  'object-list',
  'expanded',
])

const CLEAR = '\r\u001B[K'
/** Faster than the eye follows, slower than a terminal chokes. */
const REDRAW_MS = 80

/** A reader of the stream that tells a person how the run goes, as it goes; the summary comes with the footer. */
export function consoleReporter(terminal: Terminal): (event: Event) => void {
  // Where colours are allowed is decided once, by the terminal given: not again by what this process writes to.
  const paint: Paint = (style, text) =>
    terminal.colour ? styleText(COLOURS[style], text, { validateStream: false }) : text
  const told: Event[] = []
  const began = terminal.now()
  const begun = new Map<string, InstanceEvent>()
  const done = new Set<string>()
  let header: RunEvent | undefined
  let planned = 0
  let drawn = -Infinity

  const print = (lines: readonly string[]): void =>
    terminal.write(`${terminal.live ? CLEAR : ''}${lines.map((line) => `${line}\n`).join('')}`)

  const draw = (running: string): void => {
    if (!terminal.live || terminal.now() - drawn < REDRAW_MS) return
    drawn = terminal.now()
    const line = `${progress(done.size, planned, drawn - began)}  ${safeText(running)}`
    terminal.write(`${CLEAR}${paint('dim', cutTo(line, terminal.columns() - 1))}`)
  }

  const verdict = (event: VerdictEvent): void => {
    if (!event.final) return
    done.add(event.instance)
    const quiet = event.verdict === 'PASSED' || event.verdict === 'INAPPLICABLE'
    if (terminal.live && quiet) return
    const place = `${done.size}/${Math.max(planned, done.size)}`
    print([
      `${paint(event.verdict, event.verdict.padEnd(12))}  ${safeText(event.instance)}  ${paint('dim', `${duration(event.durationMs)}  ${place}`)}`,
      ...(quiet ? [] : why(event, begun.get(event.instance), header, paint)),
    ])
    drawn = -Infinity
  }

  return (event) => {
    if (!UNTOLD.has(event.event)) told.push(event)
    switch (event.event) {
      case 'run':
        header = event
        planned = event.planned
        return print(heading(event, paint))
      case 'instance':
        begun.set(event.instance, event)
        return draw(event.instance)
      case 'verdict':
        verdict(event)
        return draw(event.instance)
      case 'note':
        if (event.kind === 'confirm' || event.kind === 'retry') draw(event.text)
        return
      case 'end': {
        const run = runOf(told)
        return run.ok ? print(summaryLines(run.value, { elapsedMs: terminal.now() - began, paint })) : undefined
      }
      case 'expanded':
        // The one that stood for them is not run itself.
        planned += event.count - 1
        return
      case 'object-list':
      case 'step':
      case 'traffic':
      case 'protection':
        return
      default:
        return event satisfies never
    }
  }
}

function heading(run: RunEvent, paint: Paint): readonly string[] {
  const meters = run.meters.map(
    ({ meter, title, ports }) =>
      `  ${safeText(`${meter}: ${title} (${ports.map(({ name, url }) => `${name} ${url}`).join(', ')})`)}`,
  )
  return [
    `${paint('bold', safeText(`${run.tool.name} ${run.tool.version}`))}  ${count(run.planned, 'case')}, seed ${run.seed}`,
    ...meters,
    '',
  ]
}

/** All that a meter engineer needs to act, under the line with the verdict. */
function why(
  { verdict, reason, clauses, rerun }: VerdictEvent,
  begun: InstanceEvent | undefined,
  header: RunEvent | undefined,
  paint: Paint,
): readonly string[] {
  const rows: readonly (readonly [string, string | undefined])[] = [
    ['', begun?.title],
    ['', reason?.text],
    ['expected', reason?.expected],
    ['found', reason?.found],
    ['octets', reason?.octets && spaced(reason.octets)],
    ['clause', clauses.map((key) => clauseName(key, header?.clauses ?? {})).join('; ')],
    ['at', reason?.block && placeOf(reason.block, reason.step)],
    ['next', nextOf(verdict, reason)],
    ['repeat', rerun],
  ]
  return rows.flatMap(([name, text]) =>
    text === undefined || text === '' ? [] : [`  ${paint('dim', name.padEnd(8))}  ${safeText(text)}`],
  )
}

/** `12/40, about 1 min 10 s left`. What is planned may grow while the run goes on. */
function progress(done: number, planned: number, elapsedMs: number): string {
  const all = Math.max(planned, done + 1)
  const left = done === 0 ? '' : `, about ${duration((elapsedMs / done) * (all - done))} left`
  return `${done}/${all}${left}`
}

const cutTo = (text: string, columns: number): string =>
  text.length <= columns ? text : `${text.slice(0, Math.max(0, columns - 1))}…`
