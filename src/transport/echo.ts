import type { Burst } from '../protocol/line.ts'
import type { Arrival, Transport } from './transport.ts'

/**
 * Takes out of what arrives the octets that were just sent, for optical heads that let the tester hear itself.
 * Only as long as they come back as they were: with the first that differs the rest of the echo is no longer waited for, and all is given.
 */
export function withoutEcho(line: Transport): Transport {
  let awaited: number[] = []

  /** How many octets at the beginning are echo. */
  function echoed(octets: Uint8Array): number {
    let count = 0
    while (count < octets.length && awaited.length > 0 && octets[count] === awaited[0]) {
      awaited.shift()
      count += 1
    }
    if (count < octets.length) awaited = []
    return count
  }

  async function next(until: number): Promise<Arrival | undefined> {
    for (;;) {
      const arrival = await line.next(until)
      if (arrival?.is !== 'octets') return arrival
      const rest = behind(arrival.burst, echoed(arrival.burst.octets))
      if (rest.octets.length > 0) return { is: 'octets', burst: rest }
    }
  }

  return {
    kind: line.kind,
    url: line.url,
    async open(options) {
      awaited = []
      return line.open(options)
    },
    async write(octets) {
      awaited.push(...octets)
      return line.write(octets)
    },
    next,
    set: (settings) => line.set(settings),
    close: (how) => line.close(how),
  }
}

const behind = ({ octets, firstEnd, octetMs }: Burst, count: number): Burst => ({
  octets: octets.subarray(count),
  firstEnd: firstEnd + count * octetMs,
  octetMs,
})
