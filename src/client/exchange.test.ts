import { expect } from 'chai'
import { hex } from '../codec/value.ts'
import type { Control } from '../protocol/hdlc/control.ts'
import { frameOctets } from '../protocol/hdlc/frame.ts'
import type { LinkParameters } from '../protocol/hdlc/negotiate.ts'
import type { Party, PartyOutput } from '../protocol/line.ts'
import { AARQ, describedMeter, get, LLC, READER, set } from '../simulator/dialogue.ts'
import { createMeter } from '../simulator/meter.ts'
import { exchange, type Answer, type Patience } from './exchange.ts'
import { newLedger, type Ledger } from './ledger.ts'
import { Link, type LinkAddresses } from './link.ts'
import { answering, octetsOf, scene, type End, type Reply } from './scene.ts'

const PUBLIC: LinkAddresses = { client: octetsOf('21'), server: octetsOf('00020401') }
const AS_READER: LinkAddresses = { client: octetsOf('05'), server: octetsOf('00020401') }
const PATIENCE: Patience = { responseMs: 500, lateMs: 1000, noisy: false }
const NOISY: Patience = { ...PATIENCE, noisy: true }
const OBJECT_LIST = LLC + get(15, '0.0.40.0.0.255', 2)
/** A SET of so many octets of data. */
const long = (octets: number): string =>
  LLC + set(1, '0.0.96.128.1.255', 2, `0982${octets.toString(16).padStart(4, '0')}${'5A'.repeat(octets)}`)

/** What the meter's n-th piece becomes on the line; undefined: it is lost. */
type Loss = (octets: Uint8Array, nth: number) => Uint8Array | undefined

function lossy(party: Party, loss: Loss): Party {
  let count = 0
  const changed = (outputs: readonly PartyOutput[]): readonly PartyOutput[] =>
    outputs.flatMap((output): readonly PartyOutput[] => {
      if (output.is !== 'octets') return [output]
      const octets = loss(output.octets, ++count)
      return octets === undefined ? [] : [{ ...output, octets }]
    })
  return {
    receive: (input) => changed(party.receive(input)),
    deadline: () => party.deadline(),
    expire: (now) => changed(party.expire(now)),
  }
}

async function linked(
  proposal: Partial<LinkParameters> = {},
  { addresses = PUBLIC, loss = (octets) => octets }: { addresses?: LinkAddresses; loss?: Loss } = {},
): Promise<Link> {
  const party = createMeter(describedMeter('reference')).party('hdlc')
  const { port } = scene('serial', lossy(party, loss), 'hdlc')
  await port.open()
  const link = new Link(port, addresses)
  const { is } = await link.setMode(link.snrm(proposal), PATIENCE.responseMs, newLedger())
  expect(is).to.equal('frame')
  return link
}

async function asked(link: Link, question: string, patience = PATIENCE) {
  const ledger = newLedger()
  const answer = await exchange(link, octetsOf(question), patience, ledger)
  return { answer, ledger }
}

const wholeOf = (answer: Answer): string => (answer.is === 'whole' ? hex(answer.whole) : answer.is)
const lengths = (length: number, window: number): Partial<LinkParameters> => ({
  'max-information-field-length-transmit': length,
  'max-information-field-length-receive': length,
  'window-size-transmit': window,
  'window-size-receive': window,
})
/** `>I0 <RR1`: who sent which frame. */
const passed = ({ passed: frames }: Ledger): string =>
  frames
    .map(({ direction, frame: { control, segmentation } }) => {
      const number = 'n-s' in control ? control['n-s'] : 'n-r' in control ? control['n-r'] : ''
      return `${direction === 'sent' ? '>' : '<'}${control.is.toUpperCase()}${number}${segmentation ? 's' : ''}`
    })
    .join(' ')

