import { expect } from 'chai'
import { type ChildProcess } from 'node:child_process'
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Event } from '../engine/events.ts'
import { needs } from '../skips.ts'
import { cable, end } from '../transport/ptys.ts'
import { proxyTo } from './proxy.ts'
import { cli, countOf, declared, eventsIn, inFolder, simulated, start, verdictsIn } from './spawned.ts'

const SHORT = 'meters/short-timeouts.json'
const VERDICT = /^(?:PASSED|FAILED|INCONCLUSIVE|INAPPLICABLE|ERROR) /
/** SET of the scratch attribute: what has to be put back. */
const SET = Buffer.from('C101', 'hex')
const PERSISTENT = ['--case', 'HDLC_ADDR_2/3@hdlc', '--allow', 'persistent']

const beganIn = (events: readonly Event[]): readonly string[] =>
  events.flatMap((event) => (event.event === 'instance' ? [event.instance] : []))
const REPORTS = ['results.json', 'report.html', 'junit.xml', 'traffic.pcapng']

describe('a run that is cut off', () => {
  let meter: ChildProcess
  let hdlc: string
  let folder: string
  let out: string

  before(async () => {
    const served = await simulated(SHORT, ['hdlc=tcp://127.0.0.1:0'])
    meter = served.child
    hdlc = served.urls[0] ?? ''
  })
  after(() => end(meter))
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'cut-off-'))
    out = join(folder, 'out')
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  const words = (url: string, ...more: readonly string[]): readonly string[] => [
    ...['run', '--meter', declared(folder, SHORT), '--connect', `hdlc=${url}`],
    ...(more.length > 0 ? more : ['--case', 'HDLC_FRAME_N4*', '--case', 'HDLC_INFO_*']),
  ]

  it('by kill -9: all that had ended is in the stream, report says it was cut off, --resume ends it whole', async () => {
    const asked = words(hdlc)
    const run = start([...asked, '--report', out])
    await run.says(VERDICT, 3)
    run.child.kill('SIGKILL')
    const told = (await run.ended).out.split('\n').filter((line) => VERDICT.test(line))
    const before = verdictsIn(eventsIn(out))
    expect(before.size).to.be.at.least(told.length).and.to.be.at.least(3)
    expect(eventsIn(out).at(-1)?.event).not.to.equal('end')

    appendFileSync(join(out, 'events.jsonl'), '{"event":"step","inst')
    const report = await cli(['report', out])
    expect(report.code).not.to.equal(0)
    expect(JSON.parse(readFileSync(join(out, 'results.json'), 'utf8'))).to.include({ ended: 'cut-off' })
    expect(readFileSync(join(out, 'report.html'), 'utf8')).to.contain('cut off')

    const resumed = await cli([...asked, '--resume', out])
    expect(resumed.code, resumed.out + resumed.err).to.equal(0)
    const stream = readFileSync(join(out, 'events.jsonl'), 'utf8').split('\n')
    const events = stream.filter((line) => line.endsWith('}')).map((line) => JSON.parse(line) as Event)
    expect(events.at(-1)).to.include({ event: 'end', ended: 'complete' })
    for (const instance of before.keys()) expect(countOf(beganIn(events), instance), instance).to.equal(1)
    const planned = events.find((event) => event.event === 'run')?.planned
    expect(verdictsIn(events).size).to.equal(planned)
    const results = JSON.parse(readFileSync(join(out, 'results.json'), 'utf8')) as Readonly<Record<string, unknown>>
    expect(results).to.include({ ended: 'complete' })
    expect(Object.values(results['summary'] as Record<string, number>).reduce((sum, one) => sum + one)).to.equal(
      planned,
    )
  })

  it('is not gone on with under another declaration', async () => {
    await cli([...words(hdlc, '--case', 'HDLC_INFO_N2*'), '--report', out])
    const other = declared(folder, SHORT, { title: 'Another meter' })
    const { code, err } = await cli(['run', '--meter', other, '--connect', `hdlc=${hdlc}`, '--resume', out])
    expect(code).to.equal(3)
    expect(err).to.contain('another declaration')
  })

  it('by Ctrl-C: ends in order, with a footer and all reports, exit 130', async () => {
    const run = start([...words(hdlc), '--report', out])
    await run.says(VERDICT, 3)
    run.child.kill('SIGINT')
    const { code, err } = await run.ended
    expect(code).to.equal(130)
    expect(err).to.contain('interrupted')
    expect(eventsIn(out).at(-1)).to.include({ event: 'end', ended: 'interrupted', exit: 130 })
    for (const name of REPORTS) expect(existsSync(join(out, name)), name).to.equal(true)
    expect(verdictsIn(eventsIn(out)).size).to.be.at.least(3)
  })

  it('by Ctrl-C while something is written to the meter: it is put back before the end', async () => {
    let sets = 0
    const proxy = await proxyTo(hdlc, (octets) => {
      if (octets.includes(SET) && sets++ === 0) run.child.kill('SIGINT')
    })
    const asked = words(proxy.url, ...PERSISTENT)
    const run = start([...asked, '--report', out])
    const { code } = await run.ended
    proxy.cut()
    expect(sets, 'written, and written back').to.be.at.least(2)
    expect(code).to.equal(130)
    expect(await restored(hdlc)).to.equal('nothing is left to restore\n')
  })

  it('by kill -9 while something is written to the meter: restore puts it back', async () => {
    let sets = 0
    const proxy = await proxyTo(hdlc, (octets) => {
      if (octets.includes(SET) && sets++ === 0) run.child.kill('SIGKILL')
    })
    const run = start([...words(proxy.url, ...PERSISTENT), '--report', out])
    await run.ended
    expect(sets).to.equal(1)
    expect(await restored(proxy.url)).to.equal('nothing is left to restore\n')
    expect(sets, 'written back').to.equal(2)
    expect(await restored(proxy.url)).to.equal('nothing is left to restore\n')
    expect(sets, 'but not twice').to.equal(2)
    proxy.cut()
  })

  const restored = async (url: string): Promise<string> =>
    (await cli(['restore', '--meter', join(folder, 'meter.json'), '--connect', `hdlc=${url}`])).out

  it('by a connection that is closed for good: nothing passes any more, and the run comes to its end', async () => {
    let pieces = 0
    let cutAt = 0
    const proxy = await proxyTo(hdlc, (_, itself) => {
      if (++pieces !== 40) return
      cutAt = Date.now()
      itself.cut()
    })
    const { code } = await cli([...words(proxy.url), '--report', out])
    const events = eventsIn(out)
    expect(code).to.be.oneOf([1, 2, 4])
    expect(events.at(-1)).to.include({ event: 'end' })
    const begun = Date.parse(events[0]?.event === 'run' ? events[0].started : '')
    // What had ended before the cut is a verdict as any other.
    const since = events.flatMap((event) =>
      event.event === 'verdict' && begun + event.at > cutAt + 1000 ? [event] : [],
    )
    expect(since.filter(({ verdict }) => verdict === 'PASSED' || verdict === 'FAILED')).to.deep.equal([])
    expect(since.length).to.be.greaterThan(0)
  })
})

