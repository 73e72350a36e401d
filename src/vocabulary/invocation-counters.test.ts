import { expect } from 'chai'
import { createHash } from 'node:crypto'
import { hex } from '../codec/value.ts'
import { memoryState, NOTHING_KEPT, stateOver } from '../world/state.ts'
import { counterAdvice, counterName, nextCounter, sawCounter, type CountedKey } from './invocation-counters.ts'

const systemTitle = Uint8Array.of(0x53, 0x49, 0x4d, 0, 0x12, 0x34, 0x56, 0x78)
const client = { systemTitle, firstCounter: undefined }
const key = (fill: number, name: CountedKey['name'] = 'global-unicast-encryption-key'): CountedKey => ({
  name,
  octets: new Uint8Array(16).fill(fill),
})

describe('invocation counters', () => {
  it('are those of a title and a key, which is told by a fingerprint only', () => {
    const name = counterName(systemTitle, key(1))
    expect(name).to.match(/^53494D0012345678\/global-unicast-encryption-key\/[0-9a-f]{8}$/)
    expect(name).not.to.contain(createHash('sha256').update(key(1).octets).digest('hex').slice(0, 8))
    const others = [
      counterName(systemTitle, key(2)),
      counterName(systemTitle, key(1, 'global-broadcast-encryption-key')),
      counterName(
        systemTitle.map((octet) => octet ^ 1),
        key(1),
      ),
    ]
    expect(new Set([name, ...others]).size).to.equal(4)
    expect(name + others.join()).not.to.contain(hex(key(1).octets))
  })

  it('count from 0, or from the first that is declared; a changed key counts anew', () => {
    const counters = memoryState()
    const next = (of: CountedKey, firstCounter?: number) => nextCounter(counters, { systemTitle, firstCounter }, of)
    expect([next(key(1)), next(key(1)), next(key(2))]).to.deep.equal([
      { ok: true, value: 0 },
      { ok: true, value: 1 },
      { ok: true, value: 0 },
    ])
    expect([next(key(1), 500), next(key(1), 500), next(key(1), 3)]).to.deep.equal([
      { ok: true, value: 500 },
      { ok: true, value: 501 },
      { ok: true, value: 502 },
    ])
  })

  it('go on above what the meter has seen, and never back', () => {
    const counters = memoryState()
    expect(sawCounter(counters, client, key(1), 41)).to.deep.equal({ ok: true, value: undefined })
    expect(nextCounter(counters, client, key(1))).to.deep.equal({ ok: true, value: 42 })
    expect(sawCounter(counters, client, key(1), 7).ok).to.equal(true)
    expect(nextCounter(counters, client, key(1))).to.deep.equal({ ok: true, value: 43 })
  })

  it('are not used up by a meter that says it has seen nearly all', () => {
    const counters = memoryState()
    for (const last of [0xffff_0000, 0xffff_ffff]) expect(sawCounter(counters, client, key(1), last).ok).to.equal(false)
    expect(nextCounter(counters, client, key(1))).to.deep.equal({ ok: true, value: 0 })
  })

  it('end: none is used twice', () => {
    const counters = memoryState()
    const last = { systemTitle, firstCounter: 0xffff_ffff }
    expect(nextCounter(counters, last, key(1))).to.deep.equal({ ok: true, value: 0xffff_ffff })
    expect(nextCounter(counters, last, key(1))).to.deep.include({ ok: false })
  })

  it('are not given where they cannot be kept', () => {
    const full = () =>
      ({ ok: false, failure: { code: 'unwritable', where: 'disk', detail: 'full', hint: '' } }) as const
    const counters = stateOver(NOTHING_KEPT, full, 1)
    expect(nextCounter(counters, client, key(1))).to.deep.equal({ ok: false, failure: 'disk: full' })
    expect(sawCounter(counters, client, key(1), 5)).to.deep.equal({ ok: false, failure: 'disk: full' })
  })

  it('that a meter wants are advice', () => {
    expect(counterAdvice(12)).to.contain('"firstCounter": 13')
  })
})
