import { expect } from 'chai'
import { hex } from '../../codec/value.ts'
import { addressOctets } from '../../protocol/hdlc/address.ts'
import { AARQ, ask, client, get, lines, LLC, MANAGEMENT, READER, RLRQ, set, action, wpduOf } from '../dialogue.ts'

/** APDUs from one client over TCP → the APDUs of the answers, step by step; `''`: silence. */
function answers(client: number, ...apdus: readonly string[]): readonly string[] {
  const script = apdus.map((apdu) => ({ octets: wpduOf(apdu, client), peer: 'a', octetMs: 0 }))
  const told = lines(ask('reference', 'wrapper', [{ connect: 'a' }, ...script]))
  return apdus.map(
    (_, index) =>
      told
        .find((line) => line.startsWith(`${index + 1} octets `))
        ?.split(' ')[2]
        ?.slice(16) ?? '',
  )
}
const ACCEPTED = '6129A109060760857405080101A203020100A305A103020100BE10040E0800065F1F0400'
const rejected = (source: 'A1' | 'A2', diagnostic: string): string =>
  `6117A109060760857405080101A203020101A305${source}030201${diagnostic}`
const initiateError = (value: string): string =>
  `611FA109060760857405080101A203020101A305A103020101BE0604040E0106${value}`
const IDLE = 'D80101'
const CLOCK = get(8, '0.0.1.0.0.255', 2)
const PUBLIC = 16
const reader = 2
const management = 1

/** A public AARQ with other octets in front of the user-information, or inside it. */
const aarq = (front: string, inside = '01000000065F1F0400001C1DFFFF'): string => {
  const body = `${front}BE${byte(inside.length / 2 + 2)}04${byte(inside.length / 2)}${inside}`
  return `60${byte(body.length / 2)}${body}`
}
const byte = (value: number): string => value.toString(16).padStart(2, '0').toUpperCase()
const CONTEXT = 'A109060760857405080101'
const authentication = (mechanism: string, value: string): string =>
  `8A0207808B07608574050802${mechanism}AC${byte(value.length / 2 + 2)}80${byte(value.length / 2)}${value}`
const SECRET = '5265616465722D31'

