import { mkdirSync } from 'node:fs'
import { newLedger } from '../src/client/ledger.ts'
import { getRequest } from '../src/client/services.ts'
import type { Window } from '../src/engine/vocabulary.ts'
import { transportFor } from '../src/transport/open.ts'
import { serve } from '../src/vocabulary/steps/service.ts'
import { createRealWorld, type RealWorld } from '../src/world/real.ts'
import { linesOf, start } from './child.ts'
import type { Figure, Group } from './figure.ts'
import { median } from './median.ts'
import { declaredAt, promptMeter } from './reference.ts'
import { inProcess } from './suites.ts'
import { associated, READABLE, testerOn } from './tester.ts'

const WARM_UP = 500
const ROUNDS = 1500
const TIMES = 3
const AIM_MS = 3000
const SUITES = ['security', 'security-posture']
const WINDOW: Window = { leastMs: 0, mostMs: 1500, lateMs: 3000, collect: 'first', layer: 'apdu', asked: ['executed'] }

/** What ciphering adds to a service, and how long the suites of security take. */
export async function ciphered(folder: string): Promise<Group> {
  mkdirSync(folder, { recursive: true })
  const suitesMs: number[] = []
  for (let time = 0; time < TIMES; time++) suitesMs.push((await inProcess(folder, SUITES)).runMs)
  const suites = median(suitesMs)
  return {
    title: 'Ciphered services',
    figures: [
      await cipheredGet(),
      {
        name: 'run of the suites of security, stream to disk on, no report',
        value: suites,
        unit: 'ms',
        ratio: { value: suites / AIM_MS, of: 'three seconds', atMost: 1 },
      },
    ],
    notes: [
      'GETs by wrapper over loopback TCP, told to the stream and judged by the implied rules; suite 0, authenticated and encrypted; ' +
        `one of each in turn, median of ${ROUNDS}. The suites: each time in a fresh process; median of ${TIMES}.`,
    ],
  }
}

async function cipheredGet(): Promise<Figure> {
  const child = start(new URL('peers.ts', import.meta.url))
  try {
    const [, url = ''] = await linesOf(child, 3)
    const world = createRealWorld()
    const plain = await getter(world, url, 'management')
    const own = await getter(world, url, 'ciphered')
    const times: Readonly<Record<'plain' | 'own', number[]>> = { plain: [], own: [] }
    for (let round = -WARM_UP; round < ROUNDS; round++) {
      const [plainMs, ownMs] = [await timed(plain.once), await timed(own.once)]
      if (round < 0) continue
      times.plain.push(plainMs)
      times.own.push(ownMs)
    }
    await plain.end()
    await own.end()
    const ms = median(times.own)
    return {
      name: 'a ciphered GET',
      value: 1000 * ms,
      unit: 'µs',
      ratio: { value: ms / median(times.plain), of: 'a plain GET' },
    }
  } finally {
    child.kill()
  }
}

async function timed(once: () => Promise<void>): Promise<number> {
  const begun = performance.now()
  await once()
  return performance.now() - begun
}

async function getter(world: RealWorld, url: string, client: string) {
  const transport = transportFor(url, world)
  if (!transport.ok) throw new Error(transport.failure.detail)
  const bench = testerOn({
    declaration: declaredAt('wrapper', url),
    description: promptMeter(),
    port: 'wrapper',
    world,
    transport: () => transport.value,
  })
  const connection = await associated(bench, {}, client)
  return {
    once: async (): Promise<void> => {
      const request = getRequest(connection.nextInvokeId(), READABLE)
      const { answer } = await serve({ bench, connection, window: WINDOW, ledger: newLedger() }, request)
      if (answer?.is !== 'get-response-normal')
        throw new Error(`a GET of ${client} was answered by ${answer?.is ?? 'nothing'}`)
    },
    end: () => bench.close(),
  }
}
