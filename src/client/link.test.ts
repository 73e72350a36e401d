import { expect } from 'chai'
import { hex } from '../codec/value.ts'
import { frameOctets } from '../protocol/hdlc/frame.ts'
import { newLedger } from './ledger.ts'
import { isForUs, Link, sameAddress, type LinkAddresses } from './link.ts'
import { answering, octetsOf, scene, type Reply } from './scene.ts'

const ADDRESSES: LinkAddresses = { client: octetsOf('21'), server: octetsOf('03') }
const SNRM = '7EA0070321930F017E'
const SNRM_DEFAULTS = '7EA01E032193CD3B818012050180060180070400000001080400000001533B7E'
const UA = '7EA00721037301407E'
const DM = '7EA00721031F6BE97E'
const UI = '7EA021210313CEE7E6E7000F0000000100020209060000190900FF06000000012AB07E'
const RR_0 = '7EA00703211115A67E'
const I_GET = '7EA0190321326FD8E6E600C001C100080000010000FF0200601A7E'

async function linkOver(...rows: readonly (readonly (string | Reply)[])[]) {
  const party = answering(...rows)
  const { port, world } = scene('serial', party, 'hdlc')
  await port.open()
  return { link: new Link(port, ADDRESSES), party, world, ledger: newLedger() }
}

