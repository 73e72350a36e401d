import { expect } from 'chai'
import { hex, unhex, type Value } from '../../codec/value.ts'
import { testerOn } from '../../prove/scene.ts'
import { joined, paceOf } from './pace.ts'

const octetsOf = (text: string): Uint8Array => unhex(text) ?? new Uint8Array(0)
const unit = (text: string, at?: readonly [number, number]) => ({
  octets: octetsOf(text),
  marks: at === undefined ? [] : [{ path: 'x', from: at[0], to: at[1], what: 'drop' }],
  frame: undefined,
  moves: false,
})
const outgoing = (...texts: readonly string[]) => ({
  layers: [],
  units: texts.map((text) => unit(text)),
  apdu: undefined,
  saved: () => ({}),
})

describe('pace', () => {
  it('frames that are joined share the flag between them', () => {
    expect(hex(joined([unit('7E0102037E'), unit('7E04057E')]).octets)).to.equal('7E0102037E04057E')
  })
  it('what begins without a flag, or follows something without one, keeps all its octets', () => {
    expect(hex(joined([unit('7E0102'), unit('7E04057E')]).octets)).to.equal('7E01027E04057E')
    expect(hex(joined([unit('00010203'), unit('0004')]).octets)).to.equal('000102030004')
    expect(hex(joined([unit('7E017E'), unit('0203')]).octets)).to.equal('7E017E0203')
  })
  it('a flag by itself is not swallowed', () => {
    expect(hex(joined([unit('7E017E'), unit('7E')]).octets)).to.equal('7E017E7E')
  })
  it('marks move with their octets', () => {
    const { marks } = joined([unit('7E0102037E', [1, 2]), unit('7E04057E', [1, 3])])
    expect(marks.map(({ from, to }) => [from, to])).to.deep.equal([
      [1, 2],
      [5, 7],
    ])
  })

  describe('every', () => {
    for (const [length, every, cuts] of [
      [5, 1, [1, 2, 3, 4]],
      [6, 2, [2, 4]],
      [7, 3, [3, 6]],
      [3, 3, []],
      [2, 9, []],
    ] as const)
      it(`${every} of ${length}: ${cuts.length} pauses`, () => {
        expect(paceOf({ every, pause: 7 }, [outgoing('00'.repeat(length))])).to.deep.equal({ cuts, pauseMs: 7 })
      })
    it('counts all messages', () => {
      expect(paceOf({ every: 2, pause: 7 }, [outgoing('000000'), outgoing('0000')])).to.deep.equal({
        cuts: [2, 4],
        pauseMs: 7,
      })
    })
  })

  it('nothing said: at once', () => {
    for (const said of [undefined, { join: true }, 'slow'] as const)
      expect(paceOf(said, [outgoing('0000')])).to.deep.equal({ cuts: [], pauseMs: 0 })
  })

  describe('on the line', () => {
    /** Pieces that were sent, as the meter's end of a stream hears them. */
    async function pieces(pace: Value, messages: readonly Value[]): Promise<readonly (readonly [number, number])[]> {
      const scene = testerOn('wrapper')
      await scene.up({ rung: 'port' })
      const from = scene.bench.world.now()
      const before = scene.sent().length
      const came = await scene.send({ messages, pace, damage: {} }, { layer: 'wrapper', asked: [] })
      if ('refusal' in came) throw new Error(came.refusal)
      return scene.sent(before).map((octets) => [octets.length / 2, scene.bench.world.now() - from] as const)
    }
    const AARQ = { aarq: {} }
    it('after a field, a pause', async () => {
      const came = await testerOn('wrapper').send({ messages: [AARQ], pace: { after: 'wrapper.length', pause: 1 } })
      expect('refusal' in came).to.equal(false)
      expect(await pieces({ after: 'wrapper.length', pause: 300 }, [{ wpdu: {} }])).to.deep.equal([[8, 0]])
    })
    it('joined to one piece', async () => {
      expect(await pieces({ join: true }, [AARQ, AARQ])).to.deep.equal([[78, 0]])
      expect(await pieces({}, [AARQ, AARQ])).to.deep.equal([
        [39, 0],
        [39, 0],
      ])
    })
    it('two messages as one, with a pause in the header of the second', async () => {
      const pace = { after: 'wrapper[2].version', pause: 400 }
      const scene = testerOn('wrapper')
      await scene.up({ rung: 'port' })
      const since = scene.bench.world.now()
      const came = await scene.send({ messages: [AARQ, { rlrq: {} }], pace }, { collect: 'all', asked: ['answers'] })
      expect('refusal' in came ? came.refusal : came.outcome.names).to.deep.equal({ answers: 2 })
      const received = scene.events.flatMap((event) =>
        event.event === 'traffic' && event.direction === 'received' ? [event.at - since] : [],
      )
      expect(received[0], 'the first is answered in the pause').to.be.lessThan(400)
      expect(received[1]).to.be.greaterThan(400)
    })
    it('a path that names nothing is refused', async () => {
      for (const after of ['wrapper.size', 'wrapper[2].version', 'hdlc.control']) {
        const came = await testerOn('wrapper').send({ messages: [AARQ], pace: { after, pause: 1 } })
        expect('refusal' in came && came.refusal).to.match(/pace: expected the path of a field that is sent/)
      }
    })
  })
})
