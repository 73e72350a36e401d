import { expect } from 'chai'
import { decode } from '../../codec/codec.ts'
import { unhex } from '../../codec/value.ts'
import { data, type Data } from '../../protocol/data/data.ts'
import { decodeObjectList } from './decode.ts'

const dataOf = (text: string): Data => {
  const read = decode(data, unhex(text) ?? new Uint8Array())
  if (!read.ok) throw new Error(JSON.stringify(read.failure))
  return read.value
}

const ASSOCIATION = '02 04 12 000F 11 01 09 06 0000280000FF 02 02'
const REGISTER = '02 04 12 0003 11 00 09 06 0100010800FF 02 02'
const NONE = '01 00 01 00'

/** Hand-written: the association (version 1) with one attribute and one method, a register with three and one. */
const LIST = `01 02
  ${ASSOCIATION} 01 01  02 03 0F 02 16 01 00   01 01  02 02 0F 01 16 01
  ${REGISTER} 01 03  02 03 0F 01 16 01 00  02 03 0F 02 16 00 01 02 0F 01 0F 02  02 03 0F FF 16 06 00
    01 01  02 02 0F 01 16 02`

/** What is wrong with a list, in one line. */
function wrong(text: string): string {
  const list = decodeObjectList(dataOf(text))
  return list.ok ? 'nothing' : `${list.failure.path}: ${list.failure.expected}, not ${list.failure.found}`
}

/** Rights of attribute 1 and method 1 of a register, listed by an association of this version with these modes. */
function rights(version: number, attribute: number, method: number): readonly (readonly string[])[] {
  const octet = (n: number): string => n.toString(16).padStart(2, '0')
  const list = decodeObjectList(
    dataOf(`01 02
      02 04 12 000F 11 ${octet(version)} 09 06 0000280000FF 02 02 ${NONE}
      ${REGISTER} 01 01 02 03 0F 01 16 ${octet(attribute)} 00 01 01 02 02 0F 01 16 ${octet(method)}`),
  )
  return list.ok
    ? [...(list.value[1]?.attributes ?? []), ...(list.value[1]?.methods ?? [])].map((each) => each.rights)
    : []
}

describe('object_list of Association LN', () => {
  it('gives the objects with their attributes and methods', () => {
    const list = decodeObjectList(dataOf(LIST))
    expect(list.ok && list.value).to.deep.equal([
      {
        'class-id': 15,
        version: 1,
        'instance-id': '0.0.40.0.0.255',
        attributes: [{ 'attribute-id': 2, 'access-mode': 1, rights: ['read'] }],
        methods: [{ 'method-id': 1, 'access-mode': 1, rights: ['invoke'] }],
      },
      {
        'class-id': 3,
        version: 0,
        'instance-id': '1.0.1.8.0.255',
        attributes: [
          { 'attribute-id': 1, 'access-mode': 1, rights: ['read'] },
          { 'attribute-id': 2, 'access-mode': 0, rights: [], selectors: [1, 2] },
          { 'attribute-id': -1, 'access-mode': 6, rights: ['read', 'write', 'authenticated-request'] },
        ],
        methods: [{ 'method-id': 1, 'access-mode': 2, rights: ['invoke', 'authenticated-request'] }],
      },
    ])
  })

  it('reads access_mode as the version of the association says', () => {
    expect(rights(0, 3, 1)).to.deep.equal([['read', 'write'], ['invoke']])
    expect(rights(2, 5, 0)).to.deep.equal([['write', 'authenticated-request'], []])
    expect(rights(3, 5, 1)).to.deep.equal([['read', 'authenticated-request'], ['invoke']])
    expect(rights(3, 0x52, 0x23)).to.deep.equal([
      ['write', 'digitally-signed-request', 'encrypted-response'],
      ['invoke', 'authenticated-response'],
    ])
  })

  it('takes a method that version 0 lists by a boolean', () => {
    const list = decodeObjectList(dataOf(`01 01 ${REGISTER} 01 00 01 02 02 02 0F 01 03 FF 02 02 0F 02 03 00`))
    expect(list.ok && list.value[0]?.methods.map(({ rights }) => rights)).to.deep.equal([['invoke'], []])
  })

  it('says where it is none, and why', () => {
    const cases: Readonly<Record<string, string>> = {
      '02 00': 'object_list: array, not structure',
      '01 01 00': 'object_list[0]: structure, not null-data',
      [`01 01 02 03 12 0003 11 00 09 06 0100010800FF`]:
        'object_list[0]: a structure of 4 (class_id, version, logical_name, access_rights), not one of 3',
      [`01 01 02 04 06 00000003 11 00 09 06 0100010800FF 02 02 ${NONE}`]:
        'object_list[0].class_id: long-unsigned, not double-long-unsigned',
      [`01 01 02 04 12 0003 11 00 09 05 0100010800 02 02 ${NONE}`]:
        'object_list[0].logical_name: octet-string of 6, not one of 5',
      [`01 01 ${REGISTER} 01 01 02 03 0F 01 11 01 00 01 00`]:
        'object_list[0].access_rights.attribute_access[0].access_mode: enum, not unsigned',
      [`01 01 ${REGISTER} 01 01 02 03 11 01 16 01 00 01 00`]:
        'object_list[0].access_rights.attribute_access[0].attribute_id: integer, not unsigned',
      [`01 01 ${REGISTER} 01 01 02 03 0F 01 16 01 0F 01 01 00`]:
        'object_list[0].access_rights.attribute_access[0].access_selectors: array, not integer',
      [`01 01 02 04 12 000F 11 01 09 06 0000280000FF 02 02 01 01 02 03 0F 01 16 0C 00 01 00`]:
        'object_list[0].access_rights.attribute_access[0].access_mode: a mode that the version of the association has, not 12',
    }
    for (const [text, expected] of Object.entries(cases)) expect(wrong(text), text).to.equal(expected)
  })

  it('has an end: no more than 10 000 objects, nor 200 000 attributes and methods', () => {
    const objects = (n: number): Data => {
      const one = dataOf(`${REGISTER} ${NONE}`)
      return { is: 'array', value: Array.from({ length: n }, () => one) }
    }
    expect(decodeObjectList(objects(10_000)).ok).to.equal(true)
    expect(decodeObjectList(objects(10_001))).to.have.nested.property('failure.expected', 'at most 10000 objects')
    const attribute = dataOf('02 03 0F 01 16 01 00')
    const many = dataOf(`${REGISTER} ${NONE}`)
    const wide: Data = {
      is: 'array',
      value: Array.from({ length: 3 }, () => ({
        is: 'structure',
        value: [
          ...(many.is === 'structure' ? many.value.slice(0, 3) : []),
          {
            is: 'structure',
            value: [
              { is: 'array', value: Array.from({ length: 70_000 }, () => attribute) },
              { is: 'array', value: [] },
            ],
          },
        ],
      })),
    }
    expect(decodeObjectList(wide)).to.have.nested.property('failure.expected', 'at most 200000 attributes and methods')
  })
})
