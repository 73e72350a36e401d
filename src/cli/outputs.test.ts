import { expect } from 'chai'
import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Event } from '../engine/events.ts'
import { needs } from '../skips.ts'
import { cli, countOf, eventsIn, type Spawned, verdictsIn } from './spawned.ts'
import { HOME } from './files.ts'

const CASES = ['SIGNON_E_1*', 'HDLC_FRAME_P*', 'HDLC_FRAME_N1*', 'HDLC_FRAME_N3*', 'WRAPPER_N1*', 'UDP_P1*']
const CHOSEN = CASES.flatMap((glob) => ['--case', glob])
const REFERENCE = ['run', '--meter', 'meters/reference.json']

interface Results {
  readonly [part: string]: unknown
  readonly summary: Readonly<Record<string, number>>
  readonly cases: readonly Readonly<Record<string, unknown>>[]
}

describe('the outputs of a run', () => {
  let folder: string
  let run: Spawned
  let events: readonly Event[]
  let results: Results

  const text = (name: string): string => readFileSync(join(folder, name), 'utf8')

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'outputs-'))
    run = await cli([...REFERENCE, ...CHOSEN, '--report', folder])
    events = eventsIn(folder)
    results = JSON.parse(text('results.json')) as Results
  })
  after(() => rmSync(folder, { recursive: true, force: true }))

  it('events.jsonl: header first, footer last, each instance begun and ended', () => {
    const [header, footer] = [events[0], events.at(-1)]
    expect(header).to.include({ event: 'run', schema: 'events/1', seed: 1 })
    expect(footer).to.include({ event: 'end', ended: 'complete', exit: run.code })
    const kinds = events.map(({ event }) => event)
    expect(countOf(kinds, 'run')).to.equal(1)
    expect(countOf(kinds, 'end')).to.equal(1)
    const begun = events.flatMap((event) => (event.event === 'instance' ? [event.instance] : []))
    expect(begun.length)
      .to.equal(header?.event === 'run' && header.planned)
      .and.to.be.greaterThan(20)
    expect([...verdictsIn(events).keys()]).to.have.members(begun)
  })

  it('events.jsonl: time goes on, and traffic belongs to the instance that runs', () => {
    let [now, current] = [0, '']
    for (const event of events) {
      if (event.event === 'instance') current = event.instance
      if (event.event === 'traffic') expect(event.end).to.be.at.least(event.at)
      if (event.event === 'traffic' && event.instance !== undefined) expect(event.instance).to.equal(current)
      if (event.event !== 'verdict') continue
      expect(event.at).to.be.at.least(now)
      now = event.at
    }
  })

  it('results.json: one entry an instance, and a summary that counts them', () => {
    const verdicts = verdictsIn(events)
    expect(results).to.include({ schema: 'results/1', ended: 'complete' })
    expect(results.cases.map(({ instance }) => instance)).to.have.members([...verdicts.keys()])
    for (const [verdict, count] of Object.entries(results.summary))
      expect(count, verdict).to.equal(countOf(verdicts.values(), verdict))
    const asked = ['meter', 'port', 'id', 'subtest', 'instance', 'suite', 'title', 'verdict', 'reason', 'severity']
    for (const one of results.cases) {
      expect(one).to.include.all.keys(...asked, 'remarks', 'clauses', 'durationMs', 'rerun')
      expect(one['verdict']).to.equal(verdicts.get(String(one['instance'])))
      if (one['verdict'] !== 'PASSED')
        expect(one['reason'], String(one['instance'])).to.be.a('string').and.not.equal('')
    }
  })

  it('report.html: one file that names every instance and asks nothing of anybody', () => {
    const html = text('report.html').replaceAll('&#x3D;', '=')
    expect(html).to.match(/^<!doctype html>/i)
    for (const { instance } of results.cases) expect(html).to.contain(String(instance))
    expect(html).not.to.match(/(?:src|href)="(?!#)/)
  })

  it('junit.xml: well-formed, with the counts of the run', () => {
    const xml = text('junit.xml')
    expect(XMLValidator.validate(xml)).to.equal(true)
    const { testsuites } = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '' }).parse(xml) as {
      readonly testsuites: Readonly<Record<string, unknown>>
    }
    const { PASSED = 0, FAILED = 0, INCONCLUSIVE = 0, ERROR = 0, INAPPLICABLE = 0 } = results.summary
    expect(testsuites).to.include({
      tests: String(PASSED + FAILED + INCONCLUSIVE + ERROR + INAPPLICABLE),
      failures: String(FAILED),
      errors: String(INCONCLUSIVE + ERROR),
      skipped: String(INAPPLICABLE),
    })
  })

  it('traffic.pcapng: tshark reads it, nothing is malformed, and all octets that passed are in it', function () {
    needs(this, 'tshark')
    const fields = ['data.data', 'tcp.payload', 'udp.payload', '_ws.malformed', 'tcp.analysis.flags']
    const words = ['-T', 'fields', '-E', 'separator=;', ...fields.flatMap((field) => ['-e', field])]
    // Wireshark guesses STUN in any datagram.
    const packets = execFileSync(
      'tshark',
      ['-r', join(folder, 'traffic.pcapng'), '--disable-protocol', 'classicstun', ...words],
      { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
    )
      .trimEnd()
      .split('\n')
      .map((line) => line.split(';'))
    expect(packets.filter(([, , , malformed, lost]) => malformed !== '' || lost !== '')).to.deep.equal([])
    const carried = packets.map(([data = '', tcp = '', udp = '']) => (tcp || udp || data).toUpperCase())
    const passed = events.flatMap((event) => (event.event === 'traffic' ? [event.octets.replaceAll('XX', '00')] : []))
    const whole = (all: readonly string[]): readonly string[] => all.filter((octets) => octets !== '').sort()
    expect(whole(passed).length).to.be.greaterThan(100)
    expect(whole(carried)).to.deep.equal(whole(passed))
  })

  it('the exit code and the last lines of the console agree with them', () => {
    const { FAILED = 0, ERROR = 0, INCONCLUSIVE = 0, PASSED = 0 } = results.summary
    expect(run.code).to.equal(FAILED > 0 ? 1 : ERROR > 0 ? 4 : INCONCLUSIVE > 0 ? 2 : 0)
    expect(run.out).to.contain(`${PASSED} PASSED`).and.to.contain(join(folder, 'report.html'))
    expect(run.err).to.equal('')
  })

  it('the command that repeats an instance repeats just this one', () => {
    const one = results.cases.find(({ instance, verdict }) => /\[.*\]/.test(String(instance)) && verdict === 'PASSED')
    const again = join(folder, 'again')
    execFileSync('sh', ['-c', `${String(one?.['rerun'])} --report ${again}`], { cwd: HOME, stdio: 'ignore' })
    expect([...verdictsIn(eventsIn(again))]).to.deep.equal([[one?.['instance'], 'PASSED']])
  })

  it('a second run says the same thing, and report renders the same again', async () => {
    const second = join(folder, 'second')
    await cli([...REFERENCE, ...CHOSEN, '--report', second])
    const strip = (event: Event): Event => (event.event === 'run' ? { ...event, started: '' } : event)
    expect(eventsIn(second).map(strip)).to.deep.equal(events.map(strip))
    const before = text('second/results.json')
    expect((await cli(['report', second])).code).to.equal(run.code)
    expect(text('second/results.json')).to.equal(before)
  })
})
