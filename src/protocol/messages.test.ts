import { expect } from 'chai'
import { decode } from '../codec/codec.ts'
import { hex, unhex, type Value } from '../codec/value.ts'
import { checkFault } from './check-fault.ts'
import { compose } from './compose.ts'
import type { Fault } from './fault.ts'
import type { JsonRecord } from './json.ts'
import { hdlcLayer, llcLayer, messageLayer, wrapperLayer } from './layer.ts'
import {
  buildMessage,
  fromJson,
  merged,
  messageOf,
  MESSAGE_NAMES,
  requireMessage,
  toJson,
  type Message,
} from './messages.ts'

const octets = (text: string): Uint8Array => unhex(text) ?? new Uint8Array(0)
const message = (name: string): Message => {
  const found = requireMessage(name)
  if (!found.ok) throw new Error(found.failure.found)
  return found.value
}
const written = (name: string, said: JsonRecord): string => {
  const built = buildMessage(message(name), said, {})
  if (!built.ok) throw new Error(JSON.stringify(built.failure))
  return hex(built.value.octets)
}
const read = (name: string, text: string): Value => {
  const decoded = decode(message(name).codec, octets(text))
  if (!decoded.ok) throw new Error(JSON.stringify(decoded.failure))
  return toJson(name, decoded.value)
}

const INITIATE = {
  'proposed-dlms-version-number': 6,
  'proposed-conformance': ['block-transfer-with-get-or-read', 'get', 'set', 'action'],
  'client-max-receive-pdu-size': 65535,
}
const AARQ = { 'application-context-name': 'ln', 'initiate-request': INITIATE }
const AARQ_LLS = {
  ...AARQ,
  'sender-acse-requirements': '0780',
  'mechanism-name': 'lls',
  'calling-authentication-value': '3132333435363738',
}
const IIP = { priority: true, 'service-class': true, reserved: 0, 'invoke-id': 1 }
const LIIP = {
  priority: false,
  'service-class': true,
  'processing-option': false,
  'self-descriptive': false,
  reserved: 0,
  'long-invoke-id': 1,
}
const CLOCK = { 'class-id': 8, 'instance-id': '0.0.1.0.0.255', 'attribute-id': 2 }

