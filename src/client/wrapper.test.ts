import { expect } from 'chai'
import { hex } from '../codec/value.ts'
import { AARQ, describedMeter } from '../simulator/dialogue.ts'
import { createMeter } from '../simulator/meter.ts'
import { wrapperCarrier } from './carrier.ts'
import { newLedger } from './ledger.ts'
import { answering, octetsOf, scene, told, type Answering, type End, type Reply } from './scene.ts'
import { exchangeWpdu, wpduFor } from './wrapper.ts'

const PORTS = { client: 16, server: 1 }
const AARE = '6129A109060760857405080101A203020100A305A103020100BE10040E0800065F1F040000501F01F40007'
const BACK = `000100010010002B${AARE}`
const PUSHED = '00010001001000150F0000000100020209060000190900FF0600000001'
const PATIENCE = { responseMs: 100, lateMs: 200, noisy: false }

async function asked(kind: 'stream' | 'datagram', ...replies: readonly (string | Reply | End)[]) {
  const party: Answering = answering(replies)
  const { port } = scene(kind, party, 'wrapper')
  await port.open()
  const ledger = newLedger()
  return { answer: await exchangeWpdu(port, PORTS, octetsOf(AARQ), 200, ledger), party, port, ledger }
}

describe('wrapper', () => {
  it('lays the header before the APDU', async () => {
    const { party } = await asked('stream')
    expect(party.heard).to.deep.equal([`000100100001001F${AARQ}`])
    expect(wpduFor(PORTS, octetsOf(AARQ))).to.include({ version: 1, 'source-wport': 16, 'destination-wport': 1 })
  })

  it('takes the first WPDU for the answer, though it comes in pieces or joined to another', async () => {
    for (const replies of [[BACK], [BACK.slice(0, 10), BACK.slice(10)], [BACK + BACK]]) {
      const { answer } = await asked('stream', ...replies)
      expect(answer.is === 'other' && told(answer.heard)).to.equal(`wpdu ${BACK}`)
    }
  })

  it('leaves the second of two joined WPDUs for whoever listens next', async () => {
    const { port } = await asked('stream', BACK + BACK)
    expect(told((await port.drain())[0])).to.equal(`wpdu ${BACK}`)
  })

  it('sets a push aside', async () => {
    const { answer, ledger } = await asked('stream', PUSHED + BACK)
    expect(answer.is === 'other' && told(answer.heard)).to.equal(`wpdu ${BACK}`)
    expect(ledger.unsolicited.map(told)).to.deep.equal([`wpdu ${PUSHED}`])
  })

  it('silence is silence, and the end of the connection is told', async () => {
    expect((await asked('stream')).answer).to.include({ is: 'silent', frames: false, unfinished: false })
    const { answer } = await asked('stream', { ends: 'reset' })
    expect(answer.is === 'other' && answer.heard.is).to.equal('reset')
  })

  it('a datagram from another port of the meter is told with its sender', async () => {
    const { answer } = await asked('datagram', { octets: BACK, from: 'other-port' })
    expect(answer.is === 'other' && answer.heard.from).to.equal('meter:other-port')
  })

  it('two WPDUs in one datagram are one damaged piece', async () => {
    const { answer } = await asked('datagram', BACK + BACK)
    expect(answer.is === 'other' && answer.heard.is === 'damaged' && answer.heard.failures[0]?.code).to.equal('length')
  })

  for (const [kind, name] of [
    ['stream', 'wrapper'],
    ['datagram', 'udp'],
  ] as const)
    it(`carries an APDU to the simulated meter and back (${name})`, async () => {
      const { port } = scene(kind, createMeter(describedMeter('reference')).party(name), 'wrapper')
      await port.open()
      const carried = await wrapperCarrier(port, PORTS).exchange(octetsOf(AARQ), PATIENCE, newLedger())
      expect(carried.is === 'apdu' && hex(carried.apdu)).to.match(/^6129/)
      expect(carried.is === 'apdu' && carried.heard?.is).to.equal('wpdu')
    })
})
