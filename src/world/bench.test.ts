import { expect } from 'chai'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { commandBench, type Argv, type BenchDeclaration, type Ready } from './bench.ts'
import { createRealWorld } from './real.ts'

const world = createRealWorld()
const node = (script: string): Argv => [process.execPath, '-e', script]
const bench = (declaration: BenchDeclaration) => commandBench(declaration, world)
const started = (script: string, ready: Ready) => bench({ start: { argv: node(script), ready } })

const isAlive = (pid: number) => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

async function failureOf(done: ReturnType<ReturnType<typeof bench>['start']>) {
  const result = await done
  return result.ok ? undefined : result.failure
}

describe('bench', () => {
  it('starts a meter, waits for the line that says it is ready, and ends it with all that it started', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'bench-'))
    const script = `
      const child = require('child_process').spawn(process.execPath, ['-e', 'setInterval(() => 0, 1000)'], { stdio: 'ignore' })
      require('fs').writeFileSync('pids', process.pid + ' ' + child.pid)
      console.error('about to')
      console.log('listening')
      setInterval(() => 0, 1000)`
    const meter = bench({ start: { argv: node(script), ready: { line: 'listening', withinMs: 10_000 }, folder } })
    expect(await failureOf(meter.start())).to.equal(undefined)
    const pids = readFileSync(join(folder, 'pids'), 'utf8').split(' ').map(Number)
    expect(pids.map(isAlive)).to.deep.equal([true, true])
    await meter.stop()
    await meter.stop()
    while (pids.some(isAlive)) await world.next(world.now() + 10, () => undefined) // or it never ends
    rmSync(folder, { recursive: true })
  })

  it('starts a meter that says nothing, after a delay', async () => {
    const meter = started('setInterval(() => 0, 1000)', { afterMs: 20 })
    expect(meter.can).to.deep.equal({ start: true, power: false })
    expect(await failureOf(meter.start())).to.equal(undefined)
    await meter.stop()
  })

  it('ends one that does not want to', async () => {
    const script = `process.on('SIGTERM', () => 0); console.log('ready'); setInterval(() => 0, 1000)`
    const meter = started(script, { line: 'ready', withinMs: 10_000 })
    await meter.start()
    await meter.stop()
  })

  it('tells why a meter did not start', async () => {
    const crash = await failureOf(
      started(`console.error('no licence'); process.exit(3)`, { line: 'ready', withinMs: 10_000 }).start(),
    )
    expect(crash).to.include({ code: 'ended', detail: 'it ended with 3; it said: no licence' })
    const mute = await failureOf(started('setInterval(() => 0, 1000)', { line: 'ready', withinMs: 50 }).start())
    expect(mute).to.include({ code: 'not-ready', detail: 'no line with "ready" within 50 ms; it said: ' })
    const missing = await failureOf(
      bench({ start: { argv: ['/there/is/no/such/program'], ready: { afterMs: 1000 } } }).start(),
    )
    expect(missing?.code).to.equal('not-started')
    expect(await failureOf(bench({}).start())).to.include({ code: 'not-declared', where: 'start' })
  })

  it('reads no shell into arguments', async () => {
    const meter = bench({
      start: {
        argv: [
          process.execPath,
          '-e',
          'console.log("[" + process.argv[1] + "]"); setInterval(() => 0, 1000)',
          '$(echo x); *',
        ],
        ready: { line: '[$(echo x); *]', withinMs: 10_000 },
      },
    })
    expect(await failureOf(meter.start())).to.equal(undefined)
    await meter.stop()
  })

  it('switches the power by commands, and tells how they ended', async () => {
    const meter = bench({ power: { on: node(''), off: node(`console.log('fuse blown'); process.exit(1)`) } })
    expect(meter.can).to.deep.equal({ start: false, power: true })
    expect(await failureOf(meter.power('on'))).to.equal(undefined)
    expect(await failureOf(meter.power('off'))).to.include({
      code: 'failed',
      detail: 'it ended with 1; it said: fuse blown',
    })
    expect((await failureOf(bench({}).power('on')))?.code).to.equal('not-declared')
  })
})
