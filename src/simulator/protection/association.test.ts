// Associations with HLS and ciphering, from the AARQ to the release, with the reference meter over TCP; what is sealed is sealed by node.
import { expect } from 'chai'
import { hex } from '../../codec/value.ts'
import { counting, describedMeter, get, lines, RLRQ, set, talk } from '../dialogue.ts'
import { createMeter, type SimulatedMeter } from '../meter.ts'
import * as sealed from './sealed.ts'
import {
  aarqOf,
  CIPHERED,
  CTOS,
  glo,
  gmac,
  initiate,
  opened,
  replyOf,
  SACRIFICIAL,
  SERVER,
  sha256,
  stocOf,
  type Sealer,
} from './sealed.ts'

const CLOCK = get(8, '0.0.1.0.0.255', 3)
const SCRATCH = [1, '0.0.96.128.1.255', 2] as const
const IDLE = 'D80101'

/** A meter over TCP that is asked step by step. */
function talker(defects: readonly string[] = []) {
  const meter: SimulatedMeter = createMeter(describedMeter('reference'), {
    defects,
    random: counting(),
  })
  const ask = (client: number, apdu: string): string => {
    const told = lines(talk(meter, 'wrapper', [sealed.step(apdu, client)]))
    return told.map((line) => line.split(' ')[2]?.slice(16) ?? '').join(' ')
  }
  talk(meter, 'wrapper', [{ connect: 'a' }])
  return { meter, ask }
}

/** Through pass 4 with counters from `counter` on; each of the four passes is a proof. */
function associated(sealer: Sealer, client: number, from = 1, defects: readonly string[] = []) {
  const { meter, ask } = talker(defects)
  const aare = ask(client, aarqOf({ title: sealer.title, mechanism: 5, information: initiate(sealer, from) }))
  const pass4 = ask(client, glo('CB', sealer, from + 2, replyOf(gmac(sealer, from + 1, stocOf(aare)))))
  return { meter, aare, pass4, ask: (apdu: string) => ask(client, apdu) }
}

