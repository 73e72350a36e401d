import { expect } from 'chai'
import type { Value } from '../../codec/value.ts'
import { objectListPart } from './object-list-part.ts'

const element = (classId: number, name: string, ...rights: readonly Value[]): Value => ({
  structure: [{ 'long-unsigned': classId }, { unsigned: 0 }, { 'octet-string': name }, ...rights],
})
const RIGHTS: Value = { structure: [{ array: [] }, { array: [] }] }
const CLOCK = element(8, '0000010000FF', RIGHTS)
const OWN = element(15, '0000280000FF', RIGHTS)
const OTHER = element(15, '0000280001FF', RIGHTS)
const whole: Value = { array: [CLOCK, OWN, OTHER] }
const part = (elements: readonly Value[], objects?: Value) =>
  objectListPart({ array: elements }, { whole, ...(objects === undefined ? {} : { objects }) })

describe('object-list-part', () => {
  it('passes what was asked for, in any order', () => {
    for (const checked of [
      part([element(15, '0000280000FF'), element(8, '0000010000FF'), element(15, '0000280001FF')]),
      part([OTHER, OWN], [{ 'class-id': 15 }]),
      part([OWN], [{ 'class-id': 15, 'instance-id': '0000280000FF' }]),
      part([], [{ 'class-id': 70 }]),
    ])
      expect(checked).to.deep.equal({ is: 'pass' })
  })
  it('remarks that the selector was passed over', () => {
    for (const objects of [undefined, [{ 'class-id': 15 }]] as const)
      expect(part([CLOCK, OWN, OTHER], objects)).to.include({ is: 'remark', ruling: 'L12' })
  })
  it('fails what is missing, what was not asked for, and what is no list', () => {
    for (const checked of [
      part([OWN], [{ 'class-id': 15 }]),
      part([CLOCK], [{ 'class-id': 15 }]),
      part([CLOCK, OWN]),
      part([element(15, '0000280000FF')], [{ 'class-id': 15, 'instance-id': '0000280000FF' }]),
      objectListPart({ 'null-data': {} }, { whole }),
    ])
      expect(checked).to.include({ is: 'fails' })
  })
  it('knows elements that begin with a base name', () => {
    const short = (base: number, classId: number): Value => ({
      structure: [{ long: base }, { 'long-unsigned': classId }, { unsigned: 0 }, { 'octet-string': '0000010000FF' }],
    })
    const list: Value = { array: [short(-1536, 12), short(8, 8)] }
    const of = (...elements: readonly Value[]) =>
      objectListPart({ array: elements }, { whole: list, objects: [{ 'class-id': 8 }] })
    expect(of(short(8, 8))).to.deep.equal({ is: 'pass' })
    expect(of(short(-1536, 12))).to.include({ is: 'fails' })
  })
})
