import { expect } from 'chai'
import { clientBy, declared, deviceBy, unassigned } from './declared.ts'

const BARE = {
  devices: { management: { upper: 1 }, metering: { upper: 17, sap: 3 } },
  ports: {
    a: { profile: ['hdlc', 'serial'] },
    b: { profile: ['wrapper', 'tcp'] },
    c: { profile: ['sign-on', 'hdlc'] },
  },
  supports: { hdlc: { addressing: 2, lower: 17 }, signOn: { modes: ['E', 'X', 'C'], baud: 9600 } },
  testing: { clients: { reader: { sap: 2, devices: ['metering'] }, anyone: { role: 'public', sap: 16 } } },
}

describe('what is declared', () => {
  it('has the times of the standard where nothing is said', () => {
    expect(declared(BARE, 'a').timing).to.deep.equal({
      responseMs: 1500,
      interOctetMs: 25,
      interFrameMs: 25,
      inactivityMs: 120_000,
      signOffMs: 60_000,
      lockoutMs: 60_000,
      tcpInactivityMs: 180_000,
      bootMs: 10_000,
      signOnReactionMs: [200, 1500],
    })
  })
  it('has the times of the port over those of the meter', () => {
    const own = {
      ...BARE,
      ports: { a: { timing: { responseMs: 300 } } },
      testing: { timing: { responseMs: 700, interOctetMs: 40 } },
    }
    expect(declared(own, 'a').timing).to.include({ responseMs: 300, interOctetMs: 40, interFrameMs: 40 })
  })
  it('opens a line as its profile does', () => {
    expect(declared(BARE, 'a').opening).to.deep.equal({ baud: 9600, format: '8N1' })
    expect(declared(BARE, 'c').opening).to.deep.equal({ baud: 300, format: '7E1' })
    expect(declared({ ...BARE, ports: { c: { profile: ['sign-on'], baud: 600 } } }, 'c').opening.baud).to.equal(600)
  })
  it('carries APDUs in what its profile says', () => {
    expect(declared(BARE, 'a').carrier).to.equal('hdlc')
    expect(declared(BARE, 'b').carrier).to.equal('wrapper')
  })
  it('has a sign-on where the profile says so, with the modes that there are', () => {
    expect(declared(BARE, 'a').signOn).to.equal(undefined)
    expect(declared(BARE, 'c').signOn?.modes).to.have.members(['C', 'E'])
  })
  it('a device without a wPort has its upper address for one', () => {
    expect(declared(BARE, 'a').devices.map(({ sap }) => sap)).to.deep.equal([1, 3])
  })
  it('a name wins over a role', () => {
    const two = declared(
      { testing: { clients: { other: { role: 'reader', sap: 3 }, reader: { role: 'meter-reader', sap: 2 } } } },
      'hdlc',
    )
    expect(clientBy(two, 'reader')?.sap).to.equal(2)
    expect(clientBy(two, 'meter-reader')?.sap).to.equal(2)
  })

  it('finds clients by role and by name; without either the public one, else the first', () => {
    const own = declared(BARE, 'a')
    expect(clientBy(own, undefined)?.name).to.equal('anyone')
    expect(clientBy(own, 'public')?.name).to.equal('anyone')
    expect(clientBy(own, 'reader')?.name).to.equal('reader')
    expect(clientBy(own, 'nobody')).to.equal(undefined)
    const nobody = declared({ testing: { clients: { a: {}, b: {} } } }, 'a')
    expect(clientBy(nobody, undefined)?.name).to.equal('a')
  })
  it('finds devices by name; without one the first that the client may address', () => {
    const own = declared(BARE, 'a')
    const [reader, anyone] = [clientBy(own, 'reader'), clientBy(own, 'public')]
    if (!reader || !anyone) throw new TypeError('no clients')
    expect(deviceBy(own, reader, undefined)?.name).to.equal('metering')
    expect(deviceBy(own, anyone, undefined)?.name).to.equal('management')
    expect(deviceBy(own, reader, 'cellar')).to.equal(undefined)
  })
  it('numbers that are unassigned are those of nobody', () => {
    expect(unassigned(declared(BARE, 'a'))).to.deep.include({ upper: 0x60, lower: 0x60, wport: 0x60 })
    const full = { ...BARE, devices: { x: { upper: 0x60, sap: 0x60 }, y: { upper: 0x61, sap: 0x61 } } }
    expect(unassigned(declared(full, 'a'))).to.deep.include({ upper: 0x62, wport: 0x62 })
  })
  it('some are alike in their low bits, and still nobody’s', () => {
    const devices = { x: { upper: 0x10, sap: 0x10 }, y: { upper: 0x90, sap: 0x110 }, z: { upper: 0x3e90, sap: 0xfe10 } }
    const own = declared({ ...BARE, devices }, 'a')
    const of = (name: string) =>
      unassigned(
        own,
        own.devices.find((device) => device.name === name),
      )
    expect(of('x')).to.include({ 'upper-like-own': 0x110, 'lower-like-own': 0x91, 'wport-like-own': 0x210 })
    expect(of('z')).to.include({ 'upper-like-own': 0x110, 'wport-like-own': 0x210 })
  })
  it('of nothing there is nothing', () => {
    expect(declared(null, 'a')).to.deep.include({ devices: [], clients: [], objects: {}, carrier: 'hdlc' })
  })
})
