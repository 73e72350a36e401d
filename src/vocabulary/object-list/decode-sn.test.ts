import { expect } from 'chai'
import { decode } from '../../codec/codec.ts'
import { unhex } from '../../codec/value.ts'
import { data, type Data } from '../../protocol/data/data.ts'
import { decodeRightsList, decodeShortNameList } from './decode-sn.ts'

const dataOf = (text: string): Data => {
  const read = decode(data, unhex(text) ?? new Uint8Array())
  if (!read.ok) throw new Error(JSON.stringify(read.failure))
  return read.value
}

/** Hand-written: the association (base name FA00, of this version), and a register at 0440. */
const list = (version = '02'): string => `01 02
  02 04 10 FA00 12 000C 11 ${version} 09 06 0000280000FF
  02 04 10 0440 12 0003 11 00 09 06 0100010800FF`

/** The register has one attribute with this mode, and one method that may be invoked. */
const rights = (mode: string): string => `01 01
  02 03 10 0440 01 01 02 03 0F 02 16 ${mode} 00 01 01 02 02 0F 01 16 01`

const wrong = (text: string, ofRights?: string): string => {
  const read = decodeShortNameList(dataOf(text), ofRights === undefined ? undefined : dataOf(ofRights))
  return read.ok ? 'nothing' : `${read.failure.path}: ${read.failure.expected}, not ${read.failure.found}`
}

describe('object_list of Association SN', () => {
  it('gives the objects with the rights of access_rights_list', () => {
    const read = decodeShortNameList(dataOf(list()), dataOf(rights('03')))
    expect(read.ok && read.value).to.deep.equal([
      { 'class-id': 12, version: 2, 'instance-id': '0.0.40.0.0.255', attributes: [], methods: [] },
      {
        'class-id': 3,
        version: 0,
        'instance-id': '1.0.1.8.0.255',
        attributes: [{ 'attribute-id': 2, 'access-mode': 3, rights: ['read', 'write'] }],
        methods: [{ 'method-id': 1, 'access-mode': 1, rights: ['invoke'] }],
      },
    ])
  })
  it('access_rights_list by itself: attributes and methods', () => {
    const read = decodeRightsList(dataOf(rights('03')))
    expect(read.ok && read.value.map(({ attributes, methods }) => [attributes.length, methods.length])).to.deep.equal([
      [1, 1],
    ])
    expect(decodeRightsList(dataOf(list())).ok).to.equal(false)
  })
  it('gives the objects alone where there is no access_rights_list', () => {
    const read = decodeShortNameList(dataOf(list()), undefined)
    expect(read.ok && read.value.map(({ attributes, methods }) => [attributes, methods])).to.deep.equal([
      [[], []],
      [[], []],
    ])
  })
  it('reads modes as numbers up to version 3, as bits from version 4 on', () => {
    const modeFour = (version: string): unknown => {
      const read = decodeShortNameList(dataOf(list(version)), dataOf(rights('04')))
      return read.ok && read.value[1]?.attributes[0]?.rights
    }
    expect(modeFour('03')).to.deep.equal(['read', 'authenticated-request'])
    expect(modeFour('04')).to.deep.equal(['authenticated-request'])
  })
  it('says what is wrong, and where', () => {
    expect(wrong('09 00')).to.equal('object_list: array, not octet-string')
    expect(wrong('01 01 02 03 10 0440 12 0003 11 00')).to.match(/^object_list\[0\]: a structure of 4 /)
    expect(wrong('01 01 02 04 11 04 12 0003 11 00 09 06 0100010800FF')).to.equal(
      'object_list[0].base_name: long, not unsigned',
    )
    expect(wrong(list(), '00')).to.equal('access_rights_list: array, not null-data')
    expect(wrong(list(), '01 01 02 03 10 0440 00 01 00')).to.equal(
      'access_rights_list[0].attribute_access: array, not null-data',
    )
  })
})
