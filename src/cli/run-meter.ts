import { resolve } from 'node:path'
import { partOf } from '../client/part-of.ts'
import type { Event, Verdict } from '../engine/events.ts'
import { run } from '../engine/run.ts'
import { createCurrent } from '../engine/current.ts'
import { createStream } from '../engine/stream.ts'
import { gate } from '../report/gate.ts'
import type { RunModel } from '../report/model.ts'
import { consoleReporter, terminalOf } from '../report/console.ts'
import { comparesUnits } from '../vocabulary/units.ts'
import { benchFor } from './bench.ts'
import { commandLine, rerunOf } from './command-line.ts'
import { headerOf } from './header.ts'
import { createOutput, folderFor } from './output.ts'
import type { Plan, PlanOptions } from './plan.ts'
import { confirmations } from './ports.ts'
import { resumed } from './resume.ts'
import { secretsOf } from './secrets.ts'

export interface RunCommandOptions extends PlanOptions {
  readonly meter: readonly string[]
  /** The other meters of this run. */
  readonly beside?: readonly string[]
  readonly jobs: number
  readonly seed?: number
  readonly confirm?: number
  readonly retryRung: number
  readonly resume?: string
  readonly lenient?: true
  readonly report?: string
}

const MINUTE = 60_000
/** On memory lines a run says the same thing every time; on real lines the system gives what is random. */
const SEED = 1

/** Exit code of a run whose stream or reports could not be written: an ERROR of the tool's own. */
const NOT_WRITTEN = 4

/** What a run came to: its exit code, and what its reports tell, where they could be written. */
export interface Ran {
  readonly exit: number
  readonly folder: string
  readonly run: RunModel | undefined
}

/** Runs a plan to its end: stream, console, reports, exit code. Ctrl-C ends it in order: restores, closes the stream, writes the reports. */
export async function runMeter(plan: Plan, options: RunCommandOptions): Promise<Ran> {
  const { declaration, ports, instances } = plan
  const secrets = secretsOf(plan)
  const started = new Date()
  const seed = options.seed ?? SEED
  const command = commandLine(options)
  const together = commandLine({ ...options, meter: [...options.meter, ...(options.beside ?? [])] })
  const header = headerOf(plan, { started, seed, command })
  const done: ReadonlyMap<string, Verdict> =
    options.resume === undefined ? new Map<string, Verdict>() : await resumed(options.resume, header)
  let lost = false
  const output = createOutput(options.resume ?? options.report ?? folderFor(declaration.meter, started), {
    goOn: options.resume !== undefined,
    onLost: () => {
      lost = true
      bench.interrupt()
    },
  })
  const report = consoleReporter(terminalOf(process.stdout, process.env))
  const current = createCurrent()
  const stream = createStream(secrets.masker, [(event: Event) => output.write(event), report], partOf)
  const emit = (event: Event): void => {
    current.read(event)
    stream.emit(event)
  }
  const bench = await benchFor(plan, {
    seed,
    secrets,
    emit,
    keepSecret: stream.keepSecret,
    instance: current.instance,
    retryMs: options.retryRung * 1000,
  })
  const stop = onInterrupt(() => bench.interrupt())
  emit(header)
  await bench.start()
  const timing = declaration.content.testing?.timing
  const end = await run({
    meter: declaration.meter,
    instances,
    ports: ports.map(({ name }) => ({
      port: name,
      confirm: confirmations(declaration, name, options.confirm),
      open: () => bench.open(name),
    })),
    emit,
    now: () => bench.now(),
    interrupted: () => lost || stop.asked(),
    breathe: () => new Promise((resolve) => setImmediate(resolve)),
    done,
    rerun: (instance) => rerunOf(comparesUnits(instance) ? together : command, instance.name),
    deadlineMs: bench.now() + (timing?.runMs ?? Infinity),
    caseDeadlineMs: timing?.caseMs ?? 10 * MINUTE + 10 * (timing?.inactivityMs ?? 0),
    exitOf: (summary, ended) => gate({ summary, ended }, { lenient: options.lenient ?? false }),
  })
  stop.end()
  stream.flush()
  await bench.close()
  const told = await output.finish()
  if (told) process.stdout.write(`report: ${resolve(output.folder, 'report.html')}\n`)
  return { exit: told ? end.exit : NOT_WRITTEN, folder: output.folder, run: told }
}

/** The first Ctrl-C ends the run in order; a second one at once. */
function onInterrupt(interrupt: () => void): { readonly asked: () => boolean; readonly end: () => void } {
  let asked = false
  const stop = (): void => {
    if (asked) process.exit(130)
    asked = true
    process.stderr.write('\ninterrupted: restoring and writing the reports (once more ends at once)\n')
    interrupt()
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
  return {
    asked: () => asked,
    end: () => {
      process.off('SIGINT', stop)
      process.off('SIGTERM', stop)
    },
  }
}
