import { expect } from 'chai'
import { AARQ, action, ask, get, lines, MANAGEMENT, READER, wpduOf, type Step } from '../dialogue.ts'

const CLOCK = get(8, '0.0.1.0.0.255', 2)
const COUNTED = get(7, '1.0.99.128.0.255', 7)
const CAPTURE = action(7, '1.0.99.128.0.255', 2)
const OPEN: Step = { connect: 'a' }
const from = (peer: string, octets: string, wait = 1000): Step => ({ octets, peer, wait, octetMs: 0 })
const tcp = (...script: readonly Step[]): readonly string[] => lines(ask('reference', 'wrapper', script)).map(short)
const udp = (...script: readonly Step[]): readonly string[] => lines(ask('reference', 'udp', script)).map(short)

/** Header and the first three octets of the APDU. */
const short = (line: string): string => {
  const [step, is, octets] = line.split(' ')
  return octets === undefined ? line : `${step} ${is} ${octets.slice(4, 12)} ${octets.slice(16, 22)}`
}
const PUBLIC_ACCEPTED = 'octets 00010010 6129A1'

describe('wrapper over TCP', () => {
  it('wPorts are swapped, and the association serves', () => {
    expect(tcp(OPEN, from('a', wpduOf(AARQ)), from('a', wpduOf(CLOCK)))).to.deep.equal([
      `1 ${PUBLIC_ACCEPTED}`,
      '2 octets 00010010 C401C1',
    ])
  })
  it('octet by octet, and two in one segment', () => {
    const single = (wpduOf(AARQ).match(/../g) ?? []).map((octet) => from('a', octet, 20))
    const told = tcp(OPEN, ...single, from('a', wpduOf(CLOCK) + wpduOf(CLOCK)))
    expect(told).to.deep.equal([
      `${single.length} ${PUBLIC_ACCEPTED}`,
      ...Array<string>(2).fill(`${single.length + 1} octets 00010010 C401C1`),
    ])
  })
  it('a wrong version closes the connection', () => {
    expect(tcp(OPEN, from('a', wpduOf(AARQ, 16, 1, 2)))).to.deep.equal(['1 close'])
  })
  it('unknown wPorts are not answered', () => {
    expect(
      tcp(OPEN, from('a', wpduOf(AARQ, 16, 99)), from('a', wpduOf(AARQ, 99, 1)), from('a', wpduOf(AARQ))),
    ).to.deep.equal([`3 ${PUBLIC_ACCEPTED}`])
  })
  it('swapped wPorts are not served', () => {
    expect(tcp(OPEN, from('a', wpduOf(AARQ)), from('a', wpduOf(CLOCK, 1, 16)))).to.have.lengthOf(1)
  })
  it('length 0 is no APDU; a WPDU that never ends is given up after the inactivity time-out', () => {
    expect(tcp(OPEN, from('a', '0001001000010000'), from('a', wpduOf(AARQ)))).to.deep.equal([`2 ${PUBLIC_ACCEPTED}`])
    const dripping = Array.from({ length: 7 }, () => from('a', '00', 30_000))
    expect(tcp(OPEN, from('a', '000100100001FFFF', 30_000), ...dripping)).to.deep.equal(['6 close'])
  })
  it('an idle connection is closed', () => {
    expect(tcp({ connect: 'a', wait: 181_000 })).to.deep.equal(['0 close'])
  })
  it('an association ends with its connection', () => {
    for (const end of [{ close: 'a' }, { reset: 'a' }]) {
      const told = tcp(OPEN, from('a', wpduOf(AARQ)), end, { connect: 'b' }, from('b', wpduOf(CLOCK)))
      expect(told.at(-1)).to.equal('4 octets 00010010 D80101')
    }
  })
  it('refuses connections beyond nb_of_sim_conn, and takes one when another has gone', () => {
    const four = ['a', 'b', 'c', 'd'].map((peer) => ({ connect: peer }))
    expect(tcp(...four, { connect: 'e' }, { close: 'a' }, { connect: 'f' }, from('f', wpduOf(AARQ)))).to.deep.equal([
      '4 reset',
      `7 ${PUBLIC_ACCEPTED}`,
    ])
  })
  it('keeps connections apart', () => {
    expect(tcp(OPEN, { connect: 'b' }, from('a', wpduOf(READER, 2)), from('b', wpduOf(CLOCK, 2))).at(-1)).to.equal(
      '3 octets 00010002 D80101',
    )
  })
})

describe('wrapper over UDP', () => {
  it('one WPDU a datagram', () => {
    expect(udp({ datagram: wpduOf(AARQ) }, { datagram: wpduOf(CLOCK) })).to.deep.equal([
      '0 datagram 00010010 6129A1',
      '1 datagram 00010010 C401C1',
    ])
  })
  it('a wrong length, two in one, a wrong version: silence', () => {
    for (const bad of [wpduOf(AARQ).slice(0, -2), wpduOf(AARQ) + wpduOf(CLOCK), wpduOf(AARQ, 16, 1, 2), '0001']) {
      expect(udp({ datagram: bad }, { datagram: wpduOf(AARQ) })).to.deep.equal(['1 datagram 00010010 6129A1'])
    }
  })
  it('an association is bound to its peer', () => {
    expect(udp({ datagram: wpduOf(AARQ) }, { datagram: wpduOf(CLOCK), peer: 'b' }).at(-1)).to.equal(
      '1 datagram 00010010 D80101',
    )
  })
  it('a repeated ACTION is answered again, not executed again; another one is executed', () => {
    const asked = [MANAGEMENT, CAPTURE, CAPTURE, COUNTED].map((apdu) => ({ datagram: wpduOf(apdu, 1) }))
    const told = lines(ask('reference', 'udp', asked))
    expect(told[2]?.slice(1)).to.equal(told[1]?.slice(1))
    expect(told[3]).to.match(/C401C1000600000001$/)
    const later = [MANAGEMENT, CAPTURE, action(7, '1.0.99.128.0.255', 2, 2), COUNTED].map((apdu) => ({
      datagram: wpduOf(apdu, 1),
    }))
    expect(lines(ask('reference', 'udp', later))[3]).to.match(/C401C1000600000002$/)
  })
})