describe('a ciphered association with HLS by GMAC', () => {
  it('opens in four passes; the AARE has title, challenge and a sealed InitiateResponse', () => {
    const { aare, pass4 } = associated(CIPHERED, 3)
    const stoc = '01'.repeat(16)
    expect(aare).to.match(
      new RegExp(
        `^61..A109060760857405080103A203020100A305A10302010EA40A0408${SERVER}88020780890760857405080205AA128010${stoc}BE23042128`,
      ),
    )
    const initiated = opened(CIPHERED, aare.slice(aare.indexOf('28', -66) === -1 ? 0 : aare.lastIndexOf('281F30')))
    expect(initiated).to.deep.equal({ counter: 0, plain: '0800065F1F040060101D08000007' })
    const proved = opened(CIPHERED, pass4)
    expect(proved?.plain).to.equal(`C701C10001000911${gmac({ ...CIPHERED, title: SERVER }, 1, CTOS)}`)
    expect(proved?.counter).to.equal(2)
  })
  it('serves what is sealed, under a counter that rises, and nothing plain', () => {
    const { ask } = associated(CIPHERED, 3)
    expect(opened(CIPHERED, ask(glo('C8', CIPHERED, 4, CLOCK)))).to.deep.equal({ counter: 3, plain: 'C401C10010FFC4' })
    expect(ask(CLOCK)).to.equal(IDLE)
    expect(ask(glo('C8', CIPHERED, 5, CLOCK, 0x10))).to.equal(IDLE)
    expect(opened(CIPHERED, ask(glo('C8', CIPHERED, 6, get(99, '0.0.1.0.0.255', 3))))?.plain).to.equal('C401C10109')
  })
  for (const [negotiated, conformance] of [
    ['negotiated', '60181D'],
    ['not negotiated', '20181D'],
  ] as const)
    it(`general forms are served where general-protection is negotiated: ${negotiated}`, () => {
      const { ask } = talker()
      const information = initiate(CIPHERED, 1, 0x30, `01000000065F1F0400${conformance}FFFF`)
      const aare = ask(3, aarqOf({ title: CIPHERED.title, mechanism: 5, information }))
      ask(3, glo('CB', CIPHERED, 3, replyOf(gmac(CIPHERED, 2, stocOf(aare)))))
      const answer = ask(3, `DB08${CIPHERED.title}${glo('', CIPHERED, 4, CLOCK)}`)
      expect(answer.slice(0, 6)).to.equal(negotiated === 'negotiated' ? 'DB0853' : 'D80102')
    })
  it('a replay and a lower counter are told the lowest that is acceptable; a jump is served', () => {
    const { ask } = associated(CIPHERED, 3)
    const first = glo('C9', CIPHERED, 10, set(...SCRATCH, '090411223344'))
    expect(opened(CIPHERED, ask(first))?.plain).to.equal('C501C100')
    expect(ask(first)).to.equal('D801060000000B')
    expect(ask(glo('C8', CIPHERED, 9, CLOCK))).to.equal('D801060000000B')
    expect(ask(glo('C8', CIPHERED, 0, CLOCK))).to.equal('D801060000000B')
    expect(opened(CIPHERED, ask(glo('C8', CIPHERED, 1010, CLOCK)))?.plain).to.equal('C401C10010FFC4')
  })
  it('a wrong tag leaves the counter as it was', () => {
    const { ask } = associated(CIPHERED, 3)
    expect(ask(glo('C8', { ...CIPHERED, authentication: SACRIFICIAL.authentication }, 900, CLOCK))).to.equal('D80105')
    expect(ask(glo('C8', { ...CIPHERED, key: SACRIFICIAL.key }, 901, CLOCK))).to.equal('D80105')
    expect(opened(CIPHERED, ask(glo('C8', CIPHERED, 4, CLOCK)))?.plain).to.equal('C401C10010FFC4')
  })
  it('counters survive the power, associations do not', () => {
    const { meter, ask } = associated(CIPHERED, 3)
    const scratch = glo('C9', CIPHERED, 4, set(...SCRATCH, '090411223344'))
    ask(scratch)
    meter.power(false, 50_000)
    meter.power(true, 60_000)
    const script = (apdu: string) => lines(talk(meter, 'wrapper', [{ connect: 'a' }, sealed.step(apdu, 3)], 80_000))
    expect(script(scratch).at(-1)?.slice(-6)).to.equal(IDLE)
    const stale = aarqOf({ title: CIPHERED.title, mechanism: 5, information: initiate(CIPHERED, 4) })
    expect(script(stale).at(-1)).to.contain('A203020101A305A103020101').and.contain('BE0604040E010006')
    const fresh = aarqOf({ title: CIPHERED.title, mechanism: 5, information: initiate(CIPHERED, 5) })
    const aare = script(fresh).at(-1) ?? ''
    expect(opened(CIPHERED, aare.slice(aare.lastIndexOf('281F30')))?.counter).to.equal(4)
    expect(stocOf(aare)).to.equal('02'.repeat(16))
  })
  it('only an RLRQ that is sealed and fresh ends it', () => {
    const { ask } = associated(CIPHERED, 3)
    const rlrq = (information: string): string =>
      `62${hex(Uint8Array.of(information.length / 2 + 7))}800100BE${hex(Uint8Array.of(information.length / 2 + 2))}04${hex(Uint8Array.of(information.length / 2))}${information}`
    const wrong = initiate({ ...CIPHERED, key: SACRIFICIAL.key }, 8)
    for (const bad of [RLRQ, rlrq('01000000065F1F040060181DFFFF'), rlrq(wrong), rlrq(initiate(CIPHERED, 3))])
      expect(ask(bad)).to.equal('6303800101')
    expect(opened(CIPHERED, ask(glo('C8', CIPHERED, 4, CLOCK)))?.plain).to.equal('C401C10010FFC4')
    expect(ask(rlrq(initiate(CIPHERED, 5)))).to.equal('6303800100')
    expect(ask(glo('C8', CIPHERED, 6, CLOCK))).to.equal(IDLE)
  })
  const refused = (diagnostic: string) =>
    `^6117A109060760857405080103A203020101A305A10302010${diagnostic}|^61..A1.*A305A10302010${diagnostic}`
  const aarqs: readonly (readonly [string, string, string])[] = [
    ['no title', aarqOf({ mechanism: 5, information: initiate(CIPHERED, 1) }), '3'],
    ['a title of 7 octets', aarqOf({ title: '54535400000000', mechanism: 5, information: initiate(CIPHERED, 1) }), '3'],
    ['the title of the server', aarqOf({ title: SERVER, mechanism: 5, information: initiate(CIPHERED, 1) }), '3'],
    [
      'a challenge of 7 octets',
      aarqOf({ title: CIPHERED.title, mechanism: 5, challenge: '01'.repeat(7), information: initiate(CIPHERED, 1) }),
      'D',
    ],
    [
      'a challenge of 65 octets',
      aarqOf({ title: CIPHERED.title, mechanism: 5, challenge: '01'.repeat(65), information: initiate(CIPHERED, 1) }),
      'D',
    ],
    ['a plain InitiateRequest under policy 3', aarqOf({ title: CIPHERED.title, mechanism: 5 }), '1'],
    ['another key', aarqOf({ title: CIPHERED.title, mechanism: 5, information: initiate(SACRIFICIAL, 1) }), '1'],
    [
      'another title than the one that sealed',
      aarqOf({ title: '5453540000000009', mechanism: 5, information: initiate(CIPHERED, 1) }),
      '1',
    ],
    ['a context without ciphering', aarqOf({ title: CIPHERED.title, mechanism: 5, context: 1 }), '2'],
    ['another mechanism', aarqOf({ title: CIPHERED.title, mechanism: 6, information: initiate(CIPHERED, 1) }), 'B'],
  ]
  for (const [what, aarq, diagnostic] of aarqs)
    it(`${what}: rejected, and nothing is served`, () => {
      const { ask } = talker()
      expect(ask(3, aarq)).to.match(new RegExp(refused(diagnostic)))
      expect(ask(3, glo('C8', CIPHERED, 7, CLOCK))).to.equal(IDLE)
    })
})

