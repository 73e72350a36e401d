import { expect } from 'chai'
import type { LineSettings, Party } from '../protocol/line.ts'
import { describedMeter } from '../simulator/dialogue.ts'
import { secretText } from '../simulator/description.ts'
import { createMeter } from '../simulator/meter.ts'
import { newLedger } from './ledger.ts'
import { Link } from './link.ts'
import { answering, octetsOf, scene, told } from './scene.ts'
import { isIdentification, optionSelect, requestFor, SignOn, type SignOnOptions } from './sign-on.ts'

const OPENING: LineSettings = { baud: 300, format: '7E1' }
const OPTIONS: SignOnOptions = {
  opening: OPENING,
  modes: ['C', 'E'],
  address: undefined,
  reactionMs: 1500,
  sessionMs: 133_000,
}
const REQUEST = '2F3F210D0A'
const IDENTIFICATION = '2F53494D355C324D45544552310D0A'
const ADDRESSES = { client: octetsOf('21'), server: octetsOf('00020401') }

async function over(party: Party, options: Partial<SignOnOptions> = {}) {
  const { port, world, traffic } = scene('serial', party, 'sign-on', OPENING)
  await port.open()
  const signOn = new SignOn(port, { ...OPTIONS, ...options })
  const sent = () =>
    traffic.flatMap(({ direction, is, octets, names }) =>
      direction === 'sent' && is !== 'opened' ? [names[0] ?? octets] : [],
    )
  return { signOn, port, world, ledger: newLedger(), sent }
}
const withMeter = (name = 'reference', options: Partial<SignOnOptions> = {}, defects: readonly string[] = []) =>
  over(createMeter(describedMeter(name), { defects }).party('optical'), options)
const password = (digits: string) =>
  ({ is: 'command', value: { type: 'P', number: '1', 'data-field': `(${digits})`, partial: false } }) as const

