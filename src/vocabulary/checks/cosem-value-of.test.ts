import { expect } from 'chai'
import type { Value } from '../../codec/value.ts'
import { cosemValueOf } from './cosem-value-of.ts'

const attribute = (classId: number, id: number, more: { readonly [name: string]: Value } = {}): Value => ({
  'class-id': classId,
  version: 0,
  'instance-id': '1.0.1.8.0.255',
  'attribute-id': id,
  name: 'a row has more',
  ...more,
})
const SCALER_UNIT = attribute(3, 3)
const NAME = attribute(3, 1)
const WH: Value = { structure: [{ integer: 0 }, { enum: 30 }] }

describe('cosem-value-of', () => {
  it('passes what the class, the version and the object say', () => {
    for (const [value, of] of [
      [WH, SCALER_UNIT],
      [{ 'octet-string': '0100010800FF' }, NAME],
      [{ 'octet-string': '0100010800FF' }, attribute(9999, 1)],
    ] as const)
      expect(cosemValueOf(value, of), JSON.stringify(value)).to.deep.equal({ is: 'pass' })
  })

  it('fails what contradicts them, with where it stands, and the clause', () => {
    expect(cosemValueOf({ structure: [{ integer: 0 }, { unsigned: 30 }] }, SCALER_UNIT)).to.deep.equal({
      is: 'fails',
      expected: 'unit: enum',
      found: 'unit: unsigned 30',
      clause: 'cosem.attribute',
    })
    for (const of of [NAME, attribute(9999, 1)])
      expect(cosemValueOf({ 'octet-string': '0100010800FE' }, of)).to.deep.equal({
        is: 'fails',
        expected: '1.0.1.8.0.255',
        found: '1.0.1.8.0.254',
        clause: 'cosem.logical-name',
      })
    expect(cosemValueOf(WH, attribute(3, 4))).to.include({ is: 'fails', found: 'attribute 4' })
  })

  it('remarks what is doubtful, and a class or version that is not known here', () => {
    expect(cosemValueOf({ 'null-data': {} }, SCALER_UNIT)).to.include({ is: 'remark', ruling: 'C8' })
    const [unknown, newer] = [attribute(9999, 2), attribute(3, 2, { version: 99 })].map((of) => cosemValueOf(WH, of))
    expect(unknown).to.deep.equal({
      is: 'remark',
      text: 'class 9999 version 0 is not known here: its value is not judged',
      ruling: 'C7',
    })
    expect(newer).to.include({ is: 'remark', ruling: 'C7' })
  })

  it('fails what is no value, and what is judged by no row', () => {
    expect(cosemValueOf({ pigeon: 1 }, SCALER_UNIT)).to.include({ is: 'fails', expected: 'a value of COSEM' })
    expect(cosemValueOf(WH, { 'class-id': 3 })).to.include({ is: 'fails', expected: 'a row of the axis attributes' })
    expect(cosemValueOf(WH, undefined)).to.include({ is: 'fails' })
  })
})
