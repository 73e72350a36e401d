import { expect } from 'chai'
import fc from 'fast-check'
import { build, decode, encode } from '../../codec/codec.ts'
import { hex, unhex } from '../../codec/value.ts'
import { createWpduStream, unwrapDatagram, type Unwrapped } from './stream.ts'
import { examineWpdu, wpdu, wpduOctets } from './wpdu.ts'

const octets = (text: string): Uint8Array => unhex(text) ?? new Uint8Array(0)
const burst = (of: Uint8Array, firstEnd = 1) => ({ octets: of, firstEnd, octetMs: 0 })
const told = (items: readonly Unwrapped[]): string[] => items.map((item) => `${item.is} ${hex(item.octets)}`)

/** `from` names the source; the values were written from the description of each example. */
const VECTORS = [
  {
    id: 'wrp-aarq',
    from: 'jDLMS WrapperHeaderTest',
    octets: '0001001000100022602080020780A109060760857405080102BE0F040D01000000065F0400181A200000',
    header: { version: 1, 'source-wport': 16, 'destination-wport': 16 },
    information: '602080020780A109060760857405080102BE0F040D01000000065F0400181A200000',
  },
  {
    id: 'wrp-get',
    from: 'IEC 62056-47 wrapper header layout',
    octets: '000100100001000DC001C1000100002B0100FF0200',
    header: { version: 1, 'source-wport': 16, 'destination-wport': 1 },
    information: 'C001C1000100002B0100FF0200',
  },
  {
    id: 'wrp-resp',
    from: 'IEC 62056-47 wrapper header layout',
    octets: '0001000100100009C401C1000600001391',
    header: { version: 1, 'source-wport': 1, 'destination-wport': 16 },
    information: 'C401C1000600001391',
  },
  {
    id: 'wrp-udp-push',
    from: 'u9n/dlms-cosem tests (test_udp_message)',
    octets:
      '0001000100010046DB082F192291991641033B30000001E5025CE9D2271FD78BE8C204211A916A9D7F587E0A7A814CADEA89E9593F01F92EA8C087B5BDFDEFEAB6BECF282DFE49C08F5BE6DC8400',
    header: { version: 1, 'source-wport': 1, 'destination-wport': 1 },
    information:
      'DB082F192291991641033B30000001E5025CE9D2271FD78BE8C204211A916A9D7F587E0A7A814CADEA89E9593F01F92EA8C087B5BDFDEFEAB6BECF282DFE49C08F5BE6DC8400',
  },
  {
    id: 'wrp-aare-qos',
    from: 'EnergyICT Connexo ACSE unit tests',
    octets: '000100010064002C612AA109060760857405080101A203020100A305A103020100BE11040F080112065F1F0400007C1F04000007',
    header: { version: 1, 'source-wport': 1, 'destination-wport': 100 },
    information: '612AA109060760857405080101A203020100A305A103020100BE11040F080112065F1F0400007C1F04000007',
  },
] as const

const GET = '000100100001000DC001C1000100002B0100FF0200'
const WRONG_VERSION = '000200100001000DC001C1000100002B0100FF0200'
const TOO_LONG = '000100100001000FC001C1000100002B0100FF0200'
const TWO = `${GET}0001001000010007C002C100000001`

