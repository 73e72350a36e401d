import { expect } from 'chai'
import { hex } from '../codec/value.ts'
import { vectors } from '../protocol/vectors/load.ts'
import { AARQ, describedMeter, MANAGEMENT } from '../simulator/dialogue.ts'
import { secretOctets } from '../simulator/description.ts'
import { createMeter } from '../simulator/meter.ts'
import { agreedIn, associationIn, openAssociation, readApdu, releaseAssociation } from './association.ts'
import { hdlcCarrier, wrapperCarrier, type Carrier } from './carrier.ts'
import { newLedger } from './ledger.ts'
import { Link } from './link.ts'
import { octetsOf, scene } from './scene.ts'
import { aarqFor, apduOctets, getRequest, type Credentials } from './services.ts'

const PATIENCE = { responseMs: 500, lateMs: 1000, noisy: false }
const PUBLIC: Credentials = { context: 'ln', mechanism: 'lowest' }
const PASSWORD = secretOctets(describedMeter('reference'), 'management-password')
const management = (secret: Uint8Array): Credentials => ({ context: 'ln', mechanism: 'lls', value: secret })

async function over(kind: 'hdlc' | 'wrapper', client: number): Promise<Carrier> {
  const party = createMeter(describedMeter('reference')).party(kind)
  const { port } = scene(kind === 'hdlc' ? 'serial' : 'stream', party, kind)
  await port.open()
  if (kind === 'wrapper') return wrapperCarrier(port, { client, server: 1 })
  const link = new Link(port, { client: Uint8Array.of((client << 1) | 1), server: octetsOf('00020401') })
  await link.setMode(link.snrm(), 500, newLedger())
  return hdlcCarrier(link)
}

const vector = (id: string): string => {
  const found = [...vectors('acse'), ...vectors('xdlms')].find((each) => each.id === id)
  if (found === undefined) throw new TypeError(`no vector ${id}`)
  return found.octets
}

describe('association', () => {
  describe('AARQ in octets', () => {
    it('of a client without a password', () => {
      // attribute 0, priority, block transfers, multiple-references: bits 8 to 14; get, set, selective-access, event-notification, action: 19 to 23
      expect(hex(apduOctets({ is: 'aarq', value: aarqFor(PUBLIC) }))).to.equal(AARQ.replace('001C1D', '00FE1F'))
    })
    it('of a client with short names', () => {
      // read, write, unconfirmed-write: bits 3 to 5; 11, 12, 14; information-report 15; parameterized-access 18
      const octets = hex(apduOctets({ is: 'aarq', value: aarqFor({ ...PUBLIC, context: 'sn' }) }))
      expect(octets).to.equal(AARQ.replace('0760857405080101', '0760857405080102').replace('001C1D', '1C1B20'))
    })
    it('of a client that uses general forms of ciphering', () => {
      // general-protection: bit 1
      const octets = hex(apduOctets({ is: 'aarq', value: aarqFor({ ...PUBLIC, general: true }) }))
      expect(octets).to.equal(AARQ.replace('001C1D', '40FE1F'))
    })
    it('of a client that proposes less', () => {
      const proposal = { conformance: ['get', 'action'], 'client-max-receive-pdu-size': 128 } as const
      const octets = hex(apduOctets({ is: 'aarq', value: aarqFor(PUBLIC, proposal) }))
      expect(octets).to.equal(AARQ.replace('001C1DFFFF', '0000110080'))
    })
    it('of a client with one', () => {
      expect(hex(apduOctets({ is: 'aarq', value: aarqFor(management(PASSWORD)) }))).to.equal(
        MANAGEMENT.replace('001C1D', '00FE1F'),
      )
    })
  })

  for (const kind of ['hdlc', 'wrapper'] as const)
    describe(`over ${kind}`, () => {
      it('is opened by an AARE that accepts, and released', async () => {
        const carrier = await over(kind, 16)
        const opened = await openAssociation(carrier, PUBLIC, PATIENCE, newLedger())
        expect(opened.is === 'open' && opened.association.negotiated).to.deep.include({
          'negotiated-dlms-version-number': 6,
          'server-max-receive-pdu-size': 2048,
        })
        const released = await releaseAssociation(carrier, PATIENCE, newLedger())
        expect(released.is === 'apdu' && hex(released.apdu)).to.match(/^63/)
      })
      it('with the password', async () => {
        const opened = await openAssociation(await over(kind, 1), management(PASSWORD), PATIENCE, newLedger())
        expect(opened.is).to.equal('open')
      })
      it('is not opened by an AARE that refuses', async () => {
        const opened = await openAssociation(
          await over(kind, 1),
          management(PASSWORD.with(-1, 0)),
          PATIENCE,
          newLedger(),
        )
        expect(opened.is).to.equal('not-open')
        expect(opened.carried.is === 'apdu' && opened.carried.apdu[0]).to.equal(0x61)
      })
    })

  it('remembers what was proposed and what was agreed', async () => {
    const carrier = await over('wrapper', 16)
    const proposal = { conformance: ['get', 'set'], 'client-max-receive-pdu-size': 200 } as const
    const opened = await openAssociation(carrier, PUBLIC, PATIENCE, newLedger(), proposal)
    expect(opened.is === 'open' && agreedIn(opened.association)).to.deep.equal({
      conformance: ['get'],
      serverMaxReceivePduSize: 2048,
      clientMaxReceivePduSize: 200,
    })
  })

  it('opens by nothing but an AARE that accepts', () => {
    const opens = (id: string): boolean => associationIn(readApdu(octetsOf(vector(id)))) !== undefined
    expect(opens('aare-ln-ok')).to.equal(true)
    for (const id of ['aare-rej-ctx', 'aare-rej-authfail', 'rlre-normal', 'exc-11', 'aarq-ln-none'])
      expect(opens(id), id).to.equal(false)
    expect(associationIn(readApdu(octetsOf('FFFF')))).to.equal(undefined)
  })

  describe('services in octets', () => {
    const CLOCK = { 'class-id': 8, 'instance-id': '0.0.1.0.0.255' } as const
    it('GET', () => {
      expect(hex(apduOctets(getRequest(1, { ...CLOCK, 'attribute-id': 2 })))).to.equal('C001C100080000010000FF0200')
    })
    it('the invoke-id runs from 0 to 15', () => {
      expect(hex(apduOctets(getRequest(17, { ...CLOCK, 'attribute-id': 2 }))).slice(4, 6)).to.equal('C1')
    })
  })
})
