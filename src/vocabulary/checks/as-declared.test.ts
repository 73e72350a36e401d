import { expect } from 'chai'
import type { Value } from '../../codec/value.ts'
import { conformanceAsDeclared } from './as-declared.ts'
import { devicesAsDeclared, nameAsDeclared } from './device-names.ts'
import { identificationAsDeclared } from './identification-as-declared.ts'
import { objectsAsDeclared } from './objects-as-declared.ts'

const PASS = { is: 'pass' }

describe('conformance-as-declared', () => {
  const reader = { name: 'reader', conformance: ['get', 'set'] }

  it('passes just the declared bits, remarks more of them, and fails fewer', () => {
    expect(conformanceAsDeclared(['set', 'get'], reader)).to.deep.equal(PASS)
    expect(conformanceAsDeclared(['get', 'set', 'action'], reader)).to.deep.equal({
      is: 'remark',
      text: 'granted, and not declared in testing.clients.reader.conformance: action',
      ruling: 'G17',
    })
    expect(conformanceAsDeclared(['get', 'action'], reader)).to.deep.equal({
      is: 'fails',
      expected: 'set granted (testing.clients.reader.conformance)',
      found: 'only get, action',
      claims: ['testing.clients.reader.conformance'],
    })
  })
})

describe('devices-as-declared', () => {
  const list = (...saps: readonly number[]): Value => ({
    array: saps.map((sap) => ({ structure: [{ 'long-unsigned': sap }, { 'octet-string': '53494D' }] })),
  })
  const DEVICES: Value = { management: { upper: 1 }, metering: { upper: 17, sap: 18 } }

  it('passes the declared ones, remarks others, and fails what is missing by its name', () => {
    expect(devicesAsDeclared(list(18, 1), DEVICES)).to.deep.equal(PASS)
    expect(devicesAsDeclared(list(1, 18, 5), DEVICES)).to.include({
      is: 'remark',
      text: 'SAP 5, "SIM", is listed, and not declared in devices',
    })
    expect(devicesAsDeclared(list(1, 17), DEVICES)).to.deep.include({ is: 'fails', claims: ['devices.metering'] })
    expect(devicesAsDeclared({ 'null-data': {} }, DEVICES)).to.include({ is: 'fails', expected: 'an array' })
  })
})

describe('name-as-declared', () => {
  const SIM = { 'octet-string': '53494D30' }
  const given = (name?: string, manufacturer?: string): Value => ({
    device: { name: 'first', ...(name === undefined ? {} : { logicalDeviceName: name }) },
    nameplate: manufacturer === undefined ? {} : { manufacturer },
  })

  it('passes what is not declared, and what is as declared', () => {
    for (const declared of [given(), given('SIM0'), given('SIM0', 'SIM'), given(undefined, 'Simulators & Sons')])
      expect(nameAsDeclared(SIM, declared), JSON.stringify(declared)).to.deep.equal(PASS)
  })
  it('fails another name, and another manufacturer', () => {
    expect(nameAsDeclared(SIM, given('SIM1'))).to.deep.include({ claims: ['devices.first.logicalDeviceName'] })
    expect(nameAsDeclared(SIM, given(undefined, 'XYZ'))).to.deep.include({ claims: ['identification.manufacturer'] })
    expect(nameAsDeclared({ unsigned: 1 }, given('SIM1'))).to.include({ is: 'fails' })
  })
})

