import { expect } from 'chai'
import { hex } from '../codec/value.ts'
import type { LineSettings } from '../protocol/line.ts'
import { needs } from '../skips.ts'
import { createRealWorld } from '../world/real.ts'
import { host } from './host/host.ts'
import { cable } from './ptys.ts'
import { echoing, scriptedParty } from './scripted.ts'
import { serial } from './serial.ts'
import type { Transport } from './transport.ts'

const world = createRealWorld()
const soon = () => world.now() + 5000
const SLOW: LineSettings = { baud: 300, format: '7E1' }
const FAST: LineSettings = { baud: 9600, format: '8N1' }
const RAW: LineSettings = { baud: 115200, format: '8N1' }

/** Octets of arrivals, joined until there are so many. */
async function hear(line: Transport, count: number): Promise<string> {
  let text = ''
  while (text.length < 2 * count) {
    const arrival = await line.next(soon())
    if (arrival?.is !== 'octets') return `${text} ${arrival?.is ?? 'nothing'}`
    text += hex(arrival.burst.octets)
  }
  return text
}

describe('serial port', () => {
  let wires: Awaited<ReturnType<typeof cable>>

  before(function () {
    needs(this, 'socat')
  })
  beforeEach(async () => {
    wires = await cable()
  })
  afterEach(async () => {
    await wires.unplug()
  })

  it('carries octets and takes the time of the line', async () => {
    const [a, b] = [serial('a', wires.a, FAST, world), serial('b', wires.b, FAST, world)]
    expect((await a.open()).is).to.equal('open')
    await b.open()
    const began = world.now()
    const nine = Uint8Array.from([0, 0x7e, 0xff, 0x11, 0x13, 0x0d, 0x0a, 3, 4]) // with what a terminal would swallow
    const left = await a.write(nine)
    expect(left - began, 'nine octets at 9600 Bd').to.be.at.least(9.375)
    expect(await hear(b, 9)).to.equal(hex(nine))
    await b.write(nine)
    expect(await hear(a, 9)).to.equal(hex(nine))
    await a.close('close')
    await b.close('close')
    expect((await a.open()).is, 'again').to.equal('open')
    await a.close('close')
  })

  it('makes 7E1 itself, sees wrong parity, and changes format and rate mid-session', async () => {
    const [a, raw] = [serial('a', wires.a, { ...SLOW, baud: 9600 }, world), serial('b', wires.b, RAW, world)]
    await a.open()
    await raw.open()
    await a.write(Uint8Array.of(0x2f, 0x3f, 0x21, 0xa1))
    expect(await hear(raw, 4), '2F with its parity bit; A1 is 21 with wrong parity').to.equal('AF3F21A1')
    await raw.write(Uint8Array.of(0xaf, 0x2f))
    expect(await hear(a, 2)).to.equal('2FAF')
    await a.set(RAW)
    await a.write(Uint8Array.of(0x2f, 0xaf))
    expect(await hear(raw, 2)).to.equal('2FAF')
    await a.close('close')
    await raw.close('close')
  })

  it('tells what is wrong: missing, no port, busy, unplugged', async () => {
    const codeOf = async (path: string) => {
      const opening = await serial('serial:x', path, FAST, world).open()
      return opening.is === 'fault' ? opening.fault.code : opening.is
    }
    expect(await codeOf('/dev/there-is-no-such-port')).to.equal('missing')
    expect(await codeOf('/etc/hostname')).to.equal('missing')
    const line = serial('serial:a', wires.a, FAST, world)
    await line.open()
    expect(await codeOf(wires.a)).to.equal('busy')
    await wires.unplug()
    const arrival = await line.next(soon())
    expect(arrival?.is === 'fault' && arrival.fault).to.include({ code: 'unplugged', where: 'serial:a' })
    expect(await line.write(Uint8Array.of(1)), 'goes nowhere, and nobody is kept waiting').to.be.at.most(world.now())
    await line.close('close')
  })

  it('hosts a meter that others reach, and that changes its rate', async () => {
    const party = scriptedParty((input) => {
      if (input.is !== 'octets') return []
      const at = world.now() + 2
      return [
        { is: 'octets', peer: 'line', at, octets: input.burst.octets },
        { is: 'settings', at, settings: RAW },
      ]
    })
    const meter = await host(`serial:${wires.b}?baud=9600&format=7E1`, party, world)
    expect(meter.ok).to.equal(true)
    const line = serial('a', wires.a, { baud: 9600, format: '7E1' }, world)
    await line.open()
    await line.write(Uint8Array.of(0x2f))
    expect(await hear(line, 1)).to.equal('2F')
    await line.set(RAW)
    // A pseudo-terminal is faster than a line: the meter may still be about to change.
    let heard = ''
    while (heard !== 'FF') {
      await line.write(Uint8Array.of(0xff))
      heard = await hear(line, 1)
      expect(heard, 'an octet may fall into the change').to.be.oneOf(['7F', 'FF', ' nothing'])
    }
    await line.close('close')
    if (meter.ok) {
      await meter.value.close()
      expect(await meter.value.ended).to.equal(undefined)
    }
  })

  it('tells the host that its line is lost', async () => {
    const meter = await host(`serial:${wires.b}`, echoing(0), world)
    await wires.unplug()
    expect(meter.ok && (await meter.value.ended)?.code).to.equal('unplugged')
    if (meter.ok) await meter.value.close()
    const none = await host('serial:/dev/there-is-no-such-port', echoing(0), world)
    expect(!none.ok && none.failure.code).to.equal('missing')
  })
})
