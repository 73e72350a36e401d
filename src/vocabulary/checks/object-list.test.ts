import { expect } from 'chai'
import type { Value } from '../../codec/value.ts'
import { objectList } from './object-list.ts'
import { objectsDefined } from './objects-defined.ts'

/** An element of object_list; attributes may be read, methods not be invoked. */
const object = (
  classId: number,
  name: string,
  attributes: readonly number[],
  methods: readonly number[] = [],
): Value => ({
  structure: [
    { 'long-unsigned': classId },
    { unsigned: classId === 15 ? 1 : 0 },
    { 'octet-string': name },
    {
      structure: [
        { array: attributes.map((id) => ({ structure: [{ integer: id }, { enum: 1 }, { 'null-data': {} }] })) },
        { array: methods.map((id) => ({ structure: [{ integer: id }, { enum: 0 }] })) },
      ],
    },
  ],
})
const list = (...objects: readonly Value[]): Value => ({ array: objects })

const OWN = object(15, '0000280000FF', [1, 2, 3], [1])
const NAME = object(1, '00002A0000FF', [1, 2])
const PUBLIC: Value = { name: 'public', sap: 16 }
const READER: Value = { name: 'reader', sap: 2 }

describe('object-list', () => {
  it('passes objects in any order, two classes under one name, and attributes of the manufacturer', () => {
    for (const value of [
      list(OWN, NAME),
      list(NAME, OWN),
      list(OWN, NAME, object(3, '00002A0000FF', [1])),
      list(OWN, object(1, '00002A0000FF', [1, 2, -1])),
    ])
      expect(objectList(value, READER)).to.deep.equal({ is: 'pass' })
  })

  it('fails what is there twice, and numbers that there are not', () => {
    for (const [value, found] of [
      [list(OWN, NAME, NAME), '1:0.0.42.0.0.255 twice'],
      [list(OWN, object(1, '00002A0000FF', [1, 2, 2])), 'attribute 2 twice'],
      [list(OWN, object(3, '00002A0000FF', [1], [1, 1])), 'method 1 twice'],
      [list(OWN, object(1, '00002A0000FF', [0, 1])), 'attribute 0'],
    ] as const)
      expect(objectList(value, READER)).to.include({ is: 'fails', found })
  })

  it('misses the own association; of a public client that is a remark', () => {
    expect(objectList(list(NAME), READER)).to.include({ is: 'fails', found: '1 objects without it' })
    expect(objectList(list(NAME), PUBLIC)).to.include({ is: 'remark', ruling: 'C5' })
  })

  it('fails what is no list, with where it stands', () => {
    expect(objectList(list(OWN, { structure: [{ 'long-unsigned': 1 }] }), READER)).to.include({
      is: 'fails',
      expected: 'object_list[1]: a structure of 4 (class_id, version, logical_name, access_rights)',
    })
    expect(objectList({ pigeon: 1 }, READER)).to.include({ is: 'fails', expected: 'object_list' })
  })
})

describe('objects-defined', () => {
  it('passes objects of the standard, and what is left to manufacturers', () => {
    expect(objectsDefined(list(OWN, NAME, object(1, '0000608000FF', [1, 2])))).to.deep.equal({ is: 'pass' })
  })

  it('fails a class that is not one for the name, and an attribute that the class does not have', () => {
    expect(objectsDefined(list(OWN, object(3, '0000010000FF', [1])))).to.include({
      is: 'fails',
      clause: 'cosem.object-definitions',
    })
    expect(objectsDefined(list(OWN, object(1, '00002A0000FF', [1, 2, 3])))).to.include({
      is: 'fails',
      clause: 'cosem.attribute',
      found: 'attribute 3',
    })
  })

  it('remarks a name and a class that are not known', () => {
    expect(objectsDefined(list(OWN, object(9999, '0000608000FF', [1])))).to.include({ is: 'remark', ruling: 'C6' })
  })

  it('fails what is no list', () => {
    expect(objectsDefined({ array: 1 })).to.include({ is: 'fails', clause: 'cosem.object-list' })
  })
})