describe('exchange', () => {
  it('one frame there, one back', async () => {
    const { answer, ledger } = await asked(await linked(), LLC + AARQ)
    expect(wholeOf(answer)).to.match(/^E6E70061/)
    expect(passed(ledger)).to.equal('>I0 <I0')
    expect(answer.is === 'whole' && answer.begin - answer.asked).to.be.closeTo(20, 1e-6)
  })

  describe('segments in windows', () => {
    for (let window = 1; window <= 7; window++) {
      it(`of ${window}, both ways`, async () => {
        const plain = await linked({}, { addresses: AS_READER })
        await asked(plain, LLC + READER)
        const expected = wholeOf((await asked(plain, OBJECT_LIST)).answer)
        const link = await linked(lengths(32, window), { addresses: AS_READER })
        expect(link.state.parameters).to.include(lengths(32, window))
        expect(wholeOf((await asked(link, LLC + READER)).answer)).to.match(/^E6E70061/)
        const { answer, ledger } = await asked(link, OBJECT_LIST)
        expect(wholeOf(answer)).to.equal(expected)
        expect(expected.length).to.be.greaterThan(2 * 32 * 8)
        let row = 0
        for (const { direction, frame } of ledger.passed) {
          row = direction === 'sent' ? 0 : row + 1
          expect(row).to.be.at.most(window)
          expect(frame.information.length).to.be.at.most(32)
        }
        const sent = await asked(link, long(300))
        expect(wholeOf(sent.answer), 'the reader may not set').to.equal('E6E700D80102')
        const turns = passed(sent.ledger).split(/ <RR\d ?/)
        expect(turns[0]?.trim().split(' ')).to.have.lengthOf(window)
        expect(turns).to.have.lengthOf(Math.ceil(Math.ceil(long(300).length / 2 / 32) / window))
      })
    }

    it('the last I frame of a burst alone has P=1', async () => {
      const link = await linked(lengths(32, 3))
      const { ledger } = await asked(link, LLC + AARQ)
      const sent = ledger.passed.filter(({ direction, frame }) => direction === 'sent' && frame.control.is === 'i')
      expect(sent.map(({ frame: { control } }) => control.is === 'i' && control['poll-final'])).to.deep.equal([
        false,
        true,
      ])
    })

    it('notes where an APDU begins, and when it is whole', async () => {
      const link = await linked({ 'max-information-field-length-receive': 32 })
      const { ledger, answer } = await asked(link, LLC + AARQ)
      const received = ledger.passed.filter(({ direction }) => direction === 'received')
      expect(received.map(({ begins }) => begins)).to.deep.equal([true, false])
      expect(received.map(({ whole }) => whole !== undefined)).to.deep.equal([false, true])
      expect(wholeOf(answer)).to.equal(hex(received[1]?.whole ?? new Uint8Array(0)))
    })
  })

  describe('a lost frame', () => {
    const second: Loss = (octets, nth) => (nth === 2 ? undefined : octets)
    it('is asked for again by RR where the line is noisy', async () => {
      const { answer, ledger } = await asked(await linked({}, { loss: second }), LLC + AARQ, NOISY)
      expect(wholeOf(answer)).to.match(/^E6E70061/)
      expect(passed(ledger)).to.equal('>I0 >RR0 <I0')
    })

    it('is silence where it is not', async () => {
      const { answer, ledger } = await asked(await linked({}, { loss: second }), LLC + AARQ)
      expect(answer).to.include({ is: 'silent', frames: false, unfinished: false })
      expect(passed(ledger)).to.equal('>I0')
    })

    it('is never asked for more than twice', async () => {
      const deaf: Loss = (octets, nth) => (nth >= 2 ? undefined : octets)
      const { answer, ledger } = await asked(await linked({}, { loss: deaf }), LLC + AARQ, NOISY)
      expect(answer).to.include({ is: 'silent', frames: false })
      expect(passed(ledger)).to.equal('>I0 >RR0 >RR0')
    })

    it('damaged, is asked for again where the line is noisy, and told where it is not', async () => {
      const damage: Loss = (octets, nth) => (nth === 2 ? octets.with(-2, (octets.at(-2) ?? 0) ^ 1) : octets)
      const noisy = await asked(await linked({}, { loss: damage }), LLC + AARQ, NOISY)
      expect(wholeOf(noisy.answer)).to.match(/^E6E70061/)
      const { answer } = await asked(await linked({}, { loss: damage }), LLC + AARQ)
      expect(answer.is === 'other' && answer.heard.is).to.equal('damaged')
    })

    it('in the middle of a window is sent again from there', async () => {
      const link = await linked(lengths(32, 3), { addresses: AS_READER })
      await asked(link, LLC + READER)
      const expected = wholeOf((await asked(link, OBJECT_LIST)).answer)
      const lossyLink = await linked(lengths(32, 3), {
        addresses: AS_READER,
        loss: (octets, nth) => (nth === 6 ? undefined : octets),
      })
      await asked(lossyLink, LLC + READER, NOISY)
      const { answer } = await asked(lossyLink, OBJECT_LIST, NOISY)
      expect(wholeOf(answer)).to.equal(expected)
    })
  })

  describe('what is no APDU', () => {
    const frame = (control: Control, information = '', segmentation = false): string =>
      hex(
        frameOctets({
          segmentation,
          'destination-address': PUBLIC.client,
          'source-address': PUBLIC.server,
          control,
          information: octetsOf(information),
        }),
      )
    const rr = (received: number, final = true) => frame({ is: 'rr', 'n-r': received, 'poll-final': final })
    const rnr = (received: number) => frame({ is: 'rnr', 'n-r': received, 'poll-final': true })
    const i = (sent: number, received: number, information: string, segmentation = false, final = true) =>
      frame({ is: 'i', 'n-s': sent, 'n-r': received, 'poll-final': final }, information, segmentation)
    const UA = frame({ is: 'ua', 'poll-final': true })
    const DM = frame({ is: 'dm', 'poll-final': true })
    const RESPONSE = 'E6E700D80101'

    async function scripted(
      rows: readonly (readonly (string | Reply | End)[])[],
      patience = PATIENCE,
      question = LLC + AARQ,
      proposal: Partial<LinkParameters> = {},
      ua = UA,
    ) {
      const party = answering([ua], ...rows)
      const { port } = scene('serial', party, 'hdlc')
      await port.open()
      const link = new Link(port, PUBLIC)
      await link.setMode(link.snrm(proposal), PATIENCE.responseMs, newLedger())
      return { ...(await asked(link, question, patience)), link, heard: party.heard.slice(1) }
    }

    it('RR that takes the frame: asked again until the APDU comes', async () => {
      const { answer, ledger } = await scripted([[rr(1)], [rr(1)], [i(0, 1, RESPONSE)]])
      expect(wholeOf(answer)).to.equal(RESPONSE)
      expect(passed(ledger)).to.equal('>I0 <RR1 >RR0 <RR1 >RR0 <I0')
    })

    it('RR for ever: silence, with frames', async () => {
      const { answer, link } = await scripted(Array.from({ length: 40 }, () => [rr(1)]))
      expect(answer).to.include({ is: 'silent', frames: true, unfinished: false })
      expect(await link.port.hear(link.port.world.now() + 1000), 'each poll is heard out').to.equal(undefined)
    })

    it('an answer that comes by itself a little after RR: no poll', async () => {
      const { answer, ledger } = await scripted([[rr(1), i(0, 1, RESPONSE)]])
      expect(wholeOf(answer)).to.equal(RESPONSE)
      expect(passed(ledger)).to.equal('>I0 <RR1 <I0')
    })

    it('RR with the old N(R): the link did not take the frame', async () => {
      const { answer } = await scripted([[rr(0)]])
      expect(answer.is === 'other' && answer.heard.is === 'frame' && answer.heard.frame.control.is).to.equal('rr')
    })

    for (const [name, reply] of [
      ['DM', DM],
      ['FRMR', frame({ is: 'frmr', 'poll-final': true }, '3F0001')],
      ['UA', UA],
    ] as const)
      it(`${name} is told as it is`, async () => {
        const { answer, ledger } = await scripted([[reply]])
        expect(answer.is === 'other' && hex(answer.heard.octets)).to.equal(reply)
        expect(passed(ledger)).to.match(/^>I0 <\w+$/)
      })

    it('a meter that is not ready (RNR) to a burst is polled until it is', async () => {
      const ua = frame({ is: 'ua', 'poll-final': true }, '818003060120')
      const rows = [[rnr(1)], [rnr(1)], [rr(1)], [i(0, 2, RESPONSE)]]
      const { answer, ledger } = await scripted(rows, PATIENCE, LLC + AARQ, lengths(32, 1), ua)
      expect(passed(ledger)).to.equal('>I0s <RNR1 >RR0 <RNR1 >RR0 <RR1 >I1 <I0')
      expect(wholeOf(answer)).to.equal(RESPONSE)
    })

    it('RNR for ever: it is the answer', async () => {
      const ua = frame({ is: 'ua', 'poll-final': true }, '818003060120')
      const rows = Array.from({ length: 60 }, () => [rnr(1)])
      const { answer, link } = await scripted(rows, PATIENCE, LLC + AARQ, lengths(32, 1), ua)
      expect(answer.is === 'other' && answer.heard.is === 'frame' && answer.heard.frame.control.is).to.equal('rnr')
      expect(await link.port.hear(link.port.world.now() + 1000), 'each poll is heard out').to.equal(undefined)
    })

    it('a burst that is never taken is sent three times', async () => {
      const ua = frame({ is: 'ua', 'poll-final': true }, '818003060120')
      const rows = Array.from({ length: 9 }, () => [rr(0)])
      const { answer, ledger } = await scripted(rows, PATIENCE, LLC + AARQ, lengths(32, 1), ua)
      expect(answer.is).to.equal('other')
      expect(passed(ledger)).to.equal('>I0s <RR0 >I0s <RR0 >I0s <RR0')
    })

    it('an APDU that begins and never ends: unfinished, after three polls', async () => {
      const { answer, ledger } = await scripted([[i(0, 1, RESPONSE, true)]])
      expect(answer).to.include({ is: 'silent', unfinished: true })
      expect(passed(ledger)).to.equal('>I0 <I0s >RR1 >RR1 >RR1')
    })

    it('an APDU that begins and then RR for ever: unfinished, after three of them', async () => {
      const { answer, ledger } = await scripted([
        [i(0, 1, RESPONSE, true)],
        ...Array.from({ length: 9 }, () => [rr(1)]),
      ])
      expect(answer).to.include({ is: 'silent', frames: true, unfinished: true })
      expect(passed(ledger)).to.equal('>I0 <I0s >RR1 <RR1 >RR1 <RR1 >RR1 <RR1')
    })

    it('an APDU without end is given up', async () => {
      const eight = Array.from({ length: 8 }, (_, sent) => [i(sent, 1, RESPONSE, true)])
      const endless = Array.from({ length: 9000 }, (_, at) => eight[at % 8] ?? [])
      const { answer, ledger } = await scripted(endless)
      expect(answer.is).to.equal('other')
      expect(ledger.passed.length).to.be.within(16_000, 16_500)
    })

    it('I frames with a number out of sequence are not taken in', async () => {
      const { answer, link } = await scripted([[i(3, 1, RESPONSE)], [i(3, 1, RESPONSE)], [i(0, 1, RESPONSE)]])
      expect(wholeOf(answer)).to.equal(RESPONSE)
      expect(link.state['v-r']).to.equal(1)
    })

    it('the end of the connection is told', async () => {
      const party = answering([UA], [{ ends: 'close' }])
      const { port } = scene('stream', party, 'hdlc')
      await port.open()
      const link = new Link(port, PUBLIC)
      await link.setMode(link.snrm(), PATIENCE.responseMs, newLedger())
      const { answer } = await asked(link, LLC + AARQ)
      expect(answer.is === 'other' && answer.heard.is).to.equal('closed')
    })
  })
})
