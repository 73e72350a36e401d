import { expect } from 'chai'
import type { Evidence, Given, Outcome, Refusal, SendRequest, Window } from '../engine/vocabulary.ts'
import { testerOn, type SceneOptions, type TesterScene } from '../prove/scene.ts'

const LINK: Given = { rung: 'link' }
const ASSOCIATED: Given = { rung: 'association' }
const GET = { get: { 'class-id': 15, 'instance-id': '0.0.40.0.0.255', 'attribute-id': 1 } }
const HDLC = { layer: 'hdlc' } as const
const ALL = { collect: 'all', asked: ['answers'], layer: 'hdlc' } as const

const came = (evidence: Evidence | Refusal): Evidence => {
  if ('refusal' in evidence) throw new Error(evidence.refusal)
  return evidence
}
const rulesOf = ({ broken }: Outcome): readonly string[] => [...new Set(broken.map(({ rule }) => rule))]
const namesOf = ({ names }: Outcome): readonly string[] => Object.keys(names)

async function on(port: string, given: Given, options: SceneOptions = {}) {
  const scene: TesterScene = testerOn(port, options)
  await scene.up(given)
  const send = async (request: Partial<SendRequest>, window: Partial<Window> = {}): Promise<Evidence> =>
    came(await scene.send(request, window))
  return { ...scene, send }
}

