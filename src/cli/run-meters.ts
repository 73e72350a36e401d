import { writeFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { renderIndex } from '../report/index-page.ts'
import { amongUnits } from './among-units.ts'
import { folderFor } from './output.ts'
import { connectedMeter, planned } from './plan.ts'
import { runMeter, type Ran, type RunCommandOptions } from './run-meter.ts'
import { usage } from './usage.ts'

/** The exit code of several runs: the first of these that one of them has. */
const FIRST_THAT_HOLDS = [130, 1, 4, 2] as const
const NOTHING_SELECTED = 5

export function exitOf(codes: readonly number[]): number {
  const worst = FIRST_THAT_HOLDS.find((code) => codes.includes(code))
  return worst ?? (codes.every((code) => code === NOTHING_SELECTED) ? NOTHING_SELECTED : 0)
}

/** Runs meters one after the other, each into a folder of its own, and an index over them. All are read before the first is asked anything. */
export async function runMeters(suites: readonly string[], options: RunCommandOptions): Promise<number> {
  if (options.connect.length > 0 || options.resume !== undefined)
    return usage('--connect and --resume are for one meter', 'Run the command once for each meter.')
  const meters = options.meter.map((file) => ({ file, ...connectedMeter(file, options) }))
  const names = meters.map(({ declaration }) => declaration.meter)
  const twice = names.find((name, at) => names.indexOf(name) !== at)
  if (twice !== undefined)
    return usage(`two declarations are of a meter ${twice}`, 'Give each meter a name of its own.')
  const plans = []
  for (const { file, ...meter } of amongUnits(meters)) plans.push({ file, plan: await planned(meter, suites, options) })
  const folder = options.report ?? folderFor('meters', new Date())
  const ran: Ran[] = []
  for (const { file, plan } of plans) {
    const beside = options.meter.filter((other) => other !== file)
    const own = { ...options, meter: [file], beside, report: join(folder, plan.declaration.meter) }
    const one = await runMeter(plan, own)
    ran.push(one)
    if (one.exit === 130) break
  }
  const index = join(folder, 'index.html')
  writeFileSync(index, renderIndex(ran.flatMap(({ run, folder }) => (run ? [{ folder: basename(folder), run }] : []))))
  process.stdout.write(`index: ${resolve(index)}\n`)
  return exitOf(ran.map(({ exit }) => exit))
}
