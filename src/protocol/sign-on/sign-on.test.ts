import { expect } from 'chai'
import fc from 'fast-check'
import { hex, unhex } from '../../codec/value.ts'
import { bcc } from './bcc.ts'
import { examineSignOn } from './examine.ts'
import { BREAK, offersHdlc, reactionMs, signOnOctets, type SignOnMessage } from './messages.ts'
import { addParity, parityRight } from './parity.ts'
import { characterOf, rateOf } from './rates.ts'
import { createScanner, type Scanned } from './scanner.ts'

const octets = (text: string): Uint8Array => unhex(text) ?? new Uint8Array(0)
const ascii = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0))
const burst = (of: Uint8Array, firstEnd = 1) => ({ octets: of, firstEnd, octetMs: 1 })
const told = (items: readonly Scanned[]): string[] =>
  items.map((item) => {
    const name = item.is === 'message' ? item.message.is : item.is === 'damaged' ? `damaged ${item.name}` : 'noise'
    return `${name} ${hex(item.octets)}`
  })
function scanned(of: Uint8Array, size = Math.max(1, of.length), programming = false): Scanned[] {
  const scanner = createScanner()
  scanner.programming(programming)
  const items: Scanned[] = []
  for (let at = 0; at < of.length; at += size) items.push(...scanner.push(burst(of.subarray(at, at + size), 1 + at)))
  return [...items, ...scanner.flush(Infinity)]
}

/** Constructed from the message syntax of IEC 62056-21, but where `from` says otherwise; values written from the description. */
const VECTORS: readonly {
  readonly id: string
  readonly from?: string
  readonly octets: string
  readonly message: SignOnMessage
}[] = [
  { id: 'm21-req', octets: '2F3F210D0A', message: { is: 'request', value: { address: '' } } },
  {
    id: 'm21-req-addr',
    octets: '2F3F3132333435363738210D0A',
    message: { is: 'request', value: { address: '12345678' } },
  },
  {
    id: 'm21-id-c',
    octets: '2F58595A354D4554455230310D0A',
    message: {
      is: 'identification',
      value: { manufacturer: 'XYZ', 'baud-rate-identification': '5', 'mode-escapes': '', identification: 'METER01' },
    },
  },
  {
    id: 'm21-id-e',
    octets: '2F4C475A355C325A4D44343130303030300D0A',
    message: {
      is: 'identification',
      value: {
        manufacturer: 'LGZ',
        'baud-rate-identification': '5',
        'mode-escapes': '2',
        identification: 'ZMD4100000',
      },
    },
  },
  {
    id: 'm21-id-b',
    octets: '2F58595A444D4554455230310D0A',
    message: {
      is: 'identification',
      value: { manufacturer: 'XYZ', 'baud-rate-identification': 'D', 'mode-escapes': '', identification: 'METER01' },
    },
  },
  ...(
    [
      ['m21-ack-050', '063035300D0A', '0', '5', '0', undefined],
      ['m21-ack-051', '063035310D0A', '0', '5', '1', undefined],
      [
        'm21-ack-252',
        '063235320D0A',
        '2',
        '5',
        '2',
        'Green Book / IEC 62056-21 Annex E; same octets in jDLMS and Gurux clients',
      ],
      ['m21-ack-202', '063230320D0A', '2', '0', '2', undefined],
    ] as const
  ).map(([id, text, control, rate, mode, from]) => ({
    id,
    ...(from === undefined ? {} : { from }),
    octets: text,
    message: {
      is: 'acknowledgement' as const,
      value: { 'protocol-control': control, 'baud-rate-identification': rate, 'mode-control': mode },
    },
  })),
  { id: 'm21-b0', from: 'widely used sign-off', octets: '0142300371', message: BREAK },
  ...(
    [
      ['m21-p0', '0150300228290360', 'P', '0', '()'],
      ['m21-p1', '01503102283030303030303030290361', 'P', '1', '(00000000)'],
      ['m21-r1', '015231024330303328290313', 'R', '1', 'C003()'],
      ['m21-r5', '01523502312E382E302829035E', 'R', '5', '1.8.0()'],
      ['m21-w1', '0157310243303033283230323430313031290312', 'W', '1', 'C003(20240101)'],
      ['m21-e2', '014532023030303128290376', 'E', '2', '0001()'],
    ] as const
  ).map(([id, text, type, number, data]) => ({
    id,
    octets: text,
    message: { is: 'command' as const, value: { type, number, 'data-field': data, partial: false } },
  })),
  {
    id: 'm21-data',
    octets: '02312E382E30283030303132332E34352A6B5768290D0A210D0A034B',
    message: { is: 'data-readout', value: { data: '1.8.0(000123.45*kWh)\r\n!\r\n', partial: false } },
  },
  {
    id: 'm21-err',
    octets: '022845523031290314',
    message: { is: 'error-message', value: { data: '(ER01)', partial: false } },
  },
  {
    id: 'm21-partial',
    octets: '02302D303A312E302E302878290D0A045C',
    message: { is: 'data-readout', value: { data: '0-0:1.0.0(x)\r\n', partial: true } },
  },
  { id: 'm21-ack', octets: '06', message: { is: 'ack', value: {} } },
  { id: 'm21-nak', octets: '15', message: { is: 'nak', value: {} } },
  { id: 'm21-wake', octets: '0000000000000000', message: { is: 'wake-up', value: { nul: new Uint8Array(8) } } },
]