describe('send', () => {
  describe('tells which rule a faulty meter breaks', () => {
    for (const [defect, port, given, message, window, rule] of [
      ['hdlc.address.not-swapped', 'hdlc', { rung: 'port' }, { snrm: {} }, HDLC, 'source-address-swapped'],
      ['hdlc.address.answer-in-four-octets', 'hdlc', { rung: 'port' }, { snrm: {} }, HDLC, 'source-address-swapped'],
      ['llc.wrong-reply', 'hdlc', LINK, { aarq: {} }, {}, 'llc-header'],
      ['hdlc.send.fcs-wrong', 'hdlc', { rung: 'ndm' }, { snrm: {} }, HDLC, 'hdlc.fcs'],
      ['hdlc.send.hcs-wrong', 'hdlc', { rung: 'ndm' }, { snrm: {} }, HDLC, 'hdlc.hcs'],
      ['hdlc.send.length-wrong', 'hdlc', { rung: 'ndm' }, { snrm: {} }, HDLC, 'hdlc.length'],
      ['hdlc.rr.wrong-n-r', 'hdlc', LINK, { rr: {} }, HDLC, 'n-r-in-the-window'],
      ['hdlc.i.n-r-not-moved', 'hdlc', LINK, { aarq: {} }, {}, 'n-r-in-the-window'],
      ['xdlms.trailing-octet', 'wrapper', ASSOCIATED, GET, {}, 'nothing-behind-the-apdu'],
      ['xdlms.invoke-id.wrong', 'wrapper', ASSOCIATED, GET, {}, 'invoke-id-and-priority'],
      ['wrapper.send.wports-not-swapped', 'wrapper', { rung: 'port' }, { aarq: {} }, {}, 'wports-swapped'],
      ['udp.reply-from-other-port', 'udp', { rung: 'port' }, { aarq: {} }, {}, 'datagram-from-the-port-asked'],
    ] as const)
      it(`${defect}: ${rule}`, async () => {
        const addressing = defect === 'hdlc.address.answer-in-four-octets' ? { meter: 'one-octet' } : {}
        const faulty = await on(port, given, { defects: [defect], ...addressing })
        expect(rulesOf((await faulty.send({ messages: [message] }, window)).outcome)).to.include(rule)
        const conformant = await on(port, given, addressing)
        expect(rulesOf((await conformant.send({ messages: [message] }, window)).outcome)).to.deep.equal([])
      })

    it('hdlc.i.longer-than-agreed: information-within-the-agreed-length', async () => {
      const propose = { 'max-information-field-length-receive': 32 }
      const scene = await on('hdlc', { rung: 'link', propose }, { defects: ['hdlc.i.longer-than-agreed'] })
      const { outcome } = await scene.send({ messages: [{ aarq: {} }] })
      expect(rulesOf(outcome)).to.include('information-within-the-agreed-length')
    })
    it('hdlc.window.too-many: window-within-the-agreed-size', async () => {
      const propose = { 'max-information-field-length-receive': 32, 'window-size-receive': 2 }
      const given: Given = { rung: 'association', client: 'reader', propose }
      const list = { get: { 'class-id': 15, 'instance-id': '0.0.40.0.0.255', 'attribute-id': 2 } }
      const scene = await on('hdlc', given, { defects: ['hdlc.window.too-many'] })
      const { outcome } = await scene.send({ messages: [list] })
      expect(rulesOf(outcome)).to.include('window-within-the-agreed-size')
      const conformant = await on('hdlc', given)
      expect(rulesOf((await conformant.send({ messages: [list] })).outcome)).to.deep.equal([])
    })
  })

  describe('lays octets on the line', () => {
    it('with gaps that a frame stands, and with one that it does not', async () => {
      const scene = await on('hdlc', LINK)
      const short = await scene.send({ messages: [{ rr: {} }], pace: { every: 1, pause: 12 } }, HDLC)
      expect(namesOf(short.outcome)).to.include('rr')
      const pace = { after: 'hdlc.control', pause: 60 }
      const long = await scene.send({ messages: [{ disc: {} }], pace }, { ...HDLC, asked: ['silent'] })
      expect(namesOf(long.outcome)).to.deep.equal(['silent'])
      expect(namesOf((await scene.send({ messages: [{ rr: {} }] }, HDLC)).outcome), 'still linked').to.include('rr')
    })
    it('frames joined by a shared flag: both are answered, the numbers move', async () => {
      const scene = await on('hdlc', LINK)
      const messages = [{ i: { apdu: { aarq: {} } } }, { rr: {} }]
      const before = scene.sent().length
      await scene.send({ messages, pace: { join: true } }, ALL)
      expect(scene.sent(before)).to.have.lengthOf(1)
      expect(scene.tester.scope('main')['link']).to.include({ 'v-s': 1, 'v-r': 1 })
    })
    it('frames one after the other, each with its own write', async () => {
      const scene = await on('hdlc', { rung: 'ndm' })
      const before = scene.sent().length
      const { outcome } = await scene.send({ messages: [{ disc: {} }, { snrm: {} }] }, ALL)
      expect(scene.sent(before)).to.have.lengthOf(2)
      expect(outcome.names).to.deep.equal({ answers: 2 })
    })
    it('segments of a faulty APDU frame by frame, each acknowledged', async () => {
      // A wrong context is refused by the AARE: the segments have arrived.
      const propose = { 'max-information-field-length-transmit': 16 }
      const scene = await on('hdlc', { rung: 'link', propose })
      const before = scene.sent().length
      const wrong = { 'aarq.application-context-name': 'sn' }
      const { outcome } = await scene.send({ messages: [{ aarq: {} }], wrong }, HDLC)
      expect(scene.sent(before).length).to.be.greaterThan(2)
      expect(namesOf(outcome)).to.include.members(['i', 'aare'])
    })
    it('octets as they are', async () => {
      const scene = await on('hdlc', LINK)
      const { outcome } = await scene.send({ messages: [{ octets: '7E7E7E', at: 'line' }] }, { layer: 'line' })
      expect(namesOf(outcome)).to.deep.equal(['silent'])
      expect(scene.sent().at(-1)).to.equal('7E7E7E')
    })
  })

  it('judges the answer by the addresses that the question had', async () => {
    const scene = await on('hdlc', LINK)
    await scene.up({ rung: 'closed', client: 'reader', over: 'main' }, 'reader')
    const { outcome } = await scene.send({ messages: [{ disc: {} }], as: 'reader' }, HDLC)
    expect(namesOf(outcome)).to.include('dm')
    expect(outcome.broken).to.deep.equal([])
  })

  it('judges the answer by the wPorts that the question had', async () => {
    const scene = await on('wrapper', { rung: 'port' })
    const wrong = { 'wrapper.source-wport': 2, 'wrapper.destination-wport': 17 }
    const { outcome } = await scene.send({ messages: [{ aarq: {} }], wrong }, { layer: 'wrapper' })
    expect(outcome.names['wpdu']).to.include({ 'source-wport': 17, 'destination-wport': 2 })
    expect(outcome.broken).to.deep.equal([])
  })

  it('an answer to a faulty APDU has no invoke-id to keep', async () => {
    const scene = await on('wrapper', ASSOCIATED, { defects: ['xdlms.invoke-id.wrong'] })
    const wrong = { 'get-request-normal.attribute-id': 77 }
    expect((await scene.send({ messages: [GET], wrong }, { layer: 'apdu' })).outcome.broken).to.deep.equal([])
  })

  describe('keeps what is above the link', () => {
    const associated = (scene: TesterScene): boolean => 'association' in scene.tester.scope('main')
    it('an AARE opens an association, over HDLC and over the wrapper', async () => {
      for (const [port, rung] of [
        ['hdlc', 'link'],
        ['wrapper', 'port'],
      ] as const) {
        const scene = await on(port, { rung })
        await scene.send({ messages: [{ aarq: {} }] })
        expect(associated(scene), port).to.equal(true)
        await scene.send({ messages: [{ rlrq: {} }] })
        expect(associated(scene), port).to.equal(false)
      }
    })
    it('UA and DM end it', async () => {
      for (const message of [{ snrm: {} }, { disc: {} }]) {
        const scene = await on('hdlc', ASSOCIATED)
        expect(associated(scene)).to.equal(true)
        await scene.send({ messages: [message] }, HDLC)
        expect(associated(scene)).to.equal(false)
      }
    })
    it('so does the end of the connection', async () => {
      const scene = await on('wrapper', ASSOCIATED)
      await scene.send({ messages: [{ octets: '00020010000100020000', at: 'line' }] }, { layer: 'line' })
      expect(associated(scene)).to.equal(false)
    })
  })

  describe('sign-on, message by message', () => {
    const SIGN_ON = { layer: 'sign-on' } as const
    it('request, option select, P0, password: each answered', async () => {
      const scene = await on('optical', { rung: 'port' }, { meter: 'mode-c' })
      const ask = async (message: SendRequest['messages'][number]) =>
        namesOf((await scene.send({ messages: [message] }, SIGN_ON)).outcome)
      expect(await ask({ request: {} })).to.include('identification')
      const select = { acknowledgement: { 'baud-rate-identification': '0', 'mode-control': '1' } }
      expect(await ask(select)).to.include('command')
      expect(await ask({ command: { type: 'P', number: '1', data: '(wrong)' } })).to.include('nak')
      expect(await ask({ break: {} })).to.include('silent')
    })
    it('a readout that nobody listened to is set aside before the next request', async () => {
      const scene = await on('optical', { rung: 'sign-on' }, { meter: 'mode-c' })
      await scene.send(
        { messages: [{ acknowledgement: { 'baud-rate-identification': '0' } }] },
        { ...SIGN_ON, asked: [] },
      )
      await scene.tester.wait('main', 20_000)
      const { outcome, surplus } = await scene.send({ messages: [{ request: {} }] }, SIGN_ON)
      expect(namesOf(outcome)).to.include('identification')
      expect(surplus).to.deep.equal([])
    })
  })
})
