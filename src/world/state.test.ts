import { expect } from 'chai'
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { memoryState, type TesterState } from './state.ts'
import { openState } from './state-file.ts'

const entry = (key: string, old: string) => ({ key, how: { set: key }, old, at: '2026-01-01T00:00:00Z' })

const taken = (state: TesterState, counter: string) => {
  const result = state.take(counter)
  return result.ok ? result.value : result.failure.code
}

describe('tester state', () => {
  let folder: string
  beforeEach(() => {
    folder = join(mkdtempSync(join(tmpdir(), 'state-')), 'unit')
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  function open(): TesterState {
    const state = openState(folder)
    if (!state.ok) throw new Error(JSON.stringify(state.failure))
    return state.value
  }
  const failure = () => {
    const state = openState(folder)
    return state.ok ? undefined : state.failure
  }

  for (const [kind, make] of [
    ['in memory', memoryState],
    ['on disk', () => open()],
  ] as const) {
    it(`${kind}: keeps the oldest value of a key until it is forgotten`, () => {
      const state = make()
      state.remember(entry('a', '1'))
      state.remember(entry('b', '2'))
      state.remember(entry('a', '3'))
      expect(state.journal().map(({ key, old }) => [key, old])).to.deep.equal([
        ['a', '1'],
        ['b', '2'],
      ])
      state.forget('a')
      expect(state.journal()).to.deep.equal([entry('b', '2')])
      state.close()
    })

    it(`${kind}: gives no value of a counter twice`, () => {
      const state = make()
      expect(Array.from({ length: 200 }, () => taken(state, 'x'))).to.deep.equal(
        Array.from({ length: 200 }, (_, i) => i),
      )
      expect(taken(state, 'y')).to.equal(0)
      state.raise('x', 1000)
      state.raise('x', 5)
      expect(taken(state, 'x')).to.equal(1000)
      state.close()
    })
  }

  it('on disk: is there after an orderly end, without a gap', () => {
    const first = open()
    first.remember(entry('a', '1'))
    taken(first, 'x')
    first.close()
    first.close()
    const second = open()
    expect(second.journal()).to.deep.equal([entry('a', '1')])
    expect(taken(second, 'x')).to.equal(1)
    second.close()
    expect(statSync(join(folder, 'state.json')).mode & 0o077, 'for this user alone').to.equal(0)
  })

  it('on disk: keeps the public keys that have taken the place of declared ones', () => {
    const first = open()
    expect(first.serverKey('a')).to.equal(undefined)
    first.keepServerKey('a', { instead: '01', now: '02' })
    first.keepServerKey('b', { instead: '03', now: '04' })
    first.keepServerKey('a', { instead: '01', now: '05' })
    first.close()
    const second = open()
    expect([second.serverKey('a'), second.serverKey('b')]).to.deep.equal([
      { instead: '01', now: '05' },
      { instead: '03', now: '04' },
    ])
    second.close()
  })

  it('on disk: keeps the policies that were raised', () => {
    const first = open()
    expect(first.policy('a')).to.equal(undefined)
    first.keepPolicy('a', 108)
    first.keepPolicy('b', 36)
    first.keepPolicy('a', 252)
    first.close()
    const second = open()
    expect([second.policy('a'), second.policy('b')]).to.deep.equal([252, 36])
    second.close()
  })

  it('on disk: is safe before a call returns; after a crash counters have a gap but nothing twice', () => {
    const state = open()
    state.remember(entry('a', '1'))
    for (let i = 0; i < 70; i++) taken(state, 'x')
    const crashed = readFileSync(join(folder, 'state.json'), 'utf8') // what a power failure leaves
    state.close()
    writeFileSync(join(folder, 'state.json'), crashed)
    const after = open()
    expect(after.journal()).to.deep.equal([entry('a', '1')])
    expect(taken(after, 'x')).to.equal(128)
    after.close()
  })

  it('on disk: belongs to one run at a time', () => {
    const state = open()
    expect(failure()).to.include({ code: 'locked', detail: `process ${process.pid} on ${hostname()} uses this meter` })
    state.close()
    expect(existsSync(join(folder, 'lock'))).to.equal(false)
    open().close()
  })

  it('on disk: takes over the lock of a process that is gone, not of one that may live', () => {
    open().close()
    const lock = join(folder, 'lock')
    const gone = spawnSync(process.execPath, ['-e', '']).pid
    const write = (owner: object) => writeFileSync(lock, JSON.stringify(owner))
    write({ pid: gone, host: hostname(), born: '1' })
    open().close()
    write({ pid: process.pid, host: hostname(), born: 'another process that had the same number' })
    open().close()
    write({ pid: gone, host: 'another-machine', born: '1' })
    expect(failure()?.code).to.equal('locked')
    writeFileSync(lock, '')
    expect(failure(), 'just being written').to.include({ code: 'locked', detail: 'another run uses this meter' })
    rmSync(lock)
  })

  it('on disk: is not thrown away when it cannot be understood', () => {
    open().close()
    const file = join(folder, 'state.json')
    for (const content of [
      '{"schema":"state/1","journal":[',
      '{}',
      '{"schema":"state/2","journal":[],"counters":{}}',
      '{"schema":"state/1","journal":[{}],"counters":{}}',
      '{"schema":"state/1","journal":[],"counters":{},"serverKeys":{"a":"01"}}',
    ]) {
      writeFileSync(file, content)
      expect(failure()).to.include({ code: 'unreadable', where: file })
      expect(readFileSync(file, 'utf8')).to.equal(content)
    }
    expect(existsSync(join(folder, 'lock')), 'and nothing is left locked').to.equal(false)
  })

  it('on disk: tells when it cannot be written', () => {
    const state = open()
    rmSync(folder, { recursive: true })
    const remembered = state.remember(entry('a', '1'))
    expect(!remembered.ok && remembered.failure.code).to.equal('unwritable')
    expect(state.journal(), 'nothing is there that is not on disk').to.deep.equal([])
    expect(taken(state, 'x')).to.equal('unwritable')
    state.close()
    writeFileSync(folder, 'a file')
    expect(failure()?.code).to.equal('unwritable')
  })
})
