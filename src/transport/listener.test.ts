import { expect } from 'chai'
import { createRealWorld } from '../world/real.ts'
import type { Called, CallListener } from './calls.ts'
import { listen, type ListenOptions } from './listener.ts'
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

async function listening(options: ListenOptions = {}): Promise<CallListener> {
  const made = await listen('127.0.0.1:0', world, options)
  if (!made.ok) throw new Error(made.failure.detail)
  return made.value
}

const told = (called: Called | undefined): string => {
  if (called === undefined) return 'nothing'
  const { arrival } = called
  if (arrival.is === 'octets') return `octets ${arrival.burst.octets.join(' ')}`
  return arrival.is === 'datagram' ? `datagram ${arrival.octets.join(' ')}` : arrival.is
}

describe('listener for pushes', () => {
  it('hears each meter that connects by TCP, and tells them apart', async () => {
    const listener = await listening()
    expect(listener.address).to.match(/^127\.0\.0\.1:[1-9]\d*$/)
    expect(await listener.next(world.now() + 1)).to.equal(undefined)
    const [a, b] = [meter(`tcp://${listener.address}`), meter(`tcp://${listener.address}`)]
    await a.open()
    await a.write(Uint8Array.of(1))
    const first = await listener.next(soon())
    await b.open()
    await b.write(Uint8Array.of(2))
    const second = await listener.next(soon())
    expect([told(first), told(second)]).to.deep.equal(['octets 1', 'octets 2'])
    expect(first?.from).not.to.equal(second?.from)
    await a.close('close')
    const third = await listener.next(soon())
    expect([told(third), third?.from]).to.deep.equal(['closed', first?.from])
    await listener.close()
    expect((await b.next(soon()))?.is, 'closing ends what is still connected').to.equal('closed')
    expect((await a.open()).is).to.equal('refused')
    await b.close('close')
  })

  it('hears datagrams at the same place', async () => {
    const listener = await listening()
    const a = meter(`udp://${listener.address}`)
    await a.open()
    await a.write(Uint8Array.of(1))
    expect(told(await listener.next(soon()))).to.equal('datagram 1')
    await a.close('close')
    await listener.close()
  })

  it('refuses a caller that the declaration does not name, and tells of it', async () => {
    const foreign: string[] = []
    const onForeign = (from: string): void => {
      foreign.push(from)
      world.wake()
    }
    const listener = await listening({ admits: () => false, onForeign })
    const [a, b] = [meter(`tcp://${listener.address}`), meter(`udp://${listener.address}`)]
    const opening = await a.open()
    expect(opening.is === 'refused' || (await a.next(soon()))?.is === 'reset').to.equal(true)
    await b.open()
    await b.write(Uint8Array.of(1))
    await world.next(soon(), () => (foreign.length === 2 ? true : undefined))
    expect(foreign.every((from) => from.startsWith('127.0.0.1:'))).to.equal(true)
    expect(await listener.next(world.now() + 1)).to.equal(undefined)
    for (const line of [a, b]) await line.close('close')
    await listener.close()
  })

  it('tells a port that is taken, and what is no place', async () => {
    const listener = await listening()
    const second = await listen(listener.address, world)
    expect(!second.ok && second.failure).to.include({ code: 'busy', where: listener.address })
    await listener.close()
    const wrong = await listen('4059', world)
    expect(!wrong.ok && wrong.failure.hint).to.equal('write HOST:PORT')
  })
})
