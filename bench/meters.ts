// So many simulated meters in one process, each with a wrapper port of its own. Tells their URLs, one a line.
import { createMeter } from '../src/simulator/meter.ts'
import { host } from '../src/transport/host/host.ts'
import { createRealWorld } from '../src/world/real.ts'
import { promptMeter } from './reference.ts'

const description = promptMeter()
for (let i = 0; i < Number(process.argv[2]); i++) {
  const world = createRealWorld() // of its own: what happens on one line wakes nobody on another
  const meter = createMeter(description, { now: world.now() })
  const hosted = await host('tcp://127.0.0.1:0', meter.party('wrapper'), world)
  if (!hosted.ok) throw new Error(hosted.failure.detail)
  process.stdout.write(`${hosted.value.url}\n`)
}
