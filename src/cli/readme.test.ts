import { expect } from 'chai'
import { type ChildProcess, spawn } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { needs } from '../skips.ts'
import { cable, end } from '../transport/ptys.ts'
import { HOME } from './files.ts'
import { cli, simulated, type Spawned } from './spawned.ts'

const README = readFileSync(join(HOME, 'README.md'), 'utf8')

/** Every line of every block of commands. */
const commands = [...README.matchAll(/^ *```sh\n([^]*?)^ *```$/gm)]
  .flatMap(([, block = '']) => block.split('\n'))
  .map((line) => line.trim())
  .filter((line) => line !== '')

/** As a user types it, what is installed already left out. */
function typed(command: string, folder: string): Promise<Spawned> {
  return new Promise((resolve, reject) => {
    const child = spawn('sh', ['-c', command.replace('npm ci && ', '')], { cwd: folder })
    let [out, err] = ['', '']
    child.stdout.on('data', (piece: Buffer) => (out += piece.toString()))
    child.stderr.on('data', (piece: Buffer) => (err += piece.toString()))
    child.once('error', reject)
    child.once('close', (code) => resolve({ code, out, err }))
  })
}

describe('README.md', () => {
  let folder: string
  const processes: ChildProcess[] = []

  /** A checkout whose reports and whose meter are the test's own. */
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'checkout-'))
    for (const name of readdirSync(HOME))
      if (!['.git', 'reports'].includes(name)) symlinkSync(join(HOME, name), join(folder, name))
    mkdirSync(join(folder, 'reports'))
    const mine = { meter: 'mine', title: 'My meter', extends: 'meters/short-timeouts.json' }
    writeFileSync(join(folder, 'my-meter.json'), JSON.stringify(mine))
  })
  after(() => rmSync(folder, { recursive: true, force: true }))
  afterEach(async () => {
    for (const child of processes.splice(0)) await end(child)
  })

  const known: readonly (readonly [command: RegExp, test: (this: Mocha.Context, command: string) => Promise<void>])[] =
    [
      [
        /npm start$/,
        async (command) => {
          const { code, out } = await typed(command, folder)
          expect(out).to.contain('reports/latest/report.html')
          for (const name of ['report.html', 'events.jsonl', 'results.json', 'junit.xml', 'traffic.pcapng'])
            expect(existsSync(join(folder, 'reports/latest', name)), name).to.equal(true)
          const { meters, cases } = JSON.parse(readFileSync(join(folder, 'reports/latest/results.json'), 'utf8')) as {
            readonly meters: readonly { readonly ports: readonly unknown[] }[]
            readonly cases: readonly { readonly verdict: string }[]
          }
          expect(meters[0]?.ports.length).to.equal(4)
          expect(cases.filter(({ verdict }) => verdict !== 'PASSED' && verdict !== 'INAPPLICABLE')).to.deep.equal([])
          expect(code).to.equal(0)
        },
      ],
      [
        /npm test$/,
        async () => {
          const { scripts } = JSON.parse(readFileSync(join(HOME, 'package.json'), 'utf8')) as {
            readonly scripts: Readonly<Record<string, string>>
          }
          expect(scripts['test']).to.equal('mocha')
        },
      ],
      [
        / declare /,
        async (command) => {
          const { child, urls } = await simulated('meters/short-timeouts.json', ['wrapper=tcp://127.0.0.1:0'])
          processes.push(child)
          const here = command.replace('tcp://192.0.2.7:4059', urls[0] ?? '')
          const { code, out, err } = await typed(`DLMS_SECRET_READER_PASSWORD=ascii:Reader-1 ${here}`, folder)
          expect(out, err).to.match(/^drafted\.json: \d+ TODOs are open in it$/m)
          expect(code).to.equal(0)
        },
      ],
      [
        / validate /,
        async (command) => {
          const { code, out } = await typed(command, folder)
          expect(out).to.contain('0 errors')
          expect(code).to.equal(0)
        },
      ],
      [
        / list /,
        async (command) => {
          const { code, out } = await typed(command, folder)
          expect(out).to.match(/^HDLC_FRAME_P1\/a@hdlc /m)
          expect(code).to.equal(0)
        },
      ],
      [
        / run .*serial:/,
        async function (command) {
          needs(this, 'socat')
          const wires = await cable()
          const { child } = await simulated('meters/short-timeouts.json', [`hdlc=serial:${wires.b}`])
          processes.push(child)
          const here = command.replace('/dev/ttyUSB0', wires.a)
          const { code, out, err } = await typed(`${here} --case 'HDLC_FRAME_P1/*'`, folder)
          await wires.unplug()
          expect(out, err).to.match(/^PASSED +HDLC_FRAME_P1\/a@hdlc/m)
          expect(code).to.equal(0)
        },
      ],
      [
        / run .*tcp:/,
        async (command) => {
          const { child, urls } = await simulated('meters/short-timeouts.json', ['wrapper=tcp://127.0.0.1:0'])
          processes.push(child)
          const here = command.replace('tcp://192.0.2.7:4059', urls[0] ?? '')
          const { code, out, err } = await typed(`${here} --case 'EXT_WRAPPER_P1*'`, folder)
          expect(out, err).to.match(/^PASSED +EXT_WRAPPER_P1\/1@wrapper/m)
          expect(code).to.equal(0)
        },
      ],
      [
        / run security --meter meters\//,
        async (command) => {
          const { code, out, err } = await typed(`${command} --case 'SEC_REPLAY_1*' --port wrapper`, folder)
          expect(out, err).to.match(/^PASSED +SEC_REPLAY_1\[client=ciphered\]@wrapper/m)
          expect(code).to.equal(0)
        },
      ],
    ]

  for (const command of commands)
    it(command, async function () {
      const [, test] = known.find(([pattern]) => pattern.test(command)) ?? []
      if (test === undefined) throw new Error(`README says "${command}", and no test knows what that should do`)
      await test.call(this, command)
    }).timeout(300_000)

  it('has blocks of commands, and a test for each kind of them is used', () => {
    for (const [pattern] of known)
      expect(
        commands.some((command) => pattern.test(command)),
        String(pattern),
      ).to.equal(true)
  })

  it('its table of commands is what --help tells, option by option', async () => {
    const rows = [...README.matchAll(/^\| `([a-z]+)(?: ([^`]*))?`.*\|$/gm)]
    const { out: help } = await cli(['--help'])
    const told = [...help.matchAll(/^ {2}([a-z]+) /gm)].map(([, name]) => name).filter((name) => name !== 'help')
    expect(rows.map(([, name]) => name)).to.have.members(told)
    const helps = await Promise.all(rows.map(([, name = '']) => cli([name, '--help'])))
    for (const [i, [row]] of rows.entries())
      for (const [option] of row.matchAll(/--[a-z-]+/g)) expect(helps[i]?.out, row).to.contain(option)
  }).timeout(300_000)

  it('tells the exit codes as they are', async () => {
    expect(README).to.contain('3 usage or invalid file').and.to.contain('5 nothing selected or all INAPPLICABLE')
    const codes = await Promise.all([
      cli(['run', '--meter', 'nowhere.json']),
      cli(['run', '--meter', 'meters/reference.json', '--case', 'SIGNON_A_1*', '--report', join(folder, 'five')]),
    ])
    expect(codes.map(({ code }) => code)).to.deep.equal([3, 5])
  }).timeout(300_000)
})