describe('a serial line that is unplugged while a run goes on', () => {
  before(function () {
    needs(this, 'socat')
  })

  it('ends in ERROR, nothing passes any more, and the port is named', () =>
    inFolder(async (folder) => {
      const wires = await cable()
      const { child } = await simulated(SHORT, [`hdlc=serial:${wires.b}?baud=9600`])
      const out = join(folder, 'out')
      const run = start([
        ...['run', '--meter', declared(folder, SHORT), '--connect', `hdlc=serial:${wires.a}?baud=9600`],
        ...['--case', 'HDLC_FRAME_N4*', '--case', 'HDLC_INFO_*', '--report', out],
      ])
      await run.says(VERDICT, 2)
      const before = [...verdictsIn(eventsIn(out)).keys()]
      await wires.unplug()
      const { code, out: told } = await run.ended
      await end(child)
      expect(code).to.equal(4)
      const events = eventsIn(out)
      const later = events
        .flatMap((event) => (event.event === 'verdict' && event.final ? [event] : []))
        .slice(before.length + 1)
      expect(later.length).to.be.greaterThan(0)
      // What does not apply is said without asking the meter.
      const others = later.filter(({ verdict }) => verdict !== 'ERROR' && verdict !== 'INAPPLICABLE')
      expect(others.map(({ instance, verdict, reason }) => [instance, verdict, reason])).to.deep.equal([])
      expect(told).to.contain(wires.a)
      expect(events.at(-1)?.event).to.equal('end')
    }))
})
