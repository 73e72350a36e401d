// General block transfer by APDU scripts: hex there, hex back, several APDUs in a turn.
import { expect } from 'chai'
import { action, ask, client, framesOf, get, lines, LLC, managementWith, set, wpduOf, type Step } from '../dialogue.ts'

/** GBT, block transfer of all three services, GET, SET, ACTION. */
const WITH_GBT = '207E19'
const WITHOUT = '007E19'
const SCRATCH = [1, '0.0.96.128.1.255', 2] as const
const LONG_VALUE = set(...SCRATCH, '0910000102030405060708090A0B0C0D0E0F')
const READ = get(...SCRATCH)
const CAPTURE = action(7, '1.0.99.128.0.255', 2)
const CAPTURED = get(7, '1.0.99.128.0.255', 7)

const octet = (value: number): string => value.toString(16).toUpperCase().padStart(2, '0')
/** A block: control, number, number acknowledged, data. */
const block = (control: string, number: number, acknowledged: number, data = ''): string =>
  `E0${control}00${octet(number)}00${octet(acknowledged)}${octet(data.length / 2)}${data}`
/** In one block, ready to take `window` blocks. */
const only = (apdu: string, window: string): string => block(`8${window}`, 1, 0, apdu)

const peer = (octets: string): Step => ({ octets, peer: 'a', octetMs: 0 })

/** APDUs in an association → those that come back, step by step. */
function inside(apdus: readonly string[], size = '000C', conformance = WITH_GBT): readonly (readonly string[])[] {
  const script = [managementWith(conformance, size), ...apdus].map((apdu) => peer(wpduOf(apdu, 1)))
  const told = lines(ask('reference', 'wrapper', [{ connect: 'a' }, ...script]))
  return apdus.map((_, index) =>
    told.flatMap((line) => (line.startsWith(`${index + 2} octets `) ? [line.split(' ')[2]?.slice(16) ?? ''] : [])),
  )
}
/** The same, with a value of 16 octets to be read. */
const reading = (...apdus: readonly string[]): readonly (readonly string[])[] => inside([LONG_VALUE, ...apdus]).slice(1)

