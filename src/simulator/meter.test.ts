import { expect } from 'chai'
import fc from 'fast-check'
import { hex } from '../codec/value.ts'
import type { PartyInput } from '../protocol/line.ts'
import { AARQ, ask, client, describedMeter, framesOf, get, lines, LLC, talk, wpduOf, type Step } from './dialogue.ts'
import { scripts } from './defects/scripts.ts'
import { createMeter } from './meter.ts'

const tester = client(16)

describe('simulated meter', () => {
  it('says the same thing every time', () => {
    for (const { meter, port, steps } of scripts.slice(0, 20)) {
      expect(ask(meter, port, steps)).to.deep.equal(ask(meter, port, steps))
    }
  })

  it('names its ports, and refuses another', () => {
    const meter = createMeter(describedMeter('reference'))
    expect(meter.ports).to.deep.equal([
      { name: 'optical', kind: 'serial', settings: { baud: 300, format: '7E1' } },
      { name: 'hdlc', kind: 'serial', settings: { baud: 9600, format: '8N1' } },
      { name: 'wrapper', kind: 'stream' },
      { name: 'udp', kind: 'datagram' },
    ])
    expect(() => meter.party('usb')).to.throw('"port" expected one of optical, hdlc, wrapper, udp, got usb')
  })

  it('has one model for all ports, and keeps their associations apart', () => {
    const meter = createMeter(describedMeter('reference'))
    const opened = talk(meter, 'hdlc', [{ octets: tester.snrm() }, { octets: tester.i(0, 0, LLC + AARQ) }])
    const told = talk(meter, 'udp', [{ datagram: wpduOf(get(8, '0.0.1.0.0.255', 2)) }])
    expect(framesOf(opened)).to.have.lengthOf(2)
    expect(lines(told)).to.deep.equal(['0 datagram 0001000100100003D80101'])
  })

  it('without power it is dead; with it, it is back after its boot time, and has forgotten its links', () => {
    const meter = createMeter(describedMeter('reference'))
    talk(meter, 'hdlc', [{ octets: tester.snrm() }])
    meter.power(false, 2000)
    expect(talk(meter, 'hdlc', [{ octets: tester.rr(0) }], 3000)).to.deep.equal([])
    meter.power(true, 10_000)
    expect(talk(meter, 'hdlc', [{ octets: tester.disc() }], 15_000)).to.deep.equal([])
    expect(framesOf(talk(meter, 'hdlc', [{ octets: tester.disc() }], 20_001))).to.deep.equal(['0: DM F=1'])
  })

  it('with power again, a serial line has its opening rate again, whatever it was switched to', () => {
    const meter = createMeter(describedMeter('reference'))
    const optical = meter.party('optical')
    meter.power(false, 2000)
    expect(optical.deadline()).to.equal(Infinity)
    meter.power(true, 10_000)
    expect(optical.deadline()).to.equal(20_000)
    expect(optical.expire(20_000)).to.deep.equal([
      { is: 'settings', at: 20_000, settings: { baud: 300, format: '7E1' } },
    ])
    expect(optical.deadline()).to.equal(Infinity)
  })

  describe('carries HDLC in TCP and UDP', () => {
    const reference = describedMeter('reference')
    const hdlc = {
      addressing: 4,
      lower: 256,
      maxInformationTransmit: 128,
      maxInformationReceive: 128,
      windowTransmit: 1,
      windowReceive: 1,
      interOctetMs: 25,
      inactivityMs: 120_000,
      reactionMs: 20,
    } as const
    const meter = createMeter({
      ...reference,
      ports: {
        stream: {
          kind: 'stream',
          carries: 'hdlc',
          connections: 1,
          inactivityMs: 0,
          tcpPort: 4059,
          reactionMs: 20,
          hdlc,
        },
        datagram: { kind: 'datagram', carries: 'hdlc', udpPort: 4059, reactionMs: 20, hdlc },
      },
    })
    it('a short pause means nothing in a stream, and a link ends with its connection', () => {
      const from = (octets: string, wait = 1000): Step => ({ octets, peer: 'a', octetMs: 0, wait })
      const snrm = tester.snrm()
      const script = [
        { connect: 'a' },
        { connect: 'b' },
        from(snrm.slice(0, 8), 150),
        from(snrm.slice(8)),
        { close: 'a' },
        { connect: 'a' },
        from(tester.disc()),
      ]
      const told = talk(meter, 'stream', script)
      expect(lines(told)[0]).to.equal('1 reset')
      expect(framesOf(told)).to.deep.equal(['3: UA F=1', '6: DM F=1'])
    })
    it('half a frame is forgotten after a long pause', () => {
      const from = (octets: string): Step => ({ octets, peer: 'a', octetMs: 0 })
      const told = talk(meter, 'stream', [{ connect: 'a' }, from(tester.snrm().slice(0, 8)), from(tester.disc())])
      expect(framesOf(told)).to.deep.equal(['2: DM F=1'])
    })
    it('each sender of datagrams has a link of its own', () => {
      const told = talk(meter, 'datagram', [
        { datagram: tester.snrm() },
        { datagram: tester.disc(), peer: 'b' },
        { datagram: tester.disc() },
      ])
      expect(lines(told).map((line) => line.slice(0, 10))).to.deep.equal(['0 datagram', '1 datagram', '2 datagram'])
      expect(told.map(({ output }) => output.is === 'datagram' && hex(output.octets).slice(16, 18))).to.deep.equal([
        '73',
        '1F',
        '73',
      ])
    })
  })

  describe('takes any input', () => {
    const octets = fc.oneof(
      fc.uint8Array({ maxLength: 60 }),
      fc.constantFrom(
        ...scripts.flatMap(({ steps }) =>
          steps.flatMap((step) => ('octets' in step ? [Uint8Array.from(Buffer.from(step.octets, 'hex'))] : [])),
        ),
      ),
    )
    const input = fc.record({
      kind: fc.constantFrom('octets', 'connected', 'closed', 'reset', 'datagram'),
      peer: fc.constantFrom('line', 'a', 'b'),
      octets,
      wait: fc.constantFrom(0, 1, 30, 2000, 130_000),
    })
    const inputOf = (kind: string, peer: string, given: Uint8Array, now: number): PartyInput => {
      switch (kind) {
        case 'octets':
          return { is: 'octets', peer, burst: { octets: given, firstEnd: now + 1, octetMs: 1 } }
        case 'datagram':
          return { is: 'datagram', peer, octets: given, at: now }
        case 'closed':
          return { is: 'closed', peer, at: now }
        case 'reset':
          return { is: 'reset', peer, at: now }
        default:
          return { is: 'connected', peer, at: now }
      }
    }
    for (const name of ['reference', 'one-octet', 'mode-a', 'mode-d']) {
      it(`on every port of ${name}, without throwing, and comes to rest`, () => {
        fc.assert(
          fc.property(fc.array(input, { maxLength: 25 }), (inputs) => {
            const meter = createMeter(describedMeter(name))
            for (const port of meter.ports) {
              const party = meter.party(port.name)
              let now = 0
              for (const { kind, peer, octets: given, wait } of inputs) {
                party.receive(inputOf(kind, peer, given, now))
                now += given.length + wait
                for (let turns = 0; party.deadline() <= now; turns++) {
                  if (turns > 1000) throw new Error('never comes to rest')
                  party.expire(party.deadline())
                }
              }
            }
          }),
          { numRuns: 60 },
        )
      })
    }
  })

  it('keeps no more than 2048 segments for a client that asks and never fetches', () => {
    const meter = createMeter(describedMeter('reference'))
    const asked = Array.from({ length: 4000 }, (_, index): Step => ({
      octets: tester.i(index % 8, 0, LLC + AARQ, false, false),
      wait: 0,
    }))
    const fetched = Array.from({ length: 4000 }, (_, index): Step => ({ octets: tester.rr(index % 8), wait: 0 }))
    const told = talk(meter, 'hdlc', [{ octets: tester.snrm(), wait: 0 }, ...asked, ...fetched])
    expect(framesOf(told).filter((line) => line.includes(' I '))).to.have.lengthOf(2048)
  })

  it('answers thousands of requests', () => {
    const meter = createMeter(describedMeter('reference'))
    const asked = get(8, '0.0.1.0.0.255', 2)
    const many = Array.from({ length: 3000 }, (_, index): Step => ({
      octets: tester.i((1 + index) % 8, (1 + index) % 8, LLC + asked),
      wait: 30,
    }))
    const told = talk(meter, 'hdlc', [{ octets: tester.snrm() }, { octets: tester.i(0, 0, LLC + AARQ) }, ...many])
    expect(told).to.have.lengthOf(3002)
  })
})
