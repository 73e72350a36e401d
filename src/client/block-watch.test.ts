import { expect } from 'chai'
import type { GeneralBlockTransfer } from '../protocol/xdlms/general-block-transfer.ts'
import { Disturber, type Disturbance } from './block-disturbance.ts'
import { BlockWatch } from './block-watch.ts'

const block = (number: number, acknowledged = 0, data = 'x', last = false): GeneralBlockTransfer => ({
  'block-control': { 'last-block': last, streaming: false, window: 1 },
  'block-number': number,
  'block-number-ack': acknowledged,
  'block-data': new TextEncoder().encode(data),
})
const blocks = (...numbers: readonly number[]): readonly GeneralBlockTransfer[] => numbers.map((n) => block(n))

describe('blocks of the meter are watched', () => {
  /** Own blocks in the order in which they were sent, the meter's `number.acknowledged`, and the rule that is broken. */
  const cases: readonly (readonly [string, readonly number[], readonly (readonly [number, number])[], string?])[] = [
    ['in order', [1, 2], [[1, 2], [2, 2], [3, 2]]], // prettier-ignore
    ['the first is 0', [1], [[0, 1]], 'gbt-number'],
    ['the first is 2', [1], [[2, 1]], 'gbt-number'],
    ['a number left out', [1], [[1, 1], [3, 1]], 'gbt-number'], // prettier-ignore
    ['one behind a gap acknowledged by a meter that keeps it', [1, 3, 2], [[1, 3]]],
    ['and by one that does not', [1, 3, 2], [[1, 2]]],
    ['one behind a gap that was never filled', [1, 3], [[1, 3]], 'gbt-acknowledgement'],
    ['less than was sent', [1, 2], [[1, 1]], 'gbt-acknowledgement'],
    ['more than was sent', [1, 2], [[1, 3]], 'gbt-acknowledgement'],
    ['more blocks than the window takes', [1], [[1, 1], [2, 1], [3, 1], [4, 1]], 'gbt-window'], // prettier-ignore
  ]
  for (const [what, sent, came, rule] of cases)
    it(what, () => {
      const watch = new BlockWatch(3)
      watch.sent(blocks(...sent), 0)
      const breaches = came.map(([number, acknowledged]) => watch.judge(block(number, acknowledged))?.rule)
      expect(breaches.slice(0, -1)).to.deep.equal(came.slice(1).map(() => undefined))
      expect(breaches.at(-1)).to.equal(rule)
      expect(watch.irregular).to.deep.equal([])
    })

  it('an empty block may go without its acknowledgement', () => {
    const watch = new BlockWatch(1)
    watch.sent([block(1), block(2, 0, '')], 0)
    expect(watch.judge(block(1, 1))).to.equal(undefined)
  })
  it('a loss that is not made good, and more blocks again than were asked for', () => {
    const watch = new BlockWatch(4)
    const lost = (): void => {
      watch.sent(blocks(1), 0)
      for (const number of [1, 2, 3]) expect(watch.judge(block(number, 1))).to.equal(undefined)
      watch.sent([block(2, 1, '')], 1)
    }
    lost()
    expect(watch.judge(block(4, 1))).to.include({ rule: 'gbt-recovery', expected: 'block 2', found: 'block 4' })
    const again = new BlockWatch(4)
    again.sent(blocks(1), 0)
    again.judge(block(1, 1))
    again.sent([block(2, 1, '')], 1)
    expect(again.judge(block(1, 1))).to.equal(undefined)
    expect(again.irregular).to.deep.equal([
      { rule: 'gbt-recovery', expected: 'block 2', found: 'block 1 once more', remark: true },
    ])
  })
})

describe('blocks are disturbed', () => {
  const arranged = (disturbance: Disturbance, ...turns: readonly (readonly number[])[]): readonly string[] => {
    const disturber = new Disturber(disturbance)
    const all = turns.map((turn) =>
      disturber
        .arranged(blocks(...turn))
        .map((each) => `${each['block-number']}${each['block-control'].streaming ? '+' : ''}`)
        .join(' '),
    )
    return disturber.isLeft ? [...all, 'left'] : all
  }
  it('all but the last of a turn stream, whatever is done to them, once', () => {
    expect(arranged({}, [1], [2, 3, 4])).to.deep.equal(['1', '2+ 3+ 4'])
    expect(arranged({ repeated: 2 }, [1], [2, 3, 4], [2, 3])).to.deep.equal(['1', '2+ 2+ 3', '2+ 3'])
    expect(arranged({ advanced: 4 }, [1], [2, 3, 4], [3, 4])).to.deep.equal(['1', '2+ 4+ 3', '3+ 4'])
    expect(arranged({ repeated: 2, advanced: 4 }, [2, 3, 4], [3, 4])).to.deep.equal(['2+ 2+ 3', '4+ 3'])
  })
  it('one bit of a block is changed, once', () => {
    const disturber = new Disturber({ changed: 2 })
    const turn = [block(1, 0, 'ab'), block(2, 0, 'ab')]
    const data = (): readonly string[] =>
      disturber.arranged(turn).map((each) => new TextDecoder().decode(each['block-data']))
    expect([data(), data()]).to.deep.equal([
      ['ab', 'ac'],
      ['ab', 'ab'],
    ])
  })
  it('not where a block goes alone, or there is none', () => {
    expect(arranged({ changed: 9 }, [2, 3])).to.deep.equal(['2+ 3', 'left'])
    expect(arranged({ repeated: 1, advanced: 1 }, [1])).to.deep.equal(['1', 'left'])
    expect(arranged({ advanced: 9 }, [2, 3])).to.deep.equal(['2+ 3', 'left'])
  })
  it('a block of the answer is lost once, by its number or as the last', () => {
    const disturber = new Disturber({ lost: 2 })
    expect(blocks(1, 2, 2).map((each) => disturber.loses(each))).to.deep.equal([false, true, false])
    const last = new Disturber({ lost: 'last' })
    expect([block(1), block(2, 0, '', true), block(2, 0, '', true)].map((each) => last.loses(each))).to.deep.equal([
      false,
      true,
      false,
    ])
    expect(last.isLeft).to.equal(false)
  })
})
