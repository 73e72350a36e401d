import { expect } from 'chai'
import type { MeterDeclaration } from './declaration.generated.ts'
import { contradictionIn } from './declared-times.ts'

const timed = (timing: object, own: object = {}, profile: 'hdlc' | 'tcp' = 'hdlc'): MeterDeclaration => ({
  meter: 'made-up',
  testing: { timing },
  ports: { only: { profile: [profile], timing: own } },
})

describe('times of a declaration', () => {
  it('may have any time-out well above the response time, or none', () => {
    for (const timing of [
      {},
      { responseMs: 1500, inactivityMs: 3000, tcpInactivityMs: 180_000 },
      { responseMs: 1500, inactivityMs: 0, tcpInactivityMs: 0 },
    ])
      expect(contradictionIn(timed(timing))).to.equal(undefined)
    expect(contradictionIn({ meter: 'nothing' })).to.equal(undefined)
  })

  it('contradict one another where a link ends while an answer is awaited', () => {
    expect(contradictionIn(timed({ responseMs: 1500, inactivityMs: 2000 }))).to.deep.equal({
      path: ['testing', 'timing', 'inactivityMs'],
      expected: 'inactivityMs of at least 2 times responseMs, or 0 for never',
      found: 'inactivityMs 2000 and responseMs 1500',
    })
    const short = { responseMs: 1500, tcpInactivityMs: 1 }
    expect(contradictionIn(timed(short, {}, 'tcp'))?.path[2]).to.equal('tcpInactivityMs')
    expect(contradictionIn(timed(short))).to.equal(undefined)
  })

  it('are those of a port where it has its own', () => {
    const slow = timed({ responseMs: 500, inactivityMs: 2000 }, { responseMs: 1500 })
    expect(contradictionIn(slow)?.path).to.deep.equal(['ports', 'only', 'timing', 'responseMs'])
    expect(contradictionIn(timed({ responseMs: 1500, inactivityMs: 2000 }, { responseMs: 200 }))).to.equal(undefined)
    const own = timed({ responseMs: 1500, inactivityMs: 9000 }, { inactivityMs: 2000 })
    expect(contradictionIn(own)?.path).to.deep.equal(['ports', 'only', 'timing', 'inactivityMs'])
  })
})
