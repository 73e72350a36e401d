import { expect } from 'chai'
import { hex } from '../codec/value.ts'
import type { Event } from '../engine/events.ts'
import type { Evidence, Refusal, Tester } from '../engine/vocabulary.ts'
import { declaredMeter, WINDOW } from '../prove/scene.ts'
import { secretOctets, type MeterDescription } from '../simulator/description.ts'
import { describedMeter } from '../simulator/dialogue.ts'
import { createMeter } from '../simulator/meter.ts'
import { host, type Hosted } from '../transport/host/host.ts'
import { transportFor } from '../transport/open.ts'
import { seededRandom } from '../world/random.ts'
import { createRealWorld } from '../world/real.ts'
import { memoryState } from '../world/state.ts'
import { createTester } from './tester.ts'

const world = createRealWorld()
const NAME = { 'class-id': 1, 'instance-id': '0.0.42.0.0.255', 'attribute-id': 2 }
const DEVICE = describedMeter('reference').devices['management']?.name ?? ''
const OBJECT_LIST = { 'class-id': 15, 'instance-id': '0.0.40.0.0.255', 'attribute-id': 2 }

/** The reference meter with HDLC in TCP beside the wrapper. */
function meterWith(): MeterDescription {
  const reference = describedMeter('reference')
  const serial = reference.ports['hdlc']
  const hdlc = serial?.kind === 'serial' ? serial.hdlc : undefined
  if (hdlc === undefined) throw new TypeError('no HDLC in the reference meter')
  const stream = { kind: 'stream', connections: 4, inactivityMs: 180_000, tcpPort: 0, reactionMs: 1 } as const
  return {
    ...reference,
    ports: {
      hdlc: { ...stream, carries: 'hdlc', hdlc: { ...hdlc, reactionMs: 1 } },
      wrapper: { ...stream, carries: 'wrapper' },
      udp: { kind: 'datagram', carries: 'wrapper', udpPort: 0, reactionMs: 1 },
    },
  }
}

async function served(port: string): Promise<{ meter: Hosted; tester: Tester; events: readonly Event[] }> {
  const description = meterWith()
  const scheme = port === 'udp' ? 'udp' : 'tcp'
  const hosted = await host(`${scheme}://127.0.0.1:0`, createMeter(description).party(port), world)
  if (!hosted.ok) throw new Error(hosted.failure.detail)
  const events: Event[] = []
  const tester = createTester({
    declaration: declaredMeter('reference').value,
    port,
    world,
    transport: () => {
      const made = transportFor(hosted.value.url, world)
      if (!made.ok) throw new Error(made.failure.detail)
      return made.value
    },
    secret: (name) => secretOctets(description, name),
    random: seededRandom(1),
    journal: memoryState(),
    counters: memoryState(),
    serverKeys: memoryState(),
    policies: memoryState(),
    keepSecret: () => undefined,
    emit: (event) => void events.push(event),
    instance: () => undefined,
    noisy: port === 'udp',
    tolerance: { percent: 10, plusMs: 16 },
  })
  return { meter: hosted.value, tester, events }
}

const done = (came: Evidence | Refusal): Evidence => {
  if ('refusal' in came) throw new Error(came.refusal)
  return came
}

describe('over real sockets', () => {
  for (const port of ['wrapper', 'hdlc', 'udp'])
    it(`opens an association, reads, writes, restores and releases (${port})`, async () => {
      const { meter, tester, events } = await served(port)
      const perform = async (word: string, args = {}) => done(await tester.perform('main', word, args, WINDOW))
      try {
        expect(await tester.climb('main', { rung: 'association', client: 'management' })).to.deep.equal({ is: 'up' })
        const named = await perform('read', { attribute: NAME })
        expect(named.saved['value']).to.deep.equal({ 'octet-string': hex(new TextEncoder().encode(DEVICE)) })
        const list = await perform('read', { attribute: OBJECT_LIST })
        expect(list.saved).to.have.nested.property('value.array')
        const attribute = { 'class-id': 1, 'instance-id': '0.0.96.128.1.255', 'attribute-id': 2 }
        const written = await perform('write', { attribute, value: { 'octet-string': '11223344' } })
        expect(written.outcome.names).to.include({ success: true })
        expect((await perform('restore')).outcome.names).to.deep.equal({ success: true })
        expect(await tester.climb('main', { rung: 'association', client: 'management' })).to.deep.equal({ is: 'up' })
        const got = done(await tester.send('main', { messages: [{ get: attribute }], wrong: {}, damage: {} }, WINDOW))
        expect(got.outcome.names).to.include({ executed: 'get' })
        expect(got.outcome.broken).to.deep.equal([])
        expect((await perform('association.release')).outcome.names).to.include({ success: true })
        await tester.release()
        const failures = events.flatMap((event) => (event.event === 'traffic' ? event.failures : []))
        expect(failures).to.deep.equal([])
      } finally {
        await tester.close()
        await meter.close()
      }
    })

  it('hears the meter end the connection', async () => {
    const { meter, tester } = await served('wrapper')
    try {
      await tester.climb('main', { rung: 'port' })
      const octets = { octets: '00020010000100020000', at: 'line' }
      const came = done(
        await tester.send('main', { messages: [octets], wrong: {}, damage: {} }, { ...WINDOW, layer: 'line' }),
      )
      expect(Object.keys(came.outcome.names)).to.deep.equal(['closed'])
    } finally {
      await tester.close()
      await meter.close()
    }
  })

  it('a port on which nobody listens is refused', async () => {
    const { meter, tester } = await served('wrapper')
    await meter.close()
    const climbed = await tester.climb('main', { rung: 'port' })
    expect(climbed).to.deep.include({ is: 'down', rung: 'port', found: 'the connection was refused' })
    await tester.close()
  })
})
