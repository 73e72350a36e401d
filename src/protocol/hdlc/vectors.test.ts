import { expect } from 'chai'
import { build, decode, encode, explain } from '../../codec/codec.ts'
import { hex, unhex } from '../../codec/value.ts'
import { addressOctets, clientAddress, isAllStation, readAddress, reserved, serverAddress } from './address.ts'
import { createDeframer } from './deframer.ts'
import type { Frame } from './examine.ts'
import { fcsOctets } from './fcs.ts'
import { frameOctets, frames } from './frame.ts'
import { frameReject } from './frmr.ts'
import { llc, LLC_COMMAND, LLC_RESPONSE } from './llc.ts'
import { fromParameters, parameterBlock, toParameters } from './parameters.ts'
import { hdlcVectors, type FrameVector } from '../vectors/hdlc.ts'

const octets = (text: string): Uint8Array => unhex(text) ?? new Uint8Array(0)
const deframed = (text: string) => {
  const deframer = createDeframer({ interOctetMs: 25 })
  return [...deframer.push({ octets: octets(text), firstEnd: 1, octetMs: 1 }), ...deframer.flush(Infinity)]
}
const valueOf = (vector: FrameVector): Frame => ({
  segmentation: vector.segmentation,
  'destination-address': octets(vector.destination),
  'source-address': octets(vector.source),
  control: vector.control,
  information: octets(vector.information),
})