describe('sign-on', () => {
  describe('messages', () => {
    for (const { id, from, octets: text, message } of VECTORS)
      it(from === undefined ? id : `${id} (${from})`, () => {
        expect(examineSignOn(octets(text))).to.deep.equal({ name: message.is, failures: [], message })
        expect(hex(signOnOctets(message))).to.equal(text)
        expect(told(scanned(octets(text)))).to.deep.equal([`${message.is} ${text}`])
      })
    it('m21-badbcc: a wrong check character is told, and the command is read', () => {
      const [item] = scanned(octets('015231024330303328290312'))
      if (item?.is !== 'damaged') return expect.fail()
      expect(item.failures).to.deep.equal([{ code: 'bcc', at: 11, expected: '13', found: '12' }])
      expect(item.message).to.have.deep.property('value', {
        type: 'R',
        number: '1',
        'data-field': 'C003()',
        partial: false,
      })
    })
    it('m21-req-parity: as octets with even parity', () => {
      expect(hex(addParity(ascii('/?!\r\n')))).to.equal('AF3F218D0A')
    })
    it('an identification cut short is damaged', () => {
      expect(told(scanned(ascii('/AB\r\n')))).to.deep.equal([`damaged identification ${hex(ascii('/AB\r\n'))}`])
    })
    it('what an identification says of the device', () => {
      const value = { manufacturer: 'LGZ', 'baud-rate-identification': '5', 'mode-escapes': '2', identification: '' }
      expect(offersHdlc(value)).to.equal(true)
      expect(offersHdlc({ ...value, 'mode-escapes': 'W' })).to.equal(false)
      expect(reactionMs(value)).to.equal(200)
      expect(reactionMs({ ...value, manufacturer: 'LGz' })).to.equal(20)
    })
  })

  describe('check character', () => {
    it('from behind the start to ETX', () => {
      expect(bcc(octets('014230037 1'), 1, 4)).to.equal(0x71)
      expect(bcc(octets('022845523031290314'), 1, 8)).to.equal(0x14)
    })
  })

  describe('parity', () => {
    it('makes the number of ones even, for each character', () => {
      const all = addParity(Uint8Array.from({ length: 128 }, (_, character) => character))
      for (const octet of all) expect(octet.toString(2).replaceAll('0', '').length % 2).to.equal(0)
      expect(all.map((octet) => octet & 0x7f)).to.deep.equal(
        Uint8Array.from({ length: 128 }, (_, character) => character),
      )
      expect(all.every(parityRight)).to.equal(true)
    })
    it('tells whether it is odd', () => {
      expect([...octets('AF3F210D0A')].map(parityRight)).to.deep.equal([true, true, true, false, true])
      expect(parityRight(0x2f)).to.equal(false)
    })
  })

  describe('rates', () => {
    it('by mode', () => {
      expect(['0', '5', '6', '7', 'A'].map((z) => rateOf(z, 'C'))).to.deep.equal([
        300,
        9600,
        19200,
        undefined,
        undefined,
      ])
      expect(['A', 'D', 'F', 'G', '0'].map((z) => rateOf(z, 'B'))).to.deep.equal([
        600,
        4800,
        19200,
        undefined,
        undefined,
      ])
      expect(rateOf('3', 'D')).to.equal(2400)
      expect(rateOf('x', 'A')).to.equal(300)
    })
    it('and back', () => {
      expect(characterOf(9600, 'E')).to.equal('5')
      expect(characterOf(9600, 'B')).to.equal('E')
      expect(characterOf(57600, 'E')).to.equal(undefined)
    })
  })

  describe('scanner', () => {
    const REQUEST = hex(ascii('/?!\r\n'))
    const IDENTIFICATION = hex(ascii('/LGZ5\\2ZMD\r\n'))
    it('at every split', () => {
      const all = octets(`0000${REQUEST}FF${IDENTIFICATION}063235320D0A0142300371`)
      const whole = told(scanned(all))
      expect(whole.map((text) => text.split(' ')[0])).to.deep.equal([
        'wake-up',
        'request',
        'noise',
        'identification',
        'acknowledgement',
        'break',
      ])
      for (let size = 1; size <= all.length; size++) expect(told(scanned(all, size)), `${size}`).to.deep.equal(whole)
    })
    it('gives a message with its last character', () => {
      const scanner = createScanner()
      const [item] = scanner.push(burst(octets(REQUEST), 10))
      expect(item).to.include({ is: 'message', begin: 9, end: 14 })
      expect(scanner.deadline()).to.equal(Infinity)
    })
    it('ACK alone: at once in programming mode, else when nothing follows', () => {
      expect(told(scanned(octets('06'), 1, true))).to.deep.equal(['ack 06'])
      const scanner = createScanner()
      expect(scanner.push(burst(octets('06')))).to.deep.equal([])
      expect(scanner.deadline()).to.equal(1501)
      expect(scanner.flush(1500)).to.deep.equal([])
      expect(told(scanner.flush(1501))).to.deep.equal(['ack 06'])
    })
    it('a pause of more than 1500 ms ends a message', () => {
      const scanner = createScanner()
      expect(scanner.push(burst(ascii('/?'), 1))).to.deep.equal([])
      expect(told(scanner.push(burst(octets(REQUEST), 2000)))).to.deep.equal([
        `damaged request ${hex(ascii('/?'))}`,
        `request ${REQUEST}`,
      ])
    })
    it('a pause just short of it does not', () => {
      const scanner = createScanner()
      scanner.push(burst(ascii('/?'), 1))
      expect(told(scanner.push(burst(ascii('!\r\n'), 1502)))).to.deep.equal([`request ${REQUEST}`])
    })
    it('a wrong parity damages the message', () => {
      const [item] = scanned(octets('2F3FA10D0A'))
      if (item?.is !== 'damaged') return expect.fail()
      expect(item.failures).to.deep.equal([{ code: 'parity', at: 2, expected: 'even parity', found: 'A1' }])
    })
    it('mode D: data without STX behind an identification', () => {
      const data = hex(ascii('\r\n1.8.0(1)\r\n!\r\n'))
      expect(told(scanned(octets(`${IDENTIFICATION}${data}`)))).to.deep.equal([
        `identification ${IDENTIFICATION}`,
        `plain-readout ${data}`,
      ])
      expect(told(scanned(octets(data)))).to.deep.equal([`noise ${data}`])
    })
    it('a readout of 100 000 characters', () => {
      const data = `${'1.8.0(000123.45*kWh)\r\n'.repeat(4600)}!\r\n`
      const readout = signOnOctets({ is: 'data-readout', value: { data, partial: false } })
      expect(scanned(readout).map((item) => item.is)).to.deep.equal(['message'])
    })
    it('loses no character, whatever comes, and keeps pieces bounded', () => {
      const pieces = fc.array(
        fc.oneof(
          fc.uint8Array({ maxLength: 20 }),
          fc.constantFrom(REQUEST, IDENTIFICATION, '06', '0142300371', '02', '00', '2F').map(octets),
        ),
        { maxLength: 60 },
      )
      fc.assert(
        fc.property(pieces, fc.boolean(), (parts, programming) => {
          const all = Uint8Array.from(parts.flatMap((part) => [...part]))
          const items = scanned(all, 7, programming)
          expect(items.map((item) => hex(item.octets)).join('')).to.equal(hex(all))
        }),
      )
      for (const item of scanned(ascii('x'.repeat(100_000)))) expect(item.octets.length).to.be.at.most(256)
    })
  })
})
