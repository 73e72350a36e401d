import { expect } from 'chai'
import { hex } from '../codec/value.ts'
import type { Burst, LineSettings, PartyInput } from '../protocol/line.ts'
import { createVirtualWorld } from '../world/virtual.ts'
import { memorySerial, type MemorySerialOptions } from './memory-serial.ts'
import { echoing, scriptedParty, type ScriptedParty } from './scripted.ts'
import type { Transport } from './transport.ts'

const SLOW: LineSettings = { baud: 300, format: '7E1' }
const FAST: LineSettings = { baud: 9600, format: '8N1' }
const nine = Uint8Array.from([1, 2, 3, 4, 5, 6, 7, 8, 9])
const text = (characters: string) => new TextEncoder().encode(characters)

/** Octets at 9600 Bd: 10 bits, 1.041666 ms. */
const octet9600 = 10000 / 9600

async function rig(party: ScriptedParty, options: MemorySerialOptions = {}) {
  const world = createVirtualWorld()
  const line = memorySerial(world, party, options)
  await line.open()
  return { world, line, party }
}

async function octets(line: Transport, until: number): Promise<Burst | undefined> {
  const arrival = await line.next(until)
  return arrival?.is === 'octets' ? arrival.burst : undefined
}

const heard = (party: ScriptedParty) =>
  party.heard.map((input) => (input.is === 'octets' ? hex(input.burst.octets) : input.is))
const endOf = (input: PartyInput | undefined) =>
  input?.is === 'octets' ? input.burst.firstEnd + (input.burst.octets.length - 1) * input.burst.octetMs : NaN

describe('memory serial line: times', () => {
  it('carries nine octets at 9600 Bd in 9.375 ms, each way', async () => {
    const { world, line, party } = await rig(echoing(20))
    expect(await line.write(nine)).to.equal(9.375)
    expect(world.now()).to.equal(9.375)
    expect(endOf(party.heard[0])).to.equal(9.375)
    const answer = await octets(line, 1000)
    expect(answer?.octets).to.deep.equal(nine)
    expect(answer?.firstEnd).to.be.closeTo(29.375 + octet9600, 1e-9)
    expect(answer?.octetMs).to.equal(octet9600)
    expect(world.now()).to.be.closeTo(38.75, 1e-9)
  })

  it('carries three characters at 300 Bd in 100 ms', async () => {
    const { line, party } = await rig(scriptedParty(), { tester: SLOW, meter: SLOW })
    expect(await line.write(text('/?!'))).to.be.closeTo(100, 1e-9)
    expect(endOf(party.heard[0])).to.be.closeTo(100, 1e-9)
  })

  it('gives what has arrived when the tester stops listening in the middle, and the rest later', async () => {
    const { world, line } = await rig(echoing(20))
    await line.write(nine)
    const three = await octets(line, 29.375 + 3 * octet9600)
    expect(hex(three?.octets ?? nine)).to.equal('010203')
    const rest = await octets(line, 1000)
    expect(hex(rest?.octets ?? nine)).to.equal('040506070809')
    expect(rest?.firstEnd).to.be.closeTo(29.375 + 4 * octet9600, 1e-9)
    expect(world.now()).to.be.closeTo(38.75, 1e-9)
  })

  it('gives nothing while the first octet is under way', async () => {
    const { world, line } = await rig(echoing(20))
    await line.write(nine)
    expect(await line.next(29.375 + 0.99 * octet9600)).to.equal(undefined)
    expect(world.now()).to.equal(29.375 + 0.99 * octet9600)
  })

  it('lets the meter hear the octets that came before its own deadline, and only those', async () => {
    const party = scriptedParty()
    const { line } = await rig(party)
    party.wake = 4.5 * octet9600
    await line.write(nine)
    expect(heard(party)).to.deep.equal(['01020304', '0506070809'])
    expect(party.expired).to.deep.equal([4.5 * octet9600])
  })

  it('hears an octet that ends at the deadline first', async () => {
    const order: string[] = []
    const party = scriptedParty(
      (input) => {
        order.push(input.is)
        return []
      },
      () => {
        order.push('expired')
        return []
      },
    )
    const { line } = await rig(party)
    party.wake = 9.375
    await line.write(nine)
    expect(order).to.deep.equal(['octets', 'expired'])
  })

  it('lets 120 s of silence pass at once', async () => {
    const party = scriptedParty()
    const { world, line } = await rig(party)
    party.wake = 120_000
    expect(await line.next(130_000)).to.equal(undefined)
    expect(party.expired).to.deep.equal([120_000])
    expect(world.now()).to.equal(130_000)
  })

  it('lays what the meter gives one behind the other', async () => {
    const party = scriptedParty(() => [
      { is: 'octets', peer: 'line', at: 50, octets: nine },
      { is: 'octets', peer: 'line', at: 51, octets: Uint8Array.of(0xaa) },
      { is: 'octets', peer: 'line', at: 100, octets: Uint8Array.of(0xbb) },
    ])
    const { line } = await rig(party)
    await line.write(Uint8Array.of(0))
    const times = [await octets(line, 1000), await octets(line, 1000), await octets(line, 1000)].map(
      (burst) => burst?.firstEnd,
    )
    expect(times[0]).to.be.closeTo(50 + octet9600, 1e-9)
    expect(times[1]).to.be.closeTo(59.375 + octet9600, 1e-9)
    expect(times[2]).to.be.closeTo(100 + octet9600, 1e-9)
  })

  it('is full duplex: both directions at once', async () => {
    const party = scriptedParty()
    const { world, line } = await rig(party)
    party.wake = 1
    party.expire = () => {
      party.wake = Infinity
      return [{ is: 'octets', peer: 'line', at: 1, octets: Uint8Array.of(0x7e) }]
    }
    await line.write(nine)
    const burst = await octets(line, world.now())
    expect(burst?.firstEnd).to.be.closeTo(1 + octet9600, 1e-9)
  })

  it('lets the tester hear itself where the head echoes, at the time of its own octets', async () => {
    const { line } = await rig(echoing(20), { echo: true })
    await line.write(nine)
    const echo = await octets(line, 1000)
    expect(echo).to.deep.equal({ octets: nine, firstEnd: octet9600, octetMs: octet9600 })
    expect((await octets(line, 1000))?.firstEnd).to.be.closeTo(29.375 + octet9600, 1e-9)
  })

  it('loses what comes while the port is closed, and nothing else', async () => {
    const { world, line, party } = await rig(echoing(20))
    await line.write(nine)
    await line.close('close')
    await line.write(nine)
    expect(heard(party), 'a closed port sends nothing').to.have.length(1)
    await world.next(29.375 + 5.5 * octet9600, () => undefined)
    await line.open()
    expect(hex((await octets(line, 1000))?.octets ?? nine)).to.equal('06070809')
  })
})

