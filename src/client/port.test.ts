import { expect } from 'chai'
import { hex } from '../codec/value.ts'
import { faultOf } from '../transport/fault.ts'
import type { Transport } from '../transport/transport.ts'
import { createVirtualWorld } from '../world/virtual.ts'
import { Port } from './port.ts'
import { answering, octetsOf, scene, told } from './scene.ts'
import type { Traffic } from './traffic.ts'

const SNRM = '7EA0070321930F017E'
const UA = '7EA00721037301407E'
const UI = '7EA021210313CEE7E6E7000F0000000100020209060000190900FF06000000012AB07E'
const RELEASED = '00010001001000056303800100'

/** All that comes on a fresh line after a question, each shortly. */
async function all(kind: 'serial' | 'stream', language: 'hdlc' | 'wrapper', ...replies: readonly string[]) {
  const { world, port, traffic } = scene(kind, answering(replies), language)
  await port.open()
  await port.write(Uint8Array.of(1))
  const heard: string[] = []
  for (;;) {
    const next = await port.hear(world.now() + 5000)
    if (next === undefined) return { heard, traffic, port }
    heard.push(told(next))
  }
}

describe('port', () => {
  it('is open from open to close, and can be opened again', async () => {
    const { port } = scene('stream', answering(), 'wrapper')
    expect(port.isOpen).to.equal(false)
    expect((await port.open()).is).to.equal('open')
    expect(port.isOpen).to.equal(true)
    await port.close('close')
    expect(port.isOpen).to.equal(false)
    expect(await port.hear(100)).to.equal(undefined)
    await port.open()
    expect(port.isOpen).to.equal(true)
  })

  it('gives frames one by one, a shared flag in both', async () => {
    const { heard } = await all('serial', 'hdlc', `${UA}${UI.slice(2)}`)
    expect(heard).to.deep.equal([`frame ${UA}`, `frame ${UI}`])
  })

  it('gives noise before a frame apart from it', async () => {
    expect((await all('serial', 'hdlc', `00FF55${UA}`)).heard).to.deep.equal(['noise 00FF55', `frame ${UA}`])
  })

  it('gives up a frame that was cut off after the gap, and hears the next', async () => {
    const { heard } = await all('serial', 'hdlc', UA.slice(0, 10))
    expect(heard).to.deep.equal([`damaged ${UA.slice(0, 10)}`])
  })

  it('tells a frame with a wrong check sequence from noise', async () => {
    const { heard, port } = await all('serial', 'hdlc', UA.replace('01407E', '01417E'))
    expect(heard).to.deep.equal([`damaged ${UA.replace('01407E', '01417E')}`])
    expect(port.heard).to.equal(0)
  })

  it('has an end for any octets', async () => {
    for (let seed = 1; seed <= 20; seed++) {
      const garbage = Uint8Array.from({ length: 120 }, (_, at) => (seed * 37 + at * at * 11 + seed * at) & 0xff)
      const { heard } = await all('serial', 'hdlc', hex(garbage), UA)
      expect(heard.length, `seed ${seed}`).to.be.greaterThan(0)
    }
  })

  it('splits WPDUs that came in one segment, and joins one that came in several', async () => {
    const joined = await all('stream', 'wrapper', RELEASED + RELEASED)
    expect(joined.heard).to.deep.equal([`wpdu ${RELEASED}`, `wpdu ${RELEASED}`])
    const split = await all('stream', 'wrapper', RELEASED.slice(0, 6), RELEASED.slice(6, 20), RELEASED.slice(20))
    expect(split.heard).to.deep.equal([`wpdu ${RELEASED}`])
  })

  it('gives up half a WPDU after the gap, and what hangs when the connection ends', async () => {
    expect((await all('stream', 'wrapper', RELEASED.slice(0, 20))).heard).to.deep.equal([
      `damaged ${RELEASED.slice(0, 20)}`,
    ])
    const ended = answering([RELEASED.slice(0, 20), { ends: 'reset' }])
    const { world, port } = scene('stream', ended, 'wrapper')
    await port.open()
    await port.write(Uint8Array.of(1))
    expect(told(await port.hear(world.now() + 1000))).to.equal(`damaged ${RELEASED.slice(0, 20)}`)
    expect(told(await port.hear(world.now() + 1000))).to.equal('reset')
    expect(port.isOpen).to.equal(false)
    expect(port.ended?.is).to.equal('reset')
  })

  it('says who sent a datagram', async () => {
    const { world, port } = scene(
      'datagram',
      answering([RELEASED, { octets: RELEASED, from: 'other-port', after: 30 }]),
      'wrapper',
    )
    await port.open()
    await port.write(Uint8Array.of(1))
    expect((await port.hear(world.now() + 1000))?.from).to.equal('meter')
    expect((await port.hear(world.now() + 1000))?.from).to.equal('meter:other-port')
  })

  it('bridges pauses between characters of a sign-on, not between octets of a frame', async () => {
    const halves = (text: string) => answering([text.slice(0, 10), { octets: text.slice(10), after: 400 }])
    for (const [language, text, heard] of [
      ['sign-on', '2F53494D35310D0A', ['message 2F53494D35310D0A']],
      ['hdlc', UA, [`damaged ${UA.slice(0, 10)}`, `noise ${UA.slice(10, -2)}`]],
    ] as const) {
      const { world, port } = scene('serial', halves(text), language)
      await port.open()
      await port.write(Uint8Array.of(1))
      for (const expected of heard) expect(told(await port.hear(world.now() + 1000))).to.equal(expected)
    }
  })

  it('waits until the given time and no longer when nothing comes', async () => {
    const { world, port } = scene('serial', answering(), 'hdlc')
    await port.open()
    expect(await port.hear(1234)).to.equal(undefined)
    expect(world.now()).to.equal(1234)
  })

  it('waits for the end of what has begun by then', async () => {
    const { world, port } = scene('serial', answering([UA]), 'hdlc')
    await port.open()
    const { end } = await port.write(octetsOf(SNRM))
    const heard = await port.hear(end + 24)
    expect(told(heard)).to.equal(`frame ${UA}`)
    expect(world.now()).to.equal(heard?.end)
    expect(heard?.begin).to.be.closeTo(end + 20, 1e-6)
  })

  it('hears again what was put back', async () => {
    const { world, port } = scene('serial', answering([UA]), 'hdlc')
    await port.open()
    await port.write(octetsOf(SNRM))
    const heard = await port.hear(world.now() + 100)
    if (heard) port.putBack(heard)
    expect(await port.hear(world.now())).to.equal(heard)
  })

  it('drains what is there and waits for nothing else', async () => {
    const { world, port } = scene('serial', answering([`${UA}${UA.slice(2)}`]), 'hdlc')
    await port.open()
    await port.write(octetsOf(SNRM))
    expect(await port.drain()).to.have.lengthOf(0)
    await world.next(1000, () => undefined)
    expect((await port.drain()).map(told)).to.deep.equal([`frame ${UA}`, `frame ${UA}`])
    expect(world.now()).to.equal(1000)
  })

  it('reads in another language from then on, and gives up what hangs', async () => {
    const { world, port } = scene('serial', answering(['2F'], [UA]), 'sign-on')
    await port.open()
    await port.write(Uint8Array.of(1))
    await world.next(100, () => undefined)
    expect(await port.transport.next(0)).not.to.equal(undefined)
    port.speak('hdlc')
    await port.write(Uint8Array.of(1))
    expect(told(await port.hear(world.now() + 100))).to.equal(`frame ${UA}`)
    expect(port.language).to.equal('hdlc')
  })

  it('changes rate and format of the line', async () => {
    const slow = { baud: 300, format: '7E1' } as const
    const { port } = scene('serial', answering(), 'sign-on', slow)
    await port.open()
    expect(port.settings).to.equal(undefined)
    await port.set({ baud: 600, format: '7E1' })
    const { begin, end } = await port.write(new Uint8Array(60))
    expect(end - begin).to.be.closeTo(1000, 1e-6)
    expect(port.settings).to.deep.equal({ baud: 600, format: '7E1' })
  })

  it('makes a pause at each cut', async () => {
    const party = answering()
    const { port } = scene('stream', party, 'wrapper')
    await port.open()
    const { begin, end } = await port.write(octetsOf('0102030405'), [], { cuts: [2, 4], pauseMs: 100 })
    await port.hear(end + 1)
    expect(party.heard).to.deep.equal(['0102', '0304', '05'])
    expect(end - begin).to.equal(200)
  })

  it('ends by the fault of the line', async () => {
    const { traffic, port } = faulty()
    await port.open()
    expect(told(await port.hear(100))).to.equal('fault')
    expect(port.isOpen).to.equal(false)
    expect(traffic.at(-1)).to.include({ is: 'fault', detail: 'gone' })
  })

  describe('records', () => {
    it('units by their names, innermost last, with what failed', async () => {
      const { traffic } = await all('serial', 'hdlc', UI, UA.replace('01407E', '01417E'), '00FF')
      expect(traffic.map(({ direction, is, names }) => [direction, is, ...names].join(' '))).to.deep.equal([
        'sent opened',
        'sent octets',
        'received hdlc ui data-notification',
        'received hdlc ua',
        'received octets',
      ])
      expect(traffic[3]?.failures.map(({ layer, at }) => ({ layer, at }))).to.deep.equal([{ layer: 'hdlc', at: 6 }])
    })

    it('how a connection was opened and ended', async () => {
      const { port, traffic } = scene('stream', answering(), 'wrapper')
      await port.open()
      await port.close('vanish')
      await port.open()
      await port.close('reset')
      expect(traffic.map(({ is, detail }) => [is, detail])).to.deep.equal([
        ['opened', undefined],
        ['closed', 'vanished'],
        ['opened', undefined],
        ['reset', undefined],
      ])
      expect(traffic[0]).to.include({ local: 'tester:49152', remote: 'meter' })
    })
  })
})

/** A port whose line breaks at once. */
function faulty() {
  const fault = faultOf(new Error('gone'), 'simulated')
  const transport: Transport = {
    kind: 'serial',
    url: 'simulated',
    open: async () => ({ is: 'open', at: 0, local: 'a', remote: 'b' }),
    write: async () => 0,
    next: async () => ({ is: 'fault', at: 0, fault }),
    set: async () => undefined,
    close: async () => undefined,
  }
  const traffic: Traffic[] = []
  const port = new Port(
    {
      world: createVirtualWorld(),
      transport,
      gapMs: 50,
      characterGapMs: 1500,
      reactionMs: 0,
      record: (unit) => void traffic.push(unit),
    },
    'hdlc',
  )
  return { port, traffic }
}
