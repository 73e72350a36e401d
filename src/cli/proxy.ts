import { connect, createServer, type Socket } from 'node:net'

/** For tests: a way to a TCP port on which each piece that passes is looked at, and which can be cut. */
export interface Proxy {
  readonly url: string
  /** Ends all connections, and takes no more. */
  cut(): void
}

export async function proxyTo(url: string, look: (octets: Buffer, proxy: Proxy) => void): Promise<Proxy> {
  const { hostname, port } = new URL(url.replace(/^tcp:/, 'http:'))
  const sockets = new Set<Socket>()
  const server = createServer((tester) => {
    const meter = connect(Number(port), hostname)
    for (const [one, other] of [
      [tester, meter],
      [meter, tester],
    ] as const) {
      sockets.add(one)
      one.on('error', () => undefined).on('close', () => other.destroy())
    }
    tester.on('data', (octets) => look(octets, proxy))
    tester.pipe(meter).pipe(tester)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const proxy: Proxy = {
    url: `tcp://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : ''}`,
    cut() {
      server.close()
      for (const socket of sockets) socket.destroy()
    },
  }
  return proxy
}
