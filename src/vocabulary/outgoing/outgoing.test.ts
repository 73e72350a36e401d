import { expect } from 'chai'
import { hex, unhex, type Value } from '../../codec/value.ts'
import type { Given, LayerName } from '../../engine/vocabulary.ts'
import { examine } from '../../protocol/hdlc/examine.ts'
import { testerOn, type SceneOptions } from '../../prove/scene.ts'
import { AARQ, LLC } from '../../simulator/dialogue.ts'

/** One octet addresses: what the examples of the Green Book have. */
const ONE_OCTET: SceneOptions = { meter: 'one-octet' }
const octetsOf = (text: string): Uint8Array => unhex(text) ?? new Uint8Array(0)

interface How {
  readonly layer?: LayerName
  readonly wrong?: Readonly<Record<string, Value>>
  readonly damage?: Readonly<Record<string, Value>>
  readonly given?: Given
  readonly port?: string
  readonly meter?: string
  readonly as?: string
}

/** What a message becomes on the line, or why it is refused. */
async function line(message: Value | readonly Value[], how: How = {}): Promise<readonly string[] | string> {
  const { layer = 'hdlc', wrong = {}, damage = {}, given = { rung: 'link' }, port = 'hdlc', meter = 'one-octet' } = how
  const scene = testerOn(port, { ...ONE_OCTET, meter })
  await scene.up(given)
  const before = scene.sent().length
  const messages = Array.isArray(message) ? message : [message]
  const came = await scene.send({ messages: messages as readonly Value[], wrong, damage }, { layer })
  return 'refusal' in came ? came.refusal : scene.sent(before)
}
const first = async (message: Value, how: How = {}): Promise<string> => {
  const found = await line(message, how)
  return typeof found === 'string' ? found : (found[0] ?? 'nothing')
}
const DEFAULTS = '818012050180060180070400000001080400000001'