describe('association', () => {
  it('accepts the lowest level, and low level security with the right password', () => {
    expect(answers(PUBLIC, AARQ)[0]).to.equal(`${ACCEPTED}00001008000007`)
    expect(answers(reader, READER)[0]).to.equal(`${ACCEPTED}00101408000007`)
    expect(answers(management, MANAGEMENT)[0]).to.equal(`${ACCEPTED}001C1D08000007`)
  })

  const refusals: readonly (readonly [string, number, string, string])[] = [
    ['A1 wrong password', reader, aarq(CONTEXT + authentication('01', '3132333435363739')), rejected('A1', '0D')],
    ['A2 context with ciphering', PUBLIC, aarq('A109060760857405080103'), rejected('A1', '02')],
    ['A4 protocol-version without version1', PUBLIC, aarq(`80020640${CONTEXT}`), rejected('A2', '02')],
    ['A5 unknown mechanism', reader, aarq(CONTEXT + authentication('09', SECRET)), rejected('A1', '0B')],
    ['A6 mechanism missing', reader, aarq(`${CONTEXT}8A020780AC0A8008${SECRET}`), rejected('A1', '0C')],
    ['A7 no authentication fields', reader, aarq(CONTEXT), rejected('A1', '0E')],
    ['A8 value missing', reader, aarq(`${CONTEXT}8A0207808B0760857405080201`), rejected('A1', '0D')],
    ['A9 8A absent', reader, aarq(`${CONTEXT}8B0760857405080201AC0A8008${SECRET}`), rejected('A1', '0D')],
    ['A9 bit 0 = 0', reader, aarq(`${CONTEXT}8A0207008B0760857405080201AC0A8008${SECRET}`), rejected('A1', '0D')],
    [
      'A11 lowest level with authentication fields',
      PUBLIC,
      aarq(CONTEXT + authentication('01', SECRET)),
      rejected('A1', '0B'),
    ],
    ['A16 dlms-version 5', PUBLIC, aarq(CONTEXT, '01000000055F1F0400001C1DFFFF'), initiateError('01')],
    ['A18 PDU size 11', PUBLIC, aarq(CONTEXT, '01000000065F1F0400001C1D000B'), initiateError('03')],
    ['A20 disjoint conformance', PUBLIC, aarq(CONTEXT, '01000000065F1F0400180000FFFF'), initiateError('02')],
    ['A21 empty conformance', PUBLIC, aarq(CONTEXT, '01000000065F1F0400000000FFFF'), initiateError('02')],
    [
      'A24 dedicated key without ciphering',
      PUBLIC,
      aarq(CONTEXT, `010110${'00'.repeat(16)}0000065F1F0400001C1DFFFF`),
      initiateError('04'),
    ],
  ]
  for (const [what, client, request, answer] of refusals) {
    it(`${what}: rejected, and nothing is served (A38)`, () => {
      expect(answers(client, request, CLOCK)).to.deep.equal([answer, IDLE])
    })
  }

  const acceptances: readonly (readonly [string, string])[] = [
    ['A3 version1 and other bits', aarq(`800206C0${CONTEXT}`)],
    ['A13 unused fields', aarq(`${CONTEXT}A203040101A503020101A803020101`, '01000001' + '05065F1F0400001C1DFFFF')],
    ['A15 a user id', aarq(`${CONTEXT}A903020105`)],
    ['A17 dlms-version 7', aarq(CONTEXT, '01000000075F1F0400001C1DFFFF')],
    ['A19 PDU size 0', aarq(CONTEXT, '01000000065F1F0400001C1D0000')],
  ]
  for (const [what, request] of acceptances) {
    it(`${what}: accepted, with version 6`, () => {
      expect(answers(PUBLIC, request)[0]).to.equal(`${ACCEPTED}00001008000007`)
    })
  }

  it('A25 a second AARQ takes the place of the first', () => {
    expect(answers(reader, READER, aarq(CONTEXT), CLOCK)).to.deep.equal([
      `${ACCEPTED}00101408000007`,
      rejected('A1', '0E'),
      IDLE,
    ])
  })
  it('A26 response-allowed FALSE: no AARE', () => {
    expect(answers(PUBLIC, aarq(CONTEXT, '0100010000065F1F0400001C1DFFFF'))[0]).to.equal('')
  })
  it('A27 an AARQ that cannot be read: silence, and the next is accepted', () => {
    expect(answers(PUBLIC, AARQ.slice(0, -4), AARQ)).to.deep.equal(['', `${ACCEPTED}00001008000007`])
  })
  it('A29, A31 RLRQ, with any reason, ends the association; outside one it is not answered', () => {
    for (const rlrq of [RLRQ, '6200', '6203800101', '620380011E']) {
      expect(answers(PUBLIC, AARQ, rlrq, CLOCK, rlrq).slice(1)).to.deep.equal(['6303800100', IDLE, ''])
    }
  })
  it('A14 where users are listed, each AARQ names one of them', () => {
    const operator = client(3, hex(addressOctets({ size: 2, upper: 1, lower: 17 })))
    const answer = (fields: string): string | undefined => {
      const request = operator.i(0, 0, LLC + aarq(fields))
      return lines(ask('two-octet', 'hdlc', [{ octets: operator.snrm() }, { octets: request }])).at(-1)
    }
    for (const user of ['A903020105', 'A903020109']) expect(answer(CONTEXT + user)).to.include(ACCEPTED)
    for (const user of ['A903020106', '']) expect(answer(CONTEXT + user)).to.include(rejected('A1', '06'))
  })
  it('the end of one association leaves the others as they are', () => {
    const of = (apdu: string, source: number) => ({ octets: wpduOf(apdu, source), peer: 'a', octetMs: 0 })
    const script = [of(AARQ, PUBLIC), of(READER, reader), of(RLRQ, reader), of(CLOCK, PUBLIC), of(CLOCK, reader)]
    const told = lines(ask('reference', 'wrapper', [{ connect: 'a' }, ...script])).map((line) =>
      line.split(' ')[2]?.slice(16),
    )
    expect(told[3]).to.match(/^C401C1/)
    expect(told[4]).to.equal(IDLE)
  })
})

