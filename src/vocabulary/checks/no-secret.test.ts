import { expect } from 'chai'
import type { Value } from '../../codec/value.ts'
import { noSecret } from './no-secret.ts'

const NAME: Value = { 'octet-string': '0000280000FF' }
const MECHANISM: Value = { 'octet-string': '60857405080201' }
const ASSOCIATED: Value = { enum: 2 }

const all = (...attributes: Value[]): Value => ({ structure: attributes })

describe('no-secret', () => {
  it('passes where the secret is left out, empty or null', () => {
    for (const attributes of [
      [NAME, MECHANISM, ASSOCIATED, NAME],
      [NAME, MECHANISM, { 'octet-string': '' }, ASSOCIATED],
      [NAME, MECHANISM, { 'null-data': {} }, ASSOCIATED],
      [NAME, { structure: [{ unsigned: 2 }] }, ASSOCIATED],
      [NAME],
    ])
      expect(noSecret(all(...attributes)), JSON.stringify(attributes)).to.deep.equal({ is: 'pass' })
  })

  it('fails octets that stand where the secret does', () => {
    expect(noSecret(all(NAME, MECHANISM, { 'octet-string': '313233' }, ASSOCIATED))).to.include({
      is: 'fails',
      found: '3 octets',
    })
  })

  it('fails what is no structure', () => {
    for (const value of [null, NAME, { structure: 1 }]) expect(noSecret(value)).to.include({ is: 'fails' })
  })
})
