import { expect } from 'chai'
import type { Event, ListedObject } from './events.ts'
import { fakeContext, instanceOf, type Script } from './fake-tester.ts'
import { type Instance, type Later, listKey } from './instance.ts'
import { run } from './run.ts'
import type { Listing } from './vocabulary.ts'

const WHOSE = { client: 'reader', device: 'management' }
const object = (id: number): ListedObject => ({
  'class-id': 3,
  version: 0,
  'instance-id': `1.0.${id}.8.0.255`,
  attributes: [],
  methods: [],
})
const listed = (...ids: readonly number[]): Listing => ({ is: 'listed', objects: ids.map(object) })
const NO_LIST: Listing = { is: 'unlisted', expected: 'array', found: 'structure', noise: false }

const read = { do: 'read', expect: [{ success: true }] }

/** An instance for each object of the reader's list, named by its logical name. */
const waiting = (id: string, port = 'hdlc', more: Partial<Instance> = {}, whose = WHOSE): Instance => {
  const row = (name: string): Instance =>
    instanceOf(
      { steps: [read] },
      { name: `${id}[object=${name}]@${port}`, port, effect: 'reads', connections: { main: 'association' }, ...more },
    )
  const later: Later = {
    axes: ['object'],
    whose,
    expand: (lists) =>
      (lists.get(listKey(whose)) ?? []).map((each) => ({ ...row(each['instance-id']), row: true as const })),
  }
  return { ...row('…'), later }
}

interface Told {
  readonly events: readonly Event[]
  readonly log: readonly string[]
  readonly verdicts: readonly string[]
}

async function told(
  script: Partial<Script>,
  instances: readonly Instance[],
  confirm = 0,
  done: readonly string[] = [],
): Promise<Told> {
  const events: Event[] = []
  const context = fakeContext({ answers: {}, ...script }, events)
  await run({
    meter: 'm',
    instances,
    ports: ['hdlc', 'wrapper'].map((port) => ({ port, confirm, open: async () => ({ ...context, port }) })),
    emit: (event) => void events.push(event),
    now: () => context.tester.now(),
    interrupted: () => false,
    breathe: () => Promise.resolve(),
    done: new Map(done.map((name) => [name, 'PASSED'])),
    rerun: ({ name }) => `run --case ${name}`,
    deadlineMs: Infinity,
    caseDeadlineMs: Infinity,
    exitOf: () => 0,
  })
  const verdicts = events.flatMap((event) => (event.event === 'verdict' ? [`${event.instance} ${event.verdict}`] : []))
  return { events, log: context.log, verdicts }
}
const of = <E extends Event['event']>({ events }: Told, name: E): readonly Extract<Event, { readonly event: E }>[] =>
  events.filter((event): event is Extract<Event, { readonly event: E }> => event.event === name)
const count = ({ log }: Told, what: string): number => log.filter((entry) => entry === what).length

