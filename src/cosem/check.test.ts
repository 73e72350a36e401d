import { expect } from 'chai'
import fc from 'fast-check'
import { decode } from '../codec/codec.ts'
import { unhex } from '../codec/value.ts'
import { data, type Data } from '../protocol/data/data.ts'
import { check, checkColumn, type Finding } from './check.ts'
import { interfaceClass, interfaceClasses } from './classes.ts'
import { logicalNameOctets } from './logical-name.ts'

function dataOf(octets: string): Data {
  const decoded = decode(data, unhex(octets) ?? new Uint8Array())
  if (!decoded.ok) throw new TypeError(`not Data: ${octets}`)
  return decoded.value
}

/** `!` what is sure enough for FAILED, `?` a remark. */
const told = ({ is, path, firm }: Finding): string => `${firm ? '!' : '?'}${is}${path && ` ${path}`}`

function checked(where: string, octets: string, logicalName?: string): readonly Finding[] {
  const [classId, version, attribute] = where.split('/').map(Number)
  const of = interfaceClass(classId ?? 0, version ?? 0)
  if (!of) throw new TypeError(`no class ${where}`)
  return check(
    dataOf(octets),
    of,
    attribute ?? 0,
    logicalName === undefined ? undefined : logicalNameOctets(logicalName),
  )
}

/** class/version/attribute, octets, findings. */
type Row = readonly [what: string, where: string, octets: string, findings: readonly string[], logicalName?: string]

const table = (rows: readonly Row[]): void => {
  for (const [what, where, octets, findings, logicalName] of rows)
    it(what, () => expect(checked(where, octets, logicalName).map(told)).to.deep.equal(findings))
}

