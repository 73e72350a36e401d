import { transportFor } from '../src/transport/open.ts'
import { createRealWorld } from '../src/world/real.ts'
import { linesOf, start } from './child.ts'
import type { Group } from './figure.ts'
import { declaredAt, promptMeter } from './reference.ts'
import { associated, get, testerOn } from './tester.ts'

const METERS = 100
const GETS = 4000

/** GETs a second over loopback TCP: from one meter, and from many in one process at once. */
export async function manyMeters(): Promise<Group> {
  const one = await getsEach(1)
  const many = await getsEach(METERS)
  return {
    title: 'GETs over loopback TCP, from one meter and from many',
    figures: [
      {
        name: `a GET from ${METERS} meters in one process, asked all at once`,
        value: 1e6 / many,
        unit: 'µs',
        ratio: { value: one / many, of: 'a GET from one meter' },
      },
    ],
    notes: [`By wrapper; the meters in one process, the testers in another; ${GETS} GETs in all.`],
  }
}

/** GETs a second. */
async function getsEach(count: number): Promise<number> {
  const child = start(new URL('meters.ts', import.meta.url), [`${count}`])
  try {
    const urls = await linesOf(child, count)
    const testers = await Promise.all(
      urls.map(async (url) => {
        const world = createRealWorld()
        const transport = transportFor(url, world)
        if (!transport.ok) throw new Error(transport.failure.detail)
        const declaration = declaredAt('wrapper', url)
        const bench = testerOn({
          declaration,
          description: promptMeter(),
          port: 'wrapper',
          world,
          transport: () => transport.value,
        })
        return { bench, connection: await associated(bench) }
      }),
    )
    const rounds = GETS / count
    const ask = async (times: number): Promise<void> => {
      await Promise.all(
        testers.map(async ({ bench, connection }) => {
          for (let i = 0; i < times; i++) await get(bench, connection)
        }),
      )
    }
    await ask(rounds)
    const begun = performance.now()
    await ask(rounds)
    const seconds = (performance.now() - begun) / 1000
    for (const { bench } of testers) await bench.close()
    return GETS / seconds
  } finally {
    child.kill()
  }
}