describe('wrapper', () => {
  for (const { id, from, octets: text, header, information } of VECTORS)
    it(`${id} (${from})`, () => {
      const value = { ...header, information: octets(information) }
      expect(decode(wpdu, octets(text))).to.deep.equal({ ok: true, value })
      expect(examineWpdu(octets(text))).to.deep.equal({ failures: [], wpdu: value })
      expect(hex(wpduOctets(value))).to.equal(text)
    })

  describe('datagram', () => {
    const failuresOf = (text: string) => {
      const item = unwrapDatagram(octets(text), 0)
      return item.is === 'damaged' ? item.failures : []
    }
    it('exactly one WPDU', () => expect(told([unwrapDatagram(octets(GET), 0)])).to.deep.equal([`wpdu ${GET}`]))
    it('wrp-badver: a version that is not 1', () =>
      expect(failuresOf(WRONG_VERSION)).to.deep.equal([{ code: 'version', at: 0, expected: '0001', found: '0002' }]))
    it('wrp-badlen: a length of 15 before 13 octets', () =>
      expect(failuresOf(TOO_LONG)).to.deep.equal([{ code: 'length', at: 6, expected: '13', found: '15' }]))
    it('wrp-two: two WPDUs are none', () => expect(failuresOf(TWO).map(({ code }) => code)).to.deep.equal(['length']))
    it('less than a header', () => expect(failuresOf('00010010').map(({ code }) => code)).to.deep.equal(['too-short']))
  })

  describe('stream', () => {
    it('wrp-two: two WPDUs in one segment', () =>
      expect(told(createWpduStream().push(burst(octets(TWO))))).to.deep.equal([
        `wpdu ${GET}`,
        'wpdu 0001001000010007C002C100000001',
      ]))
    it('at every split', () => {
      const all = octets(TWO)
      for (let at = 0; at <= all.length; at++) {
        const stream = createWpduStream()
        const items = [...stream.push(burst(all.subarray(0, at))), ...stream.push(burst(all.subarray(at)))]
        expect(told(items), `${at}`).to.have.lengthOf(2)
        expect(stream.pending(), `${at}`).to.equal(false)
      }
    })
    it('wrp-badlen: waits for the octets that are missing, and tells when they are given up', () => {
      const stream = createWpduStream()
      expect(stream.push(burst(octets(TOO_LONG)))).to.deep.equal([])
      expect(stream.pending()).to.equal(true)
      const [item] = stream.flush()
      expect(item?.is === 'damaged' && item.failures.map(({ code }) => code)).to.deep.equal(['length'])
      expect(stream.flush()).to.deep.equal([])
    })
    it('wrp-badver: takes the octets it counts, and hears the next', () => {
      const items = createWpduStream().push(burst(octets(WRONG_VERSION + GET)))
      expect(told(items)).to.deep.equal([`damaged ${WRONG_VERSION}`, `wpdu ${GET}`])
    })
    it('an empty WPDU ends with its header', () =>
      expect(told(createWpduStream().push(burst(octets('0001001000010000'))))).to.deep.equal(['wpdu 0001001000010000']))
    it('tells when the first octet began and the last ended', () => {
      const stream = createWpduStream()
      stream.push({ octets: octets(GET).subarray(0, 10), firstEnd: 5, octetMs: 1 })
      const [item] = stream.push({ octets: octets(GET).subarray(10), firstEnd: 50, octetMs: 1 })
      expect(item).to.include({ begin: 4, end: 60 })
    })
    it('loses no octet, whatever comes', () => {
      fc.assert(
        fc.property(fc.array(fc.uint8Array({ maxLength: 400 })), (pieces) => {
          const stream = createWpduStream()
          const items = [...pieces.flatMap((piece) => stream.push(burst(piece))), ...stream.flush()]
          const all = items.map((item) => hex(item.octets)).join('')
          expect(all).to.equal(pieces.map(hex).join(''))
        }),
      )
    })
  })

  describe('damage', () => {
    const value = { version: 1, 'source-wport': 16, 'destination-wport': 1, information: octets('C001') }
    const damaged = (path: string, operator: Parameters<typeof build>[2]) => {
      const built = build(wpdu, value, operator)
      return built.ok ? hex(built.value.octets) : `${path} refused`
    }
    it('the length follows a damaged APDU, and not itself', () => {
      expect(hex(encode(wpdu, value))).to.equal('0001001000010002C001')
      expect(damaged('length', { length: { add: 1 } })).to.equal('0001001000010003C001')
      expect(damaged('information', { information: { insert: { at: 2, octets: 'FF' } } })).to.equal(
        '0001001000010003C001FF',
      )
      expect(damaged('version', { version: { set: '0002' } })).to.equal('0002001000010002C001')
    })
  })
})