describe('memory serial line: settings', () => {
  it('carries wrong parity as bit 7, between ends that both speak 7E1', async () => {
    const { line, party } = await rig(scriptedParty(), { tester: SLOW, meter: SLOW })
    await line.write(Uint8Array.of(0x2f, 0xaf))
    expect(heard(party)).to.deep.equal(['2FAF'])
  })

  it('shows the parity bit of 7E1 to an end at 8N1', async () => {
    const { line, party } = await rig(scriptedParty(), { tester: SLOW, meter: { baud: 300, format: '8N1' } })
    await line.write(text('/?!\r\n')) // 2F and 0D have an odd number of ones
    expect(heard(party)).to.deep.equal(['AF3F218D0A'])
  })

  it('takes the low 7 bits of 8N1 at 7E1 and marks wrong parity', async () => {
    const { line, party } = await rig(scriptedParty(), { tester: { baud: 300, format: '8N1' }, meter: SLOW })
    await line.write(Uint8Array.of(0x2f, 0xaf, 0x7e, 0x93)) // ones: 5, 6, 6, 4
    expect(heard(party)).to.deep.equal(['AF2F7E13'])
  })

  it('makes other octets, and more of them, of a slower sender', async () => {
    const { line, party } = await rig(scriptedParty(), { tester: { baud: 300, format: '8N1' }, meter: FAST })
    await line.write(Uint8Array.of(0x55)) // on the line 0 10101010 1: five falling edges, each bit 32 bits long
    expect(heard(party)).to.deep.equal(['00', '00', '00', '00', '00'])
    expect(endOf(party.heard[0])).to.be.closeTo(octet9600, 1e-9)
    expect(endOf(party.heard[1])).to.be.closeTo(2 / 0.3 + octet9600, 1e-9)
  })

  it('makes fewer octets of a faster sender', async () => {
    const { world, line, party } = await rig(scriptedParty(), { meter: { baud: 4800, format: '8N1' } })
    // As sent: 0 00000000 1  0 11111111 1. Sampled in bits 3 5 7 9 11 13 15 17: 0 0 0 1 1 1 1 1, lowest bit first.
    await line.write(Uint8Array.of(0x00, 0xff))
    await world.next(100, () => undefined)
    expect(heard(party)).to.deep.equal(['F8'])
    expect(endOf(party.heard[0]), 'ten bits at 4800 Bd').to.be.closeTo(2 * octet9600, 1e-9)
  })

  it('switches the meter after all that it gave before has left', async () => {
    const party = scriptedParty((input) => {
      if (party.heard.length > 1 || input.is !== 'octets') return []
      return [
        { is: 'octets', peer: 'line', at: 300, octets: text('OK') },
        { is: 'settings', at: 300, settings: FAST },
        { is: 'octets', peer: 'line', at: 300, octets: nine },
      ]
    })
    const { world, line } = await rig(party, { tester: SLOW, meter: SLOW })
    await line.write(text('!'))
    const confirmation = await octets(line, 1000)
    expect(hex(confirmation?.octets ?? nine)).to.equal('4F4B')
    expect(world.now()).to.be.closeTo(300 + 2 / 0.03, 1e-9)
    await line.set(FAST)
    const fast = await octets(line, 1000)
    expect(fast?.octets).to.deep.equal(nine)
    expect(fast?.firstEnd).to.be.closeTo(300 + 2 / 0.03 + octet9600, 1e-9)
    await line.write(nine)
    expect(heard(party).at(-1)).to.equal(hex(nine))
  })

  it('changes how the tester hears from the next octet on', async () => {
    const slow8: LineSettings = { baud: 300, format: '8N1' }
    const { world, line } = await rig(echoing(0), { tester: slow8, meter: slow8 })
    await line.write(text('//'))
    await world.next(world.now() + 1.5 * (10 / 0.3), () => undefined)
    await line.set(SLOW)
    expect(hex((await octets(line, 1000))?.octets ?? nine), 'heard before').to.equal('2F')
    expect(hex((await octets(line, 1000))?.octets ?? nine), 'heard after, parity wrong').to.equal('AF')
  })

  it('says the same thing every time', async () => {
    const run = async () => {
      const { line, party, world } = await rig(echoing(3), {
        tester: SLOW,
        meter: { baud: 2400, format: '8N1' },
        echo: true,
      })
      await line.write(nine)
      const arrivals = []
      for (;;) {
        const arrival = await line.next(2000)
        if (arrival === undefined) return { arrivals, heard: party.heard, end: world.now() }
        arrivals.push(arrival)
      }
    }
    const first = await run()
    expect(first.arrivals.length).to.be.greaterThan(9)
    expect(await run()).to.deep.equal(first)
  })
})
