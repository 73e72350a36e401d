import { expect } from 'chai'
import type { Operator } from '../codec/codec.ts'
import { hex, unhex } from '../codec/value.ts'
import { compose, type Composition } from './compose.ts'
import { checkFault } from './check-fault.ts'
import type { Fault } from './fault.ts'
import { fcsOctets } from './hdlc/fcs.ts'
import type { JsonRecord, MessageFailure } from './json.ts'
import { hdlcLayer, llcLayer, messageLayer, octetsLayer, wrapperLayer, type Stack } from './layer.ts'
import { requireMessage } from './messages.ts'

const octets = (text: string): Uint8Array => unhex(text) ?? new Uint8Array(0)
const addresses = { 'destination-address': '03', 'source-address': '21' }
const top = (name: string, said: JsonRecord): Stack => {
  const message = requireMessage(name)
  if (!message.ok) throw new Error(message.failure.found)
  return [messageLayer(message.value, said)]
}
const frame = (name: string, said: JsonRecord = {}): Stack => top(name, { ...addresses, ...said })
const composed = (stack: Stack, fault: Fault = {}): Composition => {
  const result = compose(stack, fault)
  if (!result.ok) throw new Error(JSON.stringify(result.failure))
  return result.value
}
const line = (stack: Stack, fault: Fault = {}): string[] => composed(stack, fault).units.map((unit) => hex(unit.octets))
const refused = (stack: Stack, fault: Fault): MessageFailure => {
  const result = compose(stack, fault)
  if (result.ok) throw new Error('not refused')
  return result.failure
}

const DEFAULTS = {
  'max-information-field-length-transmit': 128,
  'max-information-field-length-receive': 128,
  'window-size-transmit': 1,
  'window-size-receive': 1,
}

