import { expect } from 'chai'
import { answering, octetsOf, scene, told } from './scene.ts'
import { Turn } from './turn.ts'
import type { Heard } from './receiver.ts'

const SNRM = '7EA0070321930F017E'
const RR = '7EA00703031196B67E'
const ACK = '063235320D0A'
const REQUEST = '2F3F210D0A'

describe('turn', () => {
  it('a request that comes back is the line, not the meter: the declaration should say so', async () => {
    for (const [language, octets] of [
      ['hdlc', SNRM],
      ['sign-on', REQUEST],
    ] as const) {
      const { port } = scene('serial', answering([octets]), language)
      await port.open()
      const { end } = await port.write(octetsOf(octets))
      const heard = await port.hear(end + 2000)
      expect(heard?.is, language).to.equal('fault')
      expect(heard?.is === 'fault' ? heard.fault.hint : '').to.contain('"echo": true')
    }
  })

  it('RR between two ends of one address, and the confirmation of mode E, are the same both ways', async () => {
    for (const [language, octets, is] of [
      ['hdlc', RR, 'frame'],
      ['sign-on', ACK, 'message'],
    ] as const) {
      const { port } = scene('serial', answering([octets]), language)
      await port.open()
      const { end } = await port.write(octetsOf(octets))
      const heard = await port.hear(end + 2000)
      expect(heard === undefined ? 'nothing' : told(heard), language).to.equal(`${is} ${octets}`)
    }
  })

  it('in a sign-on nothing is said before the reaction time is over', () => {
    const turn = new Turn(200)
    turn.wrote(Uint8Array.of(1), 1000, 'sign-on')
    expect(turn.readyAt).to.equal(1200)
    turn.heard(at(1500, 1600), 'sign-on', false)
    expect(turn.readyAt).to.equal(1800)
    turn.wrote(Uint8Array.of(1), 1850, 'hdlc')
    turn.heard(at(1900, 1950), 'hdlc', false)
    expect(turn.readyAt).to.equal(1800)
  })

  it('knows how late an answer began; what comes by itself is none', () => {
    const turn = new Turn(0)
    turn.wrote(Uint8Array.of(1), 1000, 'hdlc')
    turn.heard(at(1700, 1710), 'hdlc', true)
    turn.heard(at(1800, 1810), 'hdlc', false)
    turn.heard(at(9000, 9010), 'hdlc', false)
    expect(turn.slowestMs).to.equal(800)
  })
})

const at = (begin: number, end: number): Heard => ({ is: 'closed', octets: new Uint8Array(0), begin, end })
