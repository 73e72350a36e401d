import { expect } from 'chai'
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { needs } from '../skips.ts'
import { cable, end } from '../transport/ptys.ts'
import { cli, declared, eventsIn, inFolder, simulated } from './spawned.ts'

const SHORT = 'meters/short-timeouts.json'

/** Few cases of each suite: what waits for a time-out, or repeats itself, is left to virtual time. */
const HDLC = ['HDLC_FRAME_P1/*', 'HDLC_INFO_*', 'HDLC_SEG_1*', 'HDLC_WIN_2/1*', 'HDLC_FRAME_N5/1*']
const SIGN_ON = ['SIGNON_ADDR_1/1*', 'SIGNON_E_1*', 'HDLC_FRAME_P1/b*']
const WRAPPER = ['EXT_WRAPPER_P1*', 'WRAPPER_P1/1*', 'WRAPPER_N2/1*']
const UDP = ['EXT_WRAPPER_P1*', 'UDP_P1*']

/** How often what is in doubt is repeated: where other programs keep the machine busy, a line falls silent or a meter is late. */
const REPETITIONS = 3

/** Runs cases against the simulated meter over a real line, and gives what a conformant meter must not be told. */
async function blamed(port: string, url: string, cases: readonly string[], repetition = 0): Promise<readonly string[]> {
  const { verdicts, told } = await inFolder(async (folder) => {
    const chosen = cases.flatMap((glob) => ['--case', glob])
    const out = join(folder, 'out')
    const words = ['run', '--meter', declared(folder, SHORT), '--connect', `${port}=${url}`, '--allow', 'persistent']
    const { out: said, err } = await cli([...words, '--confirm', '2', ...chosen, '--report', out])
    return {
      verdicts: eventsIn(out).flatMap((event) => (event.event === 'verdict' && event.final ? [event] : [])),
      told: said + err,
    }
  })
  expect(verdicts.length, told).to.be.greaterThan(0)
  if (repetition === 0) expect(verdicts.filter(({ verdict }) => verdict === 'PASSED').length, told).to.be.greaterThan(1)
  const doubtful = ({ verdict, remarks }: (typeof verdicts)[number]) =>
    repetition < REPETITIONS && verdict !== 'FAILED' && (verdict === 'INCONCLUSIVE' || remarks.length > 0)
  const again = verdicts.filter(doubtful).map(({ instance }) => instance)
  const blame = verdicts
    .filter((each) => !doubtful(each))
    .flatMap(({ instance, verdict, reason, remarks }) => [
      ...(verdict === 'PASSED' || verdict === 'INAPPLICABLE' ? [] : [`${instance}: ${verdict}: ${reason?.text}`]),
      ...remarks.map(({ text }) => `${instance}: remark: ${text}`),
    ])
  return again.length === 0 ? blame : [...blame, ...(await blamed(port, url, again, repetition + 1))]
}

describe('the conformant meter over real lines', () => {
  const processes: ChildProcess[] = []
  const served = async (...listen: readonly string[]): Promise<readonly string[]> => {
    const { child, urls } = await simulated(SHORT, listen)
    processes.push(child)
    return urls
  }
  afterEach(async () => {
    for (const child of processes.splice(0)) await end(child)
  })

  it('HDLC over TCP', async () => {
    const [url = ''] = await served('hdlc=tcp://127.0.0.1:0')
    expect(await blamed('hdlc', url, HDLC)).to.deep.equal([])
  }).timeout(180_000)

  it('HDLC over UDP', async () => {
    const [url = ''] = await served('hdlc=udp://127.0.0.1:0')
    expect(await blamed('hdlc', url, HDLC.slice(0, 2))).to.deep.equal([])
  }).timeout(180_000)

  it('the wrapper over TCP and UDP', async () => {
    const [tcp = '', udp = ''] = await served('wrapper=tcp://127.0.0.1:0', 'udp=udp://127.0.0.1:0')
    expect(await blamed('wrapper', tcp, WRAPPER)).to.deep.equal([])
    expect(await blamed('udp', udp, UDP)).to.deep.equal([])
  }).timeout(180_000)

  describe('serial lines', function () {
    before(function () {
      needs(this, 'socat')
    })
    let wires: Awaited<ReturnType<typeof cable>>
    beforeEach(async () => {
      wires = await cable()
    })
    afterEach(() => wires.unplug())

    it('HDLC over a serial port', async () => {
      await served(`hdlc=serial:${wires.b}?baud=9600`)
      expect(await blamed('hdlc', `serial:${wires.a}?baud=9600`, HDLC)).to.deep.equal([])
    }).timeout(180_000)

    it('sign-on, and the change of rate to HDLC', async () => {
      await served(`optical=serial:${wires.b}?baud=300&format=7E1`)
      expect(await blamed('optical', `serial:${wires.a}?baud=300&format=7E1`, SIGN_ON)).to.deep.equal([])
    }).timeout(180_000)

    it('a serial device server (RFC 2217)', async function () {
      needs(this, 'ser2net')
      await served(`hdlc=serial:${wires.b}?baud=9600`)
      const folder = mkdtempSync(join(tmpdir(), 'ser2net-'))
      const port = await freePort()
      writeFileSync(
        join(folder, 'ser2net.yaml'),
        `%YAML 1.1\n---\nconnection: &meter\n  accepter: telnet(rfc2217),tcp,127.0.0.1,${port}\n  connector: serialdev,${wires.a},9600n81,local\n`,
      )
      processes.push(spawn('ser2net', ['-n', '-u', '-c', join(folder, 'ser2net.yaml')], { stdio: 'ignore' }))
      expect(await blamed('hdlc', `rfc2217://127.0.0.1:${port}?baud=9600`, HDLC.slice(0, 2))).to.deep.equal([])
      rmSync(folder, { recursive: true })
    }).timeout(180_000)
  })
})

/** A port that nobody listens on just now. */
async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  return typeof address === 'object' && address !== null ? address.port : 0
}
