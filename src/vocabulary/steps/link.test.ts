import { expect } from 'chai'
import { testerOn } from '../../prove/scene.ts'

const LINK = { rung: 'link' } as const
const SMALL = { 'max-information-field-length-transmit': 64, 'window-size-receive': 3 }

describe('words of the link', () => {
  it('link.up from a port that nobody has opened', async () => {
    const { perform, tester } = testerOn('hdlc')
    expect((await perform('link.up')).outcome.names).to.include({ success: true, frame: 'ua' })
    expect(tester.scope('main')).to.have.nested.property('link.mode', 'nrm')
  })

  it('link.up proposes, and what is agreed is seen', async () => {
    const scene = testerOn('hdlc')
    await scene.up(LINK)
    await scene.perform('link.up', { propose: SMALL })
    expect(scene.tester.scope('main')['link']).to.include(SMALL)
    expect(scene.tester.scope('main')['link']).to.include({ 'v-s': 0, 'v-r': 0 })
  })

  it('link.up behind a sign-on: at once where the port is at HDLC, else it signs on', async () => {
    const scene = testerOn('optical')
    await scene.up({ rung: 'port' })
    expect((await scene.perform('link.up')).outcome.names).to.include({ success: true })
    const before = scene.sent().length
    expect((await scene.perform('link.up')).outcome.names).to.include({ success: true })
    expect(scene.sent(before)).to.have.lengthOf(1)
  })

  it('link.up behind a sign-on, when the port has fallen back to its opening meanwhile', async () => {
    const scene = testerOn('optical')
    await scene.up(LINK)
    await scene.tester.wait('main', 200_000)
    expect((await scene.perform('link.up')).outcome.names).to.include({ success: true })
    expect((await scene.perform('link.round-trip')).outcome.names).to.include({ success: true })
  })

  it('link.up that is answered by DM is no success', async () => {
    const scene = testerOn('hdlc', { defects: ['hdlc.snrm.answered-by-dm'] })
    await scene.up({ rung: 'ndm' })
    const { outcome } = await scene.perform('link.up')
    expect(outcome.names).to.include({ refused: 'dm' })
    expect(outcome.names).not.to.have.property('success')
  })

  it('link.up ends the association', async () => {
    const scene = testerOn('hdlc')
    await scene.up({ rung: 'association' })
    expect(scene.tester.scope('main')).to.have.property('association')
    await scene.perform('link.up')
    expect(scene.tester.scope('main')).not.to.have.property('association')
  })

  it('link.down: UA, then DM', async () => {
    const scene = testerOn('hdlc')
    await scene.up(LINK)
    expect((await scene.perform('link.down')).outcome.names).to.include({ success: true, frame: 'ua' })
    expect((await scene.perform('link.down')).outcome.names).to.include({ success: true, frame: 'dm' })
    expect(scene.tester.scope('main')).to.have.nested.property('link.mode', 'ndm')
  })

  it('link.round-trip: RR with what was sent', async () => {
    const scene = testerOn('hdlc')
    await scene.up({ rung: 'association' })
    expect((await scene.perform('link.round-trip')).outcome.names).to.include({ success: true, frame: 'rr' })
  })

  it('link.round-trip without a link is refused by DM', async () => {
    const scene = testerOn('hdlc')
    await scene.up({ rung: 'ndm' })
    const { outcome } = await scene.perform('link.round-trip')
    expect(outcome.names).to.include({ refused: 'dm' })
    expect(outcome.names).not.to.have.property('success')
  })

  it('link.round-trip with a wrong N(R) is no success', async () => {
    const scene = testerOn('hdlc', { defects: ['hdlc.rr.wrong-n-r'] })
    await scene.up(LINK)
    const { outcome } = await scene.perform('link.round-trip')
    expect(outcome.names).not.to.have.property('success')
    expect(outcome.broken.map(({ rule }) => rule)).to.deep.equal(['n-r-in-the-window'])
  })

  it('link.poll: any frame is a success', async () => {
    const scene = testerOn('hdlc')
    await scene.up({ rung: 'ndm' })
    expect((await scene.perform('link.poll')).outcome.names).to.include({ success: true, frame: 'dm' })
  })

  it('a deaf meter is silent', async () => {
    const scene = testerOn('hdlc', { defects: ['hdlc.rr.unanswered'] })
    await scene.up(LINK)
    for (const word of ['link.poll', 'link.round-trip'])
      expect((await scene.perform(word)).outcome.names).to.deep.equal({ silent: { ms: 1500 } })
  })

  describe('link.resynchronise', () => {
    /** HDLC in TCP: no pause ends a frame. */
    const inTcp = (...defects: string[]) =>
      testerOn('hdlc', {
        defects,
        described: (meter) => {
          const { hdlc } = meter.ports
          const link = hdlc?.kind === 'serial' ? hdlc.hdlc : undefined
          if (link === undefined) throw new TypeError('no HDLC in the reference meter')
          const stream = { kind: 'stream', carries: 'hdlc', connections: 1, inactivityMs: 0, tcpPort: 0 } as const
          return { ...meter, ports: { hdlc: { ...stream, reactionMs: 20, hdlc: link } } }
        },
      })
    it('has nothing to do on a serial line', async () => {
      const scene = testerOn('hdlc')
      await scene.up(LINK)
      const before = scene.sent().length
      expect((await scene.perform('link.resynchronise')).outcome.names).to.deep.equal({ success: true })
      expect(scene.sent(before)).to.deep.equal([])
    })
    it('in TCP asks by DISC', async () => {
      const scene = inTcp()
      await scene.up({ rung: 'ndm' })
      const before = scene.sent().length
      expect((await scene.perform('link.resynchronise')).outcome.names).to.include({ success: true, frame: 'dm' })
      expect(scene.sent(before)).to.have.lengthOf(1)
    })
    it('tells that a frame behind a cut one was lost', async () => {
      const scene = inTcp('hdlc.length.waits-for-more')
      await scene.up({ rung: 'ndm' })
      await scene.send({ messages: [{ octets: '7EA0180002040121', at: 'line' }] }, { layer: 'line', asked: [] })
      const { outcome } = await scene.perform('link.resynchronise')
      expect(outcome.names).to.deep.equal({ lost: true })
      expect((await scene.perform('link.down')).outcome.names).to.include({ success: true, frame: 'dm' })
    })
    it('is silent where nobody answers', async () => {
      const scene = inTcp('meter.deaf')
      await scene.up({ rung: 'port' })
      expect((await scene.perform('link.resynchronise')).outcome.names).to.have.property('silent')
    })
  })

  for (const word of ['link.up', 'link.down', 'link.round-trip', 'link.poll', 'link.resynchronise'])
    it(`${word} is refused where there is no HDLC`, async () => {
      expect(await testerOn('wrapper').refused(word)).to.match(/speaks no HDLC/)
    })
})
