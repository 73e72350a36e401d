import { once } from 'node:events'
import { createConnection, type Socket } from 'node:net'
import { transportFor } from '../src/transport/open.ts'
import { createRealWorld, type RealWorld } from '../src/world/real.ts'
import { linesOf, start } from './child.ts'
import type { Figure, Group } from './figure.ts'
import { median } from './median.ts'
import { declaredAt, promptMeter } from './reference.ts'
import { associated, get, testerOn } from './tester.ts'

const WARM_UP = 2000
const ROUNDS = 3000
/** As long as a GET in a wrapper. */
const ECHOED = new Uint8Array(21).fill(0x55)

interface RoundTrip {
  readonly name: string
  readonly once: () => Promise<void>
  readonly end: () => Promise<void>
}

/** A GET over loopback TCP against the simulated meter, and a plain echo beside it. */
export async function roundTrip(): Promise<Group> {
  const child = start(new URL('peers.ts', import.meta.url))
  try {
    const [hdlcUrl = '', wrapperUrl = '', echoUrl = ''] = await linesOf(child, 3)
    const world = createRealWorld()
    const trips = [await echo(echoUrl), await gets(world, 'hdlc', hdlcUrl), await gets(world, 'wrapper', wrapperUrl)]
    const [plain = Number.NaN, ...ours] = await timed(trips)
    for (const trip of trips) await trip.end()
    const figure = (name: string, ms: number): Figure => ({
      name,
      value: 1000 * ms,
      unit: 'µs',
      ratio: { value: ms / plain, of: 'plain TCP echo round trip', atMost: 2 },
    })
    return {
      title: 'A GET over loopback TCP',
      figures: ours.map((ms, i) => figure(`GET by ${trips[i + 1]?.name ?? ''}`, ms)),
      notes: [
        'From the request as a value to the answer as a value, against the simulated meter (reaction time 0) and an echo of 21 octets, both in one other process; ' +
          `one of each in turn, median of ${ROUNDS}.`,
      ],
    }
  } finally {
    child.kill()
  }
}

/**
 * Median milliseconds of each, one of each in turn: a process that has just slept is slower to wake than one that is kept busy, and in blocks the
 * shortest trip would keep both ends busy for itself alone.
 */
async function timed(trips: readonly RoundTrip[]): Promise<readonly number[]> {
  const times: number[][] = trips.map(() => [])
  for (let round = -WARM_UP; round < ROUNDS; round++) {
    for (const [at, trip] of trips.entries()) {
      const begun = performance.now()
      await trip.once()
      if (round >= 0) times[at]?.push(performance.now() - begun)
    }
  }
  return times.map(median)
}

async function echo(url: string): Promise<RoundTrip> {
  const { hostname, port } = new URL(url)
  const socket: Socket = createConnection({ host: hostname, port: Number(port), noDelay: true })
  await once(socket, 'connect')
  return {
    name: 'echo',
    once: () =>
      new Promise((resolve) => {
        socket.once('data', () => resolve())
        socket.write(ECHOED)
      }),
    end: async () => void socket.destroy(),
  }
}

async function gets(world: RealWorld, port: string, url: string): Promise<RoundTrip> {
  const transport = transportFor(url, world)
  if (!transport.ok) throw new Error(transport.failure.detail)
  const bench = testerOn({
    declaration: declaredAt(port, url),
    description: promptMeter(),
    port,
    world,
    transport: () => transport.value,
  })
  const connection = await associated(bench)
  return { name: port, once: () => get(bench, connection), end: () => bench.close() }
}
