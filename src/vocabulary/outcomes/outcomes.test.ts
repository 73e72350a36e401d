import { expect } from 'chai'
import { newLedger, type Ledger } from '../../client/ledger.ts'
import { Link } from '../../client/link.ts'
import { createReceiver, type Heard, type Language } from '../../client/receiver.ts'
import { answering, octetsOf, scene } from '../../client/scene.ts'
import type { Outcome } from '../../engine/vocabulary.ts'
import type { Control } from '../../protocol/hdlc/control.ts'
import { frameOctets } from '../../protocol/hdlc/frame.ts'
import { vectors } from '../../protocol/vectors/load.ts'
import { faultOf } from '../../transport/fault.ts'
import { linkRules } from '../implied/exchange.ts'
import { apduOutcome } from './apdu.ts'
import { carriedOutcome } from './carried.ts'
import { heardOutcome } from './heard.ts'
import { silent } from './outcome.ts'
import { surplusOutcome } from './surplus.ts'

const ADDRESSES = { client: octetsOf('21'), server: octetsOf('03') }
const UA = '7EA00721037301407E'
const DM = '7EA00721031F6BE97E'
const FRMR = '7EA00C2103973E213F000197127E'
const RR_1 = '7EA00721033111A77E'
const UNDEFINED = '7EA00703213F696E7E'
const UI = '7EA021210313CEE7E6E7000F0000000100020209060000190900FF06000000012AB07E'
const GET = octetsOf('C001C100080000010000FF0200')
const DATA = 'C401C1000903111213'

/** Octets as they are heard: what comes first of them. */
function heardOf(language: Language, text: string): Heard {
  const receiver = createReceiver(language, 50)
  const burst = { octets: octetsOf(text), firstEnd: 101, octetMs: 1 }
  const [heard] = [...receiver.push(burst), ...receiver.flush(Infinity)]
  if (heard === undefined) throw new TypeError(`nothing heard of ${text}`)
  return heard
}
const of = (language: Language, text: string, asked = 80): Outcome =>
  heardOutcome(heardOf(language, text), { asked }, newLedger())
const namesOf = ({ names }: Outcome): readonly string[] => Object.keys(names).sort()
const apdu = (id: string): string => {
  const found = [...vectors('acse'), ...vectors('xdlms')].find((each) => each.id === id)
  if (found === undefined) throw new TypeError(`no vector ${id}`)
  return found.octets
}
const wpdu = (text: string): string => `000100010010${(text.length / 2).toString(16).padStart(4, '0')}${text}`
const framed = (control: Control, information = '', segmentation = false): string =>
  Buffer.from(
    frameOctets({
      segmentation,
      'destination-address': ADDRESSES.client,
      'source-address': ADDRESSES.server,
      control,
      information: octetsOf(information),
    }),
  )
    .toString('hex')
    .toUpperCase()