describe('messages', () => {
  describe('as suites write them', () => {
    const cases: readonly (readonly [string, JsonRecord, string])[] = [
      ['get', { 'invoke-id-and-priority': IIP, ...CLOCK }, 'C001C100080000010000FF0200'],
      ['get-response', { 'invoke-id-and-priority': IIP, data: { unsigned: 0 } }, 'C401C1001100'],
      ['get-response', { 'invoke-id-and-priority': IIP, 'data-access-result': 'object-undefined' }, 'C401C10104'],
      [
        'set',
        { 'invoke-id-and-priority': IIP, ...CLOCK, value: { 'long-unsigned': 5 } },
        'C101C100080000010000FF0200120005',
      ],
      [
        'action',
        { 'invoke-id-and-priority': IIP, 'class-id': 8, 'instance-id': '0.0.1.0.0.255', 'method-id': 1 },
        'C301C100080000010000FF0100',
      ],
      ['action-response', { 'invoke-id-and-priority': IIP, result: 'success' }, 'C701C10000'],
      [
        'exception-response',
        { 'state-error': 'service-not-allowed', 'service-error': 'operation-not-possible' },
        'D80101',
      ],
      [
        'confirmed-service-error',
        { service: 'initiate-error', 'service-error': 'initiate/pdu-size-too-short' },
        '0E010603',
      ],
      ['read', { 'variable-name': 64008 }, '050102FA08'],
      [
        'read',
        { 'variable-access-specification': [{ 'variable-name': 256 }, { 'variable-name': 272 }] },
        '0502020100020110',
      ],
      [
        'read',
        { 'parameterized-access': { 'variable-name': 64088, selector: 1, parameter: { unsigned: 7 } } },
        '050104FA58011107',
      ],
      ['read-response', { data: { unsigned: 7 } }, '0C01001107'],
      [
        'read-response',
        { result: [{ data: { unsigned: 7 } }, { 'data-access-error': 'object-undefined' }] },
        '0C020011070104',
      ],
      [
        'read-response',
        { 'data-block-result': { 'last-block': true, 'block-number': 2, 'raw-data': '0102' } },
        '0C0102010002020102',
      ],
      ['write', { 'variable-name': 264, data: { unsigned: 1 } }, '0601020108011101'],
      ['write-response', { success: null }, '0D0100'],
      ['write-response', { 'data-access-error': 'type-unmatched' }, '0D01010C'],
      ['information-report', { 'variable-name': 272, data: { unsigned: 1 } }, '180001020110011101'],
      ['data-notification-confirm', { 'long-invoke-id-and-priority': LIIP }, '1040000001'],
      ['rlrq', {}, '6200'],
      ['aarq', AARQ, '601DA109060760857405080101BE10040E01000000065F1F0400001019FFFF'],
      [
        'aare',
        {
          'application-context-name': 'ln',
          result: 'rejected-permanent',
          diagnostic: 1,
          'confirmed-service-error': 'initiate/pdu-size-too-short',
        },
        '611FA109060760857405080101A203020101A305A103020101BE0604040E010603',
      ],
      [
        'aare',
        { 'application-context-name': 'ln', result: 1, diagnostic: 2, 'diagnostic-source': 'acse-service-provider' },
        '6117A109060760857405080101A203020101A305A203020102',
      ],
      ['snrm', { 'destination-address': '03', 'source-address': '21' }, '7EA0070321930F017E'],
      [
        'snrm',
        { 'destination-address': { upper: 1, lower: 17, octets: 4 }, 'source-address': '21' },
        '7EA00A00020023219318717E',
      ],
      [
        'snrm',
        { 'destination-address': '03', 'source-address': '21', information: 'default-parameters' },
        '7EA01E032193CD3B818012050180060180070400000001080400000001533B7E',
      ],
      [
        'snrm',
        {
          'destination-address': '03',
          'source-address': '03',
          information: {
            'max-information-field-length-transmit': { value: 256, octets: 4 },
            'max-information-field-length-receive': '00000100',
          },
        },
        '7EA018030393D46081800C050400000100060400000100BA717E',
      ],
      [
        'snrm',
        {
          'destination-address': '03',
          'source-address': '21',
          information: { octets: '81800C050180060180070101080101' },
        },
        '7EA018032193577081800C05018006018007010108010105137E',
      ],
      [
        'frmr',
        { 'destination-address': '21', 'source-address': '03', 'rejected-control': 'B0', 'v-s': 2, z: true },
        '7EA00C2103973E21B004081DAE7E',
      ],
      ['rr', { 'destination-address': '03', 'source-address': '21', 'n-r': 5, poll: true }, '7EA0070321B11F037E'],
      [
        'identification',
        { manufacturer: 'XYZ', 'baud-rate-identification': '5', identification: 'METER01' },
        '2F58595A354D4554455230310D0A',
      ],
      [
        'acknowledgement',
        { 'protocol-control': '2', 'baud-rate-identification': '5', 'mode-control': '2' },
        '063235320D0A',
      ],
      ['command', { type: 'R', number: '1', data: 'C003()' }, '015231024330303328290313'],
      ['break', {}, '0142300371'],
      ['request', {}, '2F3F210D0A'],
      ['wpdu', { 'source-wport': 16, 'destination-wport': 1, information: 'C001' }, '0001001000010002C001'],
    ]
    for (const [name, said, expected] of cases) {
      it(`${name} ${expected.slice(0, 24)}`, () => expect(written(name, said)).to.equal(expected))
      const coded = typeof said['information'] === 'object'
      it(`${name} ${expected.slice(0, 24)}: what a matcher sees makes the same ${coded ? 'values' : 'octets'}`, () => {
        const seen = read(name, expected) as JsonRecord
        if (coded) expect(read(name, written(name, seen))).to.deep.equal(seen)
        else expect(written(name, seen)).to.equal(expected)
      })
    }
    it('an AARE as a matcher sees it', () => {
      const seen = read('aare', '611FA109060760857405080101A203020101A305A103020101BE0604040E010603')
      expect(seen).to.include({
        result: 'rejected-permanent',
        diagnostic: 1,
        'diagnostic-name': 'no-reason-given',
        'diagnostic-source': 'acse-service-user',
        'confirmed-service-error': 'initiate/pdu-size-too-short',
      })
    })
    it('fields of an answer stand flat', () => {
      expect(read('get-response', 'C401C10104')).to.have.property('data-access-result', 'object-undefined')
      expect(read('get-response', 'C401C1001100')).to.have.deep.property('data', { unsigned: 0 })
      expect(read('get', 'C001C100080000010000FF0200')).to.deep.include(CLOCK)
    })
    it('the only element of a list stands flat', () => {
      expect(read('read-response', '0C01001107')).to.have.deep.property('data', { unsigned: 7 })
      expect(read('read-response', '0C020011070104')).to.not.have.property('data')
      expect(read('write', '0601020108011101')).to.deep.include({ 'variable-name': 264, data: { unsigned: 1 } })
    })
    it('what is said is completed by the session, in depth', () => {
      const said = { 'initiate-request': { 'client-max-receive-pdu-size': 11 } }
      const complete = merged(message('aarq'), said, AARQ)
      expect(written('aarq', complete)).to.equal('601DA109060760857405080101BE10040E01000000065F1F0400001019000B')
      expect(
        fromJson('rr', { final: false }, { 'destination-address': '03', 'source-address': '21', 'n-r': 0, poll: true }),
      ).to.have.nested.property('value.control.poll-final', false)
    })
    it('an alternative replaces another', () => {
      const response = { 'invoke-id-and-priority': IIP, data: { unsigned: 0 } }
      expect(merged(message('get-response'), { 'data-access-result': 4 }, response)).to.have.deep.property('result', {
        'data-access-result': 4,
      })
    })
  })

  describe('the catalogue', () => {
    it('knows the answers that it names', () => {
      for (const name of MESSAGE_NAMES)
        for (const answer of messageOf(name)?.answers ?? []) expect(messageOf(answer), answer).to.not.equal(undefined)
    })
    it('names the nearest message', () => {
      const failure = requireMessage('aarg')
      expect(failure.ok ? [] : failure.failure.candidates).to.include('aarq')
    })
  })

  describe('with a fault', () => {
    const sent = (name: string, said: JsonRecord, fault: Fault): string => {
      const made = compose([messageLayer(message(name), said)], fault)
      if (!made.ok) throw new Error(JSON.stringify(made.failure))
      return made.value.units.map((unit) => hex(unit.octets)).join(' ')
    }
    it('the AARQ that is damaged', () =>
      expect(written('aarq', AARQ_LLS)).to.equal(
        '6036A1090607608574050801018A0207808B0760857405080201AC0A80083132333435363738BE10040E01000000065F1F0400001019FFFF',
      ))
    it('fields left out, and the lengths follow', () => {
      expect(sent('aarq', AARQ_LLS, { wrong: { 'aarq.mechanism-name': 'absent' } })).to.match(
        /^602DA109060760857405080101 ?8A020780AC0A/,
      )
      const kernel = {
        'aarq.sender-acse-requirements': 'absent',
        'aarq.mechanism-name': 'absent',
        'aarq.calling-authentication-value': 'absent',
      }
      expect(sent('aarq', AARQ_LLS, { wrong: kernel })).to.equal(written('aarq', AARQ))
      expect(sent('aarq', AARQ, { wrong: { 'aarq.user-information': 'absent' } })).to.equal(
        '600BA109060760857405080101',
      )
    })
    it('another mechanism, by its numbers', () =>
      expect(sent('aarq', AARQ_LLS, { wrong: { 'aarq.mechanism-name': '2.16.756.5.8.2.9' } })).to.include(
        '8B0760857405080209',
      ))
    it('a field of the message inside, by its own name', () => {
      expect(sent('aarq', AARQ, { wrong: { 'initiate-request.client-max-receive-pdu-size': 11 } })).to.match(
        /FFFF$|000B$/,
      )
      expect(sent('aarq', AARQ, { wrong: { 'initiate-request.client-max-receive-pdu-size': 11 } }).slice(-4)).to.equal(
        '000B',
      )
      expect(sent('aarq', AARQ, { wrong: { 'initiate-request.dedicated-key': '0102' } })).to.include(
        '01010201020000065F1F',
      )
      expect(
        sent('aarq', AARQ, { damage: { 'initiate-request.proposed-dlms-version-number': { set: '05' } } }),
      ).to.include('01000000055F1F')
      expect(sent('aarq', AARQ, { wrong: { 'apdu.proposed-dlms-version-number': 5 } })).to.include('01000000055F1F')
    })
    it('the end of an APDU cut off, in a frame that is right', () => {
      const stack = [
        messageLayer(message('get'), { 'invoke-id-and-priority': IIP, ...CLOCK }),
        llcLayer(),
        hdlcLayer({
          message: 'i',
          maximum: 128,
          frame: () => ({ 'destination-address': '03', 'source-address': '21', 'n-s': 1, 'n-r': 1, poll: true }),
        }),
      ] as const
      const made = compose(stack, { damage: { 'apdu.attribute-id': 'drop' } })
      if (!made.ok) throw new Error(JSON.stringify(made.failure))
      expect(hex(made.value.units[0]?.octets ?? new Uint8Array(0))).to.match(
        /^7EA018032132....E6E600C001C100080000010000FF00....7E$/,
      )
      expect(made.value.units[0]?.marks).to.deep.equal([{ path: 'apdu.attribute-id', from: 22, to: 22, what: 'drop' }])
    })
    it('marks the wrong field through all layers', () => {
      const wrapped = compose(
        [messageLayer(message('aarq'), AARQ), wrapperLayer({ 'source-wport': 16, 'destination-wport': 1 })],
        {
          wrong: { 'initiate-request.client-max-receive-pdu-size': 11 },
        },
      )
      if (!wrapped.ok) throw new Error(JSON.stringify(wrapped.failure))
      const [unit] = wrapped.value.units
      expect(unit?.marks).to.deep.equal([
        { path: 'initiate-request.client-max-receive-pdu-size', from: 37, to: 39, what: 'wrong 11' },
      ])
      expect(hex(unit?.octets.subarray(37, 39) ?? new Uint8Array(0))).to.equal('000B')
    })
    it('is checked at load time by names and shapes', () => {
      const faults: readonly Fault[] = [
        { wrong: { 'aarq.mechanism-name': 'absent' } },
        { wrong: { 'aarq.user-information': 'absent' } },
        { wrong: { 'initiate-request.client-max-receive-pdu-size': 11 } },
        { damage: { 'aarq.user-information': 'drop' } },
        { damage: { 'llc.quality': { set: '01' } } },
        { damage: { 'hdlc.n-s': { add: 1 } } },
        { damage: { 'hdlc[2].fcs': 'drop' } },
      ]
      for (const fault of faults) expect(checkFault('aarq', 'hdlc', fault), JSON.stringify(fault)).to.equal(undefined)
      expect(checkFault('aarq', 'wrapper', { damage: { 'hdlc.fcs': 'drop' } })?.is).to.equal('no-such-layer')
      expect(checkFault('aarq', 'wrapper', { damage: { 'wrapper.length': { add: 1 } } })).to.equal(undefined)
      expect(checkFault('aarq', 'hdlc', { wrong: { 'aarq.mechanism': 'absent' } })?.is).to.equal('no-such-field')
      expect(checkFault('aarq', 'hdlc', { wrong: { 'initiate-requst.client-max-receive-pdu-size': 1 } })?.is).to.equal(
        'no-such-layer',
      )
    })
  })
})
