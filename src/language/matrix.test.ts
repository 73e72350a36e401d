import { expect } from 'chai'
import { type AxisRows, type Row, rowsOf } from './matrix.ts'
import type { Axis } from './suite.generated.ts'

const rows: AxisRows = (axis, of) => {
  if (axis === 'clients')
    return [
      { name: 'public', role: 'public' },
      { name: 'reader', role: 'reader' },
    ]
  if (axis === 'attributes') return of === undefined ? 'later' : [{ name: `of-${JSON.stringify(of)}` }]
  return []
}
const expanded = (matrix: Readonly<Record<string, Axis>>, begun?: Row): readonly Row[] => {
  const result = rowsOf(matrix, { testing: { two: 2 } }, rows, begun)
  if (!result.ok) throw new Error(JSON.stringify(result.failure))
  return result.value
}
const names = (matrix: Readonly<Record<string, Axis>>): readonly string[] =>
  expanded(matrix).map((row) => row.names.map(([axis, name]) => `${axis}=${name}`).join(','))

describe('the matrix', () => {
  it('without axes is one row', () => {
    expect(expanded({})).to.deep.equal([{ written: {}, given: {}, names: [], later: [] }])
  })

  it('combines its axes, the first varying slowest', () => {
    expect(names({ frame: { rr: 'rr', i: { is: '$i' } }, n: { from: 1, to: 2 } })).to.deep.equal([
      'frame=rr,n=1',
      'frame=rr,n=2',
      'frame=i,n=1',
      'frame=i,n=2',
    ])
    expect(expanded({ frame: { i: { is: '$i' } } })[0]?.written).to.deep.equal({ frame: { is: '$i' } })
    expect(expanded({ n: { from: '$testing.two', to: 3 } }).map(({ given }) => given)).to.deep.equal([
      { n: 2 },
      { n: 3 },
    ])
  })

  it('takes the rows of the vocabulary that its condition lets pass', () => {
    expect(names({ client: { each: 'clients', where: { is: ['client.role', 'reader'] } } })).to.deep.equal([
      'client=reader',
    ])
    expect(expanded({ client: { each: 'clients' } })[1]?.given).to.deep.equal({
      client: { name: 'reader', role: 'reader' },
    })
    expect(names({ client: { each: 'clients' }, attribute: { each: 'attributes', of: '$client.name' } })).to.deep.equal(
      ['client=public,attribute=of-"public"', 'client=reader,attribute=of-"reader"'],
    )
    expect(names({ nothing: { each: 'things' }, n: { from: 1, to: 9 } })).to.deep.equal([])
  })

  it('leaves axes that need the meter for later, and goes on from there', () => {
    const matrix: Readonly<Record<string, Axis>> = {
      client: { each: 'clients' },
      attribute: { each: 'attributes' },
      n: { from: 1, to: 2 },
    }
    const [first] = expanded(matrix)
    expect(first?.later).to.deep.equal(['attribute', 'n'])
    expect(first?.names).to.deep.equal([['client', 'public']])
    const now = rowsOf(matrix, {}, () => [{ name: 'clock' }], first)
    expect(now.ok && now.value.map((row) => row.names.map(([, name]) => name).join())).to.deep.equal([
      'public,clock,1',
      'public,clock,2',
    ])
  })

  it('refuses what is no range, and references that lead nowhere', () => {
    for (const axis of [
      { from: 2, to: 1 },
      { from: 0, to: 10_000 },
      { from: '$testing', to: 3 },
    ])
      expect(rowsOf({ n: axis }, { testing: 'x' }, rows)).to.have.nested.property('failure.is', 'not-a-range')
    expect(rowsOf({ n: { from: 1, to: '$nothing' } }, {}, rows)).to.have.nested.property('failure.is', 'missing')
    expect(rowsOf({ client: { each: 'clients', where: { has: 'clint.role' } } }, {}, rows)).to.have.property(
      'ok',
      false,
    )
  })
})
