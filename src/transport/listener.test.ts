import { expect } from 'chai'
import { createRealWorld } from '../world/real.ts'
import { listen } from './listener.ts'
import { transportFor } from './open.ts'
import type { Transport } from './transport.ts'

const world = createRealWorld()
const soon = () => world.now() + 5000

/** The meter's side: for a push it is the meter that connects. */
function meter(url: string): Transport {
  const made = transportFor(url, world)
  if (!made.ok) throw new Error(made.failure.detail)
  return made.value
}

async function listening(url: string) {
  const made = await listen(url, world)
  if (!made.ok) throw new Error(made.failure.detail)
  return made.value
}

describe('listener for pushes', () => {
  it('gives each meter that connects by TCP, with what it sends, and can answer', async () => {
    const listener = await listening('tcp://127.0.0.1:0')
    expect(listener.url).to.match(/^tcp:\/\/127\.0\.0\.1:[1-9]\d*$/)
    expect(await listener.accept(world.now() + 1)).to.equal(undefined)
    const [a, b] = [meter(listener.url), meter(listener.url)]
    await a.open()
    await a.write(Uint8Array.of(1))
    const first = await listener.accept(soon())
    await b.open()
    await b.write(Uint8Array.of(2))
    const second = await listener.accept(soon())
    expect((await first?.open())?.is).to.equal('open')
    expect(await second?.next(soon()))
      .to.have.nested.property('burst.octets')
      .deep.equal(Uint8Array.of(2))
    expect(await first?.next(soon()))
      .to.have.nested.property('burst.octets')
      .deep.equal(Uint8Array.of(1))
    await first?.write(Uint8Array.of(9))
    expect((await a.next(soon()))?.is).to.equal('octets')
    await a.close('close')
    expect((await first?.next(soon()))?.is).to.equal('closed')
    await listener.close()
    expect((await b.next(soon()))?.is, 'closing ends what is still connected').to.equal('reset')
    expect((await a.open()).is).to.equal('refused')
    await b.close('close')
  })

  it('gives each address that sends by UDP, with all that it sends, and can answer', async () => {
    const listener = await listening('udp://127.0.0.1:0')
    const [a, b] = [meter(listener.url), meter(listener.url)]
    await a.open()
    await b.open()
    await a.write(Uint8Array.of(1))
    const first = await listener.accept(soon())
    await a.write(Uint8Array.of(2))
    await b.write(Uint8Array.of(3))
    const second = await listener.accept(soon())
    expect(await first?.next(soon())).to.have.deep.property('octets', Uint8Array.of(1))
    expect(await first?.next(soon())).to.have.deep.property('octets', Uint8Array.of(2))
    expect(await second?.next(soon())).to.have.deep.property('octets', Uint8Array.of(3))
    await second?.write(Uint8Array.of(9))
    expect(await b.next(soon())).to.have.deep.property('octets', Uint8Array.of(9))
    await a.close('close')
    await b.close('close')
    await listener.close()
  })

  it('tells a port that is taken, and where nobody can call', async () => {
    for (const kind of ['tcp', 'udp']) {
      const listener = await listening(`${kind}://127.0.0.1:0`)
      const second = await listen(listener.url, world)
      expect(!second.ok && second.failure).to.include({ code: 'busy', where: listener.url })
      await listener.close()
    }
    const serial = await listen('serial:/dev/ttyUSB0', world)
    expect(!serial.ok && serial.failure.code).to.equal('bad-url')
    const wrong = await listen('tcp:4059', world)
    expect(!wrong.ok && wrong.failure.code).to.equal('bad-url')
  })
})
