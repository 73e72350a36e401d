import { expect } from 'chai'
import { select } from '../engine/select.ts'
import type { Case } from '../language/suite.generated.ts'
import { subCasesOf } from '../language/instances.ts'
import type { MeterDescription } from '../simulator/description.ts'
import { describedMeter } from '../simulator/dialogue.ts'
import { vocabulary } from '../vocabulary/vocabulary.ts'
import { declaredMeter } from './scene.ts'
import { type MemoryRun, portPlans, runOnMemory, type Subject } from './subject.ts'

/** Reads each attribute that each client may read, on each port. */
const READS: Case = {
  id: 'READS',
  title: 'What is listed as readable is read',
  proves: [{ clause: 'xdlms.invoke-id', level: 'MUST' }],
  effect: 'reads',
  matrix: {
    client: { each: 'clients', where: { is: ['client.mechanism', ['lowest', 'lls']] } },
    attribute: { each: 'attributes', of: '$client', where: { has: 'attribute.right.read' } },
  },
  given: { rung: 'association', client: '$client' },
  steps: [
    {
      do: 'read',
      attribute: '$attribute',
      expect: [{ value: { any: true } }, { refused: 'any', fails: 'it is refused' }],
    },
  ],
  kills: ['xdlms.invoke-id.wrong'],
}

const subject: Subject = { declaration: declaredMeter('reference'), description: describedMeter('reference') }

interface Ran extends MemoryRun {
  readonly names: readonly string[]
}

async function ran(
  globs: readonly string[],
  defects: readonly string[] = [],
  description = subject.description,
): Promise<Ran> {
  const on = { ...subject, description }
  const instances = select([{ suite: 'made-up', cases: subCasesOf(READS) }], {
    vocabulary,
    ports: portPlans(on),
    globs,
    leave: { allowed: new Set(), everything: true, never: new Set() },
    bench: new Set(),
  })
  const run = await runOnMemory(on, instances, defects)
  return { ...run, names: [...run.verdicts.keys()] }
}

const count = ({ events }: MemoryRun, name: string): number =>
  events.filter((event) => event.event === 'traffic' && event.direction === 'sent' && event.names.includes(name)).length
const verdictsOf = ({ verdicts }: MemoryRun): ReadonlySet<string> =>
  new Set([...verdicts.values()].map(({ verdict }) => verdict))

/** The object list of the reader is not given to it. */
const closed = (description: MeterDescription): MeterDescription => ({
  ...description,
  objects: description.objects.map((object) =>
    object['class-id'] === 15 ? { ...object, access: { ...object.access, reader: { read: [1] } } } : object,
  ),
})

describe('rows of an object list, on a meter', () => {
  let whole: Ran
  before(async () => (whole = await ran([])))

  it('are read from each client once, and run on each port', () => {
    expect(verdictsOf(whole)).to.deep.equal(new Set(['PASSED']))
    const lists = whole.events.filter((event) => event.event === 'object-list')
    expect(lists.map(({ client, device, port }) => [client, device, port])).to.deep.equal([
      ['public', 'management', 'optical'],
      ['reader', 'management', 'optical'],
      ['management', 'management', 'optical'],
    ])
    const listed = lists.flatMap(({ objects }) => objects.flatMap(({ attributes }) => attributes))
    const readable = listed.filter(({ rights }) => rights.includes('read'))
    expect(readable.length).to.be.greaterThan(100)
    expect(whole.names).to.have.length(4 * readable.length)
    expect(whole.names).to.include('READS[client=reader,attribute=3:1.0.1.8.0.255:2]@wrapper')
  })

  it('share an association: one for each list, and one for each client and port', () =>
    expect(count(whole, 'aarq')).to.equal(3 + 3 * 4))

  it('are chosen by globs that name them', async () => {
    const one = 'READS[client=reader,attribute=3:1.0.1.8.0.255:2]@wrapper'
    expect((await ran([one])).names).to.deep.equal([one])
    expect((await ran(['*attribute=8:*:2]@hdlc'])).names).to.deep.equal(
      ['public', 'reader', 'management'].map((client) => `READS[client=${client},attribute=8:0.0.1.0.0.255:2]@hdlc`),
    )
    expect((await ran(['READS[client=reader,attribute=…]@udp'])).names).to.deep.equal(
      whole.names.filter((name) => /client=reader.*@udp/.test(name)),
    )
  })

  it('have the same names on a meter that is wrong', async () => {
    const defective = await ran(['*@wrapper'], ['xdlms.invoke-id.wrong'])
    expect(defective.names).to.deep.equal(whole.names.filter((name) => name.endsWith('@wrapper')))
    expect(verdictsOf(defective)).to.deep.equal(new Set(['FAILED']))
  })

  it('once the meter is dead none of them passes', async () => {
    const last = 20
    const run = await ran(['*@wrapper'], [`meter.dies-at-frame-${last}`])
    const passed = [...run.verdicts.values()].filter(({ verdict }) => verdict === 'PASSED')
    expect(passed.length).to.be.within(1, last)
    expect([...run.verdicts.values()].slice(0, passed.length)).to.deep.equal(passed)
  })

  it('that cannot be known are INCONCLUSIVE, for this client alone', async () => {
    const run = await ran(['*@hdlc', '*@udp'], [], closed(subject.description))
    const readers = [...run.verdicts.values()].filter(({ instance }) => instance.includes('client=reader'))
    expect(readers.map(({ instance, verdict, reason }) => [instance, verdict, reason?.found])).to.deep.equal(
      ['hdlc', 'udp'].map((port) => [
        `READS[client=reader,attribute=…]@${port}`,
        'INCONCLUSIVE',
        'get-response (read-write-denied)',
      ]),
    )
    expect(verdictsOf(run)).to.deep.equal(new Set(['PASSED', 'INCONCLUSIVE']))
  })
})