describe('sign-on', () => {
  it('a request is answered by the identification, at the opening rate', async () => {
    const { signOn, ledger, sent } = await withMeter()
    expect(isIdentification(await signOn.identify(ledger))).to.equal(true)
    expect(signOn.identification).to.include({ manufacturer: 'SIM', 'baud-rate-identification': '5' })
    expect(signOn).to.deep.include({ place: 'started', settings: OPENING })
    expect(signOn.announcedRate()).to.equal(9600)
    expect(sent()).to.deep.equal(['request'])
  })

  it('the request holds the address, if there is one', async () => {
    const { signOn, ledger } = await withMeter('reference', { address: '12345678' })
    expect(isIdentification(await signOn.identify(ledger))).to.equal(true)
    const foreign = await withMeter('reference', { address: '87654321' })
    expect(await foreign.signOn.identify(foreign.ledger)).to.equal(undefined)
    expect(requestFor()).to.deep.equal({ is: 'request', value: { address: '' } })
  })

  it('three requests in all, the last when every session has ended', async () => {
    const party = answering()
    const { signOn, ledger, world } = await over(party)
    expect(await signOn.identify(ledger)).to.equal(undefined)
    expect(party.heard).to.deep.equal([REQUEST, REQUEST, REQUEST])
    expect(world.now()).to.be.greaterThan(OPTIONS.sessionMs)
    expect(signOn.place).to.equal('unknown')
  })

  it('asks no more where the connection has ended', async () => {
    for (const [ends, is] of [
      ['close', 'closed'],
      ['reset', 'reset'],
    ] as const) {
      const party = answering([{ ends }])
      const { port } = scene('stream', party, 'sign-on')
      await port.open()
      const signOn = new SignOn(port, OPTIONS)
      expect(told(await signOn.identify(newLedger()))).to.equal(is)
      expect(party.heard).to.deep.equal([REQUEST])
    }
  })

  it('finds a meter that is in a readout: what comes meanwhile is set aside', async () => {
    const party = answering(['02313233'], [], [IDENTIFICATION])
    const { signOn, ledger } = await over(party)
    expect(isIdentification(await signOn.identify(ledger))).to.equal(true)
    expect(party.heard).to.have.lengthOf(3)
  })

  describe('mode E', () => {
    it('option select, echo, the announced rate at 8N1, and HDLC from there', async () => {
      const { signOn, port, ledger } = await withMeter()
      await signOn.identify(ledger)
      expect(await signOn.toHdlc(ledger)).to.equal(undefined)
      expect(signOn).to.deep.include({ place: 'hdlc', settings: { baud: 9600, format: '8N1' } })
      expect(port.language).to.equal('hdlc')
      const link = new Link(port, ADDRESSES)
      const reaction = await link.setMode(link.snrm(), 1500, ledger)
      expect(reaction.is === 'frame' && reaction.frame.control.is).to.equal('ua')
    })

    it('without an echo as well', async () => {
      const { signOn, ledger } = await over(answering([IDENTIFICATION]))
      await signOn.identify(ledger)
      expect(await signOn.toHdlc(ledger)).to.equal(undefined)
      expect(signOn.place).to.equal('hdlc')
    })

    it('anything else in place of the echo is told, and the rate stays', async () => {
      const { signOn, ledger } = await over(answering([IDENTIFICATION], ['15']))
      await signOn.identify(ledger)
      expect(told(await signOn.toHdlc(ledger))).to.equal('message 15')
      expect(signOn.settings).to.deep.equal(OPENING)
    })

    it('and back: when the link is over, the line opens at 300 Bd again', async () => {
      const { signOn, port, ledger, world } = await withMeter()
      await signOn.identify(ledger)
      await signOn.toHdlc(ledger)
      const since = world.now()
      expect(isIdentification(await signOn.identify(ledger))).to.equal(true)
      expect(world.now() - since).to.be.greaterThan(OPTIONS.sessionMs)
      expect(port.language).to.equal('sign-on')
      expect(signOn.settings).to.deep.equal(OPENING)
    })
  })

  describe('mode C', () => {
    const ready = async () => {
      const made = await withMeter()
      await made.signOn.identify(made.ledger)
      return { ...made, heard: await made.signOn.toProgramming('5', made.ledger) }
    }

    it('P0 at the rate chosen', async () => {
      const { signOn, heard, port } = await ready()
      expect(heard?.is === 'message' && heard.message.value).to.include({ type: 'P', number: '0' })
      expect(signOn).to.deep.include({ place: 'programming', settings: { baud: 9600, format: '7E1' } })
      expect(port.language).to.equal('programming')
    })

    it('in programming mode a single ACK is a message', async () => {
      const { signOn, ledger } = await ready()
      expect(
        told(await signOn.ask(password(secretText(describedMeter('reference'), 'sign-on-password')), 1500, ledger)),
      ).to.equal('message 06')
      expect(signOn.place).to.equal('programming')
    })

    it('and back by B0: the next request is answered at once', async () => {
      const { signOn, ledger, world, sent } = await ready()
      const since = world.now()
      expect(isIdentification(await signOn.identify(ledger))).to.equal(true)
      expect(sent().slice(-2)).to.deep.equal(['break', 'request'])
      expect(world.now() - since).to.be.lessThan(5000)
    })

    it('and back from a meter that ignores B0, when its session has ended', async () => {
      const { signOn, ledger } = await withMeter('reference', {}, ['sign-on.break.ignored'])
      await signOn.identify(ledger)
      await signOn.toProgramming('5', ledger)
      expect(isIdentification(await signOn.identify(ledger))).to.equal(true)
    })

    it('a character without a rate leaves the line at 300 Bd', async () => {
      const { signOn, ledger } = await withMeter()
      await signOn.identify(ledger)
      expect(await signOn.toProgramming('9', ledger)).to.equal(undefined)
      expect(signOn.settings.baud).to.equal(300)
    })
  })

  it('behind a readout the meter listens again', async () => {
    const { signOn, ledger } = await withMeter()
    await signOn.identify(ledger)
    const readout = await signOn.ask(optionSelect('0', '0', '0'), 1500, ledger)
    expect(readout?.is === 'message' && readout.message.is).to.equal('data-readout')
    expect(signOn.place).to.equal('started')
    expect(isIdentification(await signOn.identify(ledger))).to.equal(true)
  })

  describe('the line as a case wants it', () => {
    for (const [settings, place, language] of [
      [{ baud: 9600, format: '8N1' }, 'hdlc', 'hdlc'],
      [OPENING, 'beginning', 'sign-on'],
      [{ baud: 2400, format: '7E1' }, 'unknown', 'sign-on'],
    ] as const)
      it(`${settings.baud} ${settings.format}: ${language}`, async () => {
        const { signOn, port } = await withMeter()
        await signOn.switchTo(settings)
        expect(signOn).to.deep.include({ place, settings })
        expect(port).to.deep.include({ language, settings })
      })
  })

  it('reads Z by the modes declared', async () => {
    for (const [modes, mode] of [
      [['C', 'E'], 'C'],
      [['E'], 'E'],
      [['A', 'C'], 'C'],
      [['B', 'E'], 'E'],
      [['B'], 'B'],
      [['A'], 'A'],
      [[], 'C'],
    ] as const)
      expect((await withMeter('reference', { modes })).signOn.mode()).to.equal(mode)
    const { signOn, ledger } = await withMeter('mode-b', { modes: ['B'] })
    expect(signOn.announcedRate()).to.equal(undefined)
    await signOn.identify(ledger)
    expect(signOn.announcedRate()).to.equal(4800)
  })

  it('quiet lasts until nothing has come for so long', async () => {
    const { signOn, world, ledger } = await over(answering([{ octets: '4142', after: 400 }]))
    await signOn.tell(requestFor())
    const since = world.now()
    await signOn.quiet(500, ledger)
    expect(world.now() - since).to.be.greaterThan(900)
    expect(ledger.unsolicited.map(told)).to.deep.equal(['noise 4142'])
  })
})
