import { expect } from 'chai'
import { decode, encode } from '../../codec/codec.ts'
import { hex } from '../../codec/value.ts'
import { data, type Data } from '../data/data.ts'
import { octets, textsOf } from '../vectors/texts.ts'
import { keyPairOf } from './curves.ts'
import { ephemeralKeyData, ephemeralKeyOf } from './key-agreement.ts'
import {
  CERTIFICATE_ENTITY,
  CERTIFICATE_TYPE,
  certificatesArray,
  certificatesIn,
  identificationData,
  identificationIn,
  KEY_ID,
  keyDataArray,
  keyDataIn,
  keyOfId,
} from './security-setup.ts'

const dataOf = (text: string): Data => {
  const read = decode(data, octets(text))
  if (!read.ok) throw new TypeError(JSON.stringify(read.failure))
  return read.value
}
const octetsOf = (value: Data): string => hex(encode(data, value))

describe('Security setup', () => {
  it('has these keys by key_id', () => {
    for (const [name, id] of Object.entries(KEY_ID)) expect(keyOfId(id)).to.equal(name)
    expect(keyOfId(4)).to.equal(undefined)
  })

  const WRAPPED = '11'.repeat(24)
  const transfer = `0102 0202 1600 0918${WRAPPED} 0202 1602 0918${WRAPPED}`
  const keys = [
    { keyId: 0, data: octets(WRAPPED) },
    { keyId: 2, data: octets(WRAPPED) },
  ]
  it('reads and writes what key_transfer takes', () => {
    expect(keyDataIn(dataOf(transfer))).to.deep.equal(keys)
    expect(octetsOf(keyDataArray(keys))).to.equal(transfer.replaceAll(' ', ''))
    expect(keyDataIn(dataOf('0100'))).to.deep.equal([])
  })
  it('reads the key_agreement of the worked example', () => {
    const vector = textsOf('ecdsa', 'ecdsa-gb-c1')
    const keyData = `${vector['message']?.slice(2) ?? ''}${vector.octets}`
    const [element] = keyDataIn(dataOf(`0101 0202 1600 098180${keyData}`)) ?? []
    const { publicKey } = keyPairOf('P-256', octets(vector['private-key'] ?? ''))
    const agreed = element && ephemeralKeyOf('P-256', publicKey, element.data, element.keyId)
    expect(agreed?.ok).to.equal(true)
  })
  it('writes key_agreement so that it is read', () => {
    const pair = keyPairOf('P-384', octets('11'.repeat(48)))
    const made = keyDataArray([{ keyId: 1, data: ephemeralKeyData('P-384', pair, pair.publicKey, 1) }])
    expect(octetsOf(made).slice(0, -384)).to.equal('0101020216010981C0')
  })
  for (const [what, text] of [
    ['a structure', '0202 1600 0900'],
    ['key_id as unsigned', '0101 0202 1100 0900'],
    ['no octet-string', '0101 0202 1600 1600'],
    ['one field', '0101 0201 1600'],
    ['three fields', '0101 0203 1600 0900 0900'],
    ['one element of two that is wrong', '0102 0202 1600 0900 1600'],
    ['null-data', '00'],
  ] as const)
    it(`does not take ${what} for keys`, () => expect(keyDataIn(dataOf(text))).to.equal(undefined))

  for (const [what, text, value] of [
    [
      'entity',
      '0202 1600 0203 1600 1601 0908 4D4D4D0000BC614E',
      { is: 'certificate-entity', entity: 0, type: 1, systemTitle: octets('4D4D4D0000BC614E') },
    ],
    [
      'serial number',
      '0202 1601 0202 0902 0102 0903 300100',
      { is: 'serial-number', serialNumber: octets('0102'), issuer: octets('300100') },
    ],
  ] as const)
    it(`reads and writes the identification of a certificate by ${what}`, () => {
      expect(identificationIn(dataOf(text))).to.deep.equal(value)
      expect(octetsOf(identificationData(value))).to.equal(text.replaceAll(' ', ''))
    })
  for (const [what, text] of [
    ['the fields of an entity by serial number', '0202 1601 0203 1600 1601 0900'],
    ['the fields of a serial number by entity', '0202 1600 0202 0900 0900'],
    ['three fields by serial number', '0202 1601 0203 0900 0900 0900'],
    ['four fields by entity', '0202 1600 0204 1600 1601 0900 0900'],
    ['another identification', '0202 1602 0202 0900 0900'],
    ['an array', '0102 1601 1601'],
    ['no identification', '0201 1600'],
  ] as const)
    it(`does not take ${what} for one`, () => expect(identificationIn(dataOf(text))).to.equal(undefined))

  const info = {
    entity: CERTIFICATE_ENTITY['certification-authority'],
    type: CERTIFICATE_TYPE.other,
    serialNumber: octets('01'),
    issuer: octets('02'),
    subject: octets('03'),
    subjectAltName: octets(''),
  }
  it('reads and writes the attribute certificates', () => {
    const text = '0101 0206 1602 1603 090101 090102 090103 0900'
    expect(certificatesIn(dataOf(text))).to.deep.equal([info])
    expect(octetsOf(certificatesArray([info]))).to.equal(text.replaceAll(' ', ''))
  })
  for (const text of ['0101 0205 1602 1603 0900 0900 0900', '0101 0206 1602 1603 0900 0900 0900 1600', '0200', '1600'])
    it(`does not take ${text} for it`, () => expect(certificatesIn(dataOf(text))).to.equal(undefined))
})
