import { expect } from 'chai'
import { hex } from '../../codec/value.ts'
import { examine } from '../../protocol/hdlc/examine.ts'
import { fcsOctets } from '../../protocol/hdlc/fcs.ts'
import { DEFAULT_HDLC } from '../description.ts'
import {
  AARQ,
  ask,
  client,
  describedMeter,
  framesOf,
  get,
  LLC,
  octetsOf,
  READER,
  talk,
  type Step,
} from '../dialogue.ts'
import { createMeter } from '../meter.ts'

const reader = client(2)
const tester = client(16)
const all = (...octets: readonly string[]): readonly Step[] => octets.map((each) => ({ octets: each }))
const heard = (...octets: readonly string[]): readonly string[] => framesOf(ask('reference', 'hdlc', all(...octets)))
const UA = 'UA F=1'
const DM = 'DM F=1'

/** The information field of the first answer in a step. */
const informationIn = (step: number, ...octets: readonly string[]): string => {
  const answer = ask('reference', 'hdlc', all(...octets)).find((told) => told.step === step)?.output
  return answer?.is === 'octets' ? hex(examine(answer.octets).frame?.information ?? new Uint8Array(0)) : ''
}
const parameters = (transmit: string, receive: string, windowTransmit: string, windowReceive: string): string => {
  const list = `05${transmit}06${receive}0704000000${windowTransmit}0804000000${windowReceive}`
  return `8180${hex(Uint8Array.of(list.length / 2))}${list}`
}

