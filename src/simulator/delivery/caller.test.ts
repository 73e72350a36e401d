import { expect } from 'chai'
import { action, callsAfter, callsOf, describedMeter, MANAGEMENT, set, talk, wpduOf } from '../dialogue.ts'
import { createMeter } from '../meter.ts'

const SETUP = '0.0.25.9.0.255'
const push = action(40, SETUP, 1)
const CALL = 'call 127.0.0.1:4061'

/** Without the octets. */
const shortly = (calls: readonly string[]): readonly string[] =>
  calls.map((call) => call.replace(/^(\d+ octets|\d+ datagram \S+) .*/, '$1'))
const octetsIn = (calls: readonly string[]): readonly string[] =>
  calls.flatMap((call) => (/ (octets|datagram) /.test(call) ? [call.split(' ').at(-1) ?? ''] : []))

describe('pushes of the simulated meter', () => {
  it('calls nobody unless it is told to', () => {
    expect(callsAfter([])).to.deep.equal([])
  })

  it('calls its destination, says what it has to and leaves', () => {
    expect(shortly(callsAfter([push]))).to.deep.equal([`20 ${CALL}`, '20 octets', '20 close'])
  })

  it('sends datagrams where it is set up so', () => {
    expect(shortly(callsAfter([action(40, '0.1.25.9.0.255', 1)]))).to.deep.equal(['20 datagram 127.0.0.1:4061'])
  })

  it('tries again so often, and so long after', () => {
    const twice = [set(40, SETUP, 6, '1102'), set(40, SETUP, 7, '120005')]
    const failing = { answer: 'failed' } as const
    expect(callsAfter([...twice, push], [], failing)).to.deep.equal([`20 ${CALL}`, `5020 ${CALL}`, `10020 ${CALL}`])
    expect(callsAfter([push], [], failing)).to.deep.equal([`20 ${CALL}`])
  })

  it('waits for its window', () => {
    const window = (from: string, to: string): string => set(40, SETUP, 4, `01010202090C${from}090C${to}`)
    const first = (from: string, to: string): string | undefined => callsAfter([window(from, to), push])[0]
    expect(first('07EA0101FF01001EFF800000', '07EA0101FF010100FF800000')).to.equal(`30020 ${CALL}`)
    expect(first('07EA0101FF000000FF800000', '07EA0101FF010100FF800000'), 'open').to.equal(`20 ${CALL}`)
    expect(first('07EA0101FF000000FF800000', '07EA0101FF003B00FF800000'), 'over').to.equal(undefined)
    expect(first('FFFFFFFFFF000000FF800000', 'FFFFFFFFFF003B00FF800000'), 'each day').to.equal(`82800020 ${CALL}`)
  })

  it('forgets what was on its way when the power is lost', () => {
    const meter = createMeter(describedMeter('reference'))
    const script = [MANAGEMENT, push].map((apdu) => ({ octets: wpduOf(apdu, 1), peer: 'a', octetMs: 0, wait: 0 }))
    talk(meter, 'wrapper', [{ connect: 'a', wait: 0 }, ...script])
    meter.power(false, 10)
    expect(callsOf(meter, 100_000, 'answered')).to.deep.equal([])
  })

  it('holds what push_object_list names, in its order, behind a bare time', () => {
    const [wpdu = ''] = octetsIn(callsAfter([push]))
    expect(wpdu.slice(0, 12)).to.equal('000100010001')
    expect(wpdu.slice(16)).to.match(/^0F000000010C07EA0101[0-9A-F]{10}FFC400/)
    expect(wpdu).to.include('020509060000190900FF091053494D30303030303132333435363738090C07EA0101')
    expect(wpdu).to.match(/161E$/)
  })

  it('goes in blocks that are numbered, where it is set up so', () => {
    const blocks = octetsIn(callsAfter([action(40, '0.2.25.9.0.255', 1)])).map((wpdu) => wpdu.slice(16))
    expect(blocks.length).to.be.greaterThan(3)
    blocks.forEach((block, at) => {
      const last = at === blocks.length - 1
      expect(block).to.match(new RegExp(`^E0${last ? '80' : '40'}000${at + 1}0000`))
    })
  })
})
