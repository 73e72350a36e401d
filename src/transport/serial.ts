import { existsSync } from 'node:fs'
import { fail, ok, type Result } from '../codec/value.ts'
import type { LineSettings, Ms } from '../protocol/line.ts'
import type { RealWorld } from '../world/real.ts'
import { faultOf } from './fault.ts'
import { settled } from './inbox.ts'
import { STALLED_MS } from './tcp.ts'
import type { LineFault, Transport } from './transport.ts'
import { wired, type Plug } from './wire.ts'

/** A serial port of this machine: an optical head, an RS-485 adapter, a pseudo-terminal. */
export function serial(url: string, path: string, initial: LineSettings, world: RealWorld): Transport {
  return wired(url, world, initial, plugInto(url, path, world))
}

/** How often it is looked whether the port is still there. */
const WATCH_MS: Ms = 250

/** Opens the port at 8N1, for this program alone. */
export function plugInto(url: string, path: string, world: RealWorld): Plug {
  return async (baud, listener) => {
    const { SerialPort } = await import('serialport') // native code: loaded only by those who have a port
    const port = new SerialPort({ path, baudRate: baud, dataBits: 8, parity: 'none', stopBits: 1, autoOpen: false })
    let broken = false

    /** Calls something of the port that has a callback. */
    async function call(
      start: (callback: (error?: Error | null) => void) => void,
    ): Promise<Result<undefined, LineFault>> {
      let failure: unknown
      const answered = await settled(
        world,
        world.now() + STALLED_MS,
        (done) =>
          start((error) => {
            failure = error ?? undefined
            done()
          }),
        () => broken,
      )
      if (answered && failure === undefined) return ok(undefined)
      return fail(faultOf(failure ?? new Error('the port does not answer'), url))
    }

    const opened = await call((callback) => port.open(callback))
    if (!opened.ok) return opened
    const breaks = (error: Error) => {
      if (!broken) listener.fault(faultOf(error, url))
      broken = true
      clearInterval(watch)
      world.wake()
    }
    const disconnected = () => breaks(new Error('the port was disconnected'))
    // The library may read nothing for ever from a port that was unplugged: so its name is watched too (where ports have names in the file system).
    const watch = setInterval(() => existsSync(path) || disconnected(), WATCH_MS)
    if (!existsSync(path)) clearInterval(watch)
    port.on('data', (octets: Buffer) => listener.octets(new Uint8Array(octets)))
    port.on('error', breaks)
    port.on('close', disconnected)
    return ok({
      async send(octets) {
        if (broken) return
        const sent = await call((callback) => {
          port.write(octets)
          port.drain(callback)
        })
        if (!sent.ok) breaks(new Error(sent.failure.detail))
      },
      setBaud: (wanted) => call((callback) => port.update({ baudRate: wanted }, callback)),
      async close() {
        clearInterval(watch)
        port.off('close', disconnected)
        if (port.isOpen) await call((callback) => port.close(callback))
        broken = true
      },
    })
  }
}
