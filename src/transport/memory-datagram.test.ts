import { expect } from 'chai'
import { createVirtualWorld } from '../world/virtual.ts'
import { memoryDatagram } from './memory-datagram.ts'
import { echoing, scriptedParty } from './scripted.ts'

const one = Uint8Array.of(1, 2, 3)

describe('memory datagrams', () => {
  it('carries each write as one datagram, there and back', async () => {
    const world = createVirtualWorld()
    const party = echoing(10)
    const line = memoryDatagram(world, party, { latencyMs: 3 }).transport()
    expect(await line.open()).to.deep.equal({ is: 'open', at: 0, local: 'tester:49152', remote: 'meter' })
    expect(await line.write(one)).to.equal(0)
    await line.write(new Uint8Array())
    expect(await line.next(1000)).to.deep.equal({ is: 'datagram', octets: one, at: 16, from: 'meter' })
    expect(await line.next(1000), 'an empty one is one').to.deep.include({ octets: new Uint8Array() })
    expect(await line.next(1000)).to.equal(undefined)
    expect(party.heard[0]).to.deep.equal({ is: 'datagram', peer: 'tester:49152', octets: one, at: 3 })
  })

  it('tells where a datagram came from', async () => {
    const world = createVirtualWorld()
    const party = scriptedParty((input) =>
      input.is === 'datagram' ? [{ is: 'datagram', peer: input.peer, at: 0, octets: one, from: 'other-port' }] : [],
    )
    const line = memoryDatagram(world, party).transport()
    await line.open()
    await line.write(one)
    expect(await line.next(10)).to.deep.include({ from: 'meter:other-port' })
  })

  it('keeps testers apart, and loses what comes for one that has closed', async () => {
    const world = createVirtualWorld()
    const party = echoing(10)
    const meter = memoryDatagram(world, party)
    const [a, b] = [meter.transport(), meter.transport()]
    await a.open()
    await b.open()
    await a.write(one)
    await b.write(Uint8Array.of(9))
    await a.close('close')
    expect(await b.next(100)).to.deep.include({ octets: Uint8Array.of(9) })
    expect(await b.next(100)).to.equal(undefined)
    expect(await a.next(110)).to.equal(undefined)
    await a.write(one)
    expect(await a.next(120)).to.equal(undefined)
    expect(party.heard).to.have.length(2)
    expect(await a.open({ local: 'tester:49152' })).to.deep.include({ local: 'tester:49152' })
    expect(await a.open({ local: 'tester:49153' }), 'taken').to.deep.include({ local: 'tester:49154' })
  })
})
