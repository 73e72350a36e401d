import { apduOctets, getRequest } from '../src/client/services.ts'
import { newLedger } from '../src/client/ledger.ts'
import { readApdu } from '../src/client/association.ts'
import type { Event } from '../src/engine/events.ts'
import type { Given } from '../src/engine/vocabulary.ts'
import type { Declaration } from '../src/engine/declaration.ts'
import { type MeterDescription, secretOctets } from '../src/simulator/description.ts'
import type { Transport } from '../src/transport/transport.ts'
import { Bench } from '../src/vocabulary/bench.ts'
import type { Connection } from '../src/vocabulary/connection.ts'
import { seededRandom } from '../src/world/random.ts'
import { memoryState } from '../src/world/state.ts'
import type { World } from '../src/world/world.ts'

/** Status of the clock: in the declaration's own words what a reader may read. */
export const READABLE = { 'class-id': 8, 'instance-id': '0.0.1.0.0.255', 'attribute-id': 3 }

export interface TesterOf {
  readonly declaration: Declaration
  readonly description: MeterDescription
  readonly port: string
  readonly world: World
  readonly transport: () => Transport
  readonly emit?: (event: Event) => void
}

/** The tester as it is put together for a port, on a line without noise. */
export const testerOn = ({
  declaration,
  description,
  port,
  world,
  transport,
  emit = () => undefined,
}: TesterOf): Bench =>
  new Bench({
    declaration: declaration.value,
    port,
    world,
    transport,
    secret: (name) => secretOctets(description, name),
    random: seededRandom(1, port),
    journal: memoryState(),
    counters: memoryState(),
    serverKeys: memoryState(),
    policies: memoryState(),
    keepSecret: () => undefined,
    emit,
    instance: () => undefined,
    noisy: false,
    tolerance: { percent: 0, plusMs: 0 },
  })

/** Climbs to an association of a client, of the reader if not said otherwise. */
export async function associated(bench: Bench, propose: Given['propose'] = {}, client = 'reader'): Promise<Connection> {
  const climb = await bench.climb('main', { rung: 'association', client, propose })
  const connection = bench.connections.get('main')
  if (climb.is !== 'up' || connection === undefined) throw new Error(`no association: ${JSON.stringify(climb)}`)
  return connection
}

/** One GET and its value, from the request as a value to the answer as a value. */
export async function get(bench: Bench, connection: Connection): Promise<void> {
  const request = apduOctets(getRequest(connection.nextInvokeId(), READABLE))
  const carried = await connection.carrier.exchange(request, bench.patience(), newLedger())
  const answer = carried.is === 'apdu' ? readApdu(carried.apdu) : undefined
  if (answer?.is !== 'get-response-normal' || answer.value.result.is !== 'data')
    throw new Error(`a GET was answered by ${answer?.is ?? carried.is}`)
}
