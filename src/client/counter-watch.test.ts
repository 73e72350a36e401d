import { expect } from 'chai'
import { CounterWatch, type CountedProof } from './counter-watch.ts'
import type { Deciphered } from './decipher.ts'

const TITLE = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8)
const KEY = new Uint8Array(16)
const control = {
  compression: false,
  'broadcast-key-set': false,
  encryption: true,
  authentication: true,
  'security-suite-id': 0,
}
const apdu = (invocationCounter: number): Deciphered => ({
  name: 'glo-action-response',
  form: 'glo',
  control,
  invocationCounter,
  title: TITLE,
  key: 'global-unicast-encryption-key',
  verified: 'right',
})
const proof = (invocationCounter: number, around?: number): CountedProof => ({
  title: TITLE,
  key: KEY,
  invocationCounter,
  octets: Uint8Array.of(invocationCounter),
  around,
})

describe('the counter in a proof of the server', () => {
  it('may be below that of the APDU around it, or above', () => {
    for (const [inner, outer] of [
      [6, 7],
      [7, 6],
    ] as const) {
      const watch = new CounterWatch()
      watch.judge(apdu(5), KEY, Uint8Array.of(5))
      watch.judge(apdu(outer), KEY, Uint8Array.of(outer))
      expect(watch.judgeProof(proof(inner, outer))).to.equal(undefined)
      expect(watch.judge(apdu(7), KEY, Uint8Array.of(99)), 'behind both').to.include({ last: 7, found: 7 })
      expect(watch.judge(apdu(8), KEY, Uint8Array.of(8))).to.equal(undefined)
    }
  })

  it('is not that of the APDU around it, nor one before', () => {
    const watch = new CounterWatch()
    watch.judge(apdu(5), KEY, Uint8Array.of(5))
    watch.judge(apdu(7), KEY, Uint8Array.of(7))
    expect(watch.judgeProof(proof(7, 7))).to.include({ last: 7, found: 7 })
    expect(watch.judgeProof(proof(5, 7))).to.include({ last: 5, found: 5 })
  })

  it('rises where nothing protects the APDU around it, and may come again with the same octets', () => {
    const watch = new CounterWatch()
    expect(watch.judgeProof(proof(3))).to.equal(undefined)
    expect(watch.judgeProof(proof(3)), 'the same').to.equal(undefined)
    expect(watch.judgeProof({ ...proof(3), octets: Uint8Array.of(9) })).to.include({ last: 3, found: 3 })
    expect(watch.judgeProof(proof(4))).to.equal(undefined)
  })
})

describe('a counter that has fallen', () => {
  /** 9, and then all of these. */
  const fallen = (...counters: readonly number[]) => {
    const watch = new CounterWatch()
    const judge = (counter: number, octets = counter) => watch.judge(apdu(counter), KEY, Uint8Array.of(octets))
    expect([9, ...counters].map((counter) => judge(counter))[1]).to.include({ last: 9, found: counters[0] })
    const told = (): void => watch.told(judge(0)?.of ?? expect.fail('has not fallen'))
    return { watch, judge, told }
  }

  it('is below where it was until that is told', () => {
    const { judge } = fallen(2, 3)
    expect(judge(8)).to.include({ last: 9, found: 8 })
    expect(judge(10)).to.equal(undefined)
  })

  it('rises from where it has come to, once that is told', () => {
    const { judge, told } = fallen(2, 3)
    told()
    expect(judge(4)).to.equal(undefined)
    expect(judge(4), 'the same octets').to.equal(undefined)
    expect(judge(5)).to.equal(undefined)
  })

  it('falls once more below that', () => {
    const { judge, told } = fallen(2, 5)
    told()
    expect(judge(3)).to.include({ last: 5, found: 3 })
    told()
    expect(judge(4)).to.equal(undefined)
  })

  it('may be that of a proof, below or above the APDU around it', () => {
    for (const [inner, outer] of [
      [3, 4],
      [4, 3],
    ] as const) {
      const { watch, judge, told } = fallen(outer)
      expect(watch.judgeProof(proof(inner, outer))).to.include({ last: 9, found: inner })
      told()
      expect(judge(4, 99)).to.include({ last: 4, found: 4 })
      expect(judge(5)).to.equal(undefined)
    }
  })

  it('is one of its own: another one that is told changes nothing', () => {
    const { watch, judge } = fallen(2)
    watch.told('0102030405060708/00000000')
    expect(judge(3)).to.include({ last: 9, found: 3 })
  })
})