describe('secondary station', () => {
  describe('sets up and ends a link (H3, H18)', () => {
    it('SNRM, RR, DISC, DISC', () => {
      expect(heard(tester.disc(), tester.snrm(), tester.rr(0), tester.disc(), tester.disc())).to.deep.equal([
        `0: ${DM}`,
        `1: ${UA}`,
        '2: RR N(R)=0 F=1',
        `3: ${UA}`,
        `4: ${DM}`,
      ])
    })
    it('answers 20 ms after the last octet, with golden octets', () => {
      const [answer] = ask('one-octet', 'hdlc', [{ octets: '7EA00703215303C77E', octetMs: 10 }])
      expect(answer?.output).to.deep.include({ is: 'octets', at: 110 })
      expect(answer?.output.is === 'octets' && hex(answer.output.octets)).to.equal('7EA00721031F6BE97E')
    })
    it('SNRM in NRM begins at 0 again', () => {
      const [, aare, , second] = heard(tester.snrm(), tester.i(0, 0, LLC + AARQ), tester.snrm(), tester.rr(0))
      expect([aare, second]).to.deep.equal(
        ['1: I N(S)=0 N(R)=1 F=1 612961', '3: RR N(R)=0 F=1'].map((line) => line.replace('612961', '6129A1')),
      )
    })
    it('DISC may have information (H12)', () => {
      expect(heard(tester.snrm(), tester.frame({ is: 'disc', 'poll-final': true }, '0102'))).to.deep.equal([
        `0: ${UA}`,
        `1: ${UA}`,
      ])
    })
    it('without P = 1 nothing is answered, and the state is right at the next poll (H45)', () => {
      const snrm = tester.frame({ is: 'snrm', 'poll-final': false })
      expect(heard(snrm, tester.rr(0))).to.deep.equal(['1: RR N(R)=0 F=1'])
    })
  })

  describe('in NDM (H1, H2)', () => {
    for (const [name, frame] of [
      ['I', tester.i(0, 0, LLC + AARQ)],
      ['RR', tester.rr(0)],
      ['RNR', tester.rnr(0)],
      ['an unknown control field', tester.undefined(0xff)],
      ['UI with P = 1', tester.ui(LLC + AARQ, true)],
    ] as const) {
      it(`${name} is answered by DM, and the link stays down`, () => {
        expect(heard(frame, tester.disc())).to.deep.equal([`0: ${DM}`, `1: ${DM}`])
      })
    }
  })

  describe('rejects (H6 to H11)', () => {
    const rejected = (frame: string): readonly string[] =>
      heard(tester.snrm(), frame, tester.rr(0), tester.snrm(), tester.rr(0)).slice(1)
    const REJECTED = ['1: FRMR F=1', '2: FRMR F=1', `3: ${UA}`, '4: RR N(R)=0 F=1']
    const reason = (frame: string): string => informationIn(1, tester.snrm(), frame)
    it('a wrong N(R): Z', () => {
      expect(rejected(tester.rr(1))).to.deep.equal(REJECTED)
      expect(reason(tester.rr(1))).to.equal('310008')
    })
    it('an unknown control field: W', () => {
      expect(rejected(tester.undefined(0xff))).to.deep.equal(REJECTED)
      expect(reason(tester.undefined(0xff))).to.equal('FF0001')
    })
    it('information longer than agreed: Y', () => {
      const long = tester.i(0, 0, '00'.repeat(129), true)
      expect(rejected(long)).to.deep.equal(REJECTED)
      expect(reason(long)).to.equal('100004')
    })
    it('information on RR: W and X', () => {
      expect(rejected(tester.rr(0, '01'))).to.deep.equal(REJECTED)
      expect(reason(tester.rr(0, '01'))).to.equal('110003')
    })
  })

  describe('numbers its frames (H4, H5)', () => {
    it('a wrong N(S) is dropped, the right one served', () => {
      expect(heard(tester.snrm(), tester.i(1, 0, LLC + AARQ), tester.i(0, 0, LLC + AARQ)).slice(1)).to.deep.equal([
        '1: RR N(R)=0 F=1',
        '2: I N(S)=0 N(R)=1 F=1 6129A1',
      ])
    })
    it('a repeated frame is not served again', () => {
      const aarq = tester.i(0, 0, LLC + AARQ)
      expect(heard(tester.snrm(), aarq, aarq, tester.rr(1)).slice(2)).to.deep.equal([
        '2: RR N(R)=1 F=1',
        '3: RR N(R)=1 F=1',
      ])
    })
    it('RR with the old N(R) brings the last I frame again, octet by octet', () => {
      const told = ask('reference', 'hdlc', all(tester.snrm(), tester.i(0, 0, LLC + AARQ), tester.rr(0), tester.rr(1)))
      const [, first, again, acknowledged] = told.map(({ output }) =>
        output.is === 'octets' ? hex(output.octets) : '',
      )
      expect(again).to.equal(first)
      expect(framesOf(told).at(-1)).to.equal('3: RR N(R)=1 F=1')
      expect(acknowledged).not.to.equal(again)
    })
    it('an I frame with P = 0 is answered at the next poll (H45)', () => {
      expect(heard(tester.snrm(), tester.i(0, 0, LLC + AARQ, false, false), tester.rr(0)).slice(1)).to.deep.equal([
        '2: I N(S)=0 N(R)=1 F=1 6129A1',
      ])
    })
    it('a wrong LLC header is not served (H37)', () => {
      expect(heard(tester.snrm(), tester.i(0, 0, `E6E700${AARQ}`), tester.i(1, 0, LLC + AARQ)).slice(1)).to.deep.equal([
        '1: RR N(R)=1 F=1',
        '2: I N(S)=0 N(R)=2 F=1 6129A1',
      ])
    })
  })

  describe('cuts and joins segments (H43)', () => {
    it('takes a request in segments, one RR each', () => {
      const whole = LLC + AARQ
      const cut = (from: number, to: number): string => whole.slice(from * 2, to * 2)
      expect(
        heard(
          tester.snrm(parameters('0120', '0120', '01', '01')),
          tester.i(0, 0, cut(0, 32), true),
          tester.i(1, 0, cut(32, 99)),
        ).slice(1),
      ).to.deep.equal(['1: RR N(R)=1 F=1', '2: I N(S)=0 N(R)=2 F=1 S=1 6129A1'])
    })
    it('gives a long answer in segments of the agreed length, LLC header once, S = 0 on the last', () => {
      const polls = Array.from({ length: 60 }, (_, index) => reader.rr((2 + index) % 8))
      const frames = [
        reader.snrm(parameters('0180', '0180', '01', '01')),
        reader.i(0, 0, LLC + READER),
        reader.i(1, 1, LLC + get(15, '0.0.40.0.0.255', 2)),
        ...polls,
      ]
      const answers = ask('reference', 'hdlc', all(...frames)).flatMap(({ step, output }) =>
        step >= 2 && output.is === 'octets' ? [examine(output.octets).frame] : [],
      )
      const information = answers.filter((frame) => frame?.control.is === 'i')
      expect(information.length).to.be.greaterThan(3)
      information.forEach((frame, index) => {
        const last = index === information.length - 1
        expect(frame?.segmentation).to.equal(!last)
        expect(hex(frame?.information ?? new Uint8Array(0)).startsWith('E6E700')).to.equal(index === 0)
        if (!last) expect(frame?.information).to.have.lengthOf(128)
      })
    })
  })

  describe('keeps its window (H39, H40)', () => {
    const opened = [reader.snrm(parameters('0140', '0140', '03', '03')), reader.i(0, 0, LLC + READER)]
    const asked = reader.i(1, 1, LLC + get(15, '0.0.40.0.0.255', 2))
    const numbers = (...more: readonly string[]): readonly string[] =>
      heard(...opened, asked, ...more)
        .filter((line) => Number(line.split(':')[0]) >= 2)
        .map((line) => /^(\d+): I N\(S\)=(\d) N\(R\)=\d F=(\d)/.exec(line)?.slice(1).join('/') ?? line)
    it('up to k frames, F = 1 on the last; goes on after RR', () => {
      expect(numbers(reader.rr(4))).to.deep.equal(['2/1/0', '2/2/0', '2/3/1', '3/4/0', '3/5/0', '3/6/1'])
    })
    it('a partial acknowledgement: goes on from the first that is missing', () => {
      expect(numbers(reader.rr(3))).to.deep.equal(['2/1/0', '2/2/0', '2/3/1', '3/3/0', '3/4/0', '3/5/1'])
    })
    it('RNR: no I frame until RR', () => {
      expect(numbers(reader.rnr(4), reader.rr(4))).to.deep.equal([
        '2/1/0',
        '2/2/0',
        '2/3/1',
        '3: RR N(R)=2 F=1',
        '4/4/0',
        '4/5/0',
        '4/6/1',
      ])
    })
  })

  describe('negotiates (H20 to H23)', () => {
    const agreed = (information: string): string => informationIn(0, tester.snrm(information))
    it('nothing proposed: the defaults', () => expect(agreed('')).to.equal(parameters('0180', '0180', '01', '01')))
    it('more than it has: what it has', () =>
      expect(agreed(parameters('0207EE', '0207EE', '07', '07'))).to.equal(parameters('020400', '020400', '07', '07')))
    it('transmit answers receive', () =>
      expect(agreed(parameters('0180', '020200', '01', '03'))).to.equal(parameters('020200', '0180', '03', '01')))
    it('a coding of two octets means the same', () =>
      expect(agreed(parameters('020080', '020080', '01', '01'))).to.equal(parameters('0180', '0180', '01', '01')))
    it('an unknown parameter, or a block that is cut: DM, and the next SNRM is answered by UA', () => {
      for (const bad of ['8180030F0101', '8180FF050180']) {
        expect(heard(tester.snrm(bad), tester.disc(), tester.snrm())).to.deep.equal([
          `0: ${DM}`,
          `1: ${DM}`,
          `2: ${UA}`,
        ])
      }
    })
  })

  describe('knows its addresses (H24 to H34)', () => {
    const snrmTo = (destination: string, meter = 'reference'): readonly string[] =>
      framesOf(ask(meter, 'hdlc', all(client(16, destination).snrm())))
    it('own scheme, each device', () => {
      for (const upper of ['0002', '0022', '0024']) expect(snrmTo(`${upper}0401`)).to.deep.equal([`0: ${UA}`])
    })
    for (const [what, destination] of [
      ['an unknown upper address', '00280401'],
      ['an unknown lower address', '00020403'],
      ['one octet', '03'],
      ['one octet, all stations', 'FF'],
      ['no station', '00000001'],
      ['all stations', 'FEFEFEFF'],
      ['all physical devices', '0002FEFF'],
      ['the calling physical device', '0002FEFD'],
      ['three octets', '000205'],
      ['five octets', '0002000205'],
    ] as const) {
      it(`is silent to ${what}`, () => {
        expect(snrmTo(destination)).to.deep.equal([])
      })
    }
    it('is silent to RR, I and UI for all stations, and counts nothing', () => {
      const everybody = client(16, 'FEFEFEFF')
      expect(
        heard(
          tester.snrm(),
          everybody.rr(0),
          everybody.i(0, 0, LLC + AARQ),
          everybody.ui(LLC + AARQ),
          tester.rr(0),
        ).slice(1),
      ).to.deep.equal(['4: RR N(R)=0 F=1'])
    })
    it('two octets to a station with four mean the same address, and come back as they were', () => {
      const description = describedMeter('two-octet')
      const hdlc = { ...DEFAULT_HDLC, addressing: 4, lower: 17 } as const
      const four = createMeter({ ...description, ports: { hdlc: { kind: 'serial', baud: 9600, format: '8N1', hdlc } } })
      const [answer] = talk(four, 'hdlc', all(client(16, '0223').snrm()))
      const frame = answer?.output.is === 'octets' ? examine(answer.output.octets).frame : undefined
      expect(frame?.control.is).to.equal('ua')
      expect(hex(frame?.['source-address'] ?? new Uint8Array(0))).to.equal('0223')
    })
    it('other lengths than the own one are ignored (H27)', () => {
      expect(snrmTo('0223', 'two-octet')).to.deep.equal([`0: ${UA}`])
      expect(snrmTo('00020023', 'two-octet')).to.deep.equal([])
      expect(snrmTo('03', 'one-octet')).to.deep.equal([`0: ${UA}`])
      expect(snrmTo('0223', 'one-octet')).to.deep.equal([])
    })
    it('a source that is no client is ignored', () => {
      for (const source of ['01', 'FF', '0021']) {
        const header = `A0${hex(Uint8Array.of(9 + source.length / 2))}00020401${source}93`
        const body = `${header}${hex(fcsOctets(octetsOf(header)))}`
        expect(heard(`7E${body}7E`, tester.disc())).to.deep.equal([`1: ${DM}`])
      }
    })
  })

  describe('drops what is no frame (H13 to H16, H42, H44)', () => {
    const flip = (frame: string, at: number): string => {
      const octets = octetsOf(frame)
      return hex(octets.map((octet, index) => (index === octets.length + at ? octet ^ 0xff : octet)))
    }
    const snrm = tester.snrm()
    for (const [what, damaged] of [
      ['a wrong FCS', flip(snrm, -2)],
      ['no opening flag', snrm.slice(2)],
      ['no closing flag', snrm.slice(0, -2)],
      ['half a frame', snrm.slice(0, 10)],
      ['flags only', '7E7E7E'],
    ] as const) {
      it(`${what}: silence, and the next frame is served`, () => {
        expect(heard(damaged, tester.disc(), snrm)).to.deep.equal([`1: ${DM}`, `2: ${UA}`])
      })
    }
    it('a gap longer than 25 ms drops a frame, a shorter one does not', () => {
      const halves = (pause: number): readonly Step[] => [
        { octets: snrm.slice(0, 10), wait: pause },
        { octets: snrm.slice(10) },
        { octets: tester.rr(0) },
      ]
      expect(framesOf(ask('reference', 'hdlc', halves(24)))).to.deep.equal([`1: ${UA}`, '2: RR N(R)=0 F=1'])
      expect(framesOf(ask('reference', 'hdlc', halves(26)))).to.deep.equal([`2: ${DM}`])
    })
    it('flags as fill, noise and a pause, a shared flag', () => {
      const foreign = client(16, '00280401').snrm()
      expect(heard(`7E7E${snrm}7E`, '00FF55', tester.rr(0), foreign + tester.disc().slice(2))).to.deep.equal([
        `0: ${UA}`,
        '2: RR N(R)=0 F=1',
        `3: ${UA}`,
      ])
    })
  })

  describe('times out (H41)', () => {
    const after = (wait: number, ...frames: readonly string[]): readonly string[] =>
      framesOf(ask('reference', 'hdlc', [{ octets: tester.snrm(), wait }, ...all(...frames)])).slice(1)
    it('is alive before the inactivity time-out, in NDM after it, silently', () => {
      expect(after(119_000, tester.rr(0))).to.deep.equal(['1: RR N(R)=0 F=1'])
      expect(after(121_000, tester.disc())).to.deep.equal([`1: ${DM}`])
    })
    it('each octet on the line restarts it', () => {
      const noisy = [
        { octets: tester.snrm(), wait: 100_000 },
        { octets: '00', wait: 100_000 },
        { octets: tester.rr(0) },
      ]
      expect(framesOf(ask('reference', 'hdlc', noisy)).slice(1)).to.deep.equal(['2: RR N(R)=0 F=1'])
    })
  })

  describe('keeps clients apart (H19)', () => {
    it('two links at once, each with its own numbers and association', () => {
      expect(
        heard(
          tester.snrm(),
          tester.i(0, 0, LLC + AARQ),
          reader.snrm(),
          reader.i(0, 0, LLC + READER),
          tester.i(1, 1, LLC + get(8, '0.0.1.0.0.255', 3)),
          reader.i(1, 1, LLC + get(8, '0.0.1.0.0.255', 3)),
        ).slice(4),
      ).to.deep.equal(['4: I N(S)=1 N(R)=2 F=1 C401C1', '5: I N(S)=1 N(R)=2 F=1 C401C1'])
    })
    it('an association ends with its link', () => {
      const told = heard(
        tester.snrm(),
        tester.i(0, 0, LLC + AARQ),
        tester.snrm(),
        tester.i(0, 0, LLC + get(8, '0.0.1.0.0.255', 2)),
      )
      expect(told.at(-1)).to.equal('3: I N(S)=0 N(R)=1 F=1 D80101')
    })
  })

  describe('pushes', () => {
    it('a data-notification in a UI frame after a minute of idleness, and never while a link is up', () => {
      expect(framesOf(ask('reference', 'hdlc', [{ wait: 121_000 }]))).to.deep.equal(['0: UI F=0', '0: UI F=0'])
      expect(framesOf(ask('reference', 'hdlc', [{ octets: tester.snrm(), wait: 119_000 }]))).to.deep.equal([`0: ${UA}`])
    })
  })
})
