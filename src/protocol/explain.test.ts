import { expect } from 'chai'
import fc from 'fast-check'
import type { Node } from '../codec/codec.ts'
import { unhex } from '../codec/value.ts'
import { explainApdu, explainOctets, explainUnit, LAYER_NAMES } from './explain.ts'

const octets = (text: string): Uint8Array => unhex(text) ?? new Uint8Array(0)
const find = (node: Node, path: string): Node | undefined => {
  const [name, ...others] = path.split('/')
  const child = node.children.find((each) => each.name === name)
  return child === undefined || others.length === 0 ? child : find(child, others.join('/'))
}
const all = (node: Node): readonly Node[] => [node, ...node.children.flatMap(all)]

const AARE_FRAME =
  '7EA0382102233034E7E6E7006129A109060760857405080101A203020100A305A103020100BE10040E0800065F1F0400001E1D04C80007B86A7E'
const GET_FRAME = '7EA0190321326FD8E6E600C001C100080000010000FF0200601A7E'

describe('explain', () => {
  it('a frame with LLC and APDU inside', () => {
    const { names, tree, failures, json } = explainUnit(octets(AARE_FRAME), 'hdlc')
    expect(names).to.deep.equal(['i', 'aare'])
    expect(failures).to.deep.equal([])
    expect(tree.name).to.equal('hdlc')
    const aare = find(tree, 'after-format/body/information/llc/information/apdu/aare')
    expect(aare).to.include({ start: 12, end: 55 })
    expect(json).to.have.nested.property('i.apdu.aare.result', 'accepted')
    expect(json).to.have.nested.property('i.n-r', 1)
    expect(json).to.have.nested.property('i.apdu.aare.diagnostic', 0)
    expect(json).to.have.nested.property('i.apdu.aare.initiate-response.vaa-name', 7)
  })
  it('names the fields by the standard, with their octets', () => {
    const { tree, json } = explainUnit(octets(GET_FRAME), 'hdlc')
    const fields = all(tree).map(({ name, start, end }) => `${name} ${start}-${end}`)
    expect(fields).to.include.members(['hcs 6-8', 'fcs 24-26', 'attribute-id 22-23', 'class-id 14-16', 'n-s 5-6'])
    expect(json).to.have.nested.property('i.apdu.get-request-normal.instance-id', '0.0.1.0.0.255')
  })
  it('what is wrong in a frame', () => {
    const { names, failures } = explainUnit(octets('7EA007032193F0017E'), 'hdlc')
    expect(names).to.deep.equal(['snrm'])
    expect(failures).to.deep.equal([{ layer: 'hdlc', at: 6, expected: '0F01', found: 'F001' }])
  })
  it('what is wrong in an APDU inside, at its octet of the frame', () => {
    const { failures } = explainUnit(octets('7EA0180321326639E6E600C001C100080000010000FF02C6A27E'), 'hdlc')
    const apdu = failures.filter(({ layer }) => layer === 'apdu')
    expect(apdu.map(({ at }) => at)).to.deep.equal([23])
  })
  it('a segment is not taken for an APDU', () => {
    const { names, failures } = explainUnit(
      octets('7EA81D2103749171E6E700C401C10009320102030405060708090A0BECFC7E'),
      'hdlc',
    )
    expect(names).to.deep.equal(['i'])
    expect(failures).to.deep.equal([])
  })
  it('the parameters of UA and the reasons of FRMR', () => {
    const ua = explainUnit(octets('7EA01F21022373E6C781801205019A06019A070400000001080400000001CCA27E'), 'hdlc')
    expect(ua.json).to.have.nested.property('ua.information.max-information-field-length-transmit', 154)
    const frmr = explainUnit(octets('7EA00C2103973E21B004081DAE7E'), 'hdlc')
    expect(frmr.json).to.have.nested.property('frmr.z', true)
    expect(frmr.json).to.have.nested.property('frmr.rejected-control', 'B0')
  })
  it('a WPDU', () => {
    const { names, json } = explainUnit(octets('000100100001000DC001C1000100002B0100FF0200'), 'wrapper')
    expect(names).to.deep.equal(['wpdu', 'get-request-normal'])
    expect(json).to.have.nested.property('wpdu.source-wport', 16)
    expect(json).to.have.nested.property('wpdu.apdu.get-request-normal.class-id', 1)
  })
  it('a message of sign-on', () => {
    const { names, json } = explainUnit(octets('2F4C475A355C325A4D44343130303030300D0A'), 'sign-on')
    expect(names).to.deep.equal(['identification'])
    expect(json).to.deep.equal({
      identification: {
        manufacturer: 'LGZ',
        'baud-rate-identification': '5',
        'mode-escapes': '2',
        identification: 'ZMD4100000',
      },
    })
  })
  it('an APDU, or why it is none', () => {
    expect(explainApdu(octets('D80102')).json).to.deep.equal({
      'exception-response': { 'state-error': 'service-not-allowed', 'service-error': 'service-not-supported' },
    })
    expect(explainApdu(octets('E3010203')).failures).to.have.lengthOf(1)
    expect(explainApdu(octets('0E010603')).json).to.deep.equal({
      'confirmed-service-error': { service: 'initiate-error', 'service-error': 'initiate/pdu-size-too-short' },
    })
  })
  it('guesses the layer', () => {
    const guessed = (text: string): string => explainOctets(octets(text)).is
    expect(guessed(GET_FRAME)).to.equal('hdlc')
    expect(guessed('7EA007032193F0017E')).to.equal('hdlc')
    expect(guessed('0001001000010002C001')).to.equal('wrapper')
    expect(guessed('0142300371')).to.equal('sign-on')
    expect(guessed('E6E600C001C1000100002B0100FF0200')).to.equal('llc')
    expect(guessed('C001C1000100002B0100FF0200')).to.equal('apdu')
    expect(guessed('0203110111021103')).to.equal('data')
    expect(guessed('FFFE')).to.equal('octets')
  })
  it('never throws, and its tree lies within the octets', () => {
    const samples = fc.constantFrom(AARE_FRAME, GET_FRAME, '000100100001000DC001C1000100002B0100FF0200', '0142300371')
    const garbled = fc
      .tuple(samples.map(octets), fc.nat(), fc.nat({ max: 255 }))
      .map(([of, at, octet]) => of.with(at % of.length, octet))
    fc.assert(
      fc.property(
        fc.oneof(fc.uint8Array({ maxLength: 80 }), garbled),
        fc.constantFrom(undefined, ...LAYER_NAMES),
        (of, layer) => {
          const { tree } = layer === undefined ? explainOctets(of) : explainOctets(of, layer)
          for (const node of all(tree))
            expect(node.start >= 0 && node.end <= of.length && node.start <= node.end).to.equal(true)
        },
      ),
      { numRuns: 2000 },
    )
  })
})
