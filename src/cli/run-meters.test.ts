import { expect } from 'chai'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { hex } from '../codec/value.ts'
import { secretOctets, type MeterDescription } from '../simulator/description.ts'
import { HOME } from './files.ts'
import { leaks } from './leaks.ts'
import { readDeclaration, readDescription } from './meter.ts'
import { exitOf } from './run-meters.ts'
import { cli, eventsIn, inFolder, verdictsIn } from './spawned.ts'

describe('several meters in one run', () => {
  const codes: readonly (readonly [codes: readonly number[], exit: number])[] = [
    [[0, 0], 0],
    [[0, 5], 0],
    [[5, 5], 5],
    [[0, 2], 2],
    [[2, 4], 4],
    [[4, 1, 0], 1],
    [[1, 130], 130],
  ]
  for (const [each, exit] of codes)
    it(`${each.join(', ')} → ${exit}`, () => {
      expect(exitOf(each)).to.equal(exit)
    })

  it('a folder for each, and an index that leads to them', () =>
    inFolder(async (folder) => {
      const meters = ['meters/types/mode-a.json', 'meters/types/mode-b.json']
      const { code } = await cli([
        'run',
        ...meters.flatMap((meter) => ['--meter', meter]),
        '--case',
        'SIGNON_?_1*',
        '--report',
        folder,
      ])
      expect(code).to.equal(0)
      const index = readFileSync(join(folder, 'index.html'), 'utf8')
      for (const meter of ['mode-a', 'mode-b']) {
        expect(existsSync(join(folder, meter, 'report.html'))).to.equal(true)
        expect(index).to.contain(`${meter}/report.html`)
        const results = JSON.parse(readFileSync(join(folder, meter, 'results.json'), 'utf8')) as {
          readonly cases: readonly { readonly rerun: string }[]
        }
        expect(results.cases[0]?.rerun).to.contain(`meters/types/${meter}.json`)
      }
    }))

  it('two declarations of one meter, and --connect, are refused', async () => {
    const twice = await cli(['run', '--meter', 'meters/reference.json', '--meter', 'meters/reference.json'])
    expect(twice.code).to.equal(3)
    expect(twice.err).to.contain('reference')
    const connected = await cli([
      ...['run', '--meter', 'meters/reference.json', '--meter', 'meters/types/mode-a.json'],
      ...['--connect', 'hdlc=tcp://127.0.0.1:9'],
    ])
    expect(connected.code).to.equal(3)
    expect(connected.err).to.contain('--connect')
  })

  it('of which two share keys: each says which, with whom, and how to see it again', () =>
    inFolder(async (folder) => {
      const shared = ['ciphered-unicast', 'ciphered-authentication', 'management-password', 'sacrificial-unicast']
      const units = [unitIn(folder, 1, shared), unitIn(folder, 2, shared)]
      const files = units.flatMap(({ file }) => ['--meter', file])
      const words = ['run', 'security-posture', ...files, '--case', 'KEY_N4/2*', '--report', join(folder, 'out')]
      const { code, out, err } = await cli(words)
      expect(code, err).to.equal(0)
      for (const [at, { meter }] of units.entries()) {
        const [own, other] = [join(folder, 'out', meter), units[1 - at]?.meter ?? '']
        const verdicts = eventsIn(own).flatMap((event) => (event.event === 'verdict' ? [event] : []))
        expect(verdicts.map(({ instance, verdict, remarks }) => [instance, verdict, remarks])).to.deep.equal(
          [
            ['management', 'password'],
            ['ciphered', 'global-unicast-encryption-key, authentication-key'],
          ].map(([client = '', keys = '']) => [
            `KEY_N4/2[client=${client},unit=${other}]@hdlc`,
            'PASSED',
            [
              {
                text: `the meter ${other} has the same: ${keys}`,
                severity: 'security',
                clause: 'keys.defaults',
                ruling: 'G21',
              },
            ],
          ]),
        )
        for (const { file } of units) expect(verdicts[0]?.rerun).to.contain(file)
        expect(leaks(own, [out, err], units.flatMap(secretsIn))).to.deep.equal([])
      }
    })).timeout(60_000)

  it('of which none has what another has: nothing is said', () =>
    inFolder(async (folder) => {
      const units = [1, 2].map((number) => unitIn(folder, number, []).file)
      // These have the same passwords, and one serial number: they are one meter.
      const builtIn = ['meters/reference.json', 'meters/types/two-octet.json']
      for (const files of [units, builtIn]) {
        const out = join(folder, files === units ? 'units' : 'built-in')
        const meters = files.flatMap((file) => ['--meter', file])
        await cli(['run', 'security-posture', ...meters, '--case', 'KEY_N4/2*', '--report', out])
        for (const file of files)
          expect([...verdictsIn(eventsIn(join(out, readDeclaration(file).meter)))], file).to.deep.equal([
            ['KEY_N4/2@hdlc', 'INAPPLICABLE'],
          ])
      }
    })).timeout(60_000)
})

interface WrittenUnit {
  readonly meter: string
  readonly file: string
}

/** A meter like the reference, with a system title, a serial number and secrets of its own, but for those that it shares with all others. */
function unitIn(folder: string, number: number, shared: readonly string[]): WrittenUnit {
  const reference = join(HOME, 'meters', 'reference.json')
  const description = readDescription(readDeclaration(reference))
  const systemTitle = `53494D00000000${hex(Uint8Array.of(number))}`
  const secrets = Object.keys(description.secrets).map((name) => {
    const octets = secretOctets(description, name)
    return [name, { hex: hex(shared.includes(name) ? octets : octets.map((octet) => octet ^ number)) }] as const
  })
  const meter = `unit-${number}`
  const [file, simulated] = [join(folder, `${meter}.json`), join(folder, `${meter}-simulated.json`)]
  const made: MeterDescription = { ...description, systemTitle, secrets: Object.fromEntries(secrets) }
  writeFileSync(simulated, JSON.stringify(made))
  const identity = { identification: { serialNumber: `${number}` }, supports: { security: { systemTitle } } }
  writeFileSync(file, JSON.stringify({ meter, title: meter, extends: reference, simulated, ...identity }))
  return { meter, file }
}

function secretsIn({ file }: WrittenUnit): readonly Uint8Array[] {
  const description = readDescription(readDeclaration(file))
  return Object.keys(description.secrets).map((name) => secretOctets(description, name))
}
