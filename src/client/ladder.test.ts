import { expect } from 'chai'
import { hex } from '../codec/value.ts'
import type { Control } from '../protocol/hdlc/control.ts'
import { frameOctets } from '../protocol/hdlc/frame.ts'
import type { LineSettings, Party } from '../protocol/line.ts'
import { describedMeter } from '../simulator/dialogue.ts'
import { createMeter } from '../simulator/meter.ts'
import { climbToLink, climbToNdm, climbToPort, climbToSignOn, type Climbed } from './ladder.ts'
import { Link, type LinkAddresses } from './link.ts'
import { answering, octetsOf, scene, told, type Reply } from './scene.ts'
import { SignOn } from './sign-on.ts'

const OPENING: LineSettings = { baud: 300, format: '7E1' }
const ADDRESSES: LinkAddresses = { client: octetsOf('21'), server: octetsOf('03') }
const REFERENCE: LinkAddresses = { client: octetsOf('21'), server: octetsOf('00020401') }
const UA = '7EA00721037301407E'
const DM = '7EA00721031F6BE97E'
const DISC = '7EA00703215303C77E'
const SNRM = '7EA0070321930F017E'
const frame = (control: Control, destination: string): string =>
  hex(
    frameOctets({
      segmentation: false,
      'destination-address': octetsOf(destination),
      'source-address': ADDRESSES.server,
      control,
      information: octetsOf(''),
    }),
  )
const RR_0 = frame({ is: 'rr', 'n-r': 0, 'poll-final': true }, '21')
const UA_OF_ANOTHER = frame({ is: 'ua', 'poll-final': true }, '23')

async function linkOver(...rows: readonly (readonly (string | Reply)[])[]) {
  const party = answering(...rows)
  const { port } = scene('serial', party, 'hdlc')
  await climbToPort(port, 1000)
  return { link: new Link(port, ADDRESSES), party }
}

async function optical(party: Party) {
  const { port, world } = scene('serial', party, 'sign-on', OPENING)
  await climbToPort(port, 1000)
  const signOn = new SignOn(port, {
    opening: OPENING,
    modes: ['E'],
    address: undefined,
    reactionMs: 1500,
    sessionMs: 133_000,
  })
  return { signOn, link: new Link(port, REFERENCE), port, world }
}
const meter = (...defects: string[]): Party => createMeter(describedMeter('reference'), { defects }).party('optical')

/** `down at link: UA expected, frame 7E… heard`. */
const shortly = (climbed: Climbed): string =>
  climbed.is === 'down'
    ? `down at ${climbed.rung}: ${climbed.expected} expected, ${told(climbed.heard)} heard`
    : climbed.is

