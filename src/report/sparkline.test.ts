import { expect } from 'chai'
import { sparkline } from './sparkline.ts'

describe('a small line', () => {
  it('goes from the lowest to the highest', () => {
    expect(sparkline([5, 6, 7], [])).to.include({ points: '3,21 60,12 117,3' })
  })
  it('is level where nothing changes, and a point where there is one', () => {
    expect(sparkline([5, 5], []).points).to.equal('3,21 117,21')
    expect(sparkline([5], []).points).to.equal('3,21')
    expect(sparkline([], [])).to.deep.include({ points: '', dots: [] })
  })
  it('has a dot at each place that is marked', () => {
    expect(sparkline([5, 6, 5], [2]).dots).to.deep.equal([{ x: 117, y: 21 }])
  })
  it('has no more points than can be seen, and none of the marked ones is lost', () => {
    const values = Array.from({ length: 100_000 }, (_, at) => (at === 55_555 ? 0 : 1000 + at))
    const { points, dots } = sparkline(values, [55_555])
    expect(points.split(' ').length).to.be.lessThan(100)
    expect(dots).to.deep.equal([{ x: 66.3, y: 21 }])
    expect(points).to.include('66.3,21')
  })
})
