// Runs all suites, or those that are named, against the built-in meter on memory lines, and tells what it cost as one line of JSON. A process of its own: peak memory is a process's.
import { join } from 'node:path'
import { benchFor } from '../src/cli/bench.ts'
import { HOME } from '../src/cli/files.ts'
import { headerOf } from '../src/cli/header.ts'
import { createOutput } from '../src/cli/output.ts'
import { type Plan, readMeter } from '../src/cli/plan.ts'
import { secretsOf } from '../src/cli/secrets.ts'
import { partOf } from '../src/client/part-of.ts'
import { createCurrent } from '../src/engine/current.ts'
import type { Event } from '../src/engine/events.ts'
import { run } from '../src/engine/run.ts'
import { createStream } from '../src/engine/stream.ts'
import type { SuitesRun } from './suites.ts'

const MINUTE = 60_000
const SEED = 1

/** The run as the command does it, its console and its reports left out: to the footer of a stream on disk. */
async function runOnce(plan: Plan, folder: string): Promise<void> {
  const secrets = secretsOf(plan)
  const header = headerOf(plan, { started: new Date(), seed: SEED, command: 'npm run bench' })
  const output = createOutput(folder, { goOn: false, onLost: () => undefined })
  const current = createCurrent()
  const stream = createStream(secrets.masker, [(event) => output.write(event)], partOf)
  const emit = (event: Event): void => {
    current.read(event)
    stream.emit(event)
  }
  const bench = await benchFor(plan, {
    seed: SEED,
    secrets,
    emit,
    keepSecret: stream.keepSecret,
    instance: current.instance,
    retryMs: MINUTE,
  })
  emit(header)
  await bench.start()
  await run({
    meter: plan.declaration.meter,
    instances: plan.instances,
    ports: plan.ports.map(({ name }) => ({ port: name, confirm: 0, open: () => bench.open(name) })),
    emit,
    now: () => bench.now(),
    interrupted: () => false,
    breathe: () => new Promise((resolve) => setImmediate(resolve)),
    done: new Map(),
    rerun: (instance) => instance.name,
    deadlineMs: Infinity,
    caseDeadlineMs: 30 * MINUTE,
    exitOf: () => 0,
  })
  stream.flush()
  await bench.close()
}

const peakMemory = (): number => process.resourceUsage().maxRSS * 1024
const bare = peakMemory()
const begun = performance.now()
const [folder = '', ...suites] = process.argv.slice(2)
const plan = await readMeter(join(HOME, 'meters', 'reference.json'), suites, {
  connect: [],
  port: [],
  case: [],
  allow: [],
})
const read = performance.now()
const used = process.cpuUsage()
await runOnce(plan, folder)
const { user, system } = process.cpuUsage(used)
const told: SuitesRun = {
  instances: plan.instances.length,
  readMs: read - begun,
  runMs: performance.now() - read,
  runCpuMs: (user + system) / 1000,
  bare,
  peak: peakMemory(),
}
process.stdout.write(`${JSON.stringify(told)}\n`)
