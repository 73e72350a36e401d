import { createConnection, type Socket } from 'node:net'
import { fail, ok, type Result } from '../codec/value.ts'
import type { LineSettings, Ms } from '../protocol/line.ts'
import type { RealWorld } from '../world/real.ts'
import type { Endpoint } from './address.ts'
import { faultOf } from './fault.ts'
import { settled } from './inbox.ts'
import { CONNECT_MS, STALLED_MS } from './tcp.ts'
import { createTelnetReader, escaped, subnegotiation, wish, type TelnetItem } from './telnet.ts'
import type { LineFault, Transport } from './transport.ts'
import { wired, type Listener, type Wire } from './wire.ts'

/** A serial port of a device server, controlled by telnet's COM-PORT-OPTION (RFC 2217). */
export function rfc2217(url: string, endpoint: Endpoint, initial: LineSettings, world: RealWorld): Transport {
  return wired(url, world, initial, (baud, listener) => plug(url, endpoint, world, baud, listener))
}

/** Telnet options: RFC 856, 858, 2217. */
const BINARY = 0
const SUPPRESS_GO_AHEAD = 3
const COM_PORT = 44

/** Commands of RFC 2217 §3 from the client; the server confirms with the value in force under the number + 100. */
const SET = { baud: 1, dataSize: 2, parity: 3, stopSize: 4 } as const
const CONFIRMED = 100
/** Values of the parameters: eight data bits, no parity, one stop bit. */
const EIGHT = 8
const NONE = 1
const ONE = 1

/** How long the device server may take to answer a wish. */
const ANSWER_MS: Ms = 3_000

const big4 = (value: number) => [(value >>> 24) & 255, (value >>> 16) & 255, (value >>> 8) & 255, value & 255]
const number = (octets: Uint8Array) => octets.reduce((value, octet) => value * 256 + octet, 0)

async function plug(
  url: string,
  endpoint: Endpoint,
  world: RealWorld,
  baud: number,
  listener: Listener,
): Promise<Result<Wire, LineFault>> {
  const connected = await connect(url, endpoint, world)
  if (!connected.ok) return connected
  const socket = connected.value
  const read = createTelnetReader()
  /** What the server said it has set: command → value. */
  const inForce = new Map<number, number>()
  let comPort: boolean | undefined
  let said = '' // text before the option is agreed on: a device server tells so that the port is in use
  let closed = false

  const send = (octets: Uint8Array) => void socket.write(octets)
  function take(item: TelnetItem): void {
    switch (item.is) {
      case 'data':
        if (comPort === true) listener.octets(item.octets)
        else said += new TextDecoder('latin1').decode(item.octets)
        return
      case 'sub':
        if (item.option === COM_PORT) inForce.set((item.octets[0] ?? 0) - CONFIRMED, number(item.octets.subarray(1)))
        return
      case 'do':
        if (item.option === COM_PORT) comPort = true
        else if (item.option !== BINARY && item.option !== SUPPRESS_GO_AHEAD) send(wish('wont', item.option))
        return
      case 'will':
        if (item.option !== BINARY && item.option !== SUPPRESS_GO_AHEAD && item.option !== COM_PORT)
          send(wish('dont', item.option))
        return
      case 'dont':
        if (item.option === COM_PORT) comPort = false
        return
      case 'wont':
        return
      default:
        item satisfies never
    }
  }
  socket.on('data', (octets) => {
    for (const item of read(new Uint8Array(octets))) take(item)
    world.wake()
  })
  const lost = (detail: string) => {
    if (!closed && comPort === true) listener.fault({ ...lostServer, where: url, detail })
    closed = true
    world.wake()
  }
  socket.on('close', () => lost('the device server closed the connection'))
  socket.on('error', (error) => lost(error.message))

  const failure = (code: LineFault['code'], detail: string, hint: string) => fail({ code, where: url, detail, hint })

  const busy = (text: string) =>
    failure(
      'busy',
      text || 'the device server closed the connection at once',
      'another connection holds the port: close that first',
    )

  /** Asks for a value and waits until it is in force. */
  async function set(command: number, value: number, what: string): Promise<Result<undefined, LineFault>> {
    inForce.delete(command)
    send(subnegotiation(COM_PORT, Uint8Array.of(command, ...(command === SET.baud ? big4(value) : [value]))))
    const got = await world.next(world.now() + ANSWER_MS, () => inForce.get(command) ?? (closed ? -1 : undefined))
    if (got === value) return ok(undefined)
    const answer = got === undefined || got < 0 ? 'it did not answer' : `it set ${got}`
    return failure(
      'refused-settings',
      `asked the device server for ${what}: ${answer}`,
      'look at the settings that it allows for this port',
    )
  }

  const wire: Wire = {
    async send(octets) {
      await settled(
        world,
        world.now() + STALLED_MS,
        (done) => socket.write(escaped(octets), done),
        () => closed,
      )
    },
    setBaud: (wanted) => set(SET.baud, wanted, `${wanted} Bd`),
    async close() {
      closed = true
      if (socket.destroyed) return
      await settled(world, world.now() + STALLED_MS, (done) => {
        socket.once('close', done)
        socket.end()
      })
      socket.destroy()
    },
  }

  /** A wire that could not be set up as wanted is not left open. */
  async function giveUp<T>(result: T): Promise<T> {
    await wire.close()
    return result
  }

  for (const option of [BINARY, SUPPRESS_GO_AHEAD]) {
    send(wish('will', option))
    send(wish('do', option))
  }
  send(wish('will', COM_PORT))
  const agreed = await world.next(world.now() + ANSWER_MS, () => comPort ?? (closed ? false : undefined))
  if (agreed !== true) {
    const text = said.trim()
    if (closed) return giveUp(busy(text))
    return giveUp(
      failure(
        'other',
        text || 'no COM-PORT-OPTION',
        'the device server does not speak RFC 2217 on this TCP port: enable it there, or use tcp://',
      ),
    )
  }
  for (const [command, value, what] of [
    [SET.baud, baud, `${baud} Bd`],
    [SET.dataSize, EIGHT, 'eight data bits'],
    [SET.parity, NONE, 'no parity'],
    [SET.stopSize, ONE, 'one stop bit'],
  ] as const) {
    const done = await set(command, value, what)
    // Some agree on the option before they tell that somebody else is there.
    if (!done.ok) return giveUp(closed ? busy(said.trim()) : done)
  }
  return ok(wire)
}

const lostServer = { code: 'unplugged', hint: 'check the device server and its network' } as const

async function connect(url: string, endpoint: Endpoint, world: RealWorld): Promise<Result<Socket, LineFault>> {
  let failure: unknown
  const socket = createConnection({ ...endpoint, noDelay: true })
  const came = await settled(world, world.now() + CONNECT_MS, (done) => {
    socket.once('connect', done)
    socket.once('error', (error) => {
      failure = error
      done()
    })
  })
  if (came && failure === undefined) return ok(socket)
  socket.destroy()
  return fail(
    faultOf(failure ?? Object.assign(new Error('the device server does not answer'), { code: 'ETIMEDOUT' }), url),
  )
}
