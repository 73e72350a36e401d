// For tests: a tester on the memory lines of a simulated meter, one port of it, asked by hand.
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Value } from '../codec/value.ts'
import { loadDeclaration, type Declaration } from '../engine/declaration.ts'
import type { Event, TrafficEvent } from '../engine/events.ts'
import type { Climb, Evidence, Given, Refusal, SendRequest, Tester, Window } from '../engine/vocabulary.ts'
import { secretOctets, type MeterDescription } from '../simulator/description.ts'
import { describedMeter } from '../simulator/dialogue.ts'
import type { X509 } from '../simulator/model/security-setup/x509.ts'
import { createTester } from '../vocabulary/tester.ts'
import { seededRandom } from '../world/random.ts'
import { memoryState, type TesterState } from '../world/state.ts'
import { memoryMeter, serialEndOf, type Between, type MemoryMeter } from './memory-meter.ts'

const METERS = fileURLToPath(new URL('../../meters/', import.meta.url))

/** One of `meters/`, or of `meters/types/`. */
export function declaredMeter(name: string): Declaration {
  const loaded = loadDeclaration(
    existsSync(`${METERS}${name}.json`) ? `${METERS}${name}.json` : `${METERS}types/${name}.json`,
    {
      read: (file) => readFileSync(file, 'utf8'),
      resolve: (from, to) => fileURLToPath(new URL(to, `file://${from}`)),
    },
    () => [],
  )
  if (!loaded.ok) throw new TypeError(JSON.stringify(loaded.failure))
  return loaded.value
}

export interface SceneOptions {
  /** Name of the declaration and of the simulated meter; the reference meter unless given. */
  readonly meter?: string
  readonly defects?: readonly string[]
  /** The line loses frames. */
  readonly noisy?: boolean
  /** The bench cannot switch the mains. */
  readonly powerless?: boolean
  /** The declaration is then this one. */
  readonly declared?: (declaration: Value) => Value
  /** The simulated meter is then this one. */
  readonly described?: (description: MeterDescription) => MeterDescription
  /** What stands between the meter and its line. */
  readonly between?: Between
  /** The meter has certificates. */
  readonly x509?: X509
}

export interface TesterScene {
  readonly tester: Tester
  readonly bench: MemoryMeter
  readonly journal: TesterState
  /** Keys that came up. */
  readonly kept: readonly Uint8Array[]
  readonly events: readonly Event[]
  /** Climbs; throws where it does not come up. */
  readonly up: (given: Given, connection?: string) => Promise<void>
  readonly climb: (given: Given, connection?: string) => Promise<Climb>
  /** A word, done on the connection `main`. */
  readonly perform: (word: string, args?: Readonly<Record<string, Value>>, on?: string) => Promise<Evidence>
  /** The same, where it is refused. */
  readonly refused: (word: string, args?: Readonly<Record<string, Value>>, on?: string) => Promise<string>
  readonly send: (request: Partial<SendRequest>, window?: Partial<Window>, on?: string) => Promise<Evidence | Refusal>
  /** Hex of all units that were sent since `from`. */
  readonly sent: (from?: number) => readonly string[]
}

export const WINDOW: Window = {
  leastMs: 0,
  mostMs: 1500,
  lateMs: 3000,
  collect: 'first',
  layer: 'apdu',
  asked: ['frame'],
}

export function testerOn(
  port: string,
  {
    meter = 'reference',
    defects = [],
    noisy = false,
    powerless = false,
    declared = (value) => value,
    described = (value) => value,
    between,
    x509,
  }: SceneOptions = {},
): TesterScene {
  const declaration = declaredMeter(meter)
  const description = described(describedMeter(meter))
  const events: Event[] = []
  const bench = memoryMeter(description, {
    defects,
    x509,
    serial: (name) => serialEndOf(declaration.content.ports?.[name]),
    ...(between === undefined ? {} : { between }),
  })
  const journal = memoryState()
  const kept: Uint8Array[] = []
  const tester = createTester({
    declaration: declared(declaration.value),
    port,
    world: bench.world,
    transport: () => bench.transport(port),
    listen: bench.listen,
    ...(powerless ? {} : { power: bench.power }),
    secret: (name) => (name in description.secrets ? secretOctets(description, name) : undefined),
    random: seededRandom(1),
    journal,
    counters: journal,
    serverKeys: journal,
    policies: journal,
    keepSecret: (octets) => void kept.push(octets),
    emit: (event) => void events.push(event),
    instance: () => 'scene',
    noisy,
    tolerance: { percent: 0, plusMs: 0 },
  })
  const done = (word: string, args: Readonly<Record<string, Value>> = {}, on = 'main') =>
    tester.perform(on, word, args, WINDOW)
  return {
    tester,
    bench,
    journal,
    kept,
    events,
    climb: (given, connection = 'main') => tester.climb(connection, given),
    async up(given, connection = 'main') {
      const climbed = await tester.climb(connection, given)
      if (climbed.is !== 'up') throw new Error(`not up: ${JSON.stringify(climbed)}`)
    },
    async perform(word, args, on) {
      const came = await done(word, args, on)
      if ('refusal' in came) throw new Error(`refused: ${came.refusal}`)
      return came
    },
    async refused(word, args, on) {
      const came = await done(word, args, on)
      return 'refusal' in came ? came.refusal : `not refused: ${came.outcome.text}`
    },
    send: (request, window = {}, on = 'main') =>
      tester.send(on, { messages: [], wrong: {}, damage: {}, ...request }, { ...WINDOW, ...window }),
    sent: (from = 0) =>
      events
        .filter((event): event is TrafficEvent => event.event === 'traffic')
        .filter(({ direction, is }) => direction === 'sent' && is !== 'opened' && is !== 'closed' && is !== 'reset')
        .slice(from)
        .map(({ octets }) => octets),
  }
}
