// What the round trips go to, in a process of its own: the simulated meter by HDLC and by wrapper, and a server that sends back what comes. Tells the three URLs, one a line.
import { createServer } from 'node:net'
import { createMeter } from '../src/simulator/meter.ts'
import { host } from '../src/transport/host/host.ts'
import { addressOf, listenAt } from '../src/transport/server.ts'
import { createRealWorld } from '../src/world/real.ts'
import { promptMeter } from './reference.ts'

const LOOPBACK = '127.0.0.1'
const world = createRealWorld()
const meter = createMeter(promptMeter(), { now: world.now() })
for (const port of ['hdlc', 'wrapper']) {
  const hosted = await host(`tcp://${LOOPBACK}:0`, meter.party(port), world)
  if (!hosted.ok) throw new Error(hosted.failure.detail)
  process.stdout.write(`${hosted.value.url}\n`)
}
const echo = createServer({ noDelay: true }, (socket) => {
  socket.on('data', (octets) => socket.write(octets))
  socket.on('error', () => socket.destroy())
})
const failure = await listenAt(world, echo, LOOPBACK, 0)
if (failure !== undefined) throw failure
process.stdout.write(`tcp://${addressOf(echo)}\n`)