describe('HDLC examples', () => {
  describe('check sequence', () => {
    for (const { id, from, over, fcs } of hdlcVectors.fcs)
      it(`${id} (${from})`, () => expect(hex(fcsOctets(octets(over)))).to.equal(fcs))
  })

  describe('addresses', () => {
    for (const { id, address, octets: text } of hdlcVectors.addresses)
      it(`${id} ${text}`, () => {
        expect(hex(addressOctets(address))).to.equal(text)
        expect(readAddress(octets(text))).to.deep.equal(address)
      })
    it('of a device as declared, in each size', () => {
      expect(
        [1, 2, 4].map((size) => hex(addressOctets(serverAddress(size === 1 ? 1 : size === 2 ? 2 : 4, 1, 17)))),
      ).to.deep.equal(['03', '0223', '00020023'])
      expect(hex(addressOctets(clientAddress(16)))).to.equal('21')
    })
    it('broadcast in either part', () => {
      expect(isAllStation({ size: 1, upper: reserved('all-station', 1) })).to.equal(true)
      expect(isAllStation({ size: 4, upper: 1, lower: reserved('all-station', 4) })).to.equal(true)
      expect(isAllStation({ size: 4, upper: 1, lower: 0x7f })).to.equal(false)
    })
    it('three and five octets are no address', () => {
      expect(readAddress(octets('000223'))).to.equal(undefined)
      expect(readAddress(octets('0002000023'))).to.equal(undefined)
      expect(readAddress(octets('0022'))).to.equal(undefined)
      expect(readAddress(octets('2323'))).to.equal(undefined)
    })
  })

  describe('frames', () => {
    for (const vector of hdlcVectors.frames) {
      const value = valueOf(vector)
      it(`${vector.id} is read (${vector.what})`, () => {
        const items = deframed(vector.octets)
        expect(items.map((item) => item.is)).to.deep.equal(['frame'])
        expect(items[0]).to.have.deep.property('frame', value)
        expect(decode(frames[vector.control.is], octets(vector.octets))).to.deep.equal({ ok: true, value })
      })
      it(`${vector.id} is written`, () => {
        expect(hex(frameOctets(value))).to.equal(vector.octets)
        const built = build(frames[vector.control.is], value)
        expect(built.ok && hex(built.value.octets)).to.equal(vector.octets)
      })
      it(`${vector.id} is explained`, () => {
        const { tree, failure } = explain(frames[vector.control.is], octets(vector.octets))
        expect(failure).to.equal(undefined)
        expect(tree.children.map(({ name }) => name)).to.include.members([
          'opening-flag',
          'frame-format',
          'closing-flag',
        ])
      })
    }
  })

  describe('shared flags', () => {
    for (const { id, octets: text, frames: between } of hdlcVectors['shared-flags'])
      it(id, () => {
        const items = deframed(text)
        expect(items.map((item) => `${item.is} ${hex(item.octets)}`)).to.deep.equal(
          between.map((body) => `frame 7E${body}7E`),
        )
      })
  })

  describe('invalid or misplaced', () => {
    for (const { id, what, octets: text, failures } of hdlcVectors.invalid)
      it(`${id}: ${what}`, () => {
        const items = deframed(text)
        const codes = items.flatMap((item) => (item.is === 'damaged' ? item.failures.map(({ code }) => code) : item.is))
        expect(codes).to.deep.equal(failures.length === 0 ? ['frame'] : failures)
      })
    it('an undefined control field is told as its octet', () => {
      expect(deframed('7EA00703213F696E7E')[0]).to.have.deep.nested.property('frame.control', {
        is: 'undefined',
        octet: 0x3f,
      })
    })
  })

  describe('information fields', () => {
    const said = (text: string) => {
      const block = decode(parameterBlock, octets(text))
      return block.ok ? fromParameters(block.value) : block.failure
    }
    const parameters = (transmit: number, receive: number, windows: number) => ({
      'max-information-field-length-transmit': transmit,
      'max-information-field-length-receive': receive,
      'window-size-transmit': windows,
      'window-size-receive': windows,
    })
    it('the defaults, as the standard writes them', () => {
      const text = '818012050180060180070400000001080400000001'
      expect(said(text)).to.deep.equal(parameters(128, 128, 1))
      expect(hex(encode(parameterBlock, toParameters(parameters(128, 128, 1))))).to.equal(text)
    })
    it('two octets above 255', () => {
      const text = '8180140502040006020400070400000007080400000007'
      expect(said(text)).to.deep.equal(parameters(1024, 1024, 7))
      expect(hex(encode(parameterBlock, toParameters(parameters(1024, 1024, 7))))).to.equal(text)
    })
    it('values of one, two and four octets are read', () => {
      expect(said('81800C050180060180070101080101')).to.deep.equal(parameters(128, 128, 1))
      expect(said('8180140502007406020074070400000001080400000001')).to.deep.equal(parameters(116, 116, 1))
      expect(said('81800C050400000100060400000100')).to.deep.equal({
        'max-information-field-length-transmit': 256,
        'max-information-field-length-receive': 256,
      })
    })
    it('unknown identifiers are kept by the codec and skipped by the reader', () => {
      const block = decode(parameterBlock, octets('8180060501800A0107'))
      expect(block).to.deep.equal({
        ok: true,
        value: [
          { identifier: 5, value: Uint8Array.of(128) },
          { identifier: 10, value: Uint8Array.of(7) },
        ],
      })
      expect(said('8180060501800A0107')).to.deep.equal({ 'max-information-field-length-transmit': 128 })
    })
    it('a block that ends early is none', () => {
      for (const text of ['8180120501', '8180030502', '8280030501 80', '81'])
        expect(decode(parameterBlock, octets(text)).ok, text).to.equal(false)
    })
    const none = { 'c-r': false, w: false, x: false, y: false, z: false }
    const rejects = [
      { text: '3F0001', value: { ...none, 'rejected-control': 0x3f, 'v-s': 0, 'v-r': 0, w: true } },
      { text: 'B00408', value: { ...none, 'rejected-control': 0xb0, 'v-s': 2, 'v-r': 0, z: true } },
      { text: '766204', value: { ...none, 'rejected-control': 0x76, 'v-s': 1, 'v-r': 3, y: true } },
      { text: '312203', value: { ...none, 'rejected-control': 0x31, 'v-s': 1, 'v-r': 1, w: true, x: true } },
    ]
    for (const { text, value } of rejects)
      it(`FRMR ${text}`, () => {
        expect(decode(frameReject, octets(text))).to.deep.equal({ ok: true, value })
        expect(hex(encode(frameReject, value))).to.equal(text)
      })
    it('LLC headers', () => {
      expect(hex(encode(llc, { ...LLC_COMMAND, information: Uint8Array.of(0x60) }))).to.equal('E6E60060')
      expect(decode(llc, octets('E6E700C4'))).to.deep.equal({
        ok: true,
        value: { ...LLC_RESPONSE, information: Uint8Array.of(0xc4) },
      })
    })
  })
})