describe('outgoing', () => {
  describe('frames, in the octets of the Green Book', () => {
    const examples: readonly (readonly [string, Value, string])[] = [
      ['SNRM', { snrm: {} }, '7EA0070321930F017E'],
      ['DISC', { disc: {} }, '7EA00703215303C77E'],
      ['RR with what has been received', { rr: {} }, '7EA00703211115A67E'],
      ['RR with another N(R)', { rr: { 'n-r': 5 } }, '7EA0070321B11F037E'],
      ['numbers run modulo 8', { rr: { 'n-r': 8 } }, '7EA00703211115A67E'],
      [
        'N(S) too',
        { i: { 'n-s': 9, 'n-r': 9, apdu: { octets: 'C001C100080000010000FF0200', at: 'apdu' } } },
        '7EA0190321326FD8E6E600C001C100080000010000FF0200601A7E',
      ],
      [
        'SNRM with the default parameters',
        { snrm: { information: 'default-parameters' } },
        `7EA01E032193CD3B${DEFAULTS}533B7E`,
      ],
      [
        'SNRM with parameters as octets',
        { snrm: { information: { octets: DEFAULTS } } },
        `7EA01E032193CD3B${DEFAULTS}533B7E`,
      ],
      ['SNRM with no parameters', { snrm: { information: {} } }, '7EA0070321930F017E'],
      [
        'SNRM with values in so many octets',
        {
          snrm: {
            information: {
              'max-information-field-length-transmit': { value: 256, octets: 4 },
              'max-information-field-length-receive': { value: 256, octets: 4 },
            },
            'destination-address': '03',
            'source-address': '03',
          },
        },
        '7EA018030393D46081800C050400000100060400000100BA717E',
      ],
      ['a frame to another device', { snrm: { 'destination-address': { upper: 2 } } }, '7EA007052193D6D77E'],
      ['its upper address as a number', { snrm: { 'destination-address': 2 } }, '7EA007052193D6D77E'],
      ['an address of other octets', { snrm: { 'destination-address': '0223' } }, '7EA00802232193BD647E'],
      [
        'I with a GET',
        {
          i: {
            'n-s': 1,
            'n-r': 1,
            apdu: { get: { 'class-id': 8, 'instance-id': '0.0.1.0.0.255', 'attribute-id': 2 } },
          },
        },
        '7EA0190321326FD8E6E600C001C100080000010000FF0200601A7E',
      ],
      ['octets as they are', { octets: '7E7E00', at: 'line' }, '7E7E00'],
      ['a frame as octets', { octets: '7EA00703215303C77E', at: 'hdlc' }, '7EA00703215303C77E'],
    ]
    for (const [name, message, octets] of examples) it(name, async () => expect(await first(message)).to.equal(octets))
  })

  describe("with one fault: octets of the Green Book's wrong frames", () => {
    it('wrong FCS', async () => {
      expect(await first({ snrm: {} }, { damage: { 'hdlc.fcs': { flip: '0001' } } })).to.equal('7EA0070321930F007E')
    })
    it('no closing flag', async () => {
      expect(await first({ snrm: {} }, { damage: { 'hdlc.closing-flag': 'drop' } })).to.equal('7EA0070321930F01')
    })
    it('no opening flag', async () => {
      expect(await first({ snrm: {} }, { damage: { 'hdlc.opening-flag': 'drop' } })).to.equal('A0070321930F017E')
    })
    it('length one more', async () => {
      expect(await first({ snrm: {} }, { damage: { 'hdlc.frame-format.length': { add: 1 } } })).to.equal(
        '7EA008032193F6B37E',
      )
    })
    it('wrong HCS, FCS over what is sent', async () => {
      const get = { get: { 'class-id': 8, 'instance-id': '0.0.1.0.0.255', 'attribute-id': 2 } }
      const octets = await first({ i: { apdu: get } }, { damage: { 'hdlc.hcs': { flip: '0001' } } })
      expect(examine(octetsOf(octets)).failures.map(({ code }) => code)).to.deep.equal(['hcs'])
    })
    it('a wrong address, right otherwise', async () => {
      const octets = await first({ snrm: {} }, { wrong: { 'hdlc.destination-address': { upper: 2 } } })
      expect(octets).to.equal('7EA007052193D6D77E')
    })
    it('a wrong N(R), modulo 8', async () => {
      expect(await first({ rr: {} }, { wrong: { 'hdlc.n-r': 13 } })).to.equal('7EA0070321B11F037E')
    })
    it('a wrong value of an APDU in an I frame, length and check sequences right', async () => {
      const octets = await first({ i: { apdu: { aarq: {} } } }, { wrong: { 'aarq.application-context-name': 'sn' } })
      const { failures, frame } = examine(octetsOf(octets))
      expect(failures).to.deep.equal([])
      expect(hex(frame?.information ?? octetsOf(''))).to.contain('060760857405080102')
    })
    it('a path that names nothing is refused with what may be meant', async () => {
      expect(await first({ snrm: {} }, { damage: { 'hdlc.fsc': 'drop' } })).to.match(/hdlc\.fsc: expected .*fcs/)
      expect(await first({ rr: {} }, { wrong: { 'hdlc.n-t': 1 } })).to.match(/n-t/)
    })
    it('what is no operator is refused', async () => {
      expect(await first({ snrm: {} }, { damage: { 'hdlc.fcs': 'drip' } })).to.match(
        /expected an operator, found "drip"/,
      )
    })
    it('octets as they are take no fault', async () => {
      expect(await first({ octets: '7E', at: 'line' }, { damage: { 'hdlc.fcs': 'drop' } })).to.match(/cannot be faulty/)
    })
  })

  describe('APDUs', () => {
    it('over HDLC the link carries them', async () => {
      expect(await first({ aarq: {} }, { layer: 'apdu' })).to.match(new RegExp(`${LLC}${AARQ.slice(0, 44)}`))
    })
    it('in segments of the length agreed, one frame each, numbered, P=1 on the last of a window', async () => {
      const propose = { 'max-information-field-length-transmit': 16 }
      const given: Given = { rung: 'link', propose }
      const sent = await line({ aarq: {} }, { given, layer: 'hdlc', damage: { 'hdlc[3].fcs': { flip: '0001' } } })
      if (typeof sent === 'string') throw new Error(sent)
      const frames = sent.map((octets) => examine(octetsOf(octets)))
      expect(frames.map(({ failures }) => failures.length)).to.deep.equal([0, 0, 1])
      expect(frames.map(({ frame }) => [frame?.segmentation, frame?.information.length])).to.deep.equal([
        [true, 16],
        [true, 16],
        [false, 2],
      ])
    })
    it('in WPDUs with the wPorts of client and device', async () => {
      const sent = await first(
        { aarq: {} },
        { meter: 'reference', port: 'wrapper', given: { rung: 'port' }, layer: 'apdu' },
      )
      expect(sent.slice(0, 16)).to.equal('000100100001001F')
    })
    it('with a wrong wPort and a wrong version', async () => {
      const how = { meter: 'reference', port: 'wrapper', given: { rung: 'port' }, layer: 'wrapper' } as const
      expect((await first({ aarq: {} }, { ...how, wrong: { 'wrapper.destination-wport': 99 } })).slice(0, 16)).to.equal(
        '000100100063001F',
      )
      expect((await first({ aarq: {} }, { ...how, wrong: { 'wrapper.version': 2 } })).slice(0, 16)).to.equal(
        '000200100001001F',
      )
      expect((await first({ aarq: {} }, { ...how, damage: { 'wrapper.length': { add: 3 } } })).slice(0, 16)).to.equal(
        '0001001000010022',
      )
    })
    it('a WPDU by itself, without an APDU', async () => {
      const how = { meter: 'reference', port: 'wrapper', given: { rung: 'port' }, layer: 'wrapper' } as const
      expect(await first({ wpdu: {} }, how)).to.equal('0001001000010000')
      expect(await first({ wpdu: { information: 'D80101', 'source-wport': 1 } }, how)).to.equal(
        '0001000100010003D80101',
      )
    })
    it('octets of an APDU in fresh layers', async () => {
      expect(await first({ octets: 'C001', at: 'apdu' }, { layer: 'apdu' })).to.match(/E6E600C001....7E$/)
    })
    it('the invoke-id goes from 1 to 15 and around', async () => {
      const scene = testerOn('wrapper')
      await scene.up({ rung: 'association' })
      const before = scene.sent().length
      const get = { get: { 'class-id': 15, 'instance-id': '0.0.40.0.0.255', 'attribute-id': 1 } }
      for (let time = 0; time < 16; time++) await scene.send({ messages: [get] })
      expect(scene.sent(before).map((octets) => octets.slice(20, 22))).to.deep.equal(
        [...'123456789ABCDEF1'].map((id) => `C${id}`),
      )
    })
    it('a client whose secret is not known is refused', async () => {
      const scene = testerOn('wrapper', {
        described: (description) => ({ ...description, secrets: {} }),
      })
      await scene.up({ rung: 'port', client: 'reader' })
      const came = await scene.send({ messages: [{ aarq: {} }] })
      expect('refusal' in came && came.refusal).to.match(/the secret of the client reader is not known/)
    })
  })

  describe('made so long', () => {
    it('fills an AARQ in one I frame', async () => {
      const octets = await first({ i: { apdu: { fill: { from: { aarq: {} }, length: 128 } } } })
      const { frame, failures } = examine(octetsOf(octets))
      expect(failures).to.deep.equal([])
      expect(frame?.information.length).to.equal(131)
    })
    it('is refused where it says no length', async () => {
      expect(await first({ i: { apdu: { fill: { from: { aarq: {} }, length: 'long' } } } })).to.equal(
        'aarq: cannot be made "long" octets long',
      )
    })
  })

  describe('several messages', () => {
    it('each finds the numbers that those before it leave', async () => {
      const get = { get: { 'class-id': 8, 'instance-id': '0.0.1.0.0.255', 'attribute-id': 2 } }
      const sent = await line([{ i: { apdu: get, poll: false } }, { i: { apdu: get } }])
      if (typeof sent === 'string') throw new Error(sent)
      expect(sent.map((octets) => examine(octetsOf(octets)).frame?.control)).to.deep.equal([
        { is: 'i', 'n-s': 0, 'n-r': 0, 'poll-final': false },
        { is: 'i', 'n-s': 1, 'n-r': 0, 'poll-final': true },
      ])
    })
    it('the fault is in the last', async () => {
      const sent = await line([{ rr: {} }, { rr: {} }], { damage: { 'hdlc.fcs': { flip: '0001' } } })
      if (typeof sent === 'string') throw new Error(sent)
      expect(sent.map((octets) => examine(octetsOf(octets)).failures.length)).to.deep.equal([0, 1])
    })
  })

  describe('messages of sign-on', () => {
    const how = { meter: 'reference', port: 'optical', layer: 'sign-on' } as const
    it('a request', async () => {
      expect(await first({ request: {} }, { ...how, given: { rung: 'port' } })).to.equal('2F3F210D0A')
      expect(await first({ request: { address: '1' } }, { ...how, given: { rung: 'port' } })).to.equal('2F3F31210D0A')
    })
    it('an option select says the rate that was announced', async () => {
      expect(await first({ acknowledgement: {} }, { ...how, given: { rung: 'sign-on' } })).to.equal('063035300D0A')
      expect(
        await first({ acknowledgement: { 'mode-control': '1' } }, { ...how, given: { rung: 'sign-on' } }),
      ).to.equal('063035310D0A')
    })
    it('a command with its check character', async () => {
      expect(await first({ break: {} }, { ...how, given: { rung: 'sign-on' } })).to.equal('0142300371')
      expect(
        await first({ command: { type: 'P', number: '1', data: '(12)' } }, { ...how, given: { rung: 'sign-on' } }),
      ).to.match(/^01503102283132290\d/)
    })
    it('and a wrong one', async () => {
      expect(
        await first({ break: {} }, { ...how, given: { rung: 'sign-on' }, damage: { 'break.bcc': { flip: '01' } } }),
      ).to.equal('0142300370')
    })
  })

  describe('refuses', () => {
    for (const [name, message, why] of [
      ['a message that there is not', { snrn: {} }, /snrn.*snrm/],
      ['fields that are none', { snrm: 3 }, /snrm: expected its fields, found 3/],
      ['what is no message', 'snrm', /expected a message, found "snrm"/],
      ['a field that there is not', { rr: { 'n-s': 1 } }, /n-s/],
      ['octets that are none', { octets: '7', at: 'line' }, /octets/],
    ] as const)
      it(name, async () => expect(await first(message)).to.match(why))
    it('a frame where no HDLC is spoken', async () => {
      const how = { meter: 'reference', port: 'wrapper', given: { rung: 'port' } } as const
      expect(await first({ snrm: {} }, how)).to.equal('snrm: this port speaks no HDLC')
    })
    it('addresses of a connection that there is not', async () => {
      const scene = testerOn('hdlc')
      await scene.up({ rung: 'link' })
      const came = await scene.send({ messages: [{ rr: {} }], as: 'nobody' })
      expect('refusal' in came && came.refusal).to.match(/no connection nobody/)
    })
  })

  it('takes the addresses of another connection', async () => {
    const scene = testerOn('hdlc')
    await scene.up({ rung: 'link' })
    await scene.up({ rung: 'link', client: 'reader', over: 'main' }, 'reader')
    const before = scene.sent().length
    await scene.send({ messages: [{ rr: {} }], as: 'reader' }, { layer: 'hdlc' })
    expect(scene.sent(before)[0]?.slice(6, 16)).to.equal('0002040105')
  })

  it('saves what was sent by layer, and sends it again in fresh layers', async () => {
    const scene = testerOn('hdlc')
    await scene.up({ rung: 'association' })
    const get = { get: { 'class-id': 15, 'instance-id': '0.0.40.0.0.255', 'attribute-id': 1 } }
    const came = await scene.send({ messages: [get] })
    if ('refusal' in came) throw new Error(came.refusal)
    const sent = came.saved['sent'] as { readonly [name: string]: Value }
    expect(sent).to.include.keys(['apdu', 'hdlc', 'i', 'get-request-normal'])
    const before = scene.sent().length
    const again = await scene.send({ messages: [{ again: sent['apdu'] ?? null }] })
    expect('outcome' in again && Object.keys(again.outcome.names)).to.include('get-response')
    const old = (sent['hdlc'] as { octets: string }).octets
    expect(old).to.equal(scene.sent(before - 1)[0])
    expect(scene.sent(before)[0], 'another N(S)').not.to.equal(old)
    expect(scene.sent(before)[0], 'the same APDU').to.contain((sent['apdu'] as { octets: string }).octets)
    const frame = await scene.send({ messages: [{ again: sent['hdlc'] ?? null }] }, { layer: 'hdlc' })
    expect('refusal' in frame).to.equal(false)
    expect(scene.sent().at(-1)).to.equal(old)
  })
})
