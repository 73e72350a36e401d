import { expect } from 'chai'
import { fail, hex, ok, unhex } from '../codec/value.ts'
import type { Called } from '../transport/calls.ts'
import { listeningTransport } from './listening-transport.ts'

const WPDU = '0001000100010002AABB'
const octets = (from: string, text: string): Called => ({
  from,
  arrival: { is: 'octets', burst: { octets: unhex(text) ?? new Uint8Array(0), firstEnd: 0, octetMs: 0 } },
})
const closed = (from: string): Called => ({ from, arrival: { is: 'closed', at: 0 } })

async function heard(calls: readonly Called[]): Promise<readonly string[]> {
  const left = [...calls]
  const listener = { address: 'here', next: async () => left.shift(), close: async () => undefined }
  const line = listeningTransport(
    'here',
    async () => ok(listener),
    () => 0,
  )
  await line.open()
  const all: string[] = []
  for (let next = await line.next(0); next !== undefined; next = await line.next(0))
    all.push(next.is === 'octets' ? hex(next.burst.octets) : next.is)
  return all
}

describe('a transport on which a meter calls', () => {
  for (const [title, calls, expected] of [
    ['a message in pieces', [octets('a', WPDU.slice(0, 6)), octets('a', WPDU.slice(6))], [WPDU]],
    [
      'two callers at once',
      [octets('a', WPDU.slice(0, 6)), octets('b', WPDU), octets('a', WPDU.slice(6))],
      [WPDU, WPDU],
    ],
    ['a message that does not end', [octets('a', WPDU.slice(0, 12)), closed('a')], [WPDU.slice(0, 12)]],
    ['a caller that says nothing', [closed('a'), octets('b', WPDU)], [WPDU]],
    [
      'a datagram',
      [{ from: 'a', arrival: { is: 'datagram', octets: Uint8Array.of(0xaa), at: 0, from: 'a' } }],
      ['datagram'],
    ],
  ] as const)
    it(title, async () => {
      expect(await heard(calls)).to.deep.equal(expected)
    })

  it('tells why nobody can listen', async () => {
    const fault = { code: 'busy', where: 'here', detail: 'taken', hint: 'leave' } as const
    const line = listeningTransport(
      'here',
      async () => fail(fault),
      () => 7,
    )
    expect(await line.open()).to.deep.equal({ is: 'fault', at: 7, fault })
    expect(await line.next(0)).to.equal(undefined)
  })
})
