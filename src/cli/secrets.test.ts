import { expect } from 'chai'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { secretOctets } from '../simulator/description.ts'
import { readDeclaration, readDescription } from './meter.ts'
import type { Event } from '../engine/events.ts'
import { leaks } from './leaks.ts'
import { cli, declared, eventsIn, inFolder, verdictsIn } from './spawned.ts'

const FILES = ['events.jsonl', 'junit.xml', 'report.html', 'results.json', 'traffic.pcapng']

describe('secrets', () => {
  it('stand in no output of a whole run, in no spelling', () =>
    inFolder(async (folder) => {
      const description = readDescription(readDeclaration('meters/reference.json'))
      const secrets = Object.keys(description.secrets).map((name) => secretOctets(description, name))
      expect(secrets.length).to.be.greaterThan(2)
      const { out, err } = await cli(['run', '--meter', 'meters/reference.json', '--report', folder])
      expect(readdirSync(folder).sort()).to.deep.equal(FILES)
      expect(leaks(folder, [out, err], secrets)).to.deep.equal([])
      const asked = eventsIn(folder).filter((event) => event.event === 'traffic' && event.names.includes('aarq'))
      expect(asked.some((event) => event.event === 'traffic' && /(?:XX){8}/.test(event.octets))).to.equal(true)
    })).timeout(300_000)

  it('of the environment and of a file are hidden too, though the meter has others', () =>
    inFolder(async (folder) => {
      const [password, key] = ['open sesame "1" <&>', '00FFA7C61D8891E2B3F40D0A2209F1C3']
      const meter = declared(folder, 'meters/reference.json')
      const { out, err } = await cli(
        ['run', 'hdlc', 'wrapper', '--meter', meter, '--case', '*_P1*', '--report', join(folder, 'out')],
        { DLMS_SECRET_READER_PASSWORD: `ascii:${password}`, DLMS_SECRET_MANAGEMENT_PASSWORD: `hex:${key}` },
      )
      const secrets = [Buffer.from(password), Buffer.from(key, 'hex')]
      expect(leaks(join(folder, 'out'), [out, err], secrets)).to.deep.equal([])
      // They were used: the meter has refused what it does not know.
      expect(readFileSync(join(folder, 'out', 'events.jsonl'), 'utf8')).to.match(/(?:XX){19}/)
    }))

  it('that a segment border cuts are hidden on both sides of it', () =>
    inFolder(async (folder) => {
      const secret = Buffer.from('N7qLw2Zk')
      const short = { maxInformationTransmit: 32, maxInformationReceive: 32, windowTransmit: 1, windowReceive: 1 }
      const meter = declared(folder, 'meters/types/one-octet.json', { supports: { hdlc: { addressing: 1, ...short } } })
      const words = ['run', 'hdlc', '--meter', meter, '--case', 'HDLC_SEG_*', '--report', join(folder, 'out')]
      const { out, err } = await cli(words, { DLMS_SECRET_READER_PASSWORD: `ascii:${secret.toString()}` })
      const parts = [0, 1, 2, 3, 4].map((from) => secret.subarray(from, from + 4))
      expect(leaks(join(folder, 'out'), [out, err], parts)).to.deep.equal([])
      expect(readFileSync(join(folder, 'out', 'events.jsonl'), 'utf8')).to.contain('XX')
    }))

  it('that the border of a block cuts are hidden on both sides of it, whatever transfer and wherever the border is', () =>
    inFolder(async (folder) => {
      const secret = '4E37714C77325A6B9F00E1AA'
      const suite = ownSuite(folder, secret)
      for (const meter of ['reference', 'types/sn']) {
        const out = join(folder, meter.replace('/', '-'))
        const words = [
          'run',
          suite,
          '--meter',
          declared(folder, `meters/${meter}.json`),
          '--allow',
          'persistent',
          '--port',
          'hdlc',
          '--port',
          'wrapper',
        ]
        const { code, ...console } = await cli([...words, '--report', out], { DLMS_SECRET_OWN: `hex:${secret}` })
        expect(code, console.out).to.equal(0)
        const parts = [...secret.matchAll(/../g)].map(({ index }) => Buffer.from(secret.slice(index, index + 8), 'hex'))
        expect(leaks(out, [console.out, console.err], parts.slice(0, -3))).to.deep.equal([])
        const events = eventsIn(out)
        const passed = [...verdictsIn(events)].filter(([, verdict]) => verdict === 'PASSED')
        expect(passed.length).to.be.at.least(10)
        for (const [name] of passed) expect(hiddenIn(events, name), name).to.be.at.least(secret.length)
      }
    })).timeout(60_000)
})

/** Octets of services that are hidden in the traffic of an instance; those of the AARQ are not counted. */
const hiddenIn = (events: readonly Event[], instance: string): number =>
  events
    .flatMap((event) => (event.event === 'traffic' && event.instance === instance ? [event] : []))
    .filter(({ names }) => !names.includes('aarq'))
    .reduce((sum, { octets }) => sum + (octets.match(/XX/g)?.length ?? 0), 0)

/** A suite that writes a secret and reads it back, in blocks of all sizes. */
function ownSuite(folder: string, secret: string): string {
  const suite = join(folder, 'own')
  mkdirSync(suite)
  const value = { 'octet-string': secret }
  const attribute = '$testing.objects.scratch'
  const blocks = { octets: { from: 1, to: 5 } }
  const read = { do: 'read', attribute, expect: [{ value: { same: value } }] }
  const write = { do: 'write', attribute, value, octets: '$octets', expect: [{ success: true }] }
  const general = { by: 'general-block-transfer' }
  const toTheEnd = { of: value, from: 5 }
  const begin = { of: value, from: 0, to: 5 }
  const ofOne = { 'invoke-id-and-priority': { 'invoke-id': 1 } }
  const hasGeneral = { is: ['testing.clients.management.conformance', 'general-block-transfer'] }
  const conformance = '$testing.clients.management.conformance'
  const rung = { rung: 'association', client: 'management' }
  const small = { conformance, 'client-max-receive-pdu-size': 16 }
  const ownCase = {
    id: 'OWN_1',
    title: 'A secret is written and read back in blocks',
    proves: [{ clause: 'xdlms.block-transfer', level: 'MUST' }],
    given: { ...rung, propose: small },
    effect: 'persistent',
    kills: ['block.octet-lost'],
    subtests: {
      service: { title: 'of the service', matrix: blocks, steps: [{ ...write, by: 'block-transfer' }, read] },
      general: {
        title: 'of general block transfer',
        applies: hasGeneral,
        matrix: blocks,
        steps: [
          { ...write, ...general },
          { ...read, ...general, octets: '$octets' },
        ],
      },
      'by-hand': {
        title: 'each a step of its own',
        applies: hasGeneral,
        steps: [
          { do: 'write', attribute, value, expect: [{ success: true }] },
          {
            send: {
              'set-request-with-first-datablock': {
                ...ofOne,
                attribute,
                datablock: { 'last-block': false, 'block-number': 1, 'raw-data': begin },
              },
            },
            expect: [{ 'set-response-datablock': {} }],
          },
          {
            send: {
              'set-request-with-datablock': {
                ...ofOne,
                datablock: { 'last-block': true, 'block-number': 2, 'raw-data': toTheEnd },
              },
            },
            expect: [{ 'set-response-last-datablock': { result: 'success' } }],
          },
        ],
      },
    },
  }
  writeFileSync(join(suite, 'suite.json'), JSON.stringify({ id: 'own', title: 'Own', order: ['OWN_1'] }))
  writeFileSync(join(suite, 'OWN_1.json'), JSON.stringify(ownCase))
  return suite
}