describe('a value checked against its class', () => {
  describe('logical_name', () =>
    table([
      ['is that of the object', '3/0/1', '0906 0100010800FF', [], '1.0.1.8.0.255'],
      ['is not that of another', '3/0/1', '0906 0100020800FF', ['!name'], '1.0.1.8.0.255'],
      ['has six octets', '3/0/1', '0905 0100010800', ['!type'], '1.0.1.8.0.255'],
      ['is not empty', '3/0/1', '0900', ['!type'], '1.0.1.8.0.255'],
      ['is an octet-string', '3/0/1', '0A06 010001080041', ['!type'], '1.0.1.8.0.255'],
      ['is not null-data', '3/0/1', '00', ['!type'], '1.0.1.8.0.255'],
      ['is checked in classes of low confidence too', '170/0/1', '0906 00000A0000FF', ['!name'], '0.0.1.0.0.255'],
      ['is any name where that of the object is not known', '170/0/1', '0906 00000A0000FF', []],
    ]))

  describe('simple types', () =>
    table([
      ['any value of Data', '1/0/2', '0204 1101 0A0141 00 0300', []],
      ['a value of a Register', '3/0/2', '06 00000001', []],
      ['a structure as the value of a Register', '3/0/2', '0201 1101', ['!type']],
      ['boolean as the value of a Register', '3/0/2', '03 01', ['!type']],
      ['an enum that is defined', '15/1/8', '1602', []],
      ['an enum that is not', '15/1/8', '1603', ['!enum']],
      ['unsigned instead of enum', '15/1/8', '1102', ['!type']],
      ['null-data instead of enum', '15/1/8', '00', ['?type']],
      ['a number that newer editions may define', '64/0/3', '1601', ['?enum']],
      ['a number of the manufacturer', '28/2/2', '16C8', []],
      ['a number that nobody has', '28/2/2', '1664', ['!enum']],
      ['an enum whose numbers are not known', '24/0/5', '1663', []],
      ['a range kept', '5/0/8', '06 00000001', []],
      ['a range left', '5/0/8', '06 00000000', ['!range']],
      ['a status of a clock', '8/0/4', '1189', []],
      ['a status of a clock with reserved bits', '8/0/4', '1110', ['?range']],
      ['a bit-string of its size', '111/0/4', '0408 80', []],
      ['a type of a class of medium confidence', '7/0/4', '1105', ['?type']],
      ['an attribute that the class does not have', '15/0/9', '0906 000000000000', ['!attribute']],
      ['an attribute of the manufacturer', '3/0/-1', '1105', []],
      ['any attribute of a class that is listed in part', '96/0/99', '1105', []],
    ]))

  describe('structures and arrays', () => {
    const object = (accessMode: string): string =>
      `0204 120003 1100 0906 0100010800FF 0202 0101 0203 0F02 ${accessMode} 00 0101 0202 0F01 1601`
    const compact = (accessMode: string): string =>
      `13 0204 12 11 09 0202 01 0001 0203 0F 16 00 01 0000 0202 0F 16 0C 0003 00 06 0100010800FF 02 ${accessMode}`
    table([
      ['scaler and unit', '3/0/3', '0202 0F00 161E', []],
      ['scaler and unit as an array', '3/0/3', '0102 0F00 0F1E', ['!type']],
      ['unit as unsigned', '3/0/3', '0202 0F00 111E', ['!type unit']],
      ['a reserved unit', '3/0/3', '0202 0F00 1649', ['!enum unit']],
      ['unit 0', '3/0/3', '0202 0F00 1600', ['!enum unit']],
      ['an imperial unit', '3/0/3', '0202 0F00 1680', ['?enum unit']],
      ['scaler and unit not used', '3/0/3', '0202 0F00 16FF', []],
      ['a field missing', '3/0/3', '0201 0F00', ['!count']],
      ['a field to spare', '3/0/3', '0203 0F00 161E 00', ['!count']],
      ['an object list', '15/1/2', `0101 ${object('1601')}`, []],
      ['an object list without objects', '15/1/2', '0100', []],
      [
        'an access mode of a later version',
        '15/1/2',
        `0102 ${object('1601')} ${object('1607')}`,
        ['!enum [2].access_rights.attribute_access[1].access_mode'],
      ],
      ['the same in that version', '15/3/2', `0101 ${object('1607')}`, []],
      [
        'an access mode of version 1 in version 0',
        '15/0/2',
        `0101 ${object('1601')}`,
        ['!type [1].access_rights.method_access[1].access_mode'],
      ],
      ['an object list as a structure', '15/1/2', '0200', ['!type']],
      ['an object list as a compact-array', '15/1/2', compact('01'), ['?type']],
      [
        'an access mode in a compact-array',
        '15/1/2',
        compact('07'),
        ['?type', '!enum [1].access_rights.attribute_access[1].access_mode'],
      ],
      ['a choice between structures', '44/0/5', '0202 0901 41 0901 42', []],
      ['the fields of no structure of a choice', '44/0/5', '0204 0901 41 0901 42 0300 00', ['!count']],
      ['a name as structure or as octets', '15/1/4', '0907 60857405080101', []],
      ['a name as structure', '15/1/4', '0207 1102 1110 1202F4 1105 1108 1101 1101', []],
      ['a name of no context', '15/1/4', '0207 1102 1110 1202F4 1105 1108 1101 1109', ['!range context_id_element']],
      ['rows of a buffer', '7/1/2', '0102 0201 1101 0201 1102', []],
      ['rows of a buffer as a compact-array', '7/1/2', '13 0201 11 02 01 02', []],
      ['rows of a buffer as a compact-array that is broken', '7/1/2', '13 0201 12 01 01', ['?type']],
      ['no rows at all', '7/1/2', '0100', []],
    ])

    it('of what is wrong in thousands of elements, some is told', () => {
      const names: Data = { is: 'array', value: Array.from({ length: 5000 }, () => ({ is: 'null-data' })) }
      const of = interfaceClass(15, 1)
      expect(of && check(names, of, 2).length).to.equal(20)
    })

    it('depth that no class has is not followed', () => {
      const deep = Array.from({ length: 50_000 }).reduce<Data>((value) => ({ is: 'array', value: [value] }), {
        is: 'null-data',
      })
      const of = interfaceClass(9, 0)
      expect(of && check(deep, of, 2).map(told)).to.deep.equal(['!type [1]'])
      expect(of && check({ is: 'structure', value: [deep] }, of, 2).map(told)).to.deep.equal(['!type'])
    })
  })

  describe('placeholders', () => {
    const zeros = '0906 000000000000'
    table([
      ['zero throughout', '7/1/6', `0204 120000 ${zeros} 0F00 120000`, []],
      ['a class without an object', '7/1/6', `0204 120008 ${zeros} 0F02 120000`, ['!dummy']],
      ['an object without a class', '7/1/6', '0204 120000 0906 0000010000FF 0F02 120000', ['!dummy']],
      ['an action of zeros', '9/0/2', `0101 0202 120001 0101 0205 1600 120000 ${zeros} 0F00 00`, []],
      ['a script of zeros', '9/0/2', `0101 0202 120000 0101 0205 1600 120000 ${zeros} 0F00 0F00`, []],
      [
        'an action filled in part',
        '9/0/2',
        `0101 0202 120001 0101 0205 1601 120000 ${zeros} 0F00 0F00`,
        ['!dummy [1].actions[1]'],
      ],
      [
        'a service that is none',
        '9/0/2',
        '0101 0202 120001 0101 0205 1600 120046 0906 0000600A03FF 0F01 0F00',
        ['!enum [1].actions[1].service_id'],
      ],
      ['a special day of zeros', '11/0/2', '0101 0203 120000 0905 0000000000 1100', []],
      ['a special day in month 0', '11/0/2', '0101 0203 120001 0905 07E8000100 1101', ['!format [1].specialday_date']],
      ['a script reference of zeros', '22/0/2', `0202 ${zeros} 120000`, []],
      ['a selector without a script', '22/0/2', `0202 ${zeros} 120002`, ['!dummy']],
      ['the script that does nothing', '22/0/2', '0202 0906 00000A0000FF 120000', []],
      ['a zero that is no structure', '7/1/5', '1600', ['?enum']],
      ['a wrong type in zeros', '22/0/2', `0202 ${zeros} 1100`, ['!type script_selector']],
      [
        'no placeholders in a Schedule',
        '10/0/2',
        `0101 020A 120000 0300 ${zeros} 120000 0904 00000000 120000 040700 0400 0905 0000000000 0905 0000000000`,
        ['!range [1].index', '?format [1].begin_date', '?format [1].end_date'],
      ],
    ])
  })

  describe('dates and times', () => {
    const date = '07EA 0B 15 06'
    table([
      ['the time of a clock', '8/0/2', `090C ${date} 13 1E 00 00 FFC4 00`, []],
      ['with the wrong weekday', '8/0/2', '090C 07EA 0B 15 05 13 1E 00 00 FFC4 00', ['?format']],
      ['without deviation', '8/0/2', `090C ${date} 13 1E 00 00 8000 00`, ['?format']],
      ['without hundredths and weekday', '8/0/2', '090C 07EA 0B 15 FF 13 1E 00 FF FFC4 00', []],
      ['with weekday 8', '8/0/2', '090C 07EA 0B 15 08 13 1E 00 00 FFC4 00', ['!format']],
      ['with month 13', '8/0/2', '090C 07EA 0D 15 FF 13 1E 00 00 FFC4 00', ['!format']],
      ['on 30 February', '8/0/2', '090C 07EA 02 1E FF 13 1E 00 00 FFC4 00', ['!format']],
      ['at 24 hours', '8/0/2', `090C ${date} 18 00 00 00 FFC4 00`, ['!format']],
      ['with a deviation of 900 minutes', '8/0/2', `090C ${date} 13 1E 00 00 0384 00`, ['!format']],
      ['of eleven octets', '8/0/2', `090B ${date} 13 1E 00 00 FFC4`, ['!size']],
      ['of none', '8/0/2', '0900', ['?size']],
      ['of zeros', '8/0/2', '090C 0000 00 00 00 00 00 00 00 0000 00', ['?format']],
      ['under the tag of date-time', '8/0/2', `19 ${date} 13 1E 00 00 FFC4 00`, ['!type']],
      ['the rule of daylight saving', '8/0/5', '090C FFFF 03 FE 07 02 00 00 00 8000 00', []],
      ['a reserved day', '8/0/5', '090C FFFF 03 E1 07 02 00 00 00 8000 00', ['!format']],
      ['nothing captured yet', '4/0/5', '090C FFFF FF FF FF FF FF FF FF 8000 FF', []],
      ['time and date of an action', '22/0/4', '0101 0202 0904 06000000 0905 FFFFFFFFFF', []],
      ['minute 60', '22/0/4', '0101 0202 0904 063C0000 0905 FFFFFFFFFF', ['!format [1].time']],
      ['octets where the tag of date-time is due', '65/0/3', `090C ${date} 13 1E 00 00 FFC4 00`, ['?type']],
    ])
  })

  describe('what the logical name says', () =>
    table([
      ['energy in Wh', '3/0/3', '0202 0F03 161E', [], '1.0.1.8.0.255'],
      ['energy in varh', '3/0/3', '0202 0F03 1620', ['!unit'], '1.0.1.8.0.255'],
      ['energy without a unit', '3/0/3', '0202 0F00 16FF', [], '1.0.1.8.0.255'],
      ['energy of a manufacturer', '3/0/3', '0202 0F03 1620', [], '1.0.1.8.128.255'],
      ['a power factor in percent', '3/0/3', '0202 0F00 1638', ['?unit'], '1.0.13.7.0.255'],
      ['volume of a water meter, of medium confidence', '3/0/3', '0202 0F00 161E', ['?unit'], '8.0.1.0.0.255'],
      ['a number', '3/0/2', '06 00000001', [], '1.0.1.8.0.255'],
      ['a counter as text', '1/0/2', '0A0131', ['?type'], '0.0.96.7.21.255'],
      ['a counter that has no value yet', '1/0/2', '00', [], '0.0.96.7.21.255'],
      ['a counter', '1/0/2', '12 0001', [], '0.0.96.7.21.255'],
    ]))

  describe('in the column of a profile', () => {
    // class/version/attribute/data_index
    const columns: readonly (readonly [what: string, where: string, octets: string, findings: readonly string[]])[] = [
      ['a time', '8/0/2/0', '090C 07EA 0B 15 06 13 1E 00 00 FFC4 00', []],
      ['the time of the row before', '8/0/2/0', '00', []],
      ['a number where the time was captured', '8/0/2/0', '06 00000001', ['!type']],
      ['the unit alone', '3/0/3/2', '161E', []],
      ['the scaler in its place', '3/0/3/2', '0F00', ['!type']],
      ['a field that is not there', '3/0/3/3', '0F00', []],
      ['one object', '6/0/2/1', '0202 120003 0906 0100010800FF', []],
      ['a number where an object was captured', '6/0/2/1', '120003', ['!type']],
      ['a column of a class of medium confidence', '7/0/4/0', '1105', ['?type']],
    ]
    for (const [what, where, octets, findings] of columns)
      it(what, () => {
        const [classId = 0, version = 0, attribute = 0, index = 0] = where.split('/').map(Number)
        const of = interfaceClass(classId, version)
        expect(of && checkColumn(dataOf(octets), of, attribute, index).map(told)).to.deep.equal(findings)
      })
  })

  it('says what was expected, and what was found', () =>
    expect(checked('22/0/4', '0101 0202 0904 06000000 1105')).to.deep.equal([
      {
        is: 'type',
        path: '[1].date',
        expected: 'octet-string of 5 (date)',
        found: 'unsigned 5',
        firm: true,
      },
    ]))
})

