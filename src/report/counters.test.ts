import { expect } from 'chai'
import { protection, traffic } from './fixture.ts'
import { coursesOf, type Course } from './counters.ts'
import type { Passed } from './model.ts'

const counted = (values: readonly number[], part: Parameters<typeof protection>[1] = {}): readonly Passed[] =>
  values.map((invocationCounter, at) => protection(`X${at}`, { invocationCounter, ...part }))

/** `3 gaps, repeats 1 2, falls 4`: where in the course. */
const told = ({ gaps, repeats, falls }: Course): string =>
  [
    `${gaps} gaps`,
    ...repeats.map(({ place }) => `repeat ${place}`),
    ...falls.map(({ place }) => `fall ${place}`),
  ].join()

describe('the course of a counter', () => {
  for (const [what, values, expected] of [
    ['that rises by one', [5, 6, 7], '0 gaps'],
    ['that leaves some out', [5, 7, 8, 20], '2 gaps'],
    ['that stands still', [5, 5, 5], '0 gaps,repeat 1,repeat 2'],
    ['that comes again later, and goes on where it was', [5, 6, 7, 5, 8], '0 gaps,repeat 3'],
    ['that falls once, and goes on below', [500, 501, 1, 2, 3], '0 gaps,fall 2'],
    ['that falls once, and goes on above', [500, 501, 1, 502], '0 gaps,fall 2'],
    ['that wraps around', [4294967294, 4294967295, 0, 1], '0 gaps,fall 2'],
  ] as const)
    it(what, () => expect(coursesOf(counted(values)).map(told)).to.deep.equal([expected]))

  it('names the instance of each turn', () => {
    const [course] = coursesOf(counted([5, 5, 4]))
    expect(course?.repeats).to.deep.equal([{ place: 1, instance: 'X1' }])
    expect(course?.falls).to.deep.equal([{ place: 2, instance: 'X2' }])
  })

  it('is one of each client, direction, title and key, whatever the port', () => {
    const passed = [
      ...counted([1]),
      ...counted([2], { port: 'wrapper' }),
      ...counted([1], { direction: 'received' }),
      ...counted([1], { client: 'other' }),
      ...counted([1], { title: '00' }),
      ...counted([1], { key: 'global-broadcast-encryption-key' }),
    ]
    expect(coursesOf(passed).map(({ values }) => values)).to.deep.equal([[1, 2], [1], [1], [1], [1]])
    expect(coursesOf(passed).map(told)).to.deep.equal(Array(5).fill('0 gaps'))
  })

  it('does not count what has a wrong tag, nor what has no counter', () => {
    const signed = protection('X', {})
    const { invocationCounter: _, ...without } = signed
    expect(coursesOf([...counted([5]), ...counted([2], { verified: 'wrong' }), without])[0]?.values).to.deep.equal([5])
  })

  const dedicated = { key: 'dedicated-key' }
  it('begins anew with a dedicated key of each association', () => {
    const aarq = traffic('X', { names: ['i', 'aarq'] })
    const opened = traffic('X', { is: 'opened', names: [] })
    const passed = [
      ...counted([1, 2], dedicated),
      aarq,
      ...counted([1, 2], dedicated),
      opened,
      ...counted([1], dedicated),
    ]
    expect(coursesOf(passed).map(told)).to.deep.equal(['0 gaps'])
    expect(coursesOf([...passed, ...counted([1], dedicated)]).map(told)).to.deep.equal(['0 gaps,repeat 5'])
  })

  it('begins anew with an association of the same connection on another port', () => {
    const aarq = traffic('X', { names: ['aarq'], port: 'wrapper' })
    expect(coursesOf([...counted([1]), aarq, ...counted([1])]).map(told)).to.deep.equal(['0 gaps,repeat 1'])
    const passed = [...counted([1], dedicated), aarq, ...counted([1], dedicated)]
    expect(coursesOf(passed).map(told)).to.deep.equal(['0 gaps,repeat 1'])
  })

  it('is told and not judged where each APDU may have a key of its own', () => {
    const [course] = coursesOf(counted([1, 1, 0], { key: 'agreement-key' }))
    expect(course).to.deep.include({ values: [1, 1, 0], gaps: 0, repeats: [], falls: [] })
  })
})