describe('compose', () => {
  describe('frames, one fault each: octets of the abstract test suite and by hand', () => {
    const snrm = frame('snrm')
    const withBlock = frame('snrm', { information: DEFAULTS })
    const BLOCK = '818012050180060180070400000001080400000001'
    const cases: readonly (readonly [string, Stack, Record<string, Operator>, string])[] = [
      ['an inverted FCS octet (HDLC_FRAME_N8)', snrm, { 'hdlc.fcs': { flip: 'FF00' } }, '7EA007032193F0017E'],
      ['format type 0000 (HDLC_FRAME_N3)', snrm, { 'hdlc.frame-format.type': { set: '00' } }, '7E0007032193CBEB7E'],
      ['length + 1 (HDLC_FRAME_N4)', snrm, { 'hdlc.frame-format.length': { add: 1 } }, '7EA008032193F6B37E'],
      ['length - 1 (HDLC_FRAME_N4)', snrm, { 'hdlc.length': { add: -1 } }, '7EA006032193B41D7E'],
      ['unknown command FF (HDLC_FRAME_N5)', snrm, { 'hdlc.control': { set: 'FF' } }, '7EA0070321FF65A87E'],
      [
        'HCS inverted, FCS over what is sent (HDLC_FRAME_N7)',
        withBlock,
        { 'hdlc.hcs': { flip: 'FF00' } },
        `7EA01E032193323B${BLOCK}DF247E`,
      ],
      [
        'FCS wrong, HCS right (HDLC_FRAME_N8)',
        withBlock,
        { 'hdlc.fcs': { flip: 'FF00' } },
        `7EA01E032193CD3B${BLOCK}AC3B7E`,
      ],
      ['no opening flag (HDLC_FRAME_N1)', snrm, { 'hdlc.opening-flag': 'drop' }, 'A0070321930F017E'],
      ['no closing flag (HDLC_FRAME_N1)', snrm, { 'hdlc.closing-flag': 'drop' }, '7EA0070321930F01'],
      [
        'three-octet destination (HDLC_ADDRESS_N7)',
        frame('snrm', { 'destination-address': '000205' }),
        {},
        '7EA0090002052193AFD07E',
      ],
      [
        'five-octet destination (HDLC_ADDRESS_N7)',
        frame('snrm', { 'destination-address': '0002000205' }),
        {},
        '7EA00B0002000205219301B17E',
      ],
      [
        'octets behind the format cut, old check sequence kept',
        snrm,
        { 'hdlc.after-format': { cut: { at: 0, count: 1 } } },
        '7EA00621930F017E',
      ],
      ['down to the check sequence', snrm, { 'hdlc.after-format': { cut: { at: 0, count: 3 } } }, '7EA0040F017E'],
    ]
    for (const [title, stack, damage, expected] of cases)
      it(title, () => expect(line(stack, { damage })).to.deep.equal([expected]))

    it('the poll bit flipped is RR with P=0, and right otherwise', () => {
      const rr = frame('rr', { 'n-r': 0, poll: true })
      expect(line(rr)).to.deep.equal(['7EA00703211115A67E'])
      expect(line(rr, { damage: { 'hdlc.poll-final': { flip: '01' } } })).to.deep.equal(
        line(frame('rr', { 'n-r': 0, poll: false })),
      )
      expect(line(rr, { wrong: { 'hdlc.poll': false } })).to.deep.equal(line(frame('rr', { 'n-r': 0, poll: false })))
      expect(line(rr, { wrong: { 'rr.final': false } })).to.deep.equal(line(frame('rr', { 'n-r': 0, poll: false })))
    })
    it('a wrong value is a well-formed frame with another one', () => {
      const rr = frame('rr', { 'n-r': 0, poll: true })
      expect(line(rr, { wrong: { 'hdlc.n-r': 5 } })).to.deep.equal(['7EA0070321B11F037E'])
      expect(line(rr, { wrong: { 'frame.n-r': 5 } })).to.deep.equal(['7EA0070321B11F037E'])
    })
    it('a wrong value for what no suite writes: the type, the length', () => {
      expect(line(snrm, { wrong: { 'hdlc.frame-format.type': 0 } })).to.deep.equal(['7E0007032193CBEB7E'])
      expect(line(snrm, { wrong: { 'hdlc.frame-format.length': 8 } })).to.deep.equal(['7EA008032193F6B37E'])
      expect(composed(snrm, { wrong: { 'hdlc.frame-format.length': 8 } }).units[0]?.marks).to.deep.equal([
        { path: 'hdlc.frame-format.length', from: 1, to: 3, what: 'wrong 8' },
      ])
      expect(refused(snrm, { wrong: { 'hdlc.frame-format.type': 16 } }).is).to.equal('does-not-fit')
      expect(refused(snrm, { wrong: { 'hdlc.frame-format.type': 10 } }).is).to.equal('changes-nothing')
    })
    it('a part of an address', () => {
      const stack = frame('snrm', { 'destination-address': '00020023' })
      expect(line(stack)).to.deep.equal(['7EA00A00020023219318717E'])
      expect(line(stack, { wrong: { 'hdlc.destination-address.lower': 16 } })).to.deep.equal(
        line(frame('snrm', { 'destination-address': '00020021' })),
      )
      expect(line(stack, { wrong: { 'hdlc.destination-address': { upper: 1, octets: 1 } } })).to.deep.equal([
        '7EA0070321930F017E',
      ])
    })
    it('the length of a body cut short, with a check sequence over what is left', () =>
      expect(line(snrm, { damage: { 'hdlc.body': { keep: 1 } } })).to.deep.equal([
        '7EA005' + '03' + hex(fcsOctets(octets('A00503'))) + '7E',
      ]))
    it('information on a frame that may not have it (rr-with-info)', () =>
      expect(line(frame('rr', { 'n-r': 0 }), { wrong: { 'hdlc.information': '000102' } })).to.deep.equal([
        '7EA00C0321110066000102BDF57E',
      ]))
    it('a parameter of its own, by name', () => {
      const damage = { 'hdlc.window-size-transmit': 'drop' } as const
      expect(line(withBlock, { damage })[0]).to.match(/^7EA018032193....81800C050180060180080400000001....7E$/)
      expect(line(withBlock, { wrong: { 'hdlc.window-size-transmit': 7 } })[0]).to.include('070400000007')
      expect(line(withBlock, { wrong: { 'hdlc.window-size-transmit': 'absent' } })).to.deep.equal(
        line(withBlock, { damage }),
      )
    })
    it('marks the fault in the unit', () => {
      expect(composed(snrm, { damage: { 'hdlc.fcs': { flip: 'FF00' } } }).units[0]?.marks).to.deep.equal([
        { path: 'hdlc.fcs', from: 6, to: 8, what: 'flip FF00' },
      ])
      expect(composed(snrm, { damage: { 'hdlc.closing-flag': 'drop' } }).units[0]?.marks).to.deep.equal([
        { path: 'hdlc.closing-flag', from: 8, to: 8, what: 'drop' },
      ])
      expect(composed(snrm, { wrong: { 'hdlc.source-address': '23' } }).units[0]?.marks).to.deep.equal([
        { path: 'hdlc.source-address', from: 4, to: 5, what: 'wrong "23"' },
      ])
    })
  })

  describe('an APDU in I frames', () => {
    const GET = 'C001C100080000010000FF0200'
    const carried = (maximum: number): Stack => [
      octetsLayer('get-request-normal', octets(GET)),
      llcLayer(),
      hdlcLayer({ message: 'i', maximum, frame: (n) => ({ ...addresses, 'n-s': n, 'n-r': 1, poll: true }) }),
    ]
    it('in one frame (i-get)', () =>
      expect(line(carried(128))).to.deep.equal(['7EA0190321326FD8E6E600C001C100080000010000FF0200601A7E']))
    it('in segments: S on all but the last, LLC once', () => {
      const { units, layers } = composed(carried(7))
      expect(units.map((unit) => hex(unit.octets.subarray(1, 3)))).to.deep.equal(['A810', 'A810', 'A00B'])
      expect(units.map((unit) => hex(unit.octets.subarray(8, -3)))).to.deep.equal([
        'E6E600C001C100',
        '080000010000FF',
        '0200',
      ])
      expect(layers.map(({ name }) => name)).to.deep.equal([
        'get-request-normal',
        'llc',
        'hdlc[1]',
        'hdlc[2]',
        'hdlc[3]',
      ])
    })
    it('one of them damaged, the others not', () => {
      const right = line(carried(7))
      const damaged = line(carried(7), { damage: { 'hdlc[2].fcs': { flip: '0001' } } })
      expect(damaged.map((octets, index) => octets === right[index])).to.deep.equal([true, false, true])
      expect(line(carried(7), { damage: { 'hdlc[last].fcs': 'drop' } }).map((text) => text.length)).to.deep.equal([
        36, 36, 22,
      ])
    })
    it('layers below are computed over what the layer above has become', () => {
      const [, ...below] = carried(128)
      const cut = line(carried(128), { damage: { 'get-request-normal': { keep: 10 } } })
      expect(cut).to.deep.equal(line([octetsLayer('apdu', octets(GET.slice(0, 20))), ...below]))
    })
    it('a wrong LLC header', () => {
      expect(line(carried(128), { wrong: { 'llc.quality': 1 } })[0]).to.include('E6E601C001')
      expect(line(carried(128), { damage: { 'llc.source': { set: 'E7' } } })[0]).to.include('E6E700C001')
    })
    it('a mark is carried to the frame that has it', () => {
      const { units } = composed(carried(7), { damage: { 'llc.quality': { set: '01' } } })
      expect(units.map((unit) => unit.marks)).to.deep.equal([
        [{ path: 'llc.quality', from: 10, to: 11, what: 'set 01' }],
        [],
        [],
      ])
    })
    it('with several frames a path must say which', () => {
      const failure = refused(carried(7), { damage: { 'hdlc.fcs': 'drop' } })
      expect(failure).to.include({ is: 'ambiguous', path: 'hdlc.fcs' })
      expect(failure.candidates).to.deep.equal(['hdlc[1].fcs', 'hdlc[2].fcs', 'hdlc[3].fcs'])
      expect(refused(carried(7), { damage: { 'hdlc[4].fcs': 'drop' } })).to.include({
        is: 'no-such-layer',
        expected: '1 to 3',
      })
    })
  })

  describe('an APDU in a WPDU', () => {
    const stack: Stack = [
      octetsLayer('apdu', octets('C001')),
      wrapperLayer({ 'source-wport': 16, 'destination-wport': 1 }),
    ]
    it('with its length', () => expect(line(stack)).to.deep.equal(['0001001000010002C001']))
    it('with another version, length, or wPort', () => {
      expect(line(stack, { wrong: { 'wrapper.version': 2 } })).to.deep.equal(['0002001000010002C001'])
      expect(line(stack, { damage: { 'wrapper.length': { add: 2 } } })).to.deep.equal(['0001001000010004C001'])
      expect(line(stack, { wrong: { 'frame.destination-wport': 2 } })).to.deep.equal(['0001001000020002C001'])
    })
  })

  describe('messages of sign-on', () => {
    const command = top('command', { type: 'R', number: '1', data: 'C003()' })
    it('with a wrong check character', () => {
      expect(line(command)).to.deep.equal(['015231024330303328290313'])
      expect(line(command, { damage: { 'command.bcc': { flip: '01' } } })).to.deep.equal(['015231024330303328290312'])
    })
    it('the check character follows other damage', () =>
      expect(line(command, { wrong: { 'command.number': '5' } })).to.deep.equal(['015235024330303328290317']))
    it('a request without its completion', () =>
      expect(line(top('request', { address: '1' }), { damage: { 'request.completion': 'drop' } })).to.deep.equal([
        '2F3F3121',
      ]))
  })

  describe('refuses', () => {
    const snrm = frame('snrm')
    const cases: readonly (readonly [string, Stack, Fault, string])[] = [
      ['a layer that is not there', snrm, { damage: { 'wraper.length': 'drop' } }, 'no-such-layer'],
      ['a field that is not there', snrm, { damage: { 'hdlc.fsc': 'drop' } }, 'no-such-field'],
      ['a wrong value for no field', snrm, { wrong: { 'hdlc.n-x': 1 } }, 'no-such-field'],
      ['a value of the wrong kind', frame('rr', { 'n-r': 0 }), { wrong: { 'hdlc.n-r': 'many' } }, 'wrong-value'],
      ['a value out of its range', frame('rr', { 'n-r': 0 }), { wrong: { 'hdlc.n-r': 8 } }, 'wrong-value'],
      ['a value that is the right one', frame('rr', { 'n-r': 0 }), { wrong: { 'hdlc.n-r': 0 } }, 'changes-nothing'],
      ['damage that changes nothing', snrm, { damage: { 'hdlc.closing-flag': { set: '7E' } } }, 'changes-nothing'],
      ['a mask of the wrong size', snrm, { damage: { 'hdlc.fcs': { flip: '01' } } }, 'does-not-fit'],
      ['a message without its fields', frame('rr'), {}, 'wrong-value'],
    ]
    for (const [title, stack, fault, is] of cases) it(title, () => expect(refused(stack, fault).is).to.equal(is))
    it('and names the nearest right word', () => {
      expect(refused(snrm, { damage: { 'hdlc.fsc': 'drop' } }).candidates).to.include('fcs')
      expect(refused(snrm, { damage: { 'hdcl.fcs': 'drop' } }).candidates).to.include('hdlc')
    })
  })

  describe('at load time', () => {
    it('takes what can be done', () => {
      const faults: readonly Fault[] = [
        { damage: { 'hdlc.fcs': { flip: '0001' } } },
        { damage: { 'hdlc.after-format': { cut: 1 } } },
        { damage: { 'rr.n-r': { add: 1 } } },
        { wrong: { 'hdlc.n-r': '$link.v-s' } },
        { wrong: { 'hdlc.final': false } },
      ]
      for (const fault of faults) expect(checkFault('rr', 'hdlc', fault), JSON.stringify(fault)).to.equal(undefined)
    })
    it('refuses what cannot', () => {
      expect(checkFault('rr', 'hdlc', { damage: { 'hdlc.n-s': { add: 1 } } })?.is).to.equal('no-such-field')
      expect(checkFault('rr', 'hdlc', { damage: { 'hdlc.fcs': { flip: '01' } } })?.is).to.equal('does-not-fit')
      expect(checkFault('rr', 'hdlc', { wrong: { 'hdlc.nr': 1 } })?.is).to.equal('no-such-field')
      expect(checkFault('rr', 'hdlc', { wrong: { 'aarq.result': 1 } })?.is).to.equal('no-such-layer')
    })
  })
})