describe('dedicated keys', () => {
  const DEDICATED: Sealer = { ...CIPHERED, key: '00112233445566778899AABBCCDDEEFF' }
  const request = (key: string) => `0101${hex(Uint8Array.of(key.length / 2))}${key}0000065F1F040060181DFFFF`
  const openedWith = (information: string) => {
    const { ask } = talker()
    const aare = ask(3, aarqOf({ title: CIPHERED.title, mechanism: 5, information }))
    ask(3, glo('CB', CIPHERED, 3, replyOf(gmac(CIPHERED, 2, stocOf(aare)))))
    return { aare, ask: (apdu: string) => ask(3, apdu) }
  }
  it('one that came sealed protects from its own 0 on, beside the global key', () => {
    const { ask } = openedWith(initiate(CIPHERED, 1, 0x30, request(DEDICATED.key)))
    expect(opened(DEDICATED, ask(glo('D0', DEDICATED, 0, CLOCK)))).to.deep.equal({
      counter: 0,
      plain: 'C401C10010FFC4',
    })
    expect(ask(glo('D0', DEDICATED, 0, CLOCK))).to.equal('D8010600000001')
    expect(opened(CIPHERED, ask(glo('C8', CIPHERED, 4, CLOCK)))?.plain).to.equal('C401C10010FFC4')
    expect(ask(glo('D0', CIPHERED, 5, CLOCK))).to.equal('D80105')
    expect(ask(glo('C8', DEDICATED, 6, CLOCK))).to.equal('D80105')
  })
  for (const key of ['0011223344556677', `${DEDICATED.key}00`, DEDICATED.key.slice(2), CIPHERED.key])
    it(`${key.length / 2} octets ${key.slice(0, 4)}: refused`, () => {
      const { aare, ask } = openedWith(initiate(CIPHERED, 1, 0x30, request(key)))
      expect(opened(CIPHERED, aare.slice(aare.lastIndexOf('2E15')))?.plain ?? aare).to.equal('0E010604')
      expect(ask(glo('D0', DEDICATED, 0, CLOCK))).to.equal(IDLE)
    })
  it('without one nothing is served with one', () => {
    const { ask } = openedWith(initiate(CIPHERED, 1))
    expect(ask(glo('D0', DEDICATED, 0, CLOCK))).to.equal('D80105')
  })
})

