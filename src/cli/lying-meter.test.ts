import { expect } from 'chai'
import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { LIES, lying, type Lie } from '../simulator/lies.ts'
import { describedMeter } from '../simulator/dialogue.ts'
import { createMeter } from '../simulator/meter.ts'
import { host } from '../transport/host/host.ts'
import { createRealWorld } from '../world/real.ts'
import { cli, countOf, declared, eventsIn, inFolder, verdictsIn } from './spawned.ts'

const TIMING = { responseMs: 100, inactivityMs: 200 }
/** More than the reports of so short a run need, whatever the meter said. */
const MOST_OCTETS = 20_000_000

describe('a meter that lies in every way there is', function () {
  this.timeout(120_000)

  it('over TCP: verdicts, all reports, exit 1', () =>
    inFolder(async (folder) => {
      const lies = Object.values(LIES)
      let turn = 0
      const eachInTurn: Lie = (wpdu, apdu, before) => lies[turn++ % lies.length]?.(wpdu, apdu, before) ?? wpdu
      const party = lying(createMeter(describedMeter('reference')).party('wrapper'), eachInTurn)
      const meter = await host('tcp://127.0.0.1:0', party, createRealWorld())
      if (!meter.ok) throw new Error(meter.failure.detail)
      const out = join(folder, 'out')
      const { code, err } = await cli([
        ...['run', 'robustness', '--meter', declared(folder, 'meters/reference.json', { testing: { timing: TIMING } })],
        ...['--connect', `wrapper=${meter.value.url}`, '--case', 'ROBUST_AXDR_2*', '--case', 'ROBUST_TAG_1/*'],
        ...['--confirm', '0', '--report', out],
      ])
      await meter.value.close()
      expect(err).not.to.match(/^\s+at .*:\d+:\d+\)?$/m)
      expect(code).to.equal(1)
      const events = eventsIn(out)
      const verdicts = [...verdictsIn(events).values()]
      expect(countOf(verdicts, 'FAILED')).to.be.greaterThan(10)
      expect(events.at(-1)).to.include({ event: 'end', ended: 'complete' })
      for (const file of ['report.html', 'events.jsonl', 'traffic.pcapng', 'junit.xml', 'results.json']) {
        expect(existsSync(join(out, file)), file).to.equal(true)
        expect(statSync(join(out, file)).size, file).to.be.lessThan(MOST_OCTETS)
      }
    }))
})
