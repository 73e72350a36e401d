import { expect } from 'chai'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { hex } from '../codec/value.ts'
import { readSecrets, variableOf } from './secrets.ts'

describe('secrets', () => {
  let folder: string
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'secrets-'))
  })
  after(() => rmSync(folder, { recursive: true }))

  function file(content: string, mode = 0o600): string {
    const path = join(folder, 'secrets.json')
    writeFileSync(path, content)
    chmodSync(path, mode)
    return path
  }

  const good = '{"reader-password": {"ascii": "12345678"}, "gek": {"hex": "00 11 22 33"}}'

  it('are read from a file that is for this user alone', () => {
    const secrets = readSecrets(file(good), {})
    if (!secrets.ok) throw new Error(secrets.failure.detail)
    expect(hex(secrets.value.get('reader-password') ?? new Uint8Array())).to.equal('3132333435363738')
    expect(hex(secrets.value.get('gek') ?? new Uint8Array())).to.equal('00112233')
    expect(secrets.value.get('unknown')).to.equal(undefined)
    expect(secrets.value.all()).to.have.length(2)
    expect(inspect(secrets, { depth: 10 }) + JSON.stringify(secrets), 'printing shows none').not.to.match(
      /1234|3132|49, ?50/,
    )
  })

  it('come from the environment before the file', () => {
    const environment = { [variableOf('reader-password')]: 'ascii:other', DLMS_SECRET_KEK: 'hex:FF00', HOME: '/root' }
    const secrets = readSecrets(file(good), environment)
    if (!secrets.ok) throw new Error(secrets.failure.detail)
    expect(variableOf('reader-password')).to.equal('DLMS_SECRET_READER_PASSWORD')
    expect(hex(secrets.value.get('reader-password') ?? new Uint8Array())).to.equal('6F74686572')
    expect(hex(secrets.value.get('kek') ?? new Uint8Array())).to.equal('FF00')
    expect(secrets.value.all(), 'what is overridden is still a secret').to.have.length(4)
    expect(readSecrets(undefined, {}).ok, 'no file, none needed').to.equal(true)
  })

  it('are refused where others can read or write the file, with what to do', () => {
    for (const mode of [0o640, 0o604, 0o620, 0o666]) {
      const path = file(good, mode)
      const secrets = readSecrets(path, {})
      expect(!secrets.ok && secrets.failure).to.deep.equal({
        code: 'open-to-others',
        where: path,
        detail: `others may use it too: mode ${mode.toString(8)}`,
        hint: `chmod 600 ${path}`,
      })
    }
    for (const mode of [0o600, 0o400]) expect(readSecrets(file(good, mode), {}).ok).to.equal(true)
  })

  it('of any length are refused where others can read the file: keys of all suites, private keys and certificates too', () => {
    for (const length of [1, 8, 16, 24, 32, 48, 600]) {
      const content = JSON.stringify({ key: { hex: 'A5'.repeat(length) } })
      const open = readSecrets(file(content, 0o644), {})
      expect(!open.ok && open.failure.code, `${length}`).to.equal('open-to-others')
      expect(JSON.stringify(open)).not.to.match(/A5/)
      const own = readSecrets(file(content), {})
      expect(own.ok && own.value.get('key')?.length).to.equal(length)
    }
  })

  it('are refused in any other form, without quoting them', () => {
    const bad = [
      '{"a": {"ascii": "hush-hush"',
      '["hush-hush"]',
      '{"a": "hush-hush"}',
      '{"a": {"hex": "hush-hush"}}',
      '{"a": {"hex": "hush0"}}',
      '{"a": {"ascii": "hush-hush", "hex": "00"}}',
      '{"a": {"text": "hush-hush"}}',
      '{"a": {"ascii": ""}}',
      '{"a": {"ascii": "hush-hüsh"}}',
    ]
    for (const content of bad) {
      const secrets = readSecrets(file(content), {})
      expect(!secrets.ok && secrets.failure.code, content).to.equal('malformed')
      expect(JSON.stringify(secrets)).not.to.contain('hush')
    }
    for (const text of ['hush-hush', 'hex:hush', 'HEX:00', 'ascii:', '12345678']) {
      const secrets = readSecrets(undefined, { DLMS_SECRET_A: text })
      expect(!secrets.ok && secrets.failure).to.include({ code: 'malformed', where: 'DLMS_SECRET_A' })
      expect(JSON.stringify(secrets)).not.to.match(/hush|1234/)
    }
  })

  it('are missed', () => {
    const secrets = readSecrets(join(folder, 'none.json'), {})
    expect(!secrets.ok && secrets.failure.code).to.equal('missing')
    const nonsense = readSecrets(folder, {})
    expect(nonsense.ok).to.equal(false)
  })
})