describe('link', () => {
  describe('makes the frames of the standard', () => {
    it('SNRM without a proposal has no information field', async () => {
      const { link } = await linkOver()
      expect(hex(frameOctets(link.snrm()))).to.equal(SNRM)
    })
    it('SNRM with the proposal of the Green Book', async () => {
      const { link } = await linkOver()
      const defaults = {
        'max-information-field-length-transmit': 128,
        'max-information-field-length-receive': 128,
        'window-size-transmit': 1,
        'window-size-receive': 1,
      }
      expect(hex(frameOctets(link.snrm(defaults)))).to.equal(SNRM_DEFAULTS)
    })
    it('RR with what has been received', async () => {
      const { link } = await linkOver()
      expect(hex(frameOctets(link.poll()))).to.equal(RR_0)
      link.state = { ...link.state, 'v-r': 4 }
      expect(hex(frameOctets(link.poll()))).to.equal('7EA0070321911D227E')
    })
    it('I with a GET', async () => {
      const { link } = await linkOver()
      const control = { is: 'i', 'n-s': 1, 'n-r': 1, 'poll-final': true } as const
      const information = octetsOf('E6E600C001C100080000010000FF0200')
      expect(hex(frameOctets(link.frame(control, information)))).to.equal(I_GET)
    })
  })

  describe('sets a mode', () => {
    it('by the first frame that comes', async () => {
      const { link, party, ledger } = await linkOver([UA])
      expect(await link.setMode(link.snrm(), 100, ledger)).to.include({ is: 'frame' })
      expect(link.state.mode).to.equal('nrm')
      expect(party.heard).to.deep.equal([SNRM])
      expect(ledger.passed.map(({ direction, before }) => [direction, before.mode])).to.deep.equal([
        ['sent', 'unknown'],
        ['received', 'unknown'],
      ])
    })
    it('on silence once more, and not again', async () => {
      const { link, party, ledger } = await linkOver([], [UA])
      expect((await link.setMode(link.snrm(), 100, ledger)).is).to.equal('frame')
      expect(party.heard).to.deep.equal([SNRM, SNRM])
      const deaf = await linkOver()
      expect((await deaf.link.setMode(deaf.link.disc(), 100, deaf.ledger)).is).to.equal('silent')
      expect(deaf.party.heard).to.have.lengthOf(2)
      expect((await deaf.link.setMode(deaf.link.disc(), 100, deaf.ledger, 1)).is).to.equal('silent')
      expect(deaf.party.heard).to.have.lengthOf(3)
    })
    it('noise is heard over once, and told the second time', async () => {
      const { link, party, ledger } = await linkOver(['00FF'], ['00FF'])
      const reaction = await link.setMode(link.snrm(), 100, ledger)
      expect(reaction.is === 'other' && reaction.heard.is).to.equal('noise')
      expect(party.heard).to.have.lengthOf(2)
    })
    it('a damaged frame is told at once', async () => {
      const { link, party, ledger } = await linkOver([UA.replace('01407E', '01417E')])
      const reaction = await link.setMode(link.snrm(), 100, ledger)
      expect(reaction.is === 'other' && reaction.heard.is).to.equal('damaged')
      expect(party.heard).to.have.lengthOf(1)
    })
    it('behind UI, which is set aside', async () => {
      const { link, ledger } = await linkOver([UI, DM])
      const reaction = await link.setMode(link.snrm(), 100, ledger)
      expect(reaction.is === 'frame' && reaction.frame.control.is).to.equal('dm')
      expect(ledger.unsolicited).to.have.lengthOf(1)
      expect(link.state.mode).to.equal('ndm')
    })
  })

  it('records what was done to the octets on purpose', async () => {
    const { port, traffic } = scene('serial', answering(), 'hdlc')
    await port.open()
    const marks = [{ path: 'hdlc.fcs', from: 6, to: 8, what: 'flip 0001' }]
    await new Link(port, ADDRESSES).transmit(octetsOf(SNRM), { moves: false, marks }, newLedger())
    expect(traffic.at(-1)?.marks).to.deep.equal(marks)
  })

  it('octets that were damaged move no state variable', async () => {
    const { link, ledger } = await linkOver()
    const frame = link.frame({ is: 'i', 'n-s': 0, 'n-r': 0, 'poll-final': true })
    await link.transmit(octetsOf(I_GET), { frame, moves: false }, ledger)
    expect(link.state['v-s']).to.equal(0)
    expect(ledger.passed).to.have.lengthOf(1)
    await link.transmit(octetsOf(I_GET), { frame, moves: true }, ledger)
    expect(link.state['v-s']).to.equal(1)
    await link.transmit(octetsOf('00FF'), { moves: false }, ledger)
    expect(ledger.passed).to.have.lengthOf(2)
  })

  it('notes where an APDU begins in UI frames that go on', async () => {
    const { link, ledger } = await linkOver()
    const heard = { octets: octetsOf(UI), begin: 0, end: 0 }
    const frame = link.frame({ is: 'ui', 'poll-final': false }, octetsOf('E6E7000F'))
    for (const segmentation of [true, true, false, false]) link.took({ ...frame, segmentation }, heard, ledger)
    expect(ledger.passed.map(({ begins }) => begins)).to.deep.equal([true, false, false, true])
  })

  it('puts segments together that come in sequence, and forgets them when the link is built afresh', async () => {
    const { link, ledger } = await linkOver()
    const heard = { octets: octetsOf(''), begin: 0, end: 0 }
    const took = (sent: number, information: string, segmentation: boolean) => {
      const control = { is: 'i', 'n-s': sent, 'n-r': 0, 'poll-final': true } as const
      link.took(link.frame(control, octetsOf(information), segmentation), heard, ledger)
      const { whole } = ledger.passed.at(-1) ?? {}
      return whole && hex(whole)
    }
    expect(took(0, 'E6E700', true)).to.equal(undefined)
    expect(took(5, 'FFFF', false), 'out of sequence').to.equal(undefined)
    expect(took(1, 'D801', true)).to.equal(undefined)
    expect(took(2, '01', false)).to.equal('E6E700D80101')
    expect(took(3, 'AAAA', true)).to.equal(undefined)
    link.took(link.frame({ is: 'ua', 'poll-final': true }), heard, ledger)
    expect(took(0, 'E6E700D80102', false)).to.equal('E6E700D80102')
  })

  it('knows frames that are for it by both addresses, each with its length', async () => {
    const { link } = await linkOver()
    const frame = link.frame({ is: 'rr', 'n-r': 0, 'poll-final': true })
    const [destination, source] = [ADDRESSES.client, ADDRESSES.server]
    expect(isForUs(ADDRESSES, frame)).to.equal(false)
    expect(isForUs(ADDRESSES, { ...frame, 'destination-address': destination, 'source-address': source })).to.equal(
      true,
    )
    expect(sameAddress(octetsOf('03'), octetsOf('0003'))).to.equal(false)
    expect(sameAddress(octetsOf('0203'), octetsOf('0203'))).to.equal(true)
  })
})
