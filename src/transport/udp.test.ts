import { expect } from 'chai'
import { createSocket } from 'node:dgram'
import { createRealWorld } from '../world/real.ts'
import { bindAt } from './server.ts'
import { udp } from './udp.ts'

const world = createRealWorld()
const soon = () => world.now() + 5000

describe('udp', () => {
  it('carries datagrams both ways, and tells where they came from', async () => {
    const meter = createSocket('udp4')
    const other = createSocket('udp4')
    await bindAt(world, meter, 0, '127.0.0.1')
    await bindAt(world, other, 0, '127.0.0.1')
    meter.on('message', (octets, from) => {
      meter.send(octets, from.port, from.address)
      other.send(Uint8Array.of(9), from.port, from.address)
    })
    const { port } = meter.address()
    const line = udp(`udp://127.0.0.1:${port}`, { host: '127.0.0.1', port }, world)
    const opening = await line.open()
    expect(opening).to.include({ is: 'open', remote: `127.0.0.1:${port}` })
    await line.write(Uint8Array.of(1, 2))
    const arrivals = [await line.next(soon()), await line.next(soon())]
    expect(
      arrivals.map((arrival) => arrival?.is === 'datagram' && [arrival.from, [...arrival.octets]]),
    ).to.have.deep.members([
      [`127.0.0.1:${port}`, [1, 2]],
      [`127.0.0.1:${other.address().port}`, [9]],
    ])
    await line.close('close')
    const local = opening.is === 'open' ? opening.local : ''
    expect(await line.open({ local }), 'the same port again').to.include({ local })
    const second = udp('udp://127.0.0.1:1', { host: '127.0.0.1', port: 1 }, world)
    expect((await second.open({ local })).is, 'taken: another one').to.equal('open')
    await second.close('close')
    await line.close('close')
    await line.close('close')
    expect(await line.next(world.now() + 1)).to.equal(undefined)
    meter.close()
    other.close()
  })

  it('tells a name that is not resolved', async () => {
    const line = udp('udp://meter.invalid:4059', { host: 'meter.invalid', port: 4059 }, world)
    const opening = await line.open()
    expect(opening.is === 'fault' && opening.fault.code).to.equal('not-resolved')
  })
})