describe('services', () => {
  const asReader = (apdu: string): string | undefined => answers(reader, READER, apdu)[1]
  const asManagement = (...apdus: readonly string[]): readonly string[] =>
    answers(management, MANAGEMENT, ...apdus).slice(1)
  const SCRATCH = [1, '0.0.96.128.1.255', 2] as const

  it('GET: a value, and the errors of rulings X6 to X9', () => {
    expect(asReader(get(8, '0.0.1.0.0.255', 3))).to.equal('C401C10010FFC4')
    expect(asReader(get(1, '0.0.99.99.99.255', 2))).to.equal('C401C10104')
    expect(asReader(get(8, '0.0.1.0.0.255', 99))).to.equal('C401C10104')
    expect(asReader(get(3, '0.0.1.0.0.255', 2))).to.equal('C401C10109')
    expect(asReader(get(1, '0.0.96.128.0.255', 2))).to.equal('C401C10103')
  })
  it('the clock goes on with the time of the world', () => {
    expect(asReader(CLOCK)).to.match(/^C401C100090C07EA0101040100/)
  })
  it('A37 the name of the own association', () => {
    expect(asReader(get(15, '0.0.40.0.0.255', 1))).to.equal('C401C10009060000280000FF')
  })
  it('SET: stored and read back; another type, no right', () => {
    expect(asManagement(set(...SCRATCH, '090411223344'), get(...SCRATCH))).to.deep.equal([
      'C501C100',
      'C401C100090411223344',
    ])
    expect(asManagement(set(...SCRATCH, '1105'), get(...SCRATCH))).to.deep.equal(['C501C10C', 'C401C1000904AABBCCDD'])
    expect(asManagement(set(1, '0.0.96.128.0.255', 2, '0600000001'))).to.deep.equal(['C501C103'])
  })
  it('ACTION: done and counted; unknown, no right', () => {
    const counted = get(7, '1.0.99.128.0.255', 7)
    expect(asManagement(counted, action(7, '1.0.99.128.0.255', 2), counted)).to.deep.equal([
      'C401C1000600000000',
      'C701C10000',
      'C401C1000600000001',
    ])
    expect(asManagement(action(7, '1.0.99.128.0.255', 9))).to.deep.equal(['C701C10400'])
    expect(asManagement(action(17, '0.0.41.0.0.255', 1))).to.deep.equal(['C701C10300'])
  })
  it('X1 nothing in IDLE', () => {
    expect(answers(PUBLIC, CLOCK, set(...SCRATCH, '090411223344'), action(7, '1.0.99.128.0.255', 2))).to.deep.equal([
      IDLE,
      IDLE,
      IDLE,
    ])
  })
  it('X3 a service that was not negotiated', () => {
    expect(asReader(set(...SCRATCH, '090411223344'))).to.equal('D80102')
    expect(answers(PUBLIC, AARQ, `${CLOCK.slice(0, -2)}010100`)[1]).to.equal('D80102')
    expect(asReader(`${CLOCK.slice(0, -2)}010100`)).to.equal('C401C10103')
    expect(asReader('C003C10100')).to.match(/^D801/)
  })
  it('X4, X5, X12 unknown tag, unknown choice, cut short, octets behind', () => {
    expect(asReader('FF01C1')).to.equal('D80202')
    expect(asReader(CLOCK.replace('C001', 'C009'))).to.equal('D80102')
    expect(asReader(CLOCK.slice(0, -4))).to.equal('D80103')
    expect(asReader(`${CLOCK}00`)).to.equal('D80103')
  })
  it('X15 unconfirmed over TCP: effect, and no answer', () => {
    const unconfirmed = set(...SCRATCH, '090411223344').replace(/^C101C1/, 'C10101')
    expect(asManagement(unconfirmed, get(...SCRATCH))).to.deep.equal(['', 'C401C100090411223344'])
  })
  it('X19, X20 no APDU is longer than its receiver can take', () => {
    expect(asManagement(set(...SCRATCH, `09820900${'00'.repeat(0x900)}`))).to.deep.equal(['D80104'])
    const small = aarq(CONTEXT, '01000000065F1F0400001C1D0040')
    expect(answers(PUBLIC, small, get(15, '0.0.40.0.0.255', 2))[1]).to.equal('C401C101FA')
  })
  it('setup objects say what the ports are', () => {
    expect(asReader(get(19, '0.0.20.0.0.255', 2))).to.equal('C401C1001600')
    expect(asReader(get(23, '0.1.22.0.0.255', 8))).to.equal('C401C100120078')
    expect(asReader(get(41, '0.0.25.0.0.255', 5))).to.equal('C401C1001104')
    expect(asReader(get(17, '0.0.41.0.0.255', 2))).to.match(/^C401C1000103/)
  })
})
