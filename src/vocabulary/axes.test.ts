import { expect } from 'chai'
import type { Value } from '../codec/value.ts'
import { declaredMeter } from '../prove/scene.ts'
import { axes } from './axes.ts'
import { vocabulary } from './vocabulary.ts'

const scope = vocabulary.roots(declaredMeter('reference').value, 'hdlc')
const names = (axis: string, of?: Value, over = scope): readonly Value[] =>
  (axes[axis]?.rows(over, of) ?? []).map(({ name }) => name ?? null)

describe('axes', () => {
  it('clients: all that are declared, or those that may address a device', () => {
    const all = ['public', 'reader', 'management', 'ciphered', 'sacrificial', 'hls']
    expect(names('clients')).to.deep.equal(all)
    expect(names('clients', 'metering')).to.deep.equal(['reader'])
    expect(names('clients', { name: 'management', upper: 1 })).to.deep.equal(all)
  })

  it('a client has what its referencing calls by names of its own', () => {
    const rowsOf = (meter: string): readonly Readonly<Record<string, Value>>[] =>
      axes['clients']?.rows(vocabulary.roots(declaredMeter(meter).value, 'hdlc'), undefined) ?? []
    const readers = ['reference', 'sn'].map((meter) => rowsOf(meter).find(({ name }) => name === 'reader'))
    expect(readers.map((row) => row?.['referencing'])).to.deep.equal([
      {
        'association-class': 15,
        'access-rights': { 'class-id': 15, 'instance-id': '0.0.40.0.0.255', 'attribute-id': 2 },
        'vaa-name': 7,
        read: ['get'],
        foreign: ['read', 'unconfirmed-write'],
        other: 'sn',
        ciphered: 'ln-ciphered',
      },
      {
        'association-class': 12,
        'access-rights': { 'class-id': 12, 'instance-id': '0.0.40.0.0.255', 'attribute-id': 3 },
        'vaa-name': 0xfa00,
        read: ['read'],
        foreign: ['get', 'event-notification'],
        other: 'ln',
        ciphered: 'sn-ciphered',
      },
    ])
    for (const row of readers) expect(row?.['services']).to.include.members(['get', 'selective-access'])
    const [, manager] = ['reader', 'management'].map((name) => rowsOf('sn').find((row) => row['name'] === name))
    expect(manager?.['services']).to.include.members(['set', 'action', 'block-transfer-with-action'])
    expect(readers[1]?.['services']).not.to.include.members(['set'])
  })

  it('devices: all that are declared, or those that a client may address', () => {
    expect(names('devices')).to.deep.equal(['management', 'metering', 'tariff'])
    expect(names('devices', 'reader')).to.deep.equal(['management', 'metering'])
    expect(names('devices', { name: 'x', devices: ['tariff'] })).to.deep.equal(['tariff'])
  })

  it('a device has its address in the octets of the meter', () => {
    const addressOf = (meter: string): readonly Value[] => {
      const roots = vocabulary.roots(declaredMeter(meter).value, 'hdlc')
      return (axes['devices']?.rows(roots, undefined) ?? []).map(({ address }) => address ?? null)
    }
    expect(addressOf('reference')).to.deep.equal(['00020401', '00220401', '00240401'])
    expect(addressOf('one-octet')[0]).to.equal('03')
    expect(addressOf('two-octet')[0]).to.match(/^02..$/)
  })

  it('rates: the one announced and each lower one, by their characters', () => {
    const characters = (signOn: Value): readonly Value[] =>
      (axes['rates']?.rows({ supports: { signOn } }, undefined) ?? []).map(({ character }) => character ?? null)
    expect(characters({ modes: ['C', 'E'], baud: 9600 })).to.deep.equal(['0', '1', '2', '3', '4', '5'])
    expect(characters({ modes: ['B'], baud: 4800 })).to.deep.equal(['A', 'B', 'C', 'D'])
    expect(characters({ modes: ['C'], baud: 300 })).to.deep.equal(['0'])
    expect(names('rates')[0]).to.equal('300')
  })

  it('ciphered-forms: what a client is declared with, or all ciphering clients together', () => {
    const client = (ciphered: boolean, forms: readonly string[]): Value => ({
      sap: 1,
      ciphered,
      security: { suite: 0, systemTitle: '5443530000000001', forms: [...forms] },
    })
    const clients = {
      one: client(true, ['glo', 'general-glo']),
      two: client(true, ['ded']),
      plain: client(false, ['ded']),
    }
    const own = { testing: { clients } }
    expect(names('ciphered-forms', { name: 'one' }, own)).to.deep.equal(['glo', 'general-glo'])
    expect(names('ciphered-forms', 'plain', own)).to.deep.equal([])
    expect(names('ciphered-forms', undefined, own)).to.deep.equal(['glo', 'general-glo', 'ded'])
  })

  it('other-ports: those of the declaration but the one that the case runs on', () => {
    expect(names('other-ports')).to.deep.equal(['optical', 'wrapper', 'udp'])
    expect(names('other-ports', undefined, { ...scope, port: { name: 'udp' } })).to.deep.equal([
      'optical',
      'hdlc',
      'wrapper',
    ])
  })

  const MAY_BE_ABSENT = /^(secret|context|conformance|users|security\..*)$/
  it('rows have the fields that are announced', () => {
    for (const [name, { fields, rows }] of Object.entries(axes))
      for (const row of rows(scope, undefined))
        for (const field of fields.filter((each) => !MAY_BE_ABSENT.test(each)))
          expect(row, `${name} ${field}`).to.have.nested.property(field)
  })
})

describe('roots', () => {
  it('say what is declared, and what a case gets where it asks for none', () => {
    expect(scope).to.have.nested.property('testing.timing.responseMs', 1500)
    expect(scope['client']).to.include({ name: 'public', sap: 16 })
    expect(scope['device']).to.include({ name: 'management', address: '00020401' })
    expect(scope['port']).to.include({ name: 'hdlc', baud: 9600 })
  })
  it('name numbers that nobody has', () => {
    expect(scope['unassigned']).to.deep.include({ upper: 0x1000, lower: 0x1000, wport: 0x60 })
    const small = vocabulary.roots(declaredMeter('one-octet').value, 'hdlc')
    expect(small['unassigned']).to.deep.include({ upper: 0x60 })
  })
})
