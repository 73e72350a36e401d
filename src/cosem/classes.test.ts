import { expect } from 'chai'
import { className, currentVersion, interfaceClass, interfaceClasses } from './classes.ts'
import type { TypeSpec } from './definition.ts'

/** A type as one reads it. */
function told(type: TypeSpec): string {
  switch (type.is) {
    case 'instance-specific':
      return 'any'
    case 'choice':
      return type.of.map(told).join('|')
    case 'array':
      return `[${told(type.items)}]`
    case 'structure':
      return `{${type.fields.map((field) => `${field.name}:${told(field.type)}`).join(' ')}}`
    default:
      return `${type.format ?? type.is}${type.format || !type.size ? '' : `(${type.size.join('..')})`}`
  }
}

describe('interface classes', () => {
  for (const one of interfaceClasses)
    it(`${one.classId} version ${one.version}, ${one.name}, is numbered without a gap, and found`, () => {
      const { attributes, methods } = one
      expect(attributes.map(({ id }) => id)).to.deep.equal(attributes.map((_, index) => index + 1))
      expect(attributes[0]).to.include({ name: 'logical_name', static: true, mandatory: true })
      expect(methods.map(({ id }) => id)).to.deep.equal([...new Set(methods.map(({ id }) => id))].sort((a, b) => a - b))
      expect(interfaceClass(one.classId, one.version)).to.equal(one)
    })

  it('are known once each', () => {
    const keys = interfaceClasses.map(({ classId, version }) => `${classId}/${version}`)
    expect(keys.length).to.equal(150)
    expect(new Set(keys).size).to.equal(keys.length)
  })

  it('have a current version and a name', () => {
    expect(currentVersion(15)).to.equal(3)
    expect(currentVersion(3)).to.equal(0)
    expect(currentVersion(2)).to.equal(undefined)
    expect(className(15)).to.equal('Association LN')
    expect(className(8192)).to.equal(undefined)
    expect(interfaceClass(3, 1)).to.equal(undefined)
  })

  // From the class tables of IEC 62056-6-2, written down here by hand.
  const tables: readonly [number, number, readonly string[], readonly string[]][] = [
    [1, 0, ['logical_name:logical-name', 'value:any'], []],
    [
      8,
      0,
      [
        'logical_name:logical-name',
        'time:date-time',
        'time_zone:long',
        'status:unsigned',
        'daylight_savings_begin:date-time',
        'daylight_savings_end:date-time',
        'daylight_savings_deviation:integer',
        'daylight_savings_enabled:boolean',
        'clock_base:enum',
      ],
      [
        'adjust_to_quarter',
        'adjust_to_measuring_period',
        'adjust_to_minute',
        'adjust_to_preset_time',
        'preset_adjusting_time',
        'shift_time',
      ],
    ],
    [
      17,
      0,
      [
        'logical_name:logical-name',
        'SAP_assignment_list:[{SAP:long-unsigned logical_device_name:octet-string|visible-string|utf8-string}]',
      ],
      ['connect_logical_device'],
    ],
    [
      70,
      0,
      ['logical_name:logical-name', 'output_state:boolean', 'control_state:enum', 'control_mode:enum'],
      ['remote_disconnect', 'remote_reconnect'],
    ],
    [
      22,
      0,
      [
        'logical_name:logical-name',
        'executed_script:{script_logical_name:logical-name script_selector:long-unsigned}',
        'type:enum',
        'execution_time:[{time:time date:date}]',
      ],
      [],
    ],
  ]
  for (const [classId, version, attributes, methods] of tables)
    it(`${classId} version ${version} is the one of the standard`, () => {
      const found = interfaceClass(classId, version)
      expect(found?.attributes.map(({ name, type }) => `${name}:${told(type)}`)).to.deep.equal(attributes)
      expect(found?.methods.map(({ name }) => name)).to.deep.equal(methods)
    })

  // The versions that the simulated meter announces, with how many attributes and methods it gives them.
  const simulated: readonly [number, number, number, number][] = [
    [1, 0, 2, 0],
    [3, 0, 3, 1],
    [7, 1, 8, 2],
    [8, 0, 9, 6],
    [15, 1, 9, 4],
    [17, 0, 2, 1],
    [19, 1, 9, 0],
    [23, 1, 9, 0],
    [41, 0, 6, 0],
  ]
  for (const [classId, version, attributes, methods] of simulated)
    it(`${classId} version ${version} has as much as the simulated meter gives it`, () => {
      const found = interfaceClass(classId, version)
      expect([found?.attributes.length, found?.methods.length]).to.deep.equal([attributes, methods])
    })
})
