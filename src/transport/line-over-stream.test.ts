import { expect } from 'chai'
import { hex } from '../codec/value.ts'
import { createVirtualWorld } from '../world/virtual.ts'
import { lineOverStream } from './line-over-stream.ts'
import { memoryStream } from './memory-stream.ts'
import { echoing, scriptedParty } from './scripted.ts'

describe('serial party behind a stream', () => {
  it('is reached by one at a time, and lives on from connection to connection', async () => {
    const world = createVirtualWorld()
    const party = echoing(20)
    const gateway = memoryStream(world, lineOverStream(party))
    const [a, b] = [gateway.transport(), gateway.transport()]
    await a.open()
    expect((await b.open()).is).to.equal('refused')
    await a.write(Uint8Array.of(0x7e))
    const answer = await a.next(1000)
    expect(answer?.is === 'octets' && hex(answer.burst.octets)).to.equal('7E')
    expect(world.now()).to.equal(20)
    await a.close('reset')
    expect((await b.open()).is).to.equal('open')
    await b.write(Uint8Array.of(0xa0))
    expect((await b.next(1000))?.is).to.equal('octets')
    expect(
      party.heard.map((input) => (input.is === 'octets' ? input.peer + hex(input.burst.octets) : input.is)),
    ).to.deep.equal(['line7E', 'lineA0'])
  })

  it('keeps its own time, and speaks into the void when nobody is connected', async () => {
    const world = createVirtualWorld()
    const party = scriptedParty(
      () => [],
      (now) => [
        { is: 'octets', peer: 'line', at: now, octets: Uint8Array.of(1) },
        { is: 'settings', at: now, settings: { baud: 300, format: '7E1' } },
      ],
    )
    const line = memoryStream(world, lineOverStream(party)).transport()
    party.wake = 5
    expect(await line.next(10)).to.equal(undefined)
    await line.open()
    party.wake = 15
    expect((await line.next(20))?.is).to.equal('octets')
    expect(party.expired).to.deep.equal([5, 15])
  })
})