describe('whatever a meter sends', () => {
  const leaf = fc.oneof(
    fc.constant<Data>({ is: 'null-data' }),
    fc.uint8Array({ maxLength: 13 }).map((value): Data => ({ is: 'octet-string', value })),
    fc.nat(255).map((value): Data => ({ is: 'enum', value })),
    fc.integer({ min: -128, max: 127 }).map((value): Data => ({ is: 'integer', value })),
    fc.nat(65535).map((value): Data => ({ is: 'long-unsigned', value })),
    fc.boolean().map((value): Data => ({ is: 'boolean', value })),
    fc.constantFrom('', '0101', '1'.repeat(24)).map((value): Data => ({ is: 'bit-string', value })),
  )
  const { anything } = fc.letrec<{ anything: Data }>((tie) => ({
    anything: fc.oneof(
      { maxDepth: 4 },
      leaf,
      fc.array(tie('anything'), { maxLength: 4 }).map((value): Data => ({ is: 'array', value })),
      fc.array(tie('anything'), { maxLength: 8 }).map((value): Data => ({ is: 'structure', value })),
    ),
  }))
  const attributes = interfaceClasses.flatMap((of) => of.attributes.map(({ id }) => ({ of, id })))

  it('is found right or wrong, and what is wrong is told', () =>
    fc.assert(
      fc.property(anything, fc.constantFrom(...attributes), (value, { of, id }) => {
        for (const { expected, found, firm } of check(value, of, id, Uint8Array.of(0, 0, 1, 0, 0, 255))) {
          expect(expected).to.not.equal('')
          expect(found).to.not.equal('')
          if (firm && id !== 1) expect(of.confidence).to.equal('high')
        }
      }),
      { numRuns: 3000 },
    ))
})
