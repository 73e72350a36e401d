import { mkdirSync, writeFileSync } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { explain } from '../src/cli/explain.ts'
import type { Event } from '../src/engine/events.ts'
import { readEvents } from '../src/report/read.ts'
import { STREAM, writeReports } from '../src/report/report.ts'
import type { Figure, Group } from './figure.ts'
import { many } from './many.ts'
import { opener } from './opening.ts'

const FEW = 300
const MANY = 10_000
/** Of each of the many: enough to show what the number of instances costs, and a benchmark that ends. */
const MOMENTS = 2

/** Writing all reports of a run, opening the page, and reading the stream. */
export async function report(events: readonly Event[], folder: string): Promise<Group> {
  const few = await written(events, join(folder, 'few'), FEW)
  const lots = await written(events, join(folder, 'many'), MANY, MOMENTS)
  const open = await opener(folder)
  const opened: Figure[] = []
  if (open !== undefined) {
    for (const run of [few, lots]) {
      const [plain, ms] = [await open.plain(run.instances), await open.page(join(run.folder, 'report.html'))]
      opened.push({
        name: `opening the page of ${run.instances} instances in Chromium`,
        value: ms,
        unit: 'ms',
        ratio: { value: ms / plain, of: 'opening a page of as many plain lines' },
      })
    }
    await open.end()
  }
  const own = (run: Written) => ({ value: run.ms / run.bareMs, of: 'JSON.parse and JSON.stringify of its stream' })
  return {
    title: 'The report',
    figures: [
      { name: `writing all reports of ${FEW} instances`, value: few.ms, unit: 'ms', ratio: own(few) },
      {
        name: `writing all reports of ${MANY} instances, ${MOMENTS} steps or units of each`,
        value: lots.ms,
        unit: 'ms',
        ratio: own(lots),
      },
      {
        name: `an event of the ${MANY} in writing`,
        value: (1000 * lots.ms) / lots.events,
        unit: 'µs',
        ratio: { value: lots.ms / lots.events / (few.ms / few.events), of: `an event of the ${FEW}` },
      },
      {
        name: `report.html of ${FEW} instances`,
        value: few.htmlOctets / 1e6,
        unit: 'MB',
        ratio: { value: few.htmlOctets / few.octets, of: 'size of its stream' },
      },
      ...opened,
      {
        name: `reading ${STREAM}`,
        value: lots.octets / lots.readMs / 1000,
        unit: 'MB/s',
        ratio: { value: lots.readMs / lots.parseMs, of: 'JSON.parse of each line' },
      },
    ],
    notes: [
      'The instances are those of the run above, over and over.',
      ...(open === undefined ? ['Opening was not measured: Chromium is not installed.'] : []),
    ],
  }
}

interface Written {
  readonly folder: string
  readonly instances: number
  readonly events: number
  /** Of the stream. */
  readonly octets: number
  readonly htmlOctets: number
  readonly ms: number
  readonly bareMs: number
  readonly readMs: number
  readonly parseMs: number
}

async function written(
  events: readonly Event[],
  folder: string,
  instances: number,
  moments?: number,
): Promise<Written> {
  mkdirSync(folder, { recursive: true })
  const lines = [...many(events, instances, moments)].map((event) => JSON.stringify(event))
  const file = join(folder, STREAM)
  writeFileSync(file, `${lines.join('\n')}\n`)
  const [parsed, parseMs] = await timed(async () =>
    (await readFile(file, 'utf8'))
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown),
  )
  const [, stringifyMs] = await timed(async () => parsed.map((event) => JSON.stringify(event)))
  const [, readMs] = await timed(async () => {
    let count = 0
    for await (const line of readEvents(file)) if (line.is === 'event') count += 1
    return count
  })
  const [done, ms] = await timed(() => writeReports(folder, explain))
  if (!done.ok) throw new Error(done.failure)
  return {
    folder,
    instances,
    events: lines.length,
    octets: (await stat(file)).size,
    htmlOctets: (await stat(join(folder, 'report.html'))).size,
    ms,
    bareMs: parseMs + stringifyMs,
    readMs,
    parseMs,
  }
}

async function timed<T>(task: () => Promise<T>): Promise<readonly [T, number]> {
  const begun = performance.now()
  const done = await task()
  return [done, performance.now() - begun]
}
