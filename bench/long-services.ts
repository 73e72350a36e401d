import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { apduOctets } from '../src/client/services.ts'
import { agreedIn, readApdu } from '../src/client/association.ts'
import { newLedger } from '../src/client/ledger.ts'
import { get } from '../src/client/logical-names/get.ts'
import type { Session } from '../src/client/session.ts'
import { decode } from '../src/codec/codec.ts'
import { data } from '../src/protocol/data/data.ts'
import { memoryMeter, serialEndOf } from '../src/prove/memory-meter.ts'
import type { Bench } from '../src/vocabulary/bench.ts'
import type { Connection } from '../src/vocabulary/connection.ts'
import type { Group } from './figure.ts'
import { median } from './median.ts'
import { profileOctets } from './profile.ts'
import { declaration, description } from './reference.ts'
import { associated, testerOn } from './tester.ts'

const PDU = 1024
const ROUNDS = 9
const AIM_MS = 50
const PROFILE = { 'class-id': 7, 'instance-id': '1.0.99.1.0.255', 'attribute-id': 2 }
const ROWS = 10_000

/** The buffer of the load profile in blocks, over a memory line, and what a long buffer takes in memory. */
export async function longServices(): Promise<Group> {
  const meter = description()
  const declared = declaration()
  const memory = memoryMeter(meter, { serial: (port) => serialEndOf(declared.content.ports?.[port]) })
  const bench = testerOn({
    declaration: declared,
    description: meter,
    port: 'wrapper',
    world: memory.world,
    transport: () => memory.transport('wrapper'),
  })
  const connection = await associated(bench, { 'client-max-receive-pdu-size': PDU })
  const session = sessionOf(bench, connection)
  const times: number[] = []
  let rows = 0
  for (let round = -3; round < ROUNDS; round++) {
    const begun = performance.now()
    const buffer = await get(session, { attribute: PROFILE })
    if (buffer.is !== 'done' || buffer.value.is !== 'array') throw new Error(`the profile was not read: ${buffer.is}`)
    if (round >= 0) times.push(performance.now() - begun)
    rows = buffer.value.value.length
  }
  await bench.close()
  const ms = median(times)
  const octets = profileOctets(ROWS)
  const heap = held(octets)
  return {
    title: 'Long buffers',
    figures: [
      {
        name: `a profile of ${rows} rows in blocks of PDU size ${PDU}, over memory`,
        value: ms,
        unit: 'ms',
        ratio: { value: ms / AIM_MS, of: `${AIM_MS} ms`, atMost: 1 },
      },
      {
        name: `${ROWS} rows, decoded without the tree: memory held`,
        value: heap / 1e6,
        unit: 'MB',
        ratio: { value: heap / octets.length, of: 'its octets', atMost: 20 },
      },
    ],
    notes: [`Tester and meter in one process, no stream; median of ${ROUNDS}. Memory: what the heap grew by.`],
  }
}

function sessionOf(bench: Bench, connection: Connection): Session {
  return {
    async ask(request) {
      const carried = await connection.carrier.exchange(apduOctets(request), bench.patience(), newLedger())
      return carried.is === 'apdu' ? readApdu(carried.apdu) : undefined
    },
    nextInvokeId: () => connection.nextInvokeId(),
    agreed: connection.association && agreedIn(connection.association),
  }
}

/** Octets of heap that the value takes while it is held. */
function held(octets: Uint8Array): number {
  const before = heapUsed()
  const value = decode(data, octets)
  const after = heapUsed()
  if (!value.ok) throw new Error('the rows cannot be decoded')
  return Math.max(0, after - before)
}

/** Without what nobody holds any more. */
function heapUsed(): number {
  setFlagsFromString('--expose-gc')
  runInNewContext('gc()')
  return process.memoryUsage().heapUsed
}
