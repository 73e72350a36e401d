import { expect } from 'chai'
import { holds, pathsAsked } from './conditions.ts'
import type { Condition } from './suite.generated.ts'

const scope = {
  supports: { modes: ['C', 'E'], hdlc: { addressing: 4, push: false, note: null, zero: 0 } },
  client: { mechanism: 'lls' },
}

describe('conditions', () => {
  const table: readonly (readonly [Condition, boolean])[] = [
    [{ has: 'supports.hdlc' }, true],
    [{ has: 'supports.hdlc.zero' }, true],
    [{ has: 'supports.hdlc.push' }, false],
    [{ has: 'supports.hdlc.note' }, false],
    [{ has: 'supports.wrapper.tcp' }, false],
    [{ is: ['supports.hdlc.addressing', 4] }, true],
    [{ is: ['supports.hdlc.addressing', [1, 2]] }, false],
    [{ is: ['supports.modes', 'E'] }, true],
    [{ is: ['supports.modes', ['A', 'B']] }, false],
    [{ is: ['client.mechanism', ['lls', 'hls']] }, true],
    [{ is: ['client.mechanism', '$wanted'] }, true],
    [{ is: ['client.role', 'reader'] }, false],
    [{ not: { has: 'supports.hdlc' } }, false],
    [{ all: [{ has: 'supports.hdlc' }, { has: 'client.role' }] }, false],
    [{ any: [{ has: 'client.role' }, { has: 'supports.hdlc' }] }, true],
    [{ not: { any: [{ has: 'client.role' }, { all: [{ has: 'supports.wrapper' }] }] } }, true],
    [{ has: 'row.right' }, true],
    [{ below: ['supports.hdlc.addressing', 5] }, true],
    [{ below: ['supports.hdlc.addressing', 4] }, false],
    [{ below: ['supports.hdlc.undeclared', 4] }, false],
  ]
  for (const [condition, value] of table)
    it(JSON.stringify(condition), () => {
      expect(holds(condition, scope, { wanted: 'lls', row: { right: '$supports.modes' } })).to.deep.equal({
        ok: true,
        value,
      })
    })

  it('a root that nobody knows is a failure, never false', () => {
    const failed = holds({ not: { has: 'suports.hdlc' } }, scope)
    expect(failed).to.have.property('ok', false)
    expect(failed).to.have.nested.property('failure.hint', 'did you mean $supports?')
  })

  it('tell what they ask and where', () => {
    expect(pathsAsked({ all: [{ has: 'a.b' }, { not: { is: ['c', 1] } }] }, ['applies'])).to.deep.equal([
      { path: ['a', 'b'], at: ['applies', 'all', 0, 'has'] },
      { path: ['c'], at: ['applies', 'all', 1, 'not', 'is', 0] },
    ])
  })
})
