import { createHash } from 'node:crypto'
import { expect } from 'chai'
import type { Value } from '../../codec/value.ts'
import type { PartyInput, PartyOutput } from '../../protocol/line.ts'
import type { Between } from '../../prove/memory-meter.ts'
import { testerOn } from '../../prove/scene.ts'

const HLS = { rung: 'pending', client: 'hls' } as const
const WRONG: Readonly<Record<string, Value>> = { 'reply-to-hls': { proof: { add: 1 } } }

/** A meter that hears nothing until the world is so old. */
const deafUntil =
  (ms: number): Between =>
  (party) => ({
    receive: (input: PartyInput): readonly PartyOutput[] =>
      input.is === 'octets' && input.burst.firstEnd < ms ? [] : party.receive(input),
    deadline: () => party.deadline(),
    expire: (now) => party.expire(now),
  })

describe('association.reopen', () => {
  for (const port of ['hdlc', 'wrapper'])
    it(`opens after a wrong proof, and keeps the rung of the case (${port})`, async () => {
      const scene = testerOn(port)
      await scene.up(HLS)
      await scene.send({ messages: [WRONG] })
      const { outcome } = await scene.perform('association.reopen')
      expect(outcome.names).to.include({ success: true })
      expect((await scene.perform('association.alive')).outcome.names).to.include({ success: true })
      await scene.perform('rung.rebuild')
      expect((await scene.perform('association.absent')).outcome.names).to.include({ success: true })
    })

  it('waits once for the end of a lock-out', async () => {
    const scene = testerOn('wrapper', { between: deafUntil(50_000) })
    await scene.climb(HLS)
    const { outcome } = await scene.perform('association.reopen', { lockoutMs: 60_000 })
    expect(outcome.names).to.include({ 'locked-out': true }).and.not.to.have.property('success')
  })

  it('tells a meter that was not there from a client that was locked out', async () => {
    const scene = testerOn('hdlc', { between: deafUntil(50_000) })
    await scene.climb(HLS)
    const { outcome } = await scene.perform('association.reopen', { lockoutMs: 60_000 })
    expect(outcome.names).to.include({ 'out-of-reach': true }).and.not.to.have.any.keys('success', 'locked-out')
  })

  it('gives up where it stays refused', async () => {
    const scene = testerOn('wrapper', { between: deafUntil(1_000_000) })
    await scene.climb(HLS)
    const { outcome } = await scene.perform('association.reopen', { lockoutMs: 60_000 })
    expect(outcome.names).not.to.have.any.keys('success', 'locked-out')
  })
})

describe('reply-to-hls with a proof that is not right', () => {
  const sentProof = async (client: string, fault: Readonly<Record<string, Value>>, meter = 'reference') => {
    const scene = testerOn('wrapper', { meter })
    await scene.up({ rung: 'pending', client })
    const came = await scene.send({ messages: [{ 'reply-to-hls': fault }] })
    return { came, octets: scene.sent().at(-1) ?? '' }
  }

  for (const [what, proof, length] of [
    ['cut', { keep: 8 }, '0908'],
    ['longer', { insert: { at: 32, octets: '00' } }, '0921'],
    ['given', 'AABB', '0902AABB'],
  ] as const)
    it(`is ${what}`, async () => {
      const { came, octets } = await sentProof('hls', { proof })
      expect(octets).to.contain(`0F0000280000FF0101${length}`)
      expect(came).to.have.nested.property('outcome.names.refused', 'read-write-denied')
    })

  for (const [swapped, order] of [
    ['challenges', ['client', 'server', 'ctos', 'stoc']],
    ['titles', ['server', 'client', 'stoc', 'ctos']],
    ['sides', ['server', 'client', 'ctos', 'stoc']],
  ] as const)
    it(`has its ${swapped} in the wrong order`, async () => {
      const scene = testerOn('wrapper')
      await scene.up({ rung: 'pending', client: 'hls' })
      const traffic = scene.events.flatMap((event) => (event.event === 'traffic' ? [event.octets] : [])).join(' ')
      const challengeBehind = (tags: string): string => new RegExp(`${tags}([0-9A-F]{32})`).exec(traffic)?.[1] ?? ''
      const parts = {
        client: '5443530000000003',
        server: '53494D0000BC614E',
        ctos: challengeBehind('AC128010'),
        stoc: challengeBehind('AA128010'),
      }
      const came = await scene.send({ messages: [{ 'reply-to-hls': { swapped } }] })
      const octets = Buffer.from(order.map((part) => parts[part]).join(''), 'hex')
      const due = createHash('sha256').update('Simulated secret').update(octets).digest('hex').toUpperCase()
      expect(scene.sent().at(-1)).to.contain(`0920${due}`)
      expect(came).to.have.nested.property('outcome.names.refused', 'read-write-denied')
    })

  it('has a tag of its own behind control and counter', async () => {
    const fault = { 'security-control': { 'security-suite-id': 0 }, 'authentication-tag': 'AABBCC' }
    const { octets } = await sentProof('hls-gmac', fault, 'hls')
    expect(octets).to.match(/090800[0-9A-F]{8}AABBCC$/)
  })

  it('is refused by the tester where the operator does not fit', async () => {
    const { came } = await sentProof('hls', { proof: { keep: 99 } })
    expect(came).to.have.property('refusal').that.includes('does not fit its 32 octets')
  })
})
