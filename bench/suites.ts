import { linesOf, start } from './child.ts'
import type { Group } from './figure.ts'
import { median } from './median.ts'

/** What one run cost. Memory in octets. */
export interface SuitesRun {
  readonly instances: number
  readonly readMs: number
  readonly runMs: number
  /** Processor time of it, all threads: what else the machine does moves it less. */
  readonly runCpuMs: number
  /** Peak with the program loaded and nothing done. */
  readonly bare: number
  readonly peak: number
}

const TIMES = 3
const AIM_MS = 1000

/** The whole of the suites against the built-in meter on memory lines. The stream of the last run is left in `folder`. */
export async function suites(folder: string): Promise<Group> {
  const runs: SuitesRun[] = []
  for (let time = 0; time < TIMES; time++) runs.push(await inProcess(folder))
  const of = (what: (run: SuitesRun) => number): number => median(runs.map(what))
  const runMs = of((run) => run.runMs)
  const readMs = of((run) => run.readMs)
  return {
    title: 'The whole of the suites, on memory lines',
    figures: [
      {
        name: 'run, stream to disk on, no report',
        value: runMs,
        unit: 'ms',
        ratio: { value: runMs / AIM_MS, of: 'one second', atMost: 1 },
      },
      {
        name: 'processor time of the run, all threads',
        value: of((run) => run.runCpuMs),
        unit: 'ms',
        ratio: { value: of((run) => run.runCpuMs) / AIM_MS, of: 'one second' },
      },
      {
        name: 'reading and checking suites and declaration before it',
        value: readMs,
        unit: 'ms',
        ratio: { value: readMs / AIM_MS, of: 'one second' },
      },
      {
        name: 'peak memory of the process',
        value: of((run) => run.peak / 1e6),
        unit: 'MB',
        ratio: { value: of((run) => run.peak / run.bare), of: 'peak of the same program loaded and idle' },
      },
    ],
    notes: [`${runs[0]?.instances ?? 0} instances, each time in a fresh process; median of ${TIMES}.`],
  }
}

/** In a fresh process; all suites, where none is named. */
export async function inProcess(folder: string, suites: readonly string[] = []): Promise<SuitesRun> {
  const [line = ''] = await linesOf(start(new URL('suites-run.ts', import.meta.url), [folder, ...suites]), 1)
  return JSON.parse(line) as SuitesRun
}
