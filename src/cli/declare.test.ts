import { expect } from 'chai'
import type { ChildProcess } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { needs } from '../skips.ts'
import { cable, end } from '../transport/ptys.ts'
import { cli, eventsIn, inFolder, simulated, start, verdictsIn } from './spawned.ts'

const SECRETS = {
  DLMS_SECRET_READER_PASSWORD: 'ascii:Reader-1',
  DLMS_SECRET_MANAGEMENT_PASSWORD: 'ascii:Manager1',
}
const CLIENTS = ['--client', '16', '--client', '2=reader-password', '--client', '1=management-password']

interface Drafted {
  readonly text: string
  /** Instances of a run with the draft and what became of them. */
  readonly verdicts: ReadonlyMap<string, string>
  readonly told: string
}

/** Drafts a declaration, and runs a few cases with it at once. */
const drafted = (connect: string, more: readonly string[], cases: readonly string[]): Promise<Drafted> =>
  inFolder(async (folder) => {
    const file = join(folder, 'drafted.json')
    const words = ['declare', '--connect', connect, ...CLIENTS, '--response', '500', '--out', file]
    const { code, err } = await cli([...words, ...more], SECRETS)
    expect(code, err).to.equal(0)
    const out = join(folder, 'out')
    const chosen = cases.flatMap((glob) => ['--case', glob])
    const ran = await cli(['run', '--meter', file, '--confirm', '2', ...chosen, '--report', out], SECRETS)
    return { text: readFileSync(file, 'utf8'), verdicts: verdictsIn(eventsIn(out)), told: ran.out + ran.err }
  })

const wrong = ({ verdicts, told }: Drafted): readonly string[] => {
  expect([...verdicts.values()], told).to.include('PASSED')
  return [...verdicts].filter(([, verdict]) => verdict === 'FAILED' || verdict === 'ERROR').map(([name]) => name)
}

describe('declare', () => {
  const processes: ChildProcess[] = []
  const served = async (meter: string, listen: string): Promise<string> => {
    const { child, urls } = await simulated(meter, [listen])
    processes.push(child)
    return urls[0] ?? ''
  }
  afterEach(async () => {
    for (const child of processes.splice(0)) await end(child)
  })

  for (const [meter, port, more, cases] of [
    ['meters/types/two-octet.json', 'hdlc=udp', ['--lower', '17'], ['HDLC_FRAME_P1/*', 'APPL_OPEN_1/a*']],
    ['meters/short-timeouts.json', 'wrapper=tcp', [], ['EXT_WRAPPER_P1*', 'APPL_OPEN_1/1*']],
  ] as const)
    it(`what it drafts of ${meter} over ${port} runs without a FAILED`, async () => {
      const url = await served(meter, `${port}://127.0.0.1:0`)
      const came = await drafted(`${port.split('=')[0]}=${url}`, more, cases)
      expect(wrong(came), came.told).to.deep.equal([])
      expect(came.told).to.match(/drafted\.json: \d+ TODOs are open in it/)
      expect(came.text).to.not.contain('Reader-1')
    }).timeout(120_000)

  it('signs on over a serial line and asks in HDLC', async function () {
    needs(this, 'socat')
    const wires = await cable()
    await served('meters/short-timeouts.json', `optical=serial:${wires.b}?baud=300&format=7E1`)
    const words = ['declare', '--connect', `optical=serial:${wires.a}?baud=300&format=7E1`, '--lower', '256']
    const { code, out, err } = await cli(words)
    await wires.unplug()
    expect(code, err).to.equal(0)
    expect(out).to.contain('"announcesHdlc": true').and.to.contain('"lower": 256')
  }).timeout(60_000)

  it('a meter that answers nothing: exit code 4, and what to check; Ctrl-C: 130, in order', async () => {
    const server = createServer((socket) => socket.resume())
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    const url = `wrapper=tcp://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`
    const { code, out, err } = await cli(['declare', '--connect', url, '--response', '100'])
    expect(code).to.equal(4)
    expect(out).to.equal('')
    expect(err).to.contain('the meter answers nothing').and.to.contain('--client')
    const late = await cli(['declare', '--connect', url, '--response', '60000', '--within', '1'])
    expect(late.code).to.equal(4)
    expect(late.err).to.contain('given up after 1 s')
    const connected = new Promise((resolve) => server.once('connection', resolve))
    const { child, ended } = start(['declare', '--connect', url, '--response', '60000'])
    await connected
    child.kill('SIGINT')
    expect((await ended).code).to.equal(130)
    await new Promise((resolve) => server.close(resolve))
  }).timeout(120_000)

  it('a secret that is not known, and one on the command line, are refused before anything is sent', async () => {
    const connect = ['declare', '--connect', 'wrapper=tcp://127.0.0.1:1']
    const unknown = await cli([...connect, '--client', '2=nobody'])
    expect([unknown.code, unknown.err]).to.deep.equal([
      3,
      'the secret nobody is not known\n  Give it by DLMS_SECRET_NOBODY, or in a file by --secrets.\n',
    ])
    expect((await cli([...connect, '--client', '2=ascii:secret'])).code).to.equal(3)
  }).timeout(120_000)
})