describe('outcomes', () => {
  it('tells what results to Read and Write are', () => {
    const texts: Readonly<Record<string, string>> = {
      '0C01001105': 'read-response with data',
      '0C010104': 'read-response (object-undefined)',
      '0C020011050103': 'read-response with 2 results',
      '0C01020000020105': 'read-response with block 2',
      '0C01030001': 'read-response to block 1',
      '0D0100': 'write-response (success)',
      '0D01010C': 'write-response (type-unmatched)',
    }
    for (const [octets, text] of Object.entries(texts))
      expect(apduOutcome(octetsOf(octets), {}).text, octets).to.equal(text)
  })
  it('tells how long after the question an answer began', () => {
    expect(of('hdlc', UA).afterMs).to.equal(20)
    expect(heardOutcome(heardOf('hdlc', UA), {}, newLedger())).not.to.have.property('afterMs')
    expect(of('hdlc', UA, 500).afterMs, 'never before it').to.equal(0)
  })

  describe('of a frame: its name, and frame', () => {
    for (const [octets, names, text] of [
      [UA, ['frame', 'ua'], 'UA F=1'],
      [DM, ['dm', 'frame', 'refused'], 'DM F=1'],
      [FRMR, ['frame', 'frmr', 'refused'], 'FRMR F=1'],
      [UNDEFINED, ['frame', 'undefined'], 'a frame with the undefined control field 3F'],
      [UI, ['data-notification', 'frame', 'ui'], 'UI F=1 with data-notification'],
    ] as const)
      it(names.join(', '), () => {
        const outcome = of('hdlc', octets)
        expect(namesOf(outcome)).to.deep.equal(names)
        expect(outcome).to.include({ noise: false, layer: 'hdlc', octets, text })
      })
    it('refused says by what', () => {
      expect(of('hdlc', DM).names['refused']).to.equal('dm')
      expect(of('hdlc', FRMR).names['refused']).to.equal('frmr')
    })
    it('its fields are there for a matcher', () => {
      expect(of('hdlc', FRMR).names['frmr']).to.include({ 'rejected-control': '3F', final: true, w: true })
    })
    it('the APDU of UI is in it as well', () => {
      expect(of('hdlc', UI).names['ui']).to.have.nested.property('apdu.data-notification')
    })
  })

  describe('of frames in an exchange', () => {
    /** A link on which these frames were heard after an I frame with the question. */
    async function passed(...frames: readonly string[]): Promise<{ ledger: Ledger; last: Heard }> {
      const { port } = scene('serial', answering([UA]), 'hdlc')
      await port.open()
      const link = new Link(port, ADDRESSES)
      await link.setMode(link.snrm(), 100, newLedger())
      const ledger = newLedger()
      const control = { is: 'i', 'n-s': 0, 'n-r': 0, 'poll-final': true } as const
      await link.send(link.frame(control, octetsOf('E6E600')), ledger)
      const heards = frames.map((frame) => heardOf('hdlc', frame))
      for (const heard of heards) if (heard.is === 'frame') link.took(heard.frame, heard, ledger)
      const last = heards.at(-1)
      if (last === undefined) throw new TypeError('no frames')
      return { ledger, last }
    }
    const i = (sent: number, received: number, information: string, segmentation = false, final = true): string =>
      framed({ is: 'i', 'n-s': sent, 'n-r': received, 'poll-final': final }, information, segmentation)
    const rules = (ledger: Ledger) => linkRules(ledger, ADDRESSES).map(({ rule }) => rule)

    it('I with a whole APDU has the names of that APDU too', async () => {
      const { ledger, last } = await passed(i(0, 1, `E6E700${DATA}`))
      const outcome = heardOutcome(last, { addresses: ADDRESSES, apdu: GET }, ledger)
      expect(namesOf(outcome)).to.deep.equal(['executed', 'frame', 'get-response', 'get-response-normal', 'i'])
      expect(outcome.names['i']).to.have.nested.property('apdu.get-response')
      expect(outcome.broken).to.deep.equal([])
    })
    it('a segment is a frame alone', async () => {
      const { ledger, last } = await passed(i(0, 1, `E6E700${DATA}`, true))
      expect(namesOf(heardOutcome(last, { addresses: ADDRESSES }, ledger))).to.deep.equal(['frame', 'i'])
    })
    it('the frame that acknowledges is in the window, another is not', async () => {
      expect(rules((await passed(framed({ is: 'rr', 'n-r': 1, 'poll-final': true }))).ledger)).to.deep.equal([])
      expect(rules((await passed(framed({ is: 'rr', 'n-r': 0, 'poll-final': true }))).ledger)).to.deep.equal([])
      expect(rules((await passed(framed({ is: 'rr', 'n-r': 2, 'poll-final': true }))).ledger)).to.deep.equal([
        'n-r-in-the-window',
      ])
    })
    it('an I frame that answers has to take the question in', async () => {
      expect(rules((await passed(i(0, 0, `E6E700${DATA}`))).ledger)).to.deep.equal(['n-r-in-the-window'])
    })
    it('F=0 is wrong in the last frame of a turn alone', async () => {
      expect(rules((await passed(i(0, 1, `E6E700${DATA}`, false, false))).ledger)).to.include('final-bit-ends-the-turn')
      const two = await passed(i(0, 1, 'E6E700C401C100', true, false), i(1, 1, '0900'))
      expect(rules(two.ledger)).to.deep.equal(['window-within-the-agreed-size'])
    })
    it('RR does not count in the window', async () => {
      const { ledger } = await passed(framed({ is: 'rr', 'n-r': 1, 'poll-final': false }), i(0, 1, `E6E700${DATA}`))
      expect(rules(ledger)).to.deep.equal([])
    })
    it('an LLC header before a later segment is told where the APDU is wrong for it', async () => {
      const { ledger } = await passed(i(0, 1, 'E6E700C401C100', true), i(1, 1, 'E6E7000900'))
      const carried = { is: 'apdu', apdu: octetsOf('C401C100E6E7000900'), begin: 0, end: 0, asked: 0 } as const
      const { broken } = carriedOutcome(carried, { addresses: ADDRESSES }, ledger, 100)
      expect(broken.map(({ rule }) => rule)).to.include('one-llc-header')
    })
    it('nothing is judged where no link is known', async () => {
      expect(linkRules((await passed(RR_1)).ledger, undefined)).to.deep.equal([])
    })
  })

  describe('of an APDU', () => {
    for (const [id, names] of [
      ['aare-ln-ok', ['aare', 'executed']],
      ['aare-rej-ctx', ['aare', 'refused']],
      ['rlre-normal', ['rlre']],
      ['exc-11', ['exception-response', 'refused']],
      ['dn-list', ['data-notification']],
      ['act-r-ok', ['action-response', 'action-response-normal', 'executed']],
      ['act-r-denied', ['action-response', 'action-response-normal', 'refused']],
    ] as const)
      it(`${id}: ${names.join(', ')}`, () => {
        const { names: found, broken } = apduOutcome(octetsOf(apdu(id)), {})
        expect(Object.keys(found).sort()).to.deep.equal(names)
        expect(broken).to.deep.equal([])
      })
    for (const [octets, what, by] of [
      ['C401C10104', 'refused', 'object-undefined'],
      [DATA, 'executed', 'get'],
      ['C501C100', 'executed', 'set'],
      ['C501C103', 'refused', 'read-write-denied'],
      ['C701C10000', 'executed', 'action'],
      ['0E010600', 'refused', 'confirmed-service-error'],
    ] as const)
      it(`${octets} is ${what}: ${by}`, () => {
        expect(apduOutcome(octetsOf(octets), {}).names[what]).to.equal(by)
      })
    it('octets behind it break a rule, and it is read all the same', () => {
      for (const [octets, name] of [
        ['C501C10000', 'set-response'],
        ['D8010100', 'exception-response'],
        ['630380010000', 'rlre'],
      ] as const) {
        const { names, broken } = apduOutcome(octetsOf(octets), {})
        expect(Object.keys(names)).to.include(name)
        expect(broken.map(({ rule }) => rule)).to.deep.equal(['nothing-behind-the-apdu'])
      }
    })
    for (const [octets, rule] of [
      ['C401C1', 'readable-answer'],
      ['FF', 'readable-answer'],
      ['6105A103', 'readable-association'],
    ] as const)
      it(`${octets} is garbled`, () => {
        const { names, broken } = apduOutcome(octetsOf(octets), {})
        expect(names).to.deep.equal({ garbled: { octets } })
        expect(broken.map((each) => each.rule)).to.deep.equal([rule])
      })
    it('no octets at all are garbled too', () => {
      expect(apduOutcome(octetsOf(''), {}).names).to.deep.equal({ garbled: { octets: '' } })
    })
    it('another invoke-id than that of the question breaks a rule', () => {
      expect(apduOutcome(octetsOf('C401C20104'), { apdu: GET }).broken.map(({ rule }) => rule)).to.deep.equal([
        'invoke-id-and-priority',
      ])
    })
  })

  describe('of a WPDU: frame, wpdu, and the names of its APDU', () => {
    it('an exception', () => {
      const outcome = of('wrapper', wpdu('D80101'))
      expect(namesOf(outcome)).to.deep.equal(['exception-response', 'frame', 'refused', 'wpdu'])
      expect(outcome).to.include({ noise: false, layer: 'wrapper' })
      expect(outcome.names['frame']).to.equal('wpdu')
    })
    it('the wrong wPorts, and the wrong sender', () => {
      const heard = heardOf('wrapper', wpdu('D80101'))
      const judged = (more: object, from?: string) =>
        heardOutcome({ ...heard, ...(from ? { from } : {}) }, more, newLedger()).broken.map(({ rule }) => rule)
      expect(judged({ wports: { client: 16, server: 1 }, remote: 'a' }, 'a')).to.deep.equal([])
      expect(judged({ wports: { client: 17, server: 1 } })).to.deep.equal(['wports-swapped'])
      expect(judged({ wports: { client: 16, server: 1 }, remote: 'a' }, 'b')).to.deep.equal([
        'datagram-from-the-port-asked',
      ])
    })
  })

  describe('of a message of sign-on', () => {
    for (const [language, octets, names] of [
      ['sign-on', '2F53494D355C324D45544552310D0A', ['identification']],
      ['sign-on', '063235320D0A', ['acknowledgement']],
      ['sign-on', '02280303', ['data-readout']],
      ['programming', '06', ['ack', 'executed']],
      ['programming', '15', ['nak', 'refused']],
      ['programming', '0142300371', ['break', 'refused']],
      ['programming', '02284552303129031E', ['error-message', 'refused']],
      ['programming', '01503002283132290360', ['command']],
    ] as const)
      it(names.join(', '), () => {
        const outcome = of(language, withBcc(octets))
        expect(namesOf(outcome)).to.deep.equal(names)
        expect(outcome).to.include({ noise: false, layer: 'sign-on' })
      })
    it('with a wrong check character it is still that message, and the rule is broken', () => {
      const outcome = of('programming', '0142300370')
      expect(namesOf(outcome)).to.deep.equal(['break', 'refused'])
      expect(outcome.broken.map(({ rule, clause }) => [rule, clause])).to.deep.equal([['sign-on.bcc', 'sign-on.bcc']])
      expect(outcome.noise).to.equal(true)
    })
    it('with wrong parity it is garbled', () => {
      expect(namesOf(of('sign-on', '2F53494DB54D0D0A'))).to.deep.equal(['garbled'])
    })
  })

  describe('of what is damaged', () => {
    it('a frame is garbled, with each check that failed and its clause', () => {
      const outcome = of('hdlc', UA.replace('01407E', '01417E'))
      expect(outcome.names['garbled']).to.include({ octets: UA.replace('01407E', '01417E') })
      expect(outcome.names['garbled']).to.have.deep.property('failures', ['fcs'])
      expect(outcome.broken).to.deep.equal([
        { rule: 'hdlc.fcs', clause: 'hdlc.fcs', expected: 'fcs 0140', found: '0141' },
      ])
      expect(outcome).to.include({ noise: true, layer: 'hdlc' })
    })
    it('a check has the clause of what it checks', () => {
      const clauses = (language: Language, text: string) =>
        of(language, text).broken.map(({ rule, clause }) => `${rule}: ${clause}`)
      expect(clauses('hdlc', '7EA008032193F6B37E')).to.include('hdlc.length: hdlc.frame.length')
      expect(clauses('wrapper', '000100')).to.deep.equal(['wrapper.too-short: wrapper.length'])
      expect(clauses('sign-on', '2F53494DB54D0D0A')).to.include('sign-on.parity: sign-on.identification')
    })
    it('so is a WPDU', () => {
      const outcome = of('wrapper', '000200010010000462038001')
      expect(outcome.broken.map(({ rule }) => rule)).to.deep.equal(['wrapper.version'])
      expect(outcome).to.include({ noise: true, layer: 'wrapper' })
    })
  })

  it('noise is garbled, and breaks no rule', () => {
    const outcome = of('hdlc', '00FF55')
    expect(outcome.names).to.deep.equal({ garbled: { octets: '00FF55' } })
    expect(outcome).to.deep.include({ noise: true, layer: 'line', broken: [] })
  })

  for (const is of ['closed', 'reset'] as const)
    it(`${is} has its own name`, () => {
      const heard: Heard = { is, octets: new Uint8Array(0), begin: 100, end: 100 }
      expect(heardOutcome(heard, { asked: 60 }, newLedger())).to.deep.include({
        names: { [is]: true },
        noise: true,
        afterMs: 40,
      })
    })

  it('a fault of the line is named by its code', () => {
    const fault = faultOf(new Error('input/output error'), 'x')
    const heard: Heard = { is: 'fault', octets: new Uint8Array(0), begin: 0, end: 0, fault }
    expect(heardOutcome(heard, {}, newLedger()).names).to.deep.equal({ fault: 'unplugged' })
  })

  it('silence says how long it was', () => {
    expect(silent(1500.04)).to.deep.equal({
      names: { silent: { ms: 1500.04 } },
      broken: [],
      noise: true,
      text: 'silence for 1500 ms',
    })
  })

  describe('of an exchange', () => {
    it('the APDU', () => {
      const carried = { is: 'apdu', apdu: octetsOf(DATA), begin: 120, end: 130, asked: 100 } as const
      const ledger = newLedger()
      const outcome = carriedOutcome(carried, { apdu: GET }, ledger, 1000)
      expect(namesOf(outcome)).to.deep.equal(['executed', 'get-response', 'get-response-normal'])
      expect(outcome).to.include({ afterMs: 20, layer: 'apdu', octets: DATA })
    })
    for (const [frames, unfinished, text] of [
      [false, false, 'silence for 1000 ms'],
      [true, false, 'no APDU, only RR'],
      [true, true, 'an APDU that never ended'],
    ] as const)
      it(text, () => {
        const outcome = carriedOutcome({ is: 'silent', frames, unfinished, asked: 0 }, {}, newLedger(), 1000)
        expect(outcome).to.deep.include({ text, names: { silent: { ms: 1000 } } })
      })
    it('anything else as it was heard', () => {
      const outcome = carriedOutcome({ is: 'other', heard: heardOf('hdlc', DM), asked: 90 }, {}, newLedger(), 1000)
      expect(outcome).to.deep.include({ afterMs: 10 })
      expect(outcome.names).to.include({ refused: 'dm' })
    })
  })

  describe('of what nobody asked for', () => {
    const surplus = (heard: Heard, more: Partial<{ repeated: boolean; window: number }> = {}) =>
      surplusOutcome(heard, {}, newLedger(), { repeated: false, window: 1, ...more }).broken[0]
    it('a frame breaks the rule that it speaks only when polled', () => {
      expect(surplus(heardOf('hdlc', UA))).to.deep.equal({
        rule: 'only-when-polled',
        clause: 'hdlc.only-when-polled',
        expected: 'nothing until the next question',
        found: 'UA F=1',
      })
    })
    it('the same once more is a remark', () => {
      expect(surplus(heardOf('hdlc', UA), { repeated: true })).to.include({ remark: true })
    })
    it('an I frame more than a window lets through breaks the window', () => {
      const frame = heardOf('hdlc', framed({ is: 'i', 'n-s': 0, 'n-r': 0, 'poll-final': true }, 'E6E700D80101'))
      expect(surplus(frame, { window: 3 })).to.include({ clause: 'hdlc.window' })
      expect(surplus(frame, { window: 1 })).to.include({ clause: 'hdlc.only-when-polled' })
    })
    it('a WPDU, damaged or not, is one answer too many', () => {
      expect(surplus(heardOf('wrapper', wpdu('D80101')))).to.include({ clause: 'xdlms.answer' })
      expect(surplus(heardOf('wrapper', '0001'))).to.include({ clause: 'xdlms.answer' })
    })
  })
})

/** The last octet made the right check character, where there is one. */
function withBcc(text: string): string {
  const octets = octetsOf(text)
  if (octets.length < 4 || octets.at(-2) !== 3) return text
  const sum = octets.subarray(1, -1).reduce((before, octet) => before ^ octet, 0)
  return `${text.slice(0, -2)}${sum.toString(16).padStart(2, '0').toUpperCase()}`
}
