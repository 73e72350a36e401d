import { expect } from 'chai'
import { chmodSync, cpSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { HOME } from './files.ts'
import { cli, declared, inFolder, type Spawned } from './spawned.ts'

const REFERENCE = 'meters/reference.json'

/** What each word has to say for itself when it is wrong: no stack of the tool, and nothing that a user cannot act on. */
function refused({ code, out, err }: Spawned, says: RegExp): void {
  expect(err).to.match(says)
  expect(err).not.to.match(/^\s+at .*:\d+:\d+\)?$/m)
  expect(out).not.to.contain('PASSED')
  expect(code).to.equal(3)
}

describe('bad input ends with exit 3 and says where, what was expected, what was found', () => {
  const usage: readonly (readonly [title: string, words: readonly string[], says: RegExp])[] = [
    ['no meter', ['run'], /--meter/],
    ['a file that is not there', ['run', '--meter', 'nowhere.json'], /nowhere\.json/],
    ['a folder in place of a file', ['run', '--meter', 'meters'], /meters/],
    ['an unknown suite', ['run', 'hdcl', '--meter', REFERENCE], /did you mean hdlc/],
    ['an unknown port', ['run', '--meter', REFERENCE, '--port', 'hdcl'], /did you mean hdlc/],
    ['an unknown URL', ['run', '--meter', REFERENCE, '--connect', 'hdlc=http://x'], /tcp:\/\//],
    ['a URL without a port', ['run', '--meter', REFERENCE, '--connect', 'hdlc=tcp://127.0.0.1'], /HOST:PORT/],
    ['a rate that is none', ['run', '--meter', REFERENCE, '--connect', 'hdlc=serial:/dev/x?baud=fast'], /baud=fast/],
    ['an unknown option', ['run', '--metre', REFERENCE], /--metre/],
    ['a number that is none', ['run', '--meter', REFERENCE, '--confirm', 'often'], /--confirm/],
    ['an unknown command', ['rum'], /rum/],
    ['no hex', ['decode', '7E0'], /hex/],
    ['keys of nobody', ['decode', 'C0', '--meter', REFERENCE, '--client', 'public'], /ciphered, sacrificial, hls/],
    ['a client without its declaration', ['decode', 'C0', '--client', 'ciphered'], /--meter/],
    ['an unknown layer', ['decode', '7E', '--layer', 'hdcl'], /hdcl/],
    [
      'an unknown defect',
      ['simulate', '--meter', REFERENCE, '--listen', 'hdlc=tcp://127.0.0.1:0', '--defect', 'no.such'],
      /no\.such/,
    ],
    [
      'a port that changes its rate, over TCP',
      ['simulate', '--meter', REFERENCE, '--listen', 'optical=tcp://127.0.0.1:0'],
      /optical.*serial:PATH/s,
    ],
    ['a run that is not there', ['report', 'nowhere'], /nowhere/],
    ['a run that is not there to go on with', ['run', '--meter', REFERENCE, '--resume', 'nowhere'], /nowhere/],
    ['a suite that is no JSON', ['validate', 'README.md'], /README\.md:1:1/],
  ]
  const answers = new Map<string, Promise<Spawned>>()
  before(() => {
    for (const [title, words] of usage) answers.set(title, cli(words))
  })
  for (const [title, , says] of usage)
    it(title, async () => {
      const answer = await answers.get(title)
      if (answer === undefined) throw new Error('it was not run')
      refused(answer, says)
    })
})

describe('files that are wrong', () => {
  const run = (folder: string, meter: string, ...more: readonly string[]): Promise<Spawned> =>
    cli(['run', '--meter', meter, '--report', join(folder, 'out'), ...more])

  it('a declaration with an unknown key: file, line, column and the nearest right word', () =>
    inFolder(async (folder) => {
      const answer = await run(folder, declared(folder, REFERENCE, { suports: {} }))
      refused(answer, /meter\.json:\d+:\d+: .*suports/)
      expect(answer.err).to.contain('supports')
    }))

  it('a declaration that extends itself, or what is not there', () =>
    inFolder(async (folder) => {
      refused(await run(folder, declared(folder, REFERENCE, { extends: 'meter.json' })), /meter\.json/)
      refused(await run(folder, declared(folder, REFERENCE, { extends: 'gone.json' })), /gone\.json/)
    }))

  it('JSON that is cut off, and duplicate keys', () =>
    inFolder(async (folder) => {
      const file = join(folder, 'broken.json')
      writeFileSync(file, '{"meter": "x"')
      refused(await cli(['validate', file]), /broken\.json:1:14/)
      writeFileSync(file, '{"meter": "x", "meter": "y"}')
      refused(await cli(['validate', file]), /broken\.json:1:16.*(?:twice|duplicate)/i)
    }))

  it('a case with a word that is none, in a suite of the user', () =>
    inFolder(async (folder) => {
      cpSync(join(HOME, 'suites/hdlc/suite.json'), join(folder, 'suite.json'))
      const written = { id: 'OWN_1', title: 'x', proves: [], ports: 'hdlc', stepps: [] }
      writeFileSync(join(folder, 'OWN_1.json'), JSON.stringify(written))
      for (const answer of [await cli(['validate', folder]), await run(folder, REFERENCE, folder)])
        refused(answer, /OWN_1\.json:\d+:\d+: .*stepps/)
    }))

  it('a secrets file that others may read', () =>
    inFolder(async (folder) => {
      writeFileSync(join(folder, 'secrets.json'), '{"reader-password": {"ascii": "opensesame"}}')
      chmodSync(join(folder, 'secrets.json'), 0o644)
      const answer = await run(folder, declared(folder, REFERENCE, { secrets: 'secrets.json' }))
      refused(answer, /chmod 600/)
      expect(answer.err).not.to.contain('opensesame')
    }))

  for (const [title, text] of [
    ['is cut off', '{"reader-password": {"ascii": "opensesame"'],
    ['has a form that there is not', '{"reader-password": {"base32": "opensesame"}}'],
    ['has hex that is none', '{"reader-password": {"hex": "opensesame"}}'],
  ] as const)
    it(`a secrets file that ${title} does not tell what is in it`, () =>
      inFolder(async (folder) => {
        writeFileSync(join(folder, 'secrets.json'), text, { mode: 0o600 })
        const answer = await run(folder, declared(folder, REFERENCE, { secrets: 'secrets.json' }))
        refused(answer, /secrets\.json/)
        expect(answer.err).not.to.contain('opensesame')
      }))

  it('a secret of the environment that does not say how it is written', async () => {
    const answer = await cli(['run', '--meter', REFERENCE], { DLMS_SECRET_READER_PASSWORD: 'opensesame' })
    refused(answer, /DLMS_SECRET_READER_PASSWORD/)
    expect(answer.err).not.to.contain('opensesame')
  })

  it('a report folder that cannot be written, before anything is asked', () =>
    inFolder(async (folder) => {
      writeFileSync(join(folder, 'out'), '')
      refused(await run(folder, REFERENCE), /--report/)
    }))

  it('nothing selected is exit 5', async () => {
    const { code } = await cli(['list', '--meter', REFERENCE, '--case', 'NO_SUCH_CASE'])
    expect(code).to.equal(5)
  })
})
