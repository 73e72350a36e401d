import { expect } from 'chai'
import { createHash } from 'node:crypto'
import { counterName } from '../protocol/security/counter-name.ts'
import { memoryState, NOTHING_KEPT, stateOver } from '../world/state.ts'
import type { DeclaredSecurity } from './declared-security.ts'
import type { TesterCounters } from './setup.ts'
import { countersFrom, sawCounter, type CountedKey } from './invocation-counters.ts'

const systemTitle = Uint8Array.of(0x53, 0x49, 0x4d, 0, 0x12, 0x34, 0x56, 0x78)
const client: Pick<DeclaredSecurity, 'systemTitle' | 'firstCounter'> = { systemTitle, firstCounter: undefined }
const key = (fill: number, name: CountedKey['name'] = 'global-unicast-encryption-key'): CountedKey => ({
  name,
  octets: new Uint8Array(16).fill(fill),
})

const nextCounter = (counters: TesterCounters, { systemTitle: title, firstCounter }: typeof client, of: CountedKey) => {
  const taken = countersFrom(counters, { firstCounter }).take(counterName(title, of.octets))
  return taken.ok ? taken.value : taken.failure.detail
}

describe('invocation counters', () => {
  it('are those of a title and a key, whatever the key is called: it is told by a fingerprint only', () => {
    const counters = memoryState()
    const names: string[] = []
    const noting = { ...counters, take: (name: string) => (names.push(name), counters.take(name)) }
    for (const each of [key(1), key(2), key(1, 'global-broadcast-encryption-key')]) nextCounter(noting, client, each)
    nextCounter(noting, { ...client, systemTitle: systemTitle.map((octet) => octet ^ 1) }, key(1))
    expect(new Set(names).size).to.equal(3)
    expect(names[2]).to.equal(names[0])
    expect(names[0]).to.match(/^53494D0012345678\/[0-9a-f]{8}$/)
    expect(names[0]).not.to.contain(createHash('sha256').update(key(1).octets).digest('hex').slice(0, 8))
  })

  it('count from 0, or from the first that is declared; a changed key counts anew', () => {
    const counters = memoryState()
    const next = (of: CountedKey, firstCounter?: number) => nextCounter(counters, { systemTitle, firstCounter }, of)
    expect([next(key(1)), next(key(1)), next(key(2))]).to.deep.equal([0, 1, 0])
    expect([next(key(1), 500), next(key(1), 500), next(key(1), 3)]).to.deep.equal([500, 501, 502])
  })

  it('go on above what the meter has seen, and never back', () => {
    const counters = memoryState()
    expect(sawCounter(counters, client, key(1), 41)).to.deep.equal({ ok: true, value: undefined })
    expect(nextCounter(counters, client, key(1))).to.deep.equal(42)
    expect(sawCounter(counters, client, key(1), 7).ok).to.equal(true)
    expect(nextCounter(counters, client, key(1))).to.deep.equal(43)
  })

  it('are not used up by a meter that says it has seen nearly all', () => {
    const counters = memoryState()
    for (const last of [0xffff_0000, 0xffff_ffff]) expect(sawCounter(counters, client, key(1), last).ok).to.equal(false)
    expect(nextCounter(counters, client, key(1))).to.deep.equal(0)
  })

  it('end: none is used twice', () => {
    const counters = memoryState()
    const last = { systemTitle, firstCounter: 0xffff_ffff }
    expect(nextCounter(counters, last, key(1))).to.deep.equal(0xffff_ffff)
    expect(nextCounter(counters, last, key(1))).to.match(/no invocation counter is left/)
  })

  it('are not given where they cannot be kept', () => {
    const full = () =>
      ({ ok: false, failure: { code: 'unwritable', where: 'disk', detail: 'full', hint: '' } }) as const
    const counters = stateOver(NOTHING_KEPT, full, 1)
    expect(nextCounter(counters, client, key(1))).to.equal('full')
    expect(sawCounter(counters, client, key(1), 5)).to.deep.equal({ ok: false, failure: 'disk: full' })
  })
})
