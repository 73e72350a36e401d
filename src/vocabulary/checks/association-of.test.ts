import { expect } from 'chai'
import type { Value } from '../../codec/value.ts'
import { associationOf } from './association-of.ts'

const of = (attribute: number, more: { readonly [name: string]: Value } = {}): Value => ({
  attribute: { 'attribute-id': attribute },
  client: { sap: 2, mechanism: 'lls' },
  device: { sap: 17 },
  conformance: ['get', 'selective-access'],
  receive: 2048,
  send: 1024,
  ...more,
})

/** conformance, max_receive_pdu_size, max_send_pdu_size, dlms_version_number, quality_of_service, cyphering_info. */
const info = (bits: string, receive = 2048, send = 1024, version = 6): Value => ({
  structure: [
    { 'bit-string': bits },
    { 'long-unsigned': receive },
    { 'long-unsigned': send },
    { unsigned: version },
    { integer: 0 },
    { 'octet-string': '' },
  ],
})
/** get is bit 19, selective-access bit 21. */
const NEGOTIATED = '000000000000000000010100'
const MORE = '000000000000000000011101'
const LESS = '000000000000000000010000'

const arcs = (...all: readonly number[]): Value => ({ structure: all.map((arc) => ({ 'long-unsigned': arc })) })
const octets = (hex: string): Value => ({ 'octet-string': hex })

describe('association-of', () => {
  it('passes the association that is open, names as octets or as arcs', () => {
    for (const [value, argument] of [
      [{ structure: [{ integer: 2 }, { 'long-unsigned': 17 }] }, of(3)],
      [octets('60857405080101'), of(4)],
      [arcs(2, 16, 756, 5, 8, 1, 1), of(4)],
      [octets('60857405080102'), of(4, { client: { context: 'sn' } })],
      [info(NEGOTIATED), of(5)],
      [info(MORE), of(5)],
      [octets('60857405080201'), of(6)],
      [arcs(2, 16, 756, 5, 8, 2, 1), of(6)],
      [octets(''), of(6, { client: { mechanism: 'lowest' } })],
      [{ enum: 2 }, of(8)],
    ] as const)
      expect(associationOf(value, argument), JSON.stringify(value)).to.deep.equal({ is: 'pass' })
  })

  it('fails any other', () => {
    for (const [value, argument, found] of [
      [{ structure: [{ integer: 16 }, { 'long-unsigned': 17 }] }, of(3), '16, 17'],
      [octets('60857405080102'), of(4), 'octet-string of 7 60857405080102'],
      [arcs(2, 16, 756, 5, 8, 2, 1), of(4), 'structure of 7'],
      [info(LESS), of(5), 'selective-access is 0'],
      [info(NEGOTIATED, 1024), of(5), '1024'],
      [info(NEGOTIATED, 2048, 2048), of(5), '2048'],
      [info(NEGOTIATED, 2048, 1024, 5), of(5), '5'],
      [octets('60857405080205'), of(6), 'octet-string of 7 60857405080205'],
      [octets(''), of(6), 'octet-string of 0'],
      [{ enum: 1 }, of(8), 'enum 1'],
      [{ enum: 1 }, of(7), '{"attribute-id":7}'],
      [{ pigeon: 1 }, of(8), '{"pigeon":1}'],
    ] as const)
      expect(associationOf(value, argument), JSON.stringify(value)).to.include({ is: 'fails', found })
  })

  it('remarks that less is sent than the client takes', () => {
    expect(associationOf(info(NEGOTIATED, 2048, 512), of(5))).to.include({ is: 'remark', ruling: 'C13' })
  })
})