describe('general block transfer of the server', () => {
  it('streams as many blocks as the client is ready for, and goes on when they are acknowledged', () => {
    expect(reading(only(READ, '3'), block('83', 2, 3))).to.deep.equal([
      [block('44', 1, 1, 'C401C10009'), block('44', 2, 1, '1000010203'), block('04', 3, 1, '0405060708')],
      [block('44', 4, 2, '090A0B0C0D'), block('84', 5, 2, '0E0F')],
    ])
  })
  it('window 1: each block is acknowledged', () => {
    expect(reading(only(READ, '1'), block('81', 2, 1), block('81', 3, 2))).to.deep.equal([
      [block('04', 1, 1, 'C401C10009')],
      [block('04', 2, 2, '1000010203')],
      [block('04', 3, 3, '0405060708')],
    ])
  })
  it('B10 repeats from the block behind the last that was received', () => {
    expect(reading(only(READ, '4'), block('84', 2, 1))[1]).to.deep.equal([
      block('44', 2, 2, '1000010203'),
      block('44', 3, 2, '0405060708'),
      block('44', 4, 2, '090A0B0C0D'),
      block('84', 5, 2, '0E0F'),
    ])
  })
  it('B10 the last block again', () => {
    expect(reading(only(READ, '5'), block('85', 2, 4))[1]).to.deep.equal([block('84', 5, 2, '0E0F')])
  })
  it('a long request in several blocks, acknowledged as far as they come in order', () => {
    const [first, behindAGap, again, last] = inside([
      block('05', 1, 0, CAPTURE.slice(0, 10)),
      block('85', 3, 1, CAPTURE.slice(14)),
      block('45', 2, 2, CAPTURE.slice(10, 14)),
      block('85', 3, 2, CAPTURE.slice(14)),
    ])
    expect([first, behindAGap, again]).to.deep.equal([[block('04', 1, 1)], [block('04', 2, 1)], []])
    expect(last).to.deep.equal([block('84', 3, 3, 'C701C10000')])
  })
  it('a block that comes twice is taken once', () => {
    const [, , , counted] = inside(
      [
        block('45', 1, 0, CAPTURE.slice(0, 10)),
        block('45', 1, 0, CAPTURE.slice(0, 10)),
        block('85', 2, 0, CAPTURE.slice(10)),
        CAPTURED,
      ],
      'FFFF',
    )
    expect(counted).to.deep.equal(['C401C1000600000001'])
  })
  it('an answer longer than any APDU, whatever the sizes', () => {
    const list = get(15, '0.0.40.0.0.255', 2)
    const [whole = ''] = inside([list], 'FFFF')[0] ?? []
    const [blocks = []] = inside([block('BF', 1, 0, list)], '0064')
    expect(blocks.at(-1)).to.match(/^E084/)
    expect(blocks.map((each) => each.slice(14)).join('')).to.equal(whole)
  })
  it('B11 window 0: waits, and goes on when it is opened', () => {
    expect(reading(only(READ, '2'), block('00', 2, 2, ''), block('82', 2, 2)).map((each) => each.length)).to.deep.equal(
      [2, 0, 2],
    )
  })
  it('B11 an abort ends the transfer, and is not answered', () => {
    const abort = block('80', 2, 0)
    expect(reading(only(READ, '1'), abort, block('81', 3, 1), READ.replace('C1', 'C2'))).to.deep.equal([
      [block('04', 1, 1, 'C401C10009')],
      [],
      [block('80', 1, 0)],
      ['C402C2000000000100020910'],
    ])
  })
  it('B12 an acknowledgement of what was not sent: given up', () => {
    expect(reading(only(READ, '1'), block('81', 2, 7), READ)[1]).to.deep.equal([block('80', 2, 1)])
  })
  it('B6 a request without end is given up, once it is the server’s turn', () => {
    const many = Array.from({ length: 170 }, (_, at) => block(at % 4 === 3 ? '01' : '41', at + 1, 0, '00'.repeat(100)))
    const answers = inside(many)
    expect(answers.slice(0, 164).flat()).to.have.lengthOf(41)
    expect(answers[164]).to.deep.equal([])
    expect(answers[167]).to.deep.equal(['E0800001000000'])
  })
  it('a first block begins anew', () => {
    expect(reading(block('41', 1, 0, CAPTURE.slice(0, 10)), only(READ, '1'))[1]).to.deep.equal([
      block('04', 1, 1, 'C401C10009'),
    ])
  })
  it('no block in a block, no request in parts that cannot be read', () => {
    for (const inner of [only(READ, '1'), 'C0'])
      expect(inside([only(inner, '1')])[0]?.[0]).to.match(/^E0840001000103D8/)
  })
  it('ends with its association, and belongs to it', () => {
    const again = managementWith(WITH_GBT, '000C')
    expect(reading(only(READ, '1'), again, block('81', 2, 1))[2]).to.deep.equal([block('80', 1, 0)])
  })
  it('X3 not negotiated: refused', () => {
    expect(inside([only(READ, '1')], '000C', WITHOUT)[0]).to.deep.equal(['D80102'])
  })
  it('over HDLC: all blocks of a turn wait for the polls', () => {
    const management = client(1)
    const told = ask('reference', 'hdlc', [
      { octets: management.snrm() },
      { octets: management.i(0, 0, LLC + managementWith(WITH_GBT, '000C')) },
      { octets: management.i(1, 1, LLC + LONG_VALUE) },
      { octets: management.i(2, 2, LLC + only(READ, '2')) },
      { octets: management.rr(3) },
      { octets: management.rr(4) },
    ])
    expect(framesOf(told).slice(3)).to.deep.equal([
      '3: I N(S)=2 N(R)=3 F=1 E04400',
      '4: I N(S)=3 N(R)=3 F=1 E00400',
      '5: RR N(R)=3 F=1',
    ])
  })
})
