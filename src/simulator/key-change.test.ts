// A key change over TCP, from the request under the old key to the first under the new one; what is sealed is sealed by node.
import { expect } from 'chai'
import { hex } from '../codec/value.ts'
import { wrapKey } from '../protocol/security/key-wrap.ts'
import { action, get, octetsOf } from './dialogue.ts'
import { associated } from './protection/sealed-dialogue.ts'
import { glo, opened, SACRIFICIAL, type Sealer } from './protection/sealed.ts'

const CLOCK = get(8, '0.0.1.0.0.255', 3)
const CLOCK_ANSWER = 'C401C10010FFC4'
const SETUP = '0.0.43.0.2.255'
const MASTER = '6FA2D8153C90E74BB1057D2CE9486F3A'
const NEW: Sealer = { ...SACRIFICIAL, key: '000102030405060708090A0B0C0D0E0F' }
const wrapped = hex(wrapKey(octetsOf(MASTER), octetsOf(NEW.key)))
const invoke = (method: number, parameters: string): string =>
  `${action(64, SETUP, method).slice(0, -2)}01${parameters}`
const TRANSFER = invoke(2, `01010202160009${hex(Uint8Array.of(wrapped.length / 2))}${wrapped}`)
const DONE = 'C701C10000'

const plain = (sealer: Sealer, answer: string): string | undefined => opened(sealer, answer)?.plain

describe('a key change', () => {
  it('is answered under the old key; the next APDU needs the new one, and its counter begins anew', () => {
    const { ask, open } = associated()
    expect(plain(SACRIFICIAL, ask(glo('CB', SACRIFICIAL, 4, TRANSFER)))).to.equal(DONE)
    expect(ask(glo('C8', SACRIFICIAL, 5, CLOCK))).to.equal('D80105')
    expect(plain(NEW, ask(glo('C8', NEW, 0, CLOCK)))).to.equal(CLOCK_ANSWER)
    expect(plain(NEW, open(NEW, 100))).to.match(/^C701C1000100/)
  })
  it('outlives a loss of power', () => {
    const { ask, open, restart } = associated()
    ask(glo('CB', SACRIFICIAL, 4, TRANSFER))
    restart()
    expect(plain(NEW, open(NEW, 1))).to.match(/^C701C1000100/)
  })
  it('of the key that there is keeps its counters: a replay is none the better for it', () => {
    const { ask } = associated()
    const same = hex(wrapKey(octetsOf(MASTER), octetsOf(SACRIFICIAL.key)))
    const first = glo('C8', SACRIFICIAL, 4, CLOCK)
    expect(plain(SACRIFICIAL, ask(first))).to.equal(CLOCK_ANSWER)
    const again = glo('CB', SACRIFICIAL, 5, invoke(2, `0101020216000918${same}`))
    expect(plain(SACRIFICIAL, ask(again))).to.equal(DONE)
    expect(ask(first)).to.equal('D8010600000006')
    expect(ask(again)).to.equal('D8010600000006')
  })
  it('is refused plain, where the policy would let it pass', () => {
    const { ask } = associated()
    expect(ask(TRANSFER)).to.equal('C701C10300')
    expect(plain(SACRIFICIAL, ask(glo('C8', SACRIFICIAL, 4, CLOCK)))).to.equal(CLOCK_ANSWER)
  })
  it('can be answered under the new key, by a defect', () => {
    const { ask } = associated(['keys.used-at-once'])
    const answer = ask(glo('CB', SACRIFICIAL, 4, TRANSFER))
    expect(plain(SACRIFICIAL, answer)).to.equal(undefined)
    expect(plain(NEW, answer)).to.equal(DONE)
  })
  it('a stronger policy holds from the next APDU on', () => {
    const { ask } = associated()
    expect(plain(SACRIFICIAL, ask(glo('CB', SACRIFICIAL, 4, invoke(1, '1603'))))).to.equal(DONE)
    expect(ask(glo('C8', SACRIFICIAL, 5, CLOCK, 0x10))).to.equal('D80101')
    expect(ask(CLOCK)).to.equal('D80101')
    expect(plain(SACRIFICIAL, ask(glo('C8', SACRIFICIAL, 6, CLOCK)))).to.equal(CLOCK_ANSWER)
  })
})
