import { expect } from 'chai'
import { subjects } from '../cli/prove.ts'
import { chooseSuites } from '../cli/suites.ts'
import { falseFailuresIn, instancesOn } from './prove.ts'
import { type MemoryRun, runOnMemory, type Subject } from './subject.ts'
import { selectionOf } from '../engine/select.ts'

describe('the built-in meters', () => {
  let ids: readonly string[]
  const runs: { readonly subject: Subject; readonly conformant: MemoryRun }[] = []

  before(async function () {
    this.timeout(600_000)
    const { suites } = await chooseSuites([])
    const selections = suites.map(selectionOf)
    ids = [...new Set(selections.flatMap(({ cases }) => cases.map(({ id }) => id)))]
    for (const subject of subjects())
      runs.push({ subject, conformant: await runOnMemory(subject, instancesOn(selections, subject), []) })
  })

  it('make every case applicable between them', () => {
    const applicable = new Set(
      runs.flatMap(({ conformant: { events, verdicts } }) =>
        events.flatMap((event) =>
          event.event === 'instance' && verdicts.get(event.instance)?.verdict !== 'INAPPLICABLE' ? [event.id] : [],
        ),
      ),
    )
    expect(ids.length).to.be.greaterThan(0)
    expect(ids.filter((id) => !applicable.has(id))).to.deep.equal([])
  })

  it('are conformant: nothing but PASSED, and no remark', () => {
    expect(runs.flatMap(falseFailuresIn)).to.deep.equal([])
  })
})
