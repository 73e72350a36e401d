import { expect } from 'chai'
import type { Value } from '../../codec/value.ts'
import { logicalDeviceName, sapAssignment } from './device-names.ts'

describe('logical-device-name', () => {
  it('passes three letters and whatever follows, up to 16 octets', () => {
    for (const value of [{ 'octet-string': '53494D30303030303132333435363738' }, { 'visible-string': 'SIM0' }])
      expect(logicalDeviceName(value)).to.deep.equal({ is: 'pass' })
  })

  it('fails what is longer, or begins otherwise, or is no text', () => {
    for (const value of [
      { 'octet-string': '53494D3030303030313233343536373839' },
      { 'octet-string': '' },
      { 'visible-string': 'sim0' },
      { 'double-long-unsigned': 5 },
      { pigeon: 1 },
    ])
      expect(logicalDeviceName(value), JSON.stringify(value)).to.include({ is: 'fails' })
  })
})

describe('sap-assignment', () => {
  const list = (...all: readonly (readonly [number, string])[]): Value => ({
    array: all.map(([sap, name]) => ({ structure: [{ 'long-unsigned': sap }, { 'octet-string': name }] })),
  })
  const DEVICES: Value = { management: { upper: 1 }, metering: { upper: 17, sap: 18 } }

  it('passes the declared devices, and others', () => {
    for (const value of [list([1, 'AA'], [18, 'BB']), list([1, 'AA'], [17, 'CC'], [18, 'BB'])])
      expect(sapAssignment(value, DEVICES)).to.deep.equal({ is: 'pass' })
  })

  it('fails one that is there twice, one that is missing, and what is no list', () => {
    for (const value of [
      list([1, 'AA'], [18, 'BB'], [1, 'CC']),
      list([1, 'AA'], [18, 'AA']),
      list([1, 'AA'], [17, 'BB']),
      { array: [{ structure: [{ unsigned: 1 }, { 'octet-string': '' }] }] },
      { 'null-data': {} },
    ])
      expect(sapAssignment(value, DEVICES), JSON.stringify(value)).to.include({ is: 'fails' })
  })
})
