import { expect } from 'chai'
import { remembered } from './remembered-keys.ts'

describe('remembered keys', () => {
  const key = (number: number): Uint8Array => Uint8Array.of(number >> 8, number & 0xff)

  it('are worked out once, each on its curve', () => {
    const made: string[] = []
    const of = remembered((curve, [, octet]) => made.push(`${curve} ${octet ?? ''}`))
    for (const curve of ['P-256', 'P-384', 'P-256'] as const) for (const each of [1, 2]) of(curve, key(each))
    expect(made).to.deep.equal(['P-256 1', 'P-256 2', 'P-384 1', 'P-384 2'])
  })

  it('are as many as the last used ones', () => {
    let made = 0
    const of = remembered(() => ++made)
    for (let number = 0; number < 64; number++) of('P-256', key(number))
    expect(of('P-256', key(0)), 'used again').to.equal(1)
    of('P-256', key(64))
    expect(of('P-256', key(0)), 'still there').to.equal(1)
    expect(of('P-256', key(1)), 'forgotten').to.equal(66)
  })
})
