import type { Socket as DatagramSocket } from 'node:dgram'
import type { Server } from 'node:net'
import type { RealWorld } from '../world/real.ts'
import { addressText } from './address.ts'
import { settled } from './inbox.ts'

/** Waits for `begin` to call back or for the emitter to fail; gives the failure, if any. */
async function ready(
  world: RealWorld,
  emitter: { once(event: 'error', listener: (error: Error) => void): unknown },
  begin: (done: () => void) => void,
): Promise<Error | undefined> {
  let failure: Error | undefined
  await settled(world, Infinity, (done) => {
    emitter.once('error', (error) => {
      failure = error
      done()
    })
    begin(done)
  })
  return failure
}

/** Lets a server listen; port 0: any free one. */
export const listenAt = (world: RealWorld, server: Server, host: string, port: number): Promise<Error | undefined> =>
  ready(world, server, (done) => server.listen(port, host, done))

/** Binds a datagram socket, and closes it if it cannot be; without a host to all addresses of this machine. */
export async function bindAt(
  world: RealWorld,
  socket: DatagramSocket,
  port: number,
  host?: string,
): Promise<Error | undefined> {
  const failure = await ready(world, socket, (done) => socket.bind(port, host, done))
  if (failure !== undefined) socket.close()
  return failure
}

/** Where a server listens. */
export function addressOf(server: Server): string {
  const address = server.address()
  return typeof address === 'object' && address !== null ? addressText(address.address, address.port) : ''
}