describe('identification-as-declared', () => {
  const said = (manufacturer: string, rate: string, escapes = '2'): Value => ({
    manufacturer,
    'baud-rate-identification': rate,
    'mode-escapes': escapes,
    identification: 'meter',
  })
  const SIGN_ON = { modes: ['C', 'E'], baud: 9600, announcesHdlc: true }
  const against = (found: Value, signOn: Value, nameplate: Value = {}) =>
    identificationAsDeclared(found, { signOn, nameplate })

  it('passes what is as declared; a name of a company says nothing', () => {
    for (const manufacturer of ['SIM', 'sim', 'Simulators & Sons'])
      expect(against(said('SIM', '5'), SIGN_ON, { manufacturer })).to.deep.equal(PASS)
    expect(against(said('SIM', 'E', ''), { modes: ['B'], baud: 9600 })).to.deep.equal(PASS)
    expect(against(said('SIM', 'Z', ''), { modes: ['A'], baud: 300 })).to.deep.equal(PASS)
  })
  it('fails each claim that is not so, by its path', () => {
    const paths = (found: Value, signOn: Value, nameplate?: Value): unknown => {
      const checked = against(found, signOn, nameplate)
      return checked.is === 'fails' ? checked.claims : checked
    }
    expect(paths(said('XYZ', '5'), SIGN_ON, { manufacturer: 'SIM' })).to.deep.equal(['identification.manufacturer'])
    expect(paths(said('SIM', '4'), SIGN_ON)).to.deep.equal(['supports.signOn.baud'])
    expect(paths(said('SIM', '5', ''), SIGN_ON)).to.deep.equal(['supports.signOn.announcesHdlc'])
    expect(paths(said('SIM', '5'), { ...SIGN_ON, fastReaction: true })).to.deep.equal(['supports.signOn.fastReaction'])
    expect(paths(null, SIGN_ON)).to.equal(undefined)
  })
  it('remarks what is announced, and not declared', () => {
    const { is, text = '' } = { text: '', ...against(said('SIm', '5'), { modes: ['C'], baud: 9600 }) }
    expect(is).to.equal('remark')
    expect(text).to.include('announcesHdlc').and.to.include('fastReaction')
  })
})

describe('objects-as-declared', () => {
  const CLOCK = { 'class-id': 8, 'instance-id': '0.0.1.0.0.255' }
  const listed = (...rights: readonly string[]): Value => [
    { ...CLOCK, version: 0, attributes: [{ 'attribute-id': 3, rights: [...rights] }], methods: [] },
  ]
  const against = (list: Value, objects: Value, role = 'reader') =>
    objectsAsDeclared(list, {
      client: { name: 'r', role, devices: ['first'] },
      device: { name: 'first' },
      objects,
    })
  const readable = { ...CLOCK, 'attribute-id': 3, for: ['reader'] }

  it('passes what is listed with its rights, and what is not for this client', () => {
    expect(against(listed('read'), { readable })).to.deep.equal(PASS)
    expect(against([], { readable }, 'public')).to.deep.equal(PASS)
    expect(against([], { readable: CLOCK })).to.deep.equal(PASS)
    expect(against([], { readable: { ...readable, device: 'second' } })).to.deep.equal(PASS)
    expect(against([], { managementOnly: { ...readable, for: ['management'] } })).to.deep.equal(PASS)
    expect(against(listed('read'), { clock: { ...CLOCK, for: ['reader'] } })).to.deep.equal(PASS)
  })
  it('passes what is listed without any rights, as with short names', () => {
    expect(against([{ ...CLOCK, version: 0, attributes: [], methods: [] }], { readable })).to.deep.equal(PASS)
  })
  for (const [what, list, objects, found] of [
    ['what is not listed', [], { readable }, 'no such object'],
    ['another class', listed('read'), { readable: { ...readable, 'class-id': 3 } }, 'class 8'],
    ['an attribute that is not listed', listed('read'), { readable: { ...readable, 'attribute-id': 4 } }, 'not listed'],
    ['a right that is missing', listed(), { readable }, 'listed with no right'],
    [
      'what may only be read, and has values',
      listed('read'),
      { readable: { ...readable, values: [] } },
      'listed with read',
    ],
    [
      'a method that is not listed',
      listed('read'),
      { readable: { ...CLOCK, 'method-id': 1, for: ['reader'] } },
      'not listed',
    ],
  ] as const)
    it(`fails ${what}`, () =>
      expect(against(list, objects)).to.deep.include({ is: 'fails', found, claims: ['testing.objects.readable'] }))
  it('fails what only management may read, and others may, too', () => {
    const objects = { managementOnly: { ...readable, for: ['management'] } }
    expect(against(listed('read'), objects)).to.deep.include({ claims: ['testing.objects.managementOnly'] })
  })
})
