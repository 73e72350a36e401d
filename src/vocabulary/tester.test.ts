import { expect } from 'chai'
import type { Value } from '../codec/value.ts'
import { unhex } from '../codec/value.ts'
import { TesterGone, type Evidence, type Given, type Outcome, type Refusal } from '../engine/vocabulary.ts'
import { examine } from '../protocol/hdlc/examine.ts'
import { testerOn, WINDOW } from '../prove/scene.ts'
import { Interrupted } from '../world/real.ts'
import { createTester } from './tester.ts'

const LINK: Given = { rung: 'link' }
const GET = { get: { 'class-id': 15, 'instance-id': '0.0.40.0.0.255', 'attribute-id': 1 } }

const came = (evidence: Evidence | Refusal): Evidence => {
  if ('refusal' in evidence) throw new Error(evidence.refusal)
  return evidence
}
const namesOf = ({ names }: Outcome): readonly string[] => Object.keys(names)
const rulesOf = (outcomes: readonly Outcome[]): readonly string[] =>
  outcomes.flatMap(({ broken }) => broken.map(({ rule }) => rule))

describe('tester', () => {
  describe('climbs', () => {
    for (const [port, rungs] of [
      ['hdlc', ['closed', 'port', 'ndm', 'link', 'association']],
      ['optical', ['closed', 'port', 'sign-on', 'ndm', 'link', 'association']],
      ['wrapper', ['closed', 'port', 'association']],
      ['udp', ['closed', 'port', 'association']],
    ] as const)
      for (const rung of rungs)
        it(`to ${rung} (${port}), and again`, async () => {
          const scene = testerOn(port)
          expect(await scene.climb({ rung })).to.deep.equal({ is: 'up' })
          expect(await scene.climb({ rung })).to.deep.equal({ is: 'up' })
        })

    for (const [port, given, why] of [
      ['hdlc', { rung: 'sign-on' }, 'the port hdlc has no sign-on'],
      ['hdlc', { rung: 'link', client: 'nobody' }, 'no client nobody is declared'],
      ['hdlc', { rung: 'link', device: 'cellar' }, 'no logical device cellar is declared for the client public'],
      ['hdlc', { rung: 'pending' }, 'the client public has no HLS: nothing is pending'],
    ] as const)
      it(`${why}: inapplicable`, async () => {
        expect(await testerOn(port).climb(given)).to.deep.equal({ is: 'inapplicable', why })
      })
    it('beyond the sign-on where there is no mode E: inapplicable', async () => {
      const { climb } = testerOn('optical', { meter: 'mode-c' })
      expect(await climb({ rung: 'link' })).to.deep.include({ is: 'inapplicable' })
      expect((await climb({ rung: 'sign-on' })).is).to.equal('up')
    })
    it('to the sign-on of mode D: inapplicable', async () => {
      expect(await testerOn('optical', { meter: 'mode-d' }).climb({ rung: 'sign-on' })).to.deep.equal({
        is: 'inapplicable',
        why: 'a meter of mode D takes no request',
      })
    })
    it('without the secret of the client: inapplicable', async () => {
      const scene = testerOn('wrapper', { described: (meter) => ({ ...meter, secrets: {} }) })
      expect(await scene.climb({ rung: 'association', client: 'reader' })).to.deep.include({ is: 'inapplicable' })
    })

    for (const [defect, port, given, rung, expected] of [
      ['hdlc.snrm.answered-by-dm', 'hdlc', { rung: 'association' }, 'link', 'dm'],
      ['meter.deaf', 'hdlc', { rung: 'link' }, 'ndm', undefined],
      ['meter.deaf', 'optical', { rung: 'link' }, 'sign-on', undefined],
      ['meter.deaf', 'wrapper', { rung: 'association' }, 'association', 'silent'],
    ] as const)
      it(`down at ${rung} (${defect}, ${port})`, async () => {
        const climbed = await testerOn(port, { defects: [defect] }).climb(given)
        expect(climbed).to.include({ is: 'down', rung })
        const names = climbed.is === 'down' && climbed.outcome ? namesOf(climbed.outcome) : []
        if (expected === undefined) expect(names).to.deep.equal([])
        else expect(names).to.include(expected)
      })
    it('down at the association with the AARE that refuses', async () => {
      const scene = testerOn('wrapper', {
        declared: (value) =>
          JSON.parse(JSON.stringify(value).replaceAll('"reader-password"', '"management-password"')) as Value,
      })
      const climbed = await scene.climb({ rung: 'association', client: 'reader' })
      expect(climbed).to.include({ is: 'down', rung: 'association', expected: 'an AARE that accepts' })
      expect(climbed.is === 'down' && climbed.outcome?.names).to.include({ refused: 'aare' })
    })

    it('two clients share a line that is asked for by name', async () => {
      const scene = testerOn('wrapper')
      await scene.up({ rung: 'association' })
      await scene.up({ rung: 'association', client: 'reader', over: 'main' }, 'reader')
      expect(scene.events.filter((event) => event.event === 'traffic' && event.is === 'opened')).to.have.lengthOf(1)
      await scene.up({ rung: 'association', client: 'management' }, 'manager')
      expect(scene.events.filter((event) => event.event === 'traffic' && event.is === 'opened')).to.have.lengthOf(2)
    })
    it('all connections share a serial line', async () => {
      const scene = testerOn('hdlc')
      await scene.up(LINK)
      await scene.up({ rung: 'link', client: 'reader' }, 'reader')
      expect(scene.events.filter((event) => event.event === 'traffic' && event.is === 'opened')).to.have.lengthOf(1)
    })
    it('proposes what is asked for', async () => {
      const scene = testerOn('hdlc')
      await scene.up({
        rung: 'link',
        propose: { 'window-size-transmit': 3, 'max-information-field-length-receive': 64 },
      })
      expect(scene.tester.scope('main')['link']).to.include({
        'window-size-transmit': 3,
        'max-information-field-length-receive': 64,
      })
    })
  })

  describe('sends and listens', () => {
    it('an APDU: the link runs by itself', async () => {
      const scene = testerOn('hdlc')
      await scene.up({ rung: 'association' })
      const { outcome, during } = came(await scene.send({ messages: [GET] }))
      expect(namesOf(outcome)).to.include.members(['get-response', 'i', 'executed'])
      expect(during).to.have.lengthOf(1)
    })
    it('a frame: nothing is answered by itself', async () => {
      const scene = testerOn('hdlc')
      await scene.up(LINK)
      const { outcome } = came(await scene.send({ messages: [{ i: { apdu: { aarq: {} } } }] }, { layer: 'hdlc' }))
      expect(namesOf(outcome)).to.include.members(['i', 'frame', 'aare'])
    })
    it('the state of the link moves with what was right alone', async () => {
      const scene = testerOn('hdlc')
      await scene.up(LINK)
      const state = () => scene.tester.scope('main')['link']
      const i = { i: { apdu: { aarq: {} } } }
      await scene.send(
        { messages: [i], damage: { 'hdlc.fcs': { flip: '0001' } } },
        { layer: 'hdlc', asked: ['silent'] },
      )
      expect(state()).to.include({ 'v-s': 0, 'v-r': 0 })
      await scene.send({ messages: [i] }, { layer: 'hdlc' })
      expect(state()).to.include({ 'v-s': 1, 'v-r': 1 })
    })
    it('silence has the length of the window', async () => {
      const scene = testerOn('hdlc')
      await scene.up(LINK)
      const damage = { 'hdlc.fcs': { flip: '0001' } }
      const window = { layer: 'hdlc', mostMs: 100, lateMs: 100, asked: ['silent'] } as const
      const { outcome } = came(await scene.send({ messages: [{ rr: {} }], damage }, window))
      expect(outcome.names).to.deep.equal({ silent: { ms: 100 } })
    })
    it('all answers of a window as one outcome', async () => {
      const scene = testerOn('wrapper')
      await scene.up({ rung: 'association' })
      const window = { collect: 'all', asked: ['answers'], layer: 'apdu' } as const
      const { outcome, during } = came(await scene.send({ messages: [GET, GET] }, window))
      expect(outcome.names).to.deep.equal({ answers: 2 })
      expect(outcome.afterMs).to.be.closeTo(20, 1)
      expect(during.map(namesOf).flat()).to.include('get-response')
      const joined = came(await scene.send({ messages: [GET, GET], pace: { join: true } }, window))
      expect(joined.outcome.names).to.deep.equal({ answers: 2 })
    })
    it('all I frames of a turn: none of them is surplus', async () => {
      const propose = { 'max-information-field-length-receive': 32, 'window-size-receive': 3 }
      const scene = testerOn('hdlc')
      await scene.up({ rung: 'association', propose })
      const list = { get: { ...GET.get, 'attribute-id': 2 } }
      const { during } = came(await scene.send({ messages: [{ i: { apdu: list } }] }, { layer: 'hdlc' }))
      expect(during.map(({ names }) => names['frame'])).to.deep.equal(['i', 'i', 'i'])
      expect(await scene.tester.settle()).to.deep.equal([])
    })
    it('nothing expected: the answer is for the next step, which listens', async () => {
      const scene = testerOn('wrapper')
      await scene.up({ rung: 'association' })
      const sent = came(await scene.send({ messages: [GET] }, { asked: [] }))
      expect(sent.outcome.names).to.deep.equal({ silent: { ms: 0 } })
      const heard = await scene.tester.listen('main', WINDOW)
      expect(namesOf(heard.outcome)).to.include('get-response')
      expect(heard.outcome.afterMs).to.be.closeTo(20, 1)
    })
    it('a connection that is closed answers closed', async () => {
      const { outcome } = came(await testerOn('wrapper').send({ messages: [GET] }))
      expect(outcome.names).to.deep.equal({ closed: true })
    })
    it('a push is set aside, or heard where it is asked for', async () => {
      const aside = testerOn('hdlc')
      await aside.up({ rung: 'ndm' })
      const listened = await aside.tester.listen('main', { ...WINDOW, lateMs: 70_000 })
      expect(listened.outcome.names).to.have.property('silent')
      expect(listened.unsolicited.map(namesOf).flat()).to.include('data-notification')
      const scene = testerOn('hdlc')
      await scene.up({ rung: 'ndm' })
      const { outcome } = await scene.tester.listen('main', {
        ...WINDOW,
        lateMs: 70_000,
        asked: ['data-notification'],
      })
      expect(namesOf(outcome)).to.include.members(['ui', 'data-notification'])
      expect(outcome.broken).to.deep.equal([])
    })
    it('a lost answer is asked for again where the line is noisy', async () => {
      const scene = testerOn('hdlc', { noisy: true, defects: ['meter.dies-at-frame-4'] })
      await scene.up({ rung: 'association' })
      const before = scene.sent().length
      await scene.send({ messages: [GET] })
      expect(scene.sent(before).length).to.be.greaterThan(1)
      const again = scene.sent().length
      await scene.send({ messages: [GET] }, { asked: ['silent'] })
      expect(scene.sent(again), 'not where silence may be').to.have.lengthOf(1)
    })
  })

  describe('what came before a step spoke', () => {
    it('is surplus of the step, and a rule is broken', async () => {
      const scene = testerOn('hdlc', { defects: ['hdlc.inactivity.sends-dm'] })
      await scene.up(LINK)
      const waited = await scene.tester.wait('main', 130_000)
      expect(waited.during.map(namesOf).flat()).to.include('dm')
      const { outcome, surplus } = came(await scene.send({ messages: [{ rr: {} }] }, { layer: 'hdlc' }))
      expect(outcome.names).to.include({ refused: 'dm' })
      expect(rulesOf(surplus)).to.deep.equal(['only-when-polled'])
    })
    it('or is found by settle, where no step speaks any more', async () => {
      const scene = testerOn('hdlc', { defects: ['hdlc.inactivity.sends-dm'] })
      await scene.up(LINK)
      await scene.tester.wait('main', 130_000)
      expect(rulesOf(await scene.tester.settle())).to.deep.equal(['only-when-polled'])
      expect(await scene.tester.settle()).to.deep.equal([])
    })
    it('settle finds nothing after a conformant answer', async () => {
      for (const port of ['hdlc', 'wrapper', 'udp', 'optical']) {
        const scene = testerOn(port)
        await scene.up({ rung: 'association' })
        expect(await scene.tester.settle(), port).to.deep.equal([])
      }
    })
  })

  describe('waits', () => {
    it('as long as it says, and tells what came', async () => {
      const scene = testerOn('wrapper', { meter: 'short-timeouts' })
      await scene.up({ rung: 'association' })
      const since = scene.tester.now()
      const { outcome, during } = await scene.tester.wait('main', 3000)
      expect(scene.tester.now() - since).to.equal(3000)
      expect(outcome.names).to.deep.equal({ silent: { ms: 3000 } })
      expect(during.map(namesOf)).to.deep.equal([['closed']])
      expect(came(await scene.send({ messages: [GET] })).outcome.names).to.deep.equal({ closed: true })
    })
    it('with nothing open, and opens the serial line afresh', async () => {
      const scene = testerOn('hdlc')
      await scene.up(LINK)
      await scene.tester.release()
      const since = scene.tester.now()
      const { outcome } = await scene.tester.wait('main', 500)
      expect(outcome).to.deep.include({ names: { silent: { ms: 500 } }, noise: false })
      expect(scene.tester.now() - since).to.equal(500)
      await scene.up(LINK)
      expect(scene.events.filter((event) => event.event === 'traffic' && event.is === 'opened')).to.have.lengthOf(2)
    })
  })

  it('release ends connections, and takes links down first', async () => {
    const scene = testerOn('hdlc')
    await scene.up(LINK)
    const before = scene.sent().length
    await scene.tester.release()
    const [disc = '', ...others] = scene.sent(before)
    expect(examine(unhex(disc) ?? new Uint8Array(0)).frame?.control.is).to.equal('disc')
    expect(others).to.deep.equal([])
    expect(scene.tester.scope('main')).to.deep.equal({})
    await scene.tester.close()
  })

  it('counts what was heard, of lines that are gone as well', async () => {
    const scene = testerOn('wrapper')
    await scene.up({ rung: 'association' })
    await scene.send({ messages: [GET] })
    await scene.tester.release()
    expect(scene.tester.heard()).to.equal(2)
  })

  it('refuses a word that there is not', async () => {
    expect(await testerOn('hdlc').refused('dance')).to.equal('there is no word dance')
  })

  it('an interruption is told to the engine', async () => {
    const scene = testerOn('hdlc')
    const tester = createTester({
      declaration: {},
      port: 'hdlc',
      world: {
        ...scene.bench.world,
        next: () => Promise.reject(new Interrupted()),
      },
      transport: () => scene.bench.transport('hdlc'),
      secret: () => undefined,
      random: { octets: () => new Uint8Array(0), below: () => 0 },
      journal: scene.journal,
      counters: scene.journal,
      serverKeys: scene.journal,
      policies: scene.journal,
      keepSecret: () => undefined,
      emit: () => undefined,
      instance: () => undefined,
      noisy: false,
      tolerance: { percent: 0, plusMs: 0 },
    })
    const outcome = await tester.wait('main', 10).catch((error: unknown) => error)
    expect(outcome).to.be.instanceOf(TesterGone)
  })
})
