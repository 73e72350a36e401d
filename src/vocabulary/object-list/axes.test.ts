import { expect } from 'chai'
import type { Value } from '../../codec/value.ts'
import type { ListedObject } from '../../engine/events.ts'
import { holds } from '../../language/conditions.ts'
import type { Condition } from '../../language/suite.generated.ts'
import { whose } from '../axes.ts'
import { attributeOf, methodOf } from '../steps/objects.ts'
import { listAxes } from './axes.ts'

const object = (classId: number, name: string, more: Partial<ListedObject> = {}): ListedObject => ({
  'class-id': classId,
  version: 0,
  'instance-id': name,
  attributes: [{ 'attribute-id': 1, 'access-mode': 1, rights: ['read'] }],
  methods: [],
  ...more,
})
const CLOCK = object(8, '0.0.1.0.0.255', {
  attributes: [
    { 'attribute-id': 2, 'access-mode': 3, rights: ['read', 'write'] },
    { 'attribute-id': 3, 'access-mode': 4, rights: ['read', 'authenticated-request'], selectors: [1] },
    { 'attribute-id': -1, 'access-mode': 0, rights: [] },
  ],
  methods: [{ 'method-id': 6, 'access-mode': 1, rights: ['invoke'] }],
})
const rows = (axis: string, ...objects: readonly ListedObject[]): readonly Readonly<Record<string, Value>>[] =>
  listAxes[axis]?.rowsIn(objects) ?? []
const names = (axis: string, ...objects: readonly ListedObject[]): readonly (Value | undefined)[] =>
  rows(axis, ...objects).map(({ name }) => name)

describe('axes of an object list', () => {
  it('have short names, each once: the class tells objects of one logical name apart', () => {
    const twice = [CLOCK, object(1, '0.0.1.0.0.255'), CLOCK]
    expect(names('objects', ...twice)).to.deep.equal(['8:0.0.1.0.0.255', '1:0.0.1.0.0.255', '8:0.0.1.0.0.255~2'])
    expect(names('attributes', CLOCK)).to.deep.equal(['8:0.0.1.0.0.255:2', '8:0.0.1.0.0.255:3', '8:0.0.1.0.0.255:-1'])
    expect(names('methods', CLOCK, CLOCK)).to.deep.equal(['8:0.0.1.0.0.255:6', '8:0.0.1.0.0.255:6~2'])
    expect(names('push-setups', CLOCK, object(40, '0.0.25.9.0.255'))).to.deep.equal(['0.0.25.9.0.255'])
  })

  it('attributes: what conditions ask, and what read and write take', () => {
    const [time, zone, own] = rows('attributes', CLOCK)
    const is = (condition: Condition, attribute: Value): boolean => {
      const held = holds(condition, { attribute })
      return held.ok && held.value
    }
    expect(is({ has: 'attribute.right.read' }, time ?? null)).to.equal(true)
    expect(is({ has: 'attribute.right.read' }, own ?? null)).to.equal(false)
    expect(is({ is: ['attribute.right.write', true] }, time ?? null)).to.equal(true)
    expect(is({ is: ['attribute.right.write', false] }, zone ?? null)).to.equal(true)
    expect(is({ has: 'attribute.right.protected-request' }, zone ?? null)).to.equal(true)
    expect(is({ has: 'attribute.right.protected-request' }, time ?? null)).to.equal(false)
    expect(is({ is: ['attribute.selectors', 1] }, zone ?? null)).to.equal(true)
    expect(attributeOf(time)).to.deep.equal({ 'class-id': 8, 'instance-id': '0.0.1.0.0.255', 'attribute-id': 2 })
    expect(attributeOf(own)).to.deep.include({ 'attribute-id': 255 })
  })

  it('attributes of the class, where the list says nothing of rights', () => {
    const bare = object(3, '1.0.1.8.0.255', { attributes: [] })
    const [, value] = rows('attributes-without-rights', bare)
    expect(names('attributes-without-rights', bare, CLOCK)).to.deep.equal(
      [1, 2, 3].map((id) => `3:1.0.1.8.0.255:${id}`),
    )
    expect(attributeOf(value)).to.deep.equal({ 'class-id': 3, 'instance-id': '1.0.1.8.0.255', 'attribute-id': 2 })
    expect(names('attributes', bare)).to.deep.equal([])
  })

  it('methods, and those of profiles and push setups by their names', () => {
    const [adjust] = rows('methods', CLOCK)
    expect(adjust).to.have.nested.property('right.invoke', true)
    expect(methodOf(adjust)).to.deep.equal({ 'class-id': 8, 'instance-id': '0.0.1.0.0.255', 'method-id': 6 })
    const [push] = rows('push-setups', object(40, '0.0.25.9.0.255'))
    expect(methodOf(push?.['push'])).to.deep.include({ 'class-id': 40, 'method-id': 1 })
    expect(attributeOf(push?.['push_object_list'])).to.deep.include({ 'attribute-id': 2 })
    const [profile] = rows('profiles', CLOCK, object(7, '1.0.99.1.0.255'))
    expect(attributeOf(profile?.['buffer'])).to.deep.include({ 'instance-id': '1.0.99.1.0.255', 'attribute-id': 2 })
  })

  it('whose list: a client by name, else by role, or as a row, on its first device or on the one that is named', () => {
    const scope = {
      testing: {
        clients: {
          r: { role: 'reader', devices: ['metering', 'management'] },
          reader: { role: 'other' },
          public: {},
        },
      },
      devices: { management: {}, metering: {} },
    }
    expect(whose(scope, 'reader', undefined)).to.deep.equal({ client: 'reader', device: 'management' })
    expect(whose(scope, { name: 'r' }, undefined)).to.deep.equal({ client: 'r', device: 'metering' })
    expect(whose(scope, 'other', 'metering')).to.deep.equal({ client: 'reader', device: 'metering' })
    expect(whose(scope, undefined, undefined)).to.deep.equal({ client: 'public', device: 'management' })
    expect(whose(scope, 'nobody', undefined)).to.equal(undefined)
    expect(whose(scope, 'reader', 'nowhere')).to.equal(undefined)
  })
})
