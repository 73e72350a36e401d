import { expect } from 'chai'
import type { TrafficEvent } from '../../engine/events.ts'
import { testerOn, type TesterScene } from '../../prove/scene.ts'

const ENDS: readonly string[] = ['opened', 'closed', 'reset', 'refused']
/** What became of connections, in order. */
const ends = ({ events }: TesterScene): readonly string[] =>
  events
    .filter((event): event is TrafficEvent => event.event === 'traffic' && ENDS.includes(event.is))
    .map(({ direction, is, connection, detail }) =>
      [connection, direction === 'received' ? 'meter' : 'tester', detail ?? is].join(' '),
    )

describe('words of lines and connections', () => {
  describe('line.set', () => {
    it('changes rate and format of the tester alone', async () => {
      const scene = testerOn('hdlc')
      await scene.up({ rung: 'port' })
      const { outcome } = await scene.perform('line.set', { baud: 2400 })
      expect(outcome).to.deep.include({ names: { success: true }, text: 'the line is at 2400 Bd 8N1' })
      expect((await scene.perform('link.poll')).outcome.names, 'the meter hears something else').not.to.have.property(
        'success',
      )
      await scene.perform('line.set', { baud: 9600 })
      expect((await scene.perform('link.poll')).outcome.names).to.include({ success: true })
    })
    it('to 8N1 behind a sign-on is where HDLC is spoken', async () => {
      const scene = testerOn('optical')
      await scene.up({ rung: 'sign-on' })
      await scene.send(
        { messages: [{ acknowledgement: { 'protocol-control': '2', 'mode-control': '2' } }] },
        { layer: 'sign-on' },
      )
      await scene.perform('line.set', { baud: 9600, format: '8N1' })
      expect((await scene.perform('link.up')).outcome.names).to.include({ success: true, frame: 'ua' })
    })
    it('keeps what is not said', async () => {
      const scene = testerOn('optical')
      await scene.up({ rung: 'sign-on' })
      expect((await scene.perform('line.set', { baud: 600 })).outcome.text).to.equal('the line is at 600 Bd 7E1')
    })
  })

  describe('connection.open', () => {
    it('opens, and says from where', async () => {
      const scene = testerOn('wrapper')
      const { outcome, saved } = await scene.perform('connection.open')
      expect(outcome.names).to.deep.equal({ success: true })
      expect(saved['local']).to.equal('tester:49152')
    })
    it('ends the one before', async () => {
      const scene = testerOn('wrapper')
      await scene.up({ rung: 'port' })
      await scene.perform('connection.open')
      expect(ends(scene)).to.deep.equal(['main tester opened', 'main tester closed', 'main tester opened'])
    })
    it('from the same local port, where it is asked for', async () => {
      const scene = testerOn('wrapper')
      await scene.perform('connection.open')
      await scene.perform('connection.vanish')
      expect((await scene.perform('connection.open', { local: 'same' })).saved['local']).to.equal('tester:49152')
      await scene.perform('connection.vanish')
      expect((await scene.perform('connection.open')).saved['local']).not.to.equal('tester:49152')
    })
    it('also where the meter has ended it', async () => {
      const scene = testerOn('wrapper', { meter: 'short-timeouts' })
      await scene.up({ rung: 'port' })
      await scene.tester.wait('main', 3000)
      expect((await scene.perform('connection.open', { local: 'same' })).saved['local']).to.equal('tester:49152')
    })
    it('is refused by a meter that has no room', async () => {
      const scene = testerOn('wrapper', { defects: ['tcp.connections.too-few'] })
      for (let n = 0; n < 4; n++) await scene.climb({ rung: 'port' }, `c${n}`)
      const { outcome } = await scene.perform('connection.open')
      expect(outcome.names).to.deep.equal({ refused: 'connection' })
    })
  })

  describe('connection.end', () => {
    for (const [how, told] of [
      ['close', 'main tester closed'],
      ['reset', 'main tester reset'],
    ] as const)
      it(`by ${how}: the association is gone`, async () => {
        const scene = testerOn('wrapper')
        await scene.up({ rung: 'association' })
        expect((await scene.perform('connection.end', { how })).outcome.names).to.deep.equal({ success: true })
        expect(ends(scene).at(-1)).to.equal(told)
        await scene.perform('connection.open')
        expect((await scene.perform('association.absent')).outcome.names).to.include({ success: true })
      })
  })

  it('connection.vanish: the meter hears nothing of it', async () => {
    const scene = testerOn('wrapper')
    await scene.up({ rung: 'association' })
    await scene.perform('connection.vanish')
    expect(ends(scene).at(-1)).to.equal('main tester vanished')
    const came = await scene.send({ messages: [{ rlrq: {} }] })
    expect('outcome' in came && came.outcome.names).to.deep.equal({ closed: true })
  })

  describe('connection.retry', () => {
    it('associates at once where it can', async () => {
      const scene = testerOn('wrapper')
      const { outcome, saved } = await scene.perform('connection.retry', { everyMs: 100, untilMs: 1000 })
      expect(outcome.names).to.deep.equal({ success: true, associated: 'public' })
      expect(saved['elapsedMs']).to.be.lessThan(100)
    })
    it('goes on until the meter has room again', async () => {
      const scene = testerOn('wrapper', { meter: 'short-timeouts' })
      for (let n = 0; n < 4; n++) {
        await scene.up({ rung: 'port' }, `lost${n}`)
        await scene.perform('connection.vanish', {}, `lost${n}`)
      }
      const { outcome, saved } = await scene.perform('connection.retry', { everyMs: 300, untilMs: 5000 })
      expect(outcome.names).to.include({ success: true })
      expect(saved['elapsedMs']).to.be.within(1500, 3000)
    })
    it('gives up when the time is over, and tries no more often than it says', async () => {
      const scene = testerOn('wrapper')
      for (let n = 0; n < 4; n++) await scene.up({ rung: 'port' }, `c${n}`)
      const before = ends(scene).length
      const { outcome, saved } = await scene.perform('connection.retry', { everyMs: 1000, untilMs: 3500 })
      expect(outcome.names).not.to.have.property('success')
      expect(saved['elapsedMs']).to.be.within(2500, 3600)
      expect(
        ends(scene)
          .slice(before)
          .filter((each) => each === 'main tester refused'),
      ).to.have.lengthOf(4)
    })
  })

  describe('connection.flood', () => {
    it('opens as many as it should, and closes them again', async () => {
      const scene = testerOn('wrapper')
      const { outcome, saved } = await scene.perform('connection.flood', { atLeast: 4 })
      expect(outcome.names).to.deep.equal({ success: true, opened: 4 })
      expect(saved['opened']).to.equal(4)
      expect(ends(scene).filter((each) => each === 'spare tester closed')).to.have.lengthOf(4)
      await scene.up({ rung: 'association' })
    })
    it('is refused where the meter has fewer', async () => {
      const scene = testerOn('wrapper')
      const { outcome } = await scene.perform('connection.flood', { atLeast: 5, most: 8 })
      expect(outcome).to.deep.include({
        names: { refused: 'connection', opened: 4 },
        text: 'only 4 connections at once',
      })
    })
    it('leaves slow senders behind that the meter rids itself of, one after the other', async () => {
      const scene = testerOn('wrapper', { meter: 'short-timeouts' })
      await scene.perform('connection.flood', { atLeast: 1, most: 4, dripEveryMs: 500 })
      const dripped = () => scene.sent().filter((octets) => octets.length === 2).length
      await scene.tester.wait('main', 1600)
      expect(dripped()).to.be.within(12, 16)
      const first = scene.sent().filter((octets) => octets.length === 2)
      expect(first.slice(0, 12).join(''), 'one octet of a WPDU on each').to.equal('000000000101010100000000')
      expect(await scene.climb({ rung: 'port' }, 'other')).to.deep.include({ is: 'down' })
      await scene.tester.wait('main', 3000)
      expect((await scene.climb({ rung: 'association' }, 'other')).is).to.equal('up')
      const so_far = dripped()
      await scene.tester.wait('main', 2000)
      expect(dripped(), 'nobody is left to send').to.equal(so_far)
    })
    it('slow senders end with the connection', async () => {
      const scene = testerOn('wrapper')
      await scene.perform('connection.flood', { atLeast: 2, dripEveryMs: 500 })
      await scene.tester.release()
      expect(ends(scene).filter((each) => each === 'spare tester closed')).to.have.lengthOf(2)
    })
  })
})