describe('ladder', () => {
  describe('to the port', () => {
    it('opens it, and leaves an open one as it is', async () => {
      const { port, traffic } = scene('stream', answering(), 'wrapper')
      expect((await climbToPort(port, 1000)).is).to.equal('up')
      expect((await climbToPort(port, 1000)).is).to.equal('up')
      expect(traffic).to.have.lengthOf(1)
    })
    it('opens one that the meter has closed', async () => {
      const { port, traffic } = scene('stream', answering([{ ends: 'close' }]), 'wrapper')
      await climbToPort(port, 1000)
      await port.write(Uint8Array.of(1))
      await port.hear(1000)
      expect(port.isOpen).to.equal(false)
      expect((await climbToPort(port, 1000)).is).to.equal('up')
      expect(traffic.filter(({ is }) => is === 'opened')).to.have.lengthOf(2)
    })
    it('is down with why it could not be opened', async () => {
      const party = answering()
      const refusing: Party = {
        ...party,
        receive: (input) => (input.is === 'connected' ? [{ is: 'reset', peer: input.peer, at: input.at }] : []),
      }
      const { port } = scene('stream', refusing, 'wrapper')
      expect(await climbToPort(port, 1000)).to.include({ is: 'down', rung: 'port', refused: 'refused' })
    })
  })

  describe('to NDM', () => {
    for (const [name, answer] of [
      ['UA', UA],
      ['DM', DM],
    ] as const)
      it(`${name} to DISC`, async () => {
        const { link, party } = await linkOver([answer])
        expect((await climbToNdm(link, undefined, 100)).is).to.equal('up')
        expect(party.heard).to.deep.equal([DISC])
        expect(link.state.mode).to.equal('ndm')
      })
    it('is down with what came in their place', async () => {
      const { link } = await linkOver([RR_0])
      expect(shortly(await climbToNdm(link, undefined, 100))).to.equal(
        `down at ndm: UA or DM expected, frame ${RR_0} heard`,
      )
    })
    it('asks a silent meter twice', async () => {
      const { link, party } = await linkOver()
      expect(shortly(await climbToNdm(link, undefined, 100))).to.equal('down at ndm: UA or DM expected, nothing heard')
      expect(party.heard).to.deep.equal([DISC, DISC])
    })
    it('a frame for another client is none', async () => {
      const { link } = await linkOver([UA_OF_ANOTHER])
      expect(shortly(await climbToNdm(link, undefined, 100))).to.equal(
        `down at ndm: UA or DM expected, frame ${UA_OF_ANOTHER} heard`,
      )
    })
  })

  describe('to the link', () => {
    it('UA to SNRM', async () => {
      const { link, party } = await linkOver([UA])
      expect((await climbToLink(link, {}, 100)).is).to.equal('up')
      expect(party.heard).to.deep.equal([SNRM])
      expect(link.state.mode).to.equal('nrm')
    })
    it('DM is down', async () => {
      const { link } = await linkOver([DM])
      expect(shortly(await climbToLink(link, {}, 100))).to.equal(`down at link: UA expected, frame ${DM} heard`)
    })
    it('asks a silent meter twice', async () => {
      const { link, party } = await linkOver()
      expect(shortly(await climbToLink(link, {}, 100))).to.equal('down at link: UA expected, nothing heard')
      expect(party.heard).to.deep.equal([SNRM, SNRM])
    })
  })

  describe('over a sign-on', () => {
    it('identified', async () => {
      const { signOn } = await optical(meter())
      expect((await climbToSignOn(signOn)).is).to.equal('up')
    })
    it('identifies, switches, and goes to NDM and to the link', async () => {
      const { signOn, link, port } = await optical(meter())
      expect((await climbToNdm(link, signOn, 1500)).is).to.equal('up')
      expect(port.settings).to.deep.equal({ baud: 9600, format: '8N1' })
      expect((await climbToLink(link, {}, 1500)).is).to.equal('up')
    })
    it('stays at the rate where it is already', async () => {
      const { signOn, link, world } = await optical(meter())
      await climbToNdm(link, signOn, 1500)
      const since = world.now()
      expect((await climbToNdm(link, signOn, 1500)).is).to.equal('up')
      expect(world.now() - since).to.be.lessThan(200)
    })
    it('signs on again where nothing answers there any more', async () => {
      const { signOn, link, world } = await optical(meter())
      await climbToNdm(link, signOn, 1500)
      await world.next(world.now() + 200_000, () => undefined)
      expect((await climbToNdm(link, signOn, 1500)).is).to.equal('up')
    })
    it('a silent meter is down at the sign-on after three requests', async () => {
      const party = answering()
      const { signOn, link } = await optical(party)
      expect(shortly(await climbToNdm(link, signOn, 1500))).to.equal(
        'down at sign-on: an identification expected, nothing heard',
      )
      expect(party.heard).to.have.lengthOf(3)
    })
    it('so is one that answers a readout to the option select', async () => {
      const { signOn, link } = await optical(meter('sign-on.e.readout'))
      expect(shortly(await climbToNdm(link, signOn, 1500))).to.match(/^down at sign-on: the echo .* heard$/)
    })
  })
})
