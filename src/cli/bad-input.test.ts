import { expect } from 'chai'
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { cli, inFolder } from './spawned.ts'

const REFERENCE = 'meters/reference.json'

/** A declaration of one port, in a folder. */
function declare(folder: string, change: (declaration: Record<string, unknown>) => void): string {
  const declaration = JSON.parse(readFileSync(REFERENCE, 'utf8')) as Record<string, unknown>
  declaration['simulated'] = join(process.cwd(), 'meters/simulated/reference.json')
  change(declaration)
  const file = join(folder, 'meter.json')
  writeFileSync(file, JSON.stringify(declaration, null, 2))
  return file
}

describe('bad input ends with exit 3 and says where, what was expected, what was found', () => {
  const usage: readonly (readonly [title: string, words: readonly string[], says: RegExp])[] = [
    ['no meter', ['run'], /--meter/],
    ['a file that is not there', ['run', '--meter', 'nowhere.json'], /nowhere\.json/],
    ['an unknown suite', ['run', 'hdcl', '--meter', REFERENCE], /did you mean hdlc/],
    ['an unknown port', ['run', '--meter', REFERENCE, '--port', 'hdcl'], /did you mean hdlc/],
    ['an unknown URL', ['run', '--meter', REFERENCE, '--connect', 'hdlc=http://x'], /tcp:\/\//],
    ['an unknown option', ['run', '--metre', REFERENCE], /--metre/],
    ['an unknown command', ['rum'], /rum/],
    ['no hex', ['decode', '7E0'], /hex/],
    [
      'an unknown defect',
      ['simulate', '--meter', REFERENCE, '--listen', 'hdlc=tcp://127.0.0.1:0', '--defect', 'no.such'],
      /no\.such/,
    ],
    ['a run that is not there', ['report', 'nowhere'], /nowhere/],
  ]
  for (const [title, words, says] of usage)
    it(title, async () => {
      const { code, err } = await cli(words)
      expect(code).to.equal(3)
      expect(err).to.match(says)
      expect(err).not.to.contain('    at ')
    })

  it('a declaration with an unknown key: file, line, column and the nearest right word', () =>
    inFolder(async (folder) => {
      const file = declare(folder, (declaration) => (declaration['suports'] = {}))
      const { code, err } = await cli(['run', '--meter', file])
      expect(code).to.equal(3)
      expect(err)
        .to.match(/meter\.json:\d+:\d+: .*suports/)
        .and.to.contain('supports')
    }))

  it('JSON that is cut off, and duplicate keys', () =>
    inFolder(async (folder) => {
      for (const [text, says] of [
        ['{"meter": "x"', /:1:14/],
        ['{"meter": "x", "meter": "y"}', /:1:16.*twice|duplicate/i],
      ] as const) {
        const file = join(folder, 'broken.json')
        writeFileSync(file, text)
        const { code, err } = await cli(['validate', file])
        expect(code, text).to.equal(3)
        expect(err, text).to.match(says)
      }
    }))

  it('a secrets file that others may read', () =>
    inFolder(async (folder) => {
      writeFileSync(join(folder, 'secrets.json'), '{"reader-password": {"ascii": "12345678"}}')
      chmodSync(join(folder, 'secrets.json'), 0o644)
      const { code, err } = await cli([
        'run',
        '--meter',
        declare(folder, (declaration) => (declaration['secrets'] = 'secrets.json')),
        '--report',
        join(folder, 'out'),
      ])
      expect(code).to.equal(3)
      expect(err).to.contain('chmod 600').and.not.to.contain('12345678')
    }))

  it('a malformed secrets file does not tell what is in it', () =>
    inFolder(async (folder) => {
      writeFileSync(join(folder, 'secrets.json'), '{"reader-password": {"ascii": "topsecret"', { mode: 0o600 })
      const { code, err } = await cli([
        'run',
        '--meter',
        declare(folder, (declaration) => (declaration['secrets'] = 'secrets.json')),
        '--report',
        join(folder, 'out'),
      ])
      expect(code).to.equal(3)
      expect(err).not.to.contain('topsecret')
    }))

  it('a report folder that cannot be written, before anything is asked', () =>
    inFolder(async (folder) => {
      writeFileSync(join(folder, 'file'), '')
      const { code, err } = await cli(['run', '--meter', REFERENCE, '--report', join(folder, 'file', 'in')])
      expect(code).to.equal(3)
      expect(err).to.contain('--report')
    }))

  it('nothing selected is exit 5', async () => {
    const { code } = await cli(['list', '--meter', REFERENCE, '--case', 'NO_SUCH_CASE'])
    expect(code).to.equal(5)
  })
})

describe('bad lines', () => {
  const onPort = (folder: string, url: string, port: string): readonly string[] => [
    'run',
    'hdlc',
    '--meter',
    declare(folder, short),
    '--case',
    'HDLC_FRAME_P*',
    '--connect',
    `${port}=${url}`,
    '--report',
    join(folder, 'out'),
  ]
  const short = (declaration: Record<string, unknown>): void => {
    const testing = declaration['testing'] as { timing: Record<string, unknown> }
    Object.assign(testing.timing, { responseMs: 100, inactivityMs: 200 })
  }
  const ended = (folder: string): Record<string, unknown> => {
    const last = readFileSync(join(folder, 'out/events.jsonl'), 'utf8').trim().split('\n').at(-1) ?? ''
    return JSON.parse(last) as Record<string, unknown>
  }

  it('a connection that is refused: nothing PASSED, exit 4, a whole stream', () =>
    inFolder(async (folder) => {
      const { code } = await cli(onPort(folder, 'tcp://127.0.0.1:9', 'hdlc'))
      expect(code).to.equal(4)
      expect(ended(folder)).to.include({ event: 'end', ended: 'error' })
      expect((ended(folder)['summary'] as Record<string, number>)['PASSED']).to.equal(0)
    }))

  it('a meter that never answers', () =>
    inFolder(async (folder) => {
      const server = createServer(() => undefined)
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
      const { port } = server.address() as { port: number }
      const { code } = await cli(onPort(folder, `tcp://127.0.0.1:${port}`, 'hdlc'))
      server.close()
      expect(code).to.equal(4)
      expect((ended(folder)['summary'] as Record<string, number>)['PASSED']).to.equal(0)
    })).timeout(60_000)

  it('endless garbage', () =>
    inFolder(async (folder) => {
      const server = createServer((socket) => {
        const timer = setInterval(() => socket.write(Buffer.alloc(500, 0x55)), 20)
        socket.on('close', () => clearInterval(timer)).on('error', () => clearInterval(timer))
      })
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
      const { port } = server.address() as { port: number }
      const { code } = await cli(onPort(folder, `tcp://127.0.0.1:${port}`, 'hdlc'))
      server.close()
      expect(code).to.equal(4)
      expect(ended(folder)).to.include({ event: 'end' })
    })).timeout(120_000)

  it('a serial port that is not there', () =>
    inFolder(async (folder) => {
      mkdirSync(join(folder, 'dev'))
      const { code } = await cli(onPort(folder, `serial:${join(folder, 'dev/none')}?baud=9600`, 'hdlc'))
      expect(code).to.equal(4)
      const verdicts = readFileSync(join(folder, 'out/events.jsonl'), 'utf8')
      expect(verdicts).to.contain('dev/none')
    }))
})