describe('rows that only the meter knows', () => {
  it('run in the place of the instance that stood for them', async () => {
    const found = await told({ objects: listed(1, 2) }, [waiting('A'), instanceOf({ steps: [read] }, { name: 'B' })])
    expect(found.verdicts).to.deep.equal([
      'A[object=1.0.1.8.0.255]@hdlc PASSED',
      'A[object=1.0.2.8.0.255]@hdlc PASSED',
      'B PASSED',
    ])
    expect(of(found, 'expanded')).to.deep.include({
      event: 'expanded',
      instance: 'A[object=…]@hdlc',
      count: 2,
      at: of(found, 'expanded')[0]?.at,
    })
    expect(of(found, 'end')[0]?.summary).to.include({ PASSED: 3, INAPPLICABLE: 0 })
  })

  it('the list is asked for once, whatever the number of cases and ports, and kept as evidence', async () => {
    const found = await told({ objects: listed(1) }, [waiting('A'), waiting('B'), waiting('A', 'wrapper')])
    expect(found.verdicts).to.have.length(3)
    expect(count(found, 'objects')).to.equal(1)
    expect(
      of(found, 'object-list').map(({ port, client, device, objects, trouble }) => ({
        port,
        client,
        device,
        objects,
        trouble,
      })),
    ).to.deep.equal([{ port: 'hdlc', ...WHOSE, objects: [object(1)], trouble: undefined }])
  })

  it('each client of each device has a list of its own', async () => {
    const others = [
      { ...WHOSE, device: 'metering' },
      { ...WHOSE, client: 'public' },
    ]
    const found = await told(
      { objects: listed(1) },
      [WHOSE, ...others].map((whose, i) => waiting(`A${i}`, 'hdlc', {}, whose)),
    )
    expect(count(found, 'objects')).to.equal(3)
  })

  it('a list that cannot be used makes each of them INCONCLUSIVE, with what was wrong, and is not asked for again', async () => {
    const found = await told({ objects: NO_LIST }, [waiting('A'), waiting('A', 'wrapper')])
    expect(found.verdicts).to.deep.equal(['A[object=…]@hdlc INCONCLUSIVE', 'A[object=…]@wrapper INCONCLUSIVE'])
    expect(count(found, 'objects')).to.equal(1)
    expect(of(found, 'object-list').map(({ objects, trouble }) => [objects, trouble?.found])).to.deep.equal([
      [[], 'structure'],
    ])
    for (const { reason } of of(found, 'verdict')) {
      expect(reason).to.include({ expected: 'array', found: 'structure' })
      expect(reason?.text).to.contain('the object list of reader in management')
      expect(reason?.hint).to.contain('hdlc')
    }
  })

  it('what noise can do is tried again, and on another port', async () => {
    const silent: Listing = { is: 'unlisted', expected: 'its value', found: 'silence', noise: true }
    const instances = [waiting('A'), waiting('B'), waiting('A', 'wrapper')]
    const found = await told({ objects: silent }, instances, 2)
    expect(count(found, 'objects')).to.equal(6)
    expect(found.verdicts.map((verdict) => verdict.split(' ')[1])).to.deep.equal(Array(3).fill('INCONCLUSIVE'))
  })

  it('an association that is not reached says so; nobody of that name is INAPPLICABLE; a lost line an ERROR', async () => {
    for (const [climb, verdict] of [
      ['down', 'INCONCLUSIVE'],
      ['inapplicable', 'INAPPLICABLE'],
      ['fault', 'ERROR'],
    ] as const) {
      const found = await told({ climbs: [climb], objects: listed(1) }, [waiting('A')])
      expect(found.verdicts).to.deep.equal([`A[object=…]@hdlc ${verdict}`])
      expect(count(found, 'objects'), climb).to.equal(0)
    }
  })

  it('those that have a verdict already are not run again', async () => {
    const found = await told({ objects: listed(1, 2) }, [waiting('A')], 0, ['A[object=1.0.1.8.0.255]@hdlc'])
    expect(found.verdicts).to.deep.equal(['A[object=1.0.2.8.0.255]@hdlc PASSED'])
    expect(of(found, 'end')[0]?.summary.PASSED).to.equal(2)
  })

  describe('one association serves them', () => {
    const climbs = (found: Told): number => count(found, 'climb main association')

    it('as long as they pass', async () => {
      const found = await told({ objects: listed(1, 2, 3) }, [waiting('A'), waiting('B')])
      expect(climbs(found)).to.equal(2) // that for B comes behind the end of those of A
    })

    it('not where they write, send by themselves, or begin elsewhere', async () => {
      const alone: readonly Partial<Instance>[] = [
        { effect: 'volatile' },
        { blocks: { prepare: [], steps: [{ send: { rr: {} }, expect: [{ rr: {} }] }], then: [], finally: [] } },
        { connections: { main: 'association', other: 'association' } },
        { connections: { main: { rung: 'association', propose: { 'max-pdu-size': 100 } } } },
      ]
      for (const more of alone) {
        const found = await told({ answers: { rr: ['rr'] }, objects: listed(1, 2, 3) }, [waiting('A', 'hdlc', more)])
        expect(found.verdicts, JSON.stringify(more)).to.have.length(3)
        expect(climbs(found), JSON.stringify(more)).to.equal(3)
      }
    })

    it('one that fails on it is run again on its own, and the next climb anew', async () => {
      const script = { answers: { read: ['success', 'dm', 'dm', 'success'] }, objects: listed(1, 2, 3) }
      const found = await told(script, [waiting('A')])
      expect(of(found, 'verdict').map(({ verdict, final }) => [verdict, final])).to.deep.equal([
        ['PASSED', true],
        ['FAILED', false],
        ['FAILED', true],
        ['PASSED', true],
      ])
      expect(climbs(found)).to.equal(3)
    })

    it('what the meter does not survive is FAILED, unless noise may have done it', async () => {
      const script: Partial<Script> = {
        climbs: ['up', 'up', 'down'],
        answers: { read: ['success', 'silent'] },
        objects: listed(1, 2),
      }
      expect((await told(script, [waiting('A')])).verdicts.at(-1)).to.match(/ FAILED$/)
      expect((await told(script, [waiting('A')], 2)).verdicts.at(-1)).to.match(/ INCONCLUSIVE$/)
    })

    it('what fails on it and not again is INCONCLUSIVE', async () => {
      const script = { answers: { read: ['success', 'dm', 'success'] }, objects: listed(1, 2) }
      const found = await told(script, [waiting('A')])
      expect(found.verdicts.at(-1)).to.match(/ INCONCLUSIVE$/)
      expect(of(found, 'verdict').at(-1)?.reason?.text).to.contain('an association that other instances had used')
    })
  })
})
