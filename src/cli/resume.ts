import { join } from 'node:path'
import type { RunEvent, Verdict } from '../engine/events.ts'
import { readRun } from '../report/model.ts'
import { readEvents } from '../report/read.ts'
import { STREAM } from '../report/report.ts'
import { usage } from './usage.ts'

/** The verdicts that a cut-off run has reached. Other suites or another declaration than now: exit 3, for a report must not mix them. */
export async function resumed(folder: string, header: RunEvent): Promise<ReadonlyMap<string, Verdict>> {
  const read = await readRun(readEvents(join(folder, STREAM))).catch((error: unknown) =>
    usage(`there is no run to go on with in ${folder} (${error instanceof Error ? error.message : String(error)})`),
  )
  if (!read.ok) return usage(`there is no run to go on with in ${folder}: ${read.failure}`)
  const before = read.value.header
  const hashes = (run: RunEvent): string =>
    JSON.stringify([run.suites.map(({ id, hash }) => [id, hash]), run.meters.map(({ meter, hash }) => [meter, hash])])
  if (hashes(before) !== hashes(header))
    return usage(
      `the run in ${folder} was made with other suites or another declaration`,
      'Begin a new run: what it has reached cannot be mixed with what would come now.',
    )
  const done = read.value.instances.flatMap(({ begun, final }) =>
    final === undefined ? [] : [[begun.instance, final.verdict] as const],
  )
  return new Map(done)
}
