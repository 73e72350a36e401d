import { expect } from 'chai'
import { hex } from '../codec/value.ts'
import { createVirtualWorld } from '../world/virtual.ts'
import { memoryStream, type MemoryStreamOptions } from './memory-stream.ts'
import { echoing, scriptedParty, type ScriptedParty } from './scripted.ts'
import type { Transport } from './transport.ts'

const one = Uint8Array.of(1, 2, 3)

async function rig(party: ScriptedParty, options: MemoryStreamOptions = {}) {
  const world = createVirtualWorld()
  const server = memoryStream(world, party, options)
  const line = server.transport()
  return { world, server, line, party, opening: await line.open() }
}

const said = async (line: Transport, until: number) => {
  const arrival = await line.next(until)
  return arrival?.is === 'octets' ? hex(arrival.burst.octets) : arrival?.is
}

const heard = (party: ScriptedParty) =>
  party.heard.map((input) => `${input.is}${input.is === 'octets' ? hex(input.burst.octets) : ''}`)

describe('memory stream', () => {
  it('connects and carries each write as one segment, each way in its latency', async () => {
    const { world, line, party, opening } = await rig(echoing(20), { latencyMs: 7 })
    expect(opening).to.deep.equal({ is: 'open', at: 14, local: 'tester:49152', remote: 'meter' })
    expect(await line.write(one), 'handed over at once').to.equal(14)
    await line.write(Uint8Array.of(4))
    const arrival = await line.next(1000)
    expect(arrival).to.deep.equal({ is: 'octets', burst: { octets: one, firstEnd: 48, octetMs: 0 } })
    expect(await said(line, 1000)).to.equal('04')
    expect(world.now()).to.equal(48)
    expect(heard(party)).to.deep.equal(['connected', 'octets010203', 'octets04'])
  })

  it('is refused by a meter that answers the connection by a reset at once', async () => {
    const party = scriptedParty((input) =>
      input.is === 'connected' ? [{ is: 'reset', peer: input.peer, at: input.at }] : [],
    )
    const { line, opening } = await rig(party)
    expect(opening).to.deep.equal({ is: 'refused', at: 0 })
    await line.write(one)
    expect(await line.next(1000)).to.equal(undefined)
    expect(heard(party)).to.deep.equal(['connected'])
  })

  it('is not refused by a meter that resets a little later', async () => {
    const party = scriptedParty((input) => (input.is === 'connected' ? [{ is: 'reset', peer: input.peer, at: 5 }] : []))
    const { line, opening } = await rig(party)
    expect(opening.is).to.equal('open')
    expect(await line.next(1000)).to.deep.equal({ is: 'reset', at: 5 })
  })

  it('tells apart how the meter ends: the octets before it, then FIN or RST', async () => {
    for (const is of ['close', 'reset'] as const) {
      const party = scriptedParty((input) =>
        input.is === 'octets'
          ? [
              { is: 'octets', peer: input.peer, at: 30, octets: one },
              { is, peer: input.peer, at: 10 },
              { is: 'octets', peer: input.peer, at: 40, octets: one },
            ]
          : [],
      )
      const { line } = await rig(party)
      await line.write(one)
      expect(await said(line, 1000)).to.equal('010203')
      expect(await line.next(1000)).to.deep.equal({ is: is === 'close' ? 'closed' : 'reset', at: 30 })
      expect(await line.next(1000), 'nothing behind the end').to.equal(undefined)
      await line.write(one)
      await line.close('close')
      await line.next(1001)
      expect(heard(party), 'the meter ended it: it hears no more of it').to.deep.equal(['connected', 'octets010203'])
    }
  })

  it('tells the meter how the tester ends', async () => {
    for (const [how, input] of [
      ['close', 'closed'],
      ['reset', 'reset'],
    ] as const) {
      const { world, line, party } = await rig(echoing(0), { latencyMs: 5 })
      await line.close(how)
      await world.next(world.now() + 100, () => undefined)
      expect(party.heard.at(-1)).to.deep.equal({ is: input, peer: 'tester:49152', at: 15 })
      await line.write(one)
      expect(await line.next(world.now() + 100)).to.equal(undefined)
      expect(party.heard).to.have.length(2)
    }
  })

  it('lets the tester vanish: the meter hears nothing of it, and what it says is lost', async () => {
    const party = scriptedParty((input) =>
      input.is === 'octets' ? [{ is: 'octets', peer: input.peer, at: 50, octets: one }] : [],
    )
    const { world, server, line } = await rig(party)
    await line.write(one)
    await line.next(10)
    await line.close('vanish')
    expect(await line.next(100)).to.equal(undefined)
    expect(heard(party)).to.deep.equal(['connected', 'octets010203'])
    const other = server.transport()
    expect((await other.open()).is, 'another may connect').to.equal('open')
    await world.next(200, () => undefined)
    expect(heard(party)).to.deep.equal(['connected', 'octets010203', 'connected'])
  })

  it('resets the half-open connection whose address connects again', async () => {
    const { line, party, opening } = await rig(echoing(0))
    await line.close('vanish')
    const local = opening.is === 'open' ? opening.local : ''
    expect(await line.open({ local })).to.deep.equal({ is: 'open', at: 0, local, remote: 'meter' })
    expect(heard(party)).to.deep.equal(['connected', 'reset', 'connected'])
    await line.write(one)
    expect(await said(line, 10)).to.equal('010203')
  })

  it('keeps several testers at one meter apart', async () => {
    const { server, line, party } = await rig(echoing(1))
    const other = server.transport()
    const opening = await other.open()
    expect(opening.is === 'open' ? opening.local : '').to.equal('tester:49153')
    await line.write(one)
    await other.write(Uint8Array.of(9))
    expect(await said(other, 100)).to.equal('09')
    expect(await said(line, 100)).to.equal('010203')
    await line.close('close')
    await other.write(Uint8Array.of(8))
    expect(await said(other, 200)).to.equal('08')
    expect(party.heard.at(-1)).to.include({ is: 'octets', peer: 'tester:49153' })
  })

  it('gives up on a meter that is too far away, which then hears nothing', async () => {
    const world = createVirtualWorld()
    const party = scriptedParty()
    const line = memoryStream(world, party, { latencyMs: 50 }).transport()
    expect(await line.open({ withinMs: 20 })).to.deep.equal({ is: 'timed-out', at: 20 })
    await world.next(1000, () => undefined)
    expect(party.heard).to.deep.equal([])
  })

  it('lets the meter act on its own time', async () => {
    const party = scriptedParty(
      () => [],
      (now) => [{ is: 'close', peer: 'tester:49152', at: now }],
    )
    party.wake = 180_000
    const { line } = await rig(party)
    expect(await line.next(200_000)).to.deep.equal({ is: 'closed', at: 180_000 })
  })

  it('takes the octets as they were when they were written', async () => {
    const { line } = await rig(echoing(0))
    const octets = Uint8Array.of(1)
    await line.write(octets)
    octets[0] = 2
    expect(await said(line, 10)).to.equal('01')
  })
})
