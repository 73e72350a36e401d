import { expect } from 'chai'
import { hex } from '../../codec/value.ts'
import type { Party } from '../../protocol/line.ts'
import { createRealWorld } from '../../world/real.ts'
import { transportFor } from '../open.ts'
import { echoing, scriptedParty } from '../scripted.ts'
import type { Transport } from '../transport.ts'
import { host } from './host.ts'

const world = createRealWorld()
const soon = () => world.now() + 5000

async function hosting(url: string, party: Party) {
  const made = await host(url, party, world)
  if (!made.ok) throw new Error(made.failure.detail)
  return made.value
}

function tester(url: string): Transport {
  const made = transportFor(url, world)
  if (!made.ok) throw new Error(made.failure.detail)
  return made.value
}

async function said(line: Transport): Promise<string> {
  const arrival = await line.next(soon())
  return arrival?.is === 'octets' ? hex(arrival.burst.octets) : (arrival?.is ?? 'nothing')
}

describe('host', () => {
  it('serves several testers by TCP, each a peer, and tells the party of their ends', async () => {
    const party = echoing(1)
    const meter = await hosting('tcp://127.0.0.1:0', party)
    const [a, b] = [tester(meter.url), tester(meter.url)]
    await a.open()
    await b.open()
    await a.write(Uint8Array.of(1))
    expect(await said(a)).to.equal('01')
    await b.write(Uint8Array.of(2))
    expect(await said(b)).to.equal('02')
    await a.close('close')
    await b.close('reset')
    await world.next(soon(), () => (party.heard.length === 6 ? true : undefined))
    expect(party.heard.map((input) => input.is)).to.deep.equal([
      'connected',
      'connected',
      'octets',
      'octets',
      'closed',
      'reset',
    ])
    await meter.close()
    expect((await a.open()).is).to.equal('refused')
  })

  it('ends a connection as the party says, behind what it gave before', async () => {
    for (const [is, arrival] of [
      ['close', 'closed'],
      ['reset', 'reset'],
    ] as const) {
      const party = scriptedParty((input) =>
        input.is === 'octets'
          ? [
              { is: 'octets', peer: input.peer, at: world.now() + 3, octets: Uint8Array.of(7) },
              { is, peer: input.peer, at: 0 },
            ]
          : [],
      )
      const meter = await hosting('tcp://127.0.0.1:0', party)
      const line = tester(meter.url)
      await line.open()
      await line.write(Uint8Array.of(1))
      const first = await said(line)
      // A reset may overtake octets that the tester's machine has not handed over yet.
      expect(first).to.be.oneOf(is === 'close' ? ['07'] : ['07', 'reset'])
      if (first === '07') expect(await said(line)).to.equal(arrival)
      await line.close('close')
      await meter.close()
      expect(party.heard.map((input) => input.is)).to.deep.equal(['connected', 'octets'])
    }
  })

  it('lets the party act on its own time', async () => {
    const party = scriptedParty(
      (input) => {
        if (input.is === 'connected') party.wake = input.at + 5
        return []
      },
      (now) =>
        party.heard.flatMap((input) => (input.is === 'connected' ? [{ is: 'close', peer: input.peer, at: now }] : [])),
    )
    const meter = await hosting('tcp://127.0.0.1:0', party)
    const line = tester(meter.url)
    await line.open()
    expect(await said(line)).to.equal('closed')
    await line.close('close')
    await meter.close()
  })

  it('serves by UDP, also from another port', async () => {
    const party = scriptedParty((input) =>
      input.is === 'datagram'
        ? [
            { is: 'datagram', peer: input.peer, at: 0, octets: input.octets },
            { is: 'datagram', peer: input.peer, at: world.now() + 5, octets: Uint8Array.of(9), from: 'other-port' },
          ]
        : [],
    )
    const meter = await hosting('udp://127.0.0.1:0', party)
    const line = tester(meter.url)
    await line.open()
    await line.write(Uint8Array.of(1))
    const answers = [await line.next(soon()), await line.next(soon())]
    const [first, second] = answers.map((answer) => (answer?.is === 'datagram' ? answer : undefined))
    expect(`udp://${first?.from}`).to.equal(meter.url)
    expect(first?.octets).to.deep.equal(Uint8Array.of(1))
    expect(`udp://${second?.from}`).not.to.equal(meter.url)
    await line.close('close')
    await meter.close()
  })

  it('tells where it cannot listen', async () => {
    for (const kind of ['tcp', 'udp']) {
      const meter = await hosting(`${kind}://127.0.0.1:0`, echoing(0))
      const second = await host(meter.url, echoing(0), world)
      expect(!second.ok && second.failure.code).to.equal('busy')
      await meter.close()
    }
    const wrong = await host('rfc2217://127.0.0.1:1', echoing(0), world)
    expect(!wrong.ok && wrong.failure.code).to.equal('bad-url')
  })

  it('tells when the party breaks', async () => {
    const party = scriptedParty(() => {
      throw new Error('party broken')
    })
    const meter = await hosting('udp://127.0.0.1:0', party)
    const failure = meter.ended.catch((error: unknown) => error)
    const line = tester(meter.url)
    await line.open()
    await line.write(Uint8Array.of(1))
    expect(String(await failure)).to.equal('Error: party broken')
    await line.close('close')
    await meter.close().catch(() => undefined)
  })
})
