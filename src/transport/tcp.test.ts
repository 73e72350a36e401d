import { expect } from 'chai'
import { createServer, type Server, type Socket } from 'node:net'
import { hex } from '../codec/value.ts'
import { createRealWorld } from '../world/real.ts'
import { transportFor } from './open.ts'
import { until } from './ptys.ts'
import { addressOf } from './server.ts'
import type { Opening, Transport } from './transport.ts'

const world = createRealWorld()
const soon = () => world.now() + 5000

function line(url: string): Transport {
  const made = transportFor(url, world)
  if (!made.ok) throw new Error(made.failure.detail)
  return made.value
}

describe('tcp', () => {
  let server: Server
  let sockets: Socket[]
  const accepted = () => world.next(soon(), () => sockets.at(-1))

  beforeEach(async () => {
    sockets = []
    server = createServer((socket) => {
      socket.on('error', () => undefined)
      sockets.push(socket)
      world.wake()
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  })

  afterEach(async () => {
    for (const socket of sockets) socket.destroy()
    await new Promise((resolve) => server.close(resolve))
  })

  it('carries octets both ways', async () => {
    const client = line(`tcp://${addressOf(server)}`)
    const opening = await client.open()
    expect(opening).to.include({ is: 'open', remote: addressOf(server) })
    const socket = await accepted()
    socket?.on('data', (octets) => socket.write(Buffer.concat([octets, Buffer.of(0xff)])))
    const left = await client.write(Uint8Array.of(1, 2))
    expect(left).to.be.at.most(world.now())
    const arrival = await client.next(soon())
    expect(arrival?.is === 'octets' && hex(arrival.burst.octets)).to.equal('0102FF')
    expect(arrival?.is === 'octets' && arrival.burst.octetMs).to.equal(0)
    expect(await client.next(world.now() + 5)).to.equal(undefined)
    await client.close('close')
  })

  it('leaves no connection behind when its opening is interrupted', async () => {
    const connections = (): number => process.getActiveResourcesInfo().filter((name) => name === 'TCPSocketWrap').length
    const before = connections()
    server.on('connection', (socket) => socket.resume())
    const own = createRealWorld()
    own.interrupt(AbortSignal.abort())
    const made = transportFor(`tcp://${addressOf(server)}`, own)
    const ended =
      made.ok &&
      made.value.open().then(
        () => 'opened',
        (error: unknown) => (error instanceof Error ? error.message : 'failed'),
      )
    expect(await ended).to.equal('interrupted')
    await until(() => connections() === before)
  })

  it('tells FIN and RST of the meter apart, behind the octets that came before', async () => {
    for (const [end, is] of [
      [(socket: Socket) => void socket.end(), 'closed'],
      [(socket: Socket) => void socket.resetAndDestroy(), 'reset'],
    ] as const) {
      const client = line(`tcp://${addressOf(server)}`)
      await client.open()
      const socket = await accepted()
      if (is === 'closed') socket?.write(Uint8Array.of(7))
      if (socket !== undefined) end(socket)
      if (is === 'closed') expect((await client.next(soon()))?.is).to.equal('octets')
      expect((await client.next(soon()))?.is).to.equal(is)
      expect(await client.next(world.now() + 5), 'an end comes once').to.equal(undefined)
      await client.write(Uint8Array.of(1))
      await client.close('close')
      sockets = []
    }
  })

  it('ends by FIN or RST as it is told', async () => {
    for (const [how, expected] of [
      ['close', 'end'],
      ['reset', 'ECONNRESET'],
    ] as const) {
      const client = line(`tcp://${addressOf(server)}`)
      await client.open()
      const socket = await accepted()
      let seen: string | undefined
      socket?.once('end', () => (seen ??= 'end'))
      socket?.once('error', (error: NodeJS.ErrnoException) => (seen ??= error.code))
      socket?.once('close', () => world.wake())
      socket?.resume()
      await client.close(how)
      expect(await world.next(soon(), () => seen)).to.equal(expected)
      expect(await client.next(world.now() + 1)).to.equal(undefined)
      sockets = []
    }
  })

  it('knows a RST from a FIN though octets come right before it, every time', async () => {
    for (let i = 0; i < 20; i++) {
      const client = line(`tcp://${addressOf(server)}`)
      await client.open()
      const socket = await accepted()
      sockets = []
      socket?.write(Uint8Array.of(1))
      socket?.resetAndDestroy()
      const first = await client.next(soon())
      if (first?.is === 'octets') expect((await client.next(soon()))?.is).to.equal('reset')
      else expect(first?.is).to.equal('reset')
      await client.close('close')
    }
  })

  it('may be opened again, from the same local port where it can be had', async () => {
    const client = line(`tcp://${addressOf(server)}`)
    const first = await client.open()
    await client.close('reset') // a FIN would keep the port for a minute
    const local = first.is === 'open' ? first.local : ''
    expect(await client.open({ local })).to.include({ is: 'open', local })
    const other = line(`tcp://${addressOf(server)}`)
    const second: Opening = await other.open({ local })
    expect(second.is, 'taken: another one').to.equal('open')
    expect(second.is === 'open' && second.local).not.to.equal(local)
    await client.close('reset')
    await other.close('reset')
  })

  it('tells refused from not resolved', async () => {
    const gone = addressOf(server)
    await new Promise((resolve) => server.close(resolve))
    expect((await line(`tcp://${gone}`).open()).is).to.equal('refused')
    const opening = await line('tcp://meter.invalid:4059').open()
    expect(opening.is === 'fault' && opening.fault).to.include({
      code: 'not-resolved',
      where: 'tcp://meter.invalid:4059',
    })
  })

  it('gives up in time on one that does not answer', async () => {
    expect((await line(`tcp://${addressOf(server)}`).open({ withinMs: 0 })).is).to.equal('timed-out')
  })

  it('refuses to vanish, which only a line in memory can', async () => {
    const client = line(`tcp://${addressOf(server)}`)
    await client.open()
    const failure = await client.close('vanish').catch((error: unknown) => error)
    expect(String(failure)).to.match(/only a line in memory/)
    sockets.at(-1)?.destroy()
  })
})
