import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fail, type Result } from '../codec/value.ts'
import type { Event } from '../engine/events.ts'
import type { Explain } from './explain.ts'
import { renderHtml } from './html.ts'
import { renderJunit } from './junit.ts'
import { readRun, type RunModel } from './model.ts'
import { renderPcapng } from './pcapng.ts'
import { readEvents, type Line } from './read.ts'
import { explainedOnce } from './explained-once.ts'
import { renderResults } from './results.ts'

/** Name of the stream in the folder of a run. */
export const STREAM = 'events.jsonl'

/**
 * Writes `results.json`, `junit.xml`, `traffic.pcapng` and `report.html` beside the stream in a folder, from nothing but the
 * stream. The run that it tells, or why there is none.
 */
export async function writeReports(folder: string, explain: Explain): Promise<Result<RunModel, string>> {
  const events: Event[] = []
  const once = explainedOnce(explain)
  try {
    const run = await readRun(keeping(readEvents(join(folder, STREAM)), events))
    if (!run.ok) return run
    await writeFile(join(folder, 'results.json'), renderResults(run.value))
    await writeFile(join(folder, 'junit.xml'), renderJunit(run.value))
    await writeFile(join(folder, 'traffic.pcapng'), renderPcapng(events, once))
    await writeFile(join(folder, 'report.html'), renderHtml(run.value, once))
    return run
  } catch (error) {
    if (isFileError(error)) return fail(error.message)
    throw error
  }
}

async function* keeping(lines: AsyncIterable<Line>, events: Event[]): AsyncGenerator<Line> {
  for await (const line of lines) {
    if (line.is === 'event') events.push(line.event)
    yield line
  }
}

const isFileError = (error: unknown): error is NodeJS.ErrnoException => error instanceof Error && 'syscall' in error
