import { expect } from 'chai'
import { hex } from '../codec/value.ts'
import { createVirtualWorld } from '../world/virtual.ts'
import { withoutEcho } from './echo.ts'
import { memorySerial } from './memory-serial.ts'
import { echoing, scriptedParty } from './scripted.ts'

const frame = Uint8Array.of(0x7e, 0xa0, 0x7e)

describe('echo', () => {
  it('is taken out, and the answer is given whole, even if it says the same', async () => {
    const line = withoutEcho(memorySerial(createVirtualWorld(), echoing(20), { echo: true }))
    await line.open()
    await line.write(frame)
    const answer = await line.next(1000)
    expect(answer?.is === 'octets' && hex(answer.burst.octets)).to.equal('7EA07E')
    expect(answer?.is === 'octets' && answer.burst.firstEnd).to.be.closeTo(20 + 4 * (10000 / 9600), 1e-9)
    expect(await line.next(2000)).to.equal(undefined)
  })

  it('is taken out though it comes in pieces, and is not waited for after another octet', async () => {
    const world = createVirtualWorld()
    const party = scriptedParty(() => [{ is: 'octets', peer: 'line', at: 0, octets: Uint8Array.of(0x7e, 0xa1, 0xa0) }])
    const quiet = withoutEcho(memorySerial(world, party)) // a head that does not echo after all
    await quiet.open()
    await quiet.write(frame)
    const until = world.now() + 1.5 * (10000 / 9600)
    expect(await quiet.next(until), 'the first octet could be echo').to.equal(undefined)
    const rest = await quiet.next(1000)
    expect(rest?.is === 'octets' && hex(rest.burst.octets)).to.equal('A1A0')
  })

  it('is forgotten when the port is opened again', async () => {
    const line = withoutEcho(memorySerial(createVirtualWorld(), echoing(0)))
    await line.open()
    await line.write(frame)
    await line.close('close')
    await line.open()
    const answer = await line.next(1000)
    expect(answer?.is === 'octets' && hex(answer.burst.octets)).to.equal('7EA07E')
  })
})