describe('policy 0', () => {
  it('serves plain as plain, and what is sealed as it came', () => {
    const { ask } = associated(SACRIFICIAL, 4)
    expect(ask(CLOCK)).to.equal('C401C10010FFC4')
    expect(ask(glo('C8', SACRIFICIAL, 4, CLOCK, 0x10))).to.match(/^CC1810........C401C10010FFC4.{24}$/)
    expect(opened(SACRIFICIAL, ask(glo('C8', SACRIFICIAL, 5, CLOCK)))?.plain).to.equal('C401C10010FFC4')
  })
  it('the broadcast key reads nothing and is answered by nothing', () => {
    const { ask } = associated(SACRIFICIAL, 4)
    const broadcast = { ...SACRIFICIAL, key: '95D2740EBB1F63C8A45E093D7CF1826B' }
    expect(ask(glo('C8', broadcast, 1, CLOCK, 0x70))).to.equal(IDLE)
    expect(ask(glo('C9', broadcast, 2, set(...SCRATCH, '090411223344'), 0x70))).to.equal(IDLE)
    expect(ask(glo('C9', broadcast, 3, set(...SCRATCH, '090411223344').replace('C101C1', 'C10181'), 0x70))).to.equal('')
    expect(ask(get(...SCRATCH))).to.equal('C401C100090411223344')
  })
})

describe('HLS while it is pending', () => {
  const TITLE = '5453540000000005'
  const SECRET = hex(new TextEncoder().encode('Simulated secret'))
  const pending = () => {
    const { ask } = talker()
    const aare = ask(5, aarqOf({ title: TITLE, mechanism: 6, context: 1 }))
    return { stoc: stocOf(aare), ask: (apdu: string) => ask(5, apdu) }
  }
  const proofOf = (stoc: string): string => sha256(SECRET, TITLE, SERVER, stoc, CTOS)
  it('nothing else is served, and all is after pass 4', () => {
    const { stoc, ask } = pending()
    for (const apdu of [
      CLOCK,
      set(...SCRATCH, '090411223344'),
      'C301C100010000280000FF0100',
      replyOf('00').replace('000F', '0046'),
    ])
      expect(ask(apdu)).to.equal(IDLE)
    expect(ask(replyOf(proofOf(stoc)))).to.equal(`C701C10001000920${sha256(SECRET, SERVER, TITLE, CTOS, stoc)}`)
    expect(ask(get(...SCRATCH))).to.equal('C401C1000904AABBCCDD')
    expect(ask(replyOf(proofOf(stoc))), 'once more').to.equal('C701C10300')
  })
  for (const [what, change] of [
    ['one bit changed', (proof: string) => proof.replace(/.$/, (last) => (last === '0' ? '1' : '0'))],
    ['one octet less', (proof: string) => proof.slice(2)],
    ['nothing', () => ''],
  ] as const)
    it(`pass 3 with ${what}: no success, no data, and no second try`, () => {
      const { stoc, ask } = pending()
      expect(ask(replyOf(change(proofOf(stoc))))).to.equal('C701C10300')
      expect(ask(CLOCK)).to.equal(IDLE)
      expect(ask(replyOf(proofOf(stoc)))).to.equal('C701C10300')
      expect(ask(CLOCK)).to.equal(IDLE)
    })
  it('its own challenge of another association comes back as CtoS: rejected', () => {
    const { ask } = talker()
    const aare = ask(3, aarqOf({ title: CIPHERED.title, mechanism: 5, information: initiate(CIPHERED, 1) }))
    expect(ask(5, aarqOf({ title: TITLE, mechanism: 6, context: 1, challenge: stocOf(aare) }))).to.contain(
      'A305A10302010D',
    )
  })
})
