import { expect } from 'chai'
import { keysOfItsOwn } from './keys-of-its-own.ts'

describe('keys-of-its-own', () => {
  it('remarks on each key that another meter has', () =>
    expect(keysOfItsOwn({ name: 'unit-2', shared: ['master-key', 'password'] })).to.deep.equal({
      is: 'remark',
      text: 'the meter unit-2 has the same: master-key, password',
      clause: 'keys.defaults',
      ruling: 'G21',
    }))

  it('passes a meter that shares nothing, and fails what is none', () => {
    expect(keysOfItsOwn({ name: 'unit-2', shared: [] })).to.deep.equal({ is: 'pass' })
    for (const value of [null, 'unit-2', { name: 'unit-2' }, { shared: ['master-key'] }])
      expect(keysOfItsOwn(value)).to.include({ is: 'fails', expected: 'another meter of this run' })
  })
})
