import { expect } from 'chai'
import { spawn, type ChildProcess } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { createServer, type Server, type Socket } from 'node:net'
import { join } from 'node:path'
import { hex } from '../codec/value.ts'
import { needs } from '../skips.ts'
import { createRealWorld } from '../world/real.ts'
import { portOf } from './address.ts'
import { cable, end } from './ptys.ts'
import { rfc2217 } from './rfc2217.ts'
import { serial } from './serial.ts'
import { addressOf, listenAt } from './server.ts'
import { createTelnetReader, subnegotiation, wish, type TelnetItem } from './telnet.ts'
import type { Transport } from './transport.ts'

const world = createRealWorld()
const soon = () => world.now() + 5000
const FAST = { baud: 9600, format: '8N1' } as const

async function hear(line: Transport, count: number): Promise<string> {
  let text = ''
  while (text.length < 2 * count) {
    const arrival = await line.next(soon())
    if (arrival?.is !== 'octets') return `${text} ${arrival?.is ?? 'nothing'}`
    text += hex(arrival.burst.octets)
  }
  return text
}

const at = (port: number) => rfc2217('rfc2217:test', { host: '127.0.0.1', port }, FAST, world)

async function faultAt(port: number) {
  const line = at(port)
  const opening = await line.open()
  await line.close('close')
  return opening.is === 'fault' ? opening.fault : undefined
}

describe('RFC 2217, against ser2net', () => {
  let wires: Awaited<ReturnType<typeof cable>> | undefined
  let server: ChildProcess | undefined
  let port = 0

  before(async function () {
    needs(this, 'socat', 'ser2net')
    wires = await cable()
    port = await freePort()
    const file = join(wires.folder, 'ser2net.yaml')
    writeFileSync(
      file,
      [
        '%YAML 1.1',
        '---',
        'connection: &meter',
        `  accepter: telnet(rfc2217),tcp,127.0.0.1,${port}`,
        `  connector: serialdev,${wires.b},9600n81,local`,
      ].join('\n'),
    )
    server = spawn('ser2net', ['-n', '-u', '-c', file], { stdio: 'ignore' })
    while ((await faultAt(port))?.code === 'unreachable') await world.next(world.now() + 20, () => undefined)
  })
  after(async () => {
    if (server !== undefined) await end(server)
    await wires?.unplug()
  })

  /** ser2net frees the port a moment after the connection is closed. */
  async function opened(): Promise<Transport> {
    const line = at(port)
    while ((await line.open()).is !== 'open') await world.next(world.now() + 20, () => undefined)
    return line
  }

  it('carries all octets both ways', async () => {
    const line = await opened()
    const meter = serial('b', wires?.a ?? '', FAST, world)
    await meter.open()
    const octets = Uint8Array.from({ length: 256 }, (_, octet) => octet)
    await line.write(octets)
    expect(await hear(meter, 256)).to.equal(hex(octets))
    await meter.write(octets)
    expect(await hear(line, 256)).to.equal(hex(octets))
    await line.close('close')
    await meter.close('close')
  })

  it('changes rate and format mid-session', async () => {
    const line = await opened()
    const raw = serial('b', wires?.a ?? '', { baud: 115200, format: '8N1' }, world)
    await raw.open()
    await line.set({ baud: 2400, format: '7E1' })
    await line.write(Uint8Array.of(0x2f, 0xaf))
    expect(await hear(raw, 2)).to.equal('AF2F')
    expect(await line.next(world.now() + 1), 'no complaint about the rate').to.equal(undefined)
    await line.set(FAST)
    await line.write(Uint8Array.of(0x2f))
    expect(await hear(raw, 1)).to.equal('2F')
    await line.close('close')
    await raw.close('close')
  })

  it('tells that the port is in use', async () => {
    const line = await opened()
    expect(await faultAt(port)).to.include({ code: 'busy' })
    await line.close('close')
  })
})

describe('RFC 2217, against device servers that do not do as they should', () => {
  let server: Server | undefined
  let sockets: Socket[] = []

  /** A device server that answers as the test says. */
  async function deviceServer(answer: (item: TelnetItem, socket: Socket) => void): Promise<number> {
    const made = createServer((socket) => {
      const read = createTelnetReader()
      sockets.push(socket)
      socket.on('error', () => undefined)
      socket.on('data', (octets) => read(new Uint8Array(octets)).forEach((item) => answer(item, socket)))
    })
    server = made
    await listenAt(world, made, '127.0.0.1', 0)
    return portOf(addressOf(made))
  }

  /** Agrees, and confirms each setting, at most `fastest` Bd. */
  const obliging = (fastest: number) => (item: TelnetItem, socket: Socket) => {
    if (item.is === 'will' && item.option === 44) socket.write(wish('do', 44))
    if (item.is !== 'sub') return
    const [command = 0, ...value] = item.octets
    const baud = Math.min(fastest, Buffer.from(value).readUIntBE(0, value.length))
    const set = command === 1 ? [baud >>> 24, (baud >>> 16) & 255, (baud >>> 8) & 255, baud & 255] : value
    socket.write(subnegotiation(44, Uint8Array.of(command + 100, ...set)))
  }

  afterEach(async () => {
    for (const socket of sockets) socket.destroy()
    sockets = []
    await new Promise((resolve) => (server === undefined ? resolve(undefined) : server.close(resolve)))
    server = undefined
  })

  it('tells one that does not speak RFC 2217', async () => {
    const port = await deviceServer((item, socket) => item.is === 'will' && socket.write(wish('dont', item.option)))
    expect(await faultAt(port)).to.deep.include({ code: 'other', detail: 'no COM-PORT-OPTION' })
  })

  it('passes on what one says before it hangs up', async () => {
    const port = await deviceServer((_, socket) => void socket.end('Port in use by 192.0.2.9\r\n'))
    expect(await faultAt(port)).to.include({ code: 'busy', detail: 'Port in use by 192.0.2.9' })
  })

  it('tells one that agrees first, and hangs up then, as busy', async () => {
    const port = await deviceServer((item, socket) => {
      if (item.is === 'will' && item.option === 44) socket.write(wish('do', 44))
      if (item.is === 'sub') socket.end()
    })
    expect(await faultAt(port)).to.include({ code: 'busy' })
  })

  it('tells a rate that one cannot do, at first and mid-session', async () => {
    expect(await faultAt(await deviceServer(obliging(4800)))).to.include({
      code: 'refused-settings',
      detail: 'asked the device server for 9600 Bd: it set 4800',
    })
    for (const socket of sockets) socket.destroy()
    server?.close()
    const line = at(await deviceServer(obliging(9600)))
    await line.open()
    await line.set({ baud: 19200, format: '8N1' })
    const arrival = await line.next(soon())
    expect(arrival?.is === 'fault' && arrival.fault.detail).to.equal(
      'asked the device server for 19200 Bd: it set 9600',
    )
    await line.close('close')
  })

  it('tells that one is lost mid-session', async () => {
    const line = at(await deviceServer(obliging(9600)))
    await line.open()
    for (const socket of sockets) socket.destroy()
    const arrival = await line.next(soon())
    expect(arrival?.is === 'fault' && arrival.fault.code).to.equal('unplugged')
    await line.close('close')
  })

  it('tells that nobody is there', async () => {
    expect((await faultAt(await freePort()))?.code).to.equal('unreachable')
  })
})

/** A port that nobody listens on just now. */
async function freePort(): Promise<number> {
  const server = createServer()
  await listenAt(world, server, '127.0.0.1', 0)
  const port = portOf(addressOf(server))
  await new Promise((resolve) => server.close(resolve))
  return port
}
