import { expect } from 'chai'
import type { CallInput, CallOutput, Caller } from '../../protocol/line.ts'
import { createRealWorld } from '../../world/real.ts'
import { listen } from '../listener.ts'
import { hostCaller } from './calls.ts'

const world = createRealWorld()
const soon = () => world.now() + 5000

/** Calls when it is told to, says one octet and leaves. */
function scriptedCaller(): Caller & { readonly heard: CallInput[]; due: CallOutput[] } {
  const caller = {
    heard: [] as CallInput[],
    due: [] as CallOutput[],
    receive(input: CallInput): readonly CallOutput[] {
      caller.heard.push(input)
      world.wake()
      const { call, at } = input
      if (input.is !== 'answered') return []
      return [
        { is: 'octets', call, at, octets: Uint8Array.of(7) },
        { is: 'close', call, at },
      ]
    },
    deadline: () => (caller.due.length > 0 ? 0 : Infinity),
    expire: () => caller.due.splice(0),
  }
  return caller
}

describe('a caller in real time', () => {
  it('calls as soon as it has something to say, and hears that it was refused', async () => {
    const made = await listen('127.0.0.1:0', world)
    if (!made.ok) throw new Error(made.failure.detail)
    const { address } = made.value
    const caller = scriptedCaller()
    const hosted = hostCaller(caller, world)
    caller.due.push({ is: 'call', call: 1, at: 0, to: address })
    world.wake()
    const octets = await made.value.next(soon())
    expect(octets?.arrival).to.have.nested.property('burst.octets').deep.equal(Uint8Array.of(7))
    expect((await made.value.next(soon()))?.arrival.is).to.equal('closed')
    caller.due.push({ is: 'datagram', at: 0, to: address, octets: Uint8Array.of(8) })
    world.wake()
    expect((await made.value.next(soon()))?.arrival.is).to.equal('datagram')
    await made.value.close()
    caller.due.push({ is: 'call', call: 2, at: 0, to: address }, { is: 'call', call: 3, at: 0, to: 'no place' })
    world.wake()
    const failed = (): number => caller.heard.filter(({ is }) => is === 'failed').length
    await world.next(soon(), () => (failed() === 2 ? true : undefined))
    expect(caller.heard.map(({ is, call }) => `${call} ${is}`)).to.have.members([
      '1 answered',
      '1 ended',
      '2 failed',
      '3 failed',
    ])
    await hosted.close()
  })
})
