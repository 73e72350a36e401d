import { expect } from 'chai'
import { INTERRUPTED, runInstance } from './drive.ts'
import type { EndEvent, Event, VerdictEvent } from './events.ts'
import { fakeContext, instanceOf, type Script } from './fake-tester.ts'
import type { Instance, InstanceResult } from './instance.ts'
import { run } from './run.ts'

async function result(
  script: Script,
  instance: Instance,
): Promise<InstanceResult & { readonly log: readonly string[] }> {
  const context = fakeContext(script)
  const found = await runInstance(context, instance)
  if (found === INTERRUPTED) throw new Error('it was not interrupted')
  return { ...found, log: context.log }
}

const ask = { send: { rr: {} }, expect: [{ rr: {} }] }
const faulty = { send: { snrm: {} }, damage: { 'hdlc.fcs': { flip: '0001' } }, expect: [{ silent: 1000 }] }

describe('an instance', () => {
  it('passes when all its steps do', async () => {
    expect((await result({ answers: { rr: ['rr'] } }, instanceOf({ steps: [ask], then: [ask] }))).verdict).to.equal(
      'PASSED',
    )
  })

  it('FAILED in steps and in then; INCONCLUSIVE in prepare', async () => {
    const script = { answers: { rr: ['dm'] } }
    expect(await result(script, instanceOf({ steps: [ask] }))).to.deep.include({
      verdict: 'FAILED',
      clauses: ['the.clause'],
    })
    expect((await result(script, instanceOf({ then: [ask] }))).verdict).to.equal('FAILED')
    expect((await result(script, instanceOf({ prepare: [ask] }))).verdict).to.equal('INCONCLUSIVE')
  })

  it('a failed finally makes a PASSED an ERROR and leaves a FAILED as it is', async () => {
    const clean = { do: 'link.down' }
    const script = (rr: string): Script => ({ answers: { rr: [rr], 'link.down': ['silent'] } })
    expect((await result(script('rr'), instanceOf({ steps: [ask], finally: [clean] }))).verdict).to.equal('ERROR')
    expect((await result(script('dm'), instanceOf({ steps: [ask], finally: [clean] }))).verdict).to.equal('FAILED')
  })

  it('restores behind every case that may write, passed or not', async () => {
    expect(
      (await result({ answers: { rr: ['dm'] } }, instanceOf({ steps: [ask] }, { effect: 'persistent' }))).log,
    ).to.include('do restore')
    expect((await result({ answers: { rr: ['rr'] } }, instanceOf({ steps: [ask] }))).log).not.to.include('do restore')
  })

  it('what was not restored makes a PASSED an ERROR', async () => {
    const found = await result(
      { answers: { rr: ['rr'], restore: ['silent'] } },
      instanceOf({ steps: [ask] }, { effect: 'persistent' }),
    )
    expect(found.verdict).to.equal('ERROR')
  })

  it('a frame that nobody asked for fails the last step', async () => {
    expect(
      (await result({ answers: { rr: ['rr'] }, surplusAtEnd: ['ua'] }, instanceOf({ steps: [ask] }))).verdict,
    ).to.equal('FAILED')
  })

  it('a reference that leads nowhere is an ERROR of the suite, with a hint', async () => {
    const found = await result(
      { answers: {} },
      instanceOf({ steps: [{ send: { rr: { 'n-r': '$nowhere.n' } }, expect: [{ rr: {} }] }] }),
    )
    expect(found.verdict).to.equal('ERROR')
    expect(found.reason?.text).to.contain('nowhere')
  })

  it('a require that does not hold makes it INAPPLICABLE', async () => {
    const found = await result(
      { answers: { rr: ['rr'] } },
      instanceOf({
        prepare: [
          { ...ask, save: { n: 'got.rr.n' } },
          { require: '$n', is: { atLeast: 1000 } },
        ],
        steps: [ask],
      }),
    )
    expect(found.verdict).to.equal('INAPPLICABLE')
  })

  describe('alternatives after others', () => {
    const first = {
      send: { rr: {} },
      expect: [{ rr: {} }, { dm: {}, id: 'refused-first', remark: 'DM in place of RR', ruling: 'H1' }],
    }
    const second = {
      send: { snrm: {} },
      expect: [{ ua: {}, after: 'refused-first', id: 'served', fails: 'served after DM' }, { ua: {} }],
    }
    for (const [came, verdict] of [
      ['rr', 'PASSED'],
      ['dm', 'FAILED'],
    ] as const)
      it(`${came}, then UA: ${verdict}`, async () => {
        const found = await result({ answers: { rr: [came], snrm: ['ua'] } }, instanceOf({ steps: [first, second] }))
        expect(found.verdict).to.equal(verdict)
      })
  })

  describe('controls', () => {
    it('a line that fails in a control is an ERROR, no blame', async () => {
      const found = await result({ climbs: ['fault'], answers: {} }, instanceOf({ steps: [faulty] }))
      expect(found).to.deep.include({ verdict: 'ERROR' })
      expect(found.reason?.hint).to.equal('plug it in')
    })
    it('the undamaged twin is run first, on a rung of its own', async () => {
      const found = await result({ answers: { snrm: ['ua'], 'snrm!': ['silent'] } }, instanceOf({ steps: [faulty] }))
      expect(found.verdict).to.equal('PASSED')
      expect(found.log).to.deep.equal([
        'climb main link',
        'send snrm',
        'release',
        'climb main link',
        'send snrm faulty',
        'release',
      ])
    })
    it('a twin that is not answered normally makes it INCONCLUSIVE, whatever the fault did', async () => {
      const found = await result(
        { answers: { snrm: ['silent'], 'snrm!': ['silent'] } },
        instanceOf({ steps: [faulty] }),
      )
      expect(found.verdict).to.equal('INCONCLUSIVE')
      expect(found.log).not.to.include('send snrm faulty')
    })
    it('an answer that rejects shows nothing', async () => {
      const instance = instanceOf({ steps: [{ ...faulty, send: { rr: {} } }] })
      const context = fakeContext({ answers: { rr: ['rejects'], 'rr!': ['silent'] } })
      const rejecting = { ...context.vocabulary, normalAnswers: () => ['rejects'] }
      expect(await runInstance({ ...context, vocabulary: rejecting }, instance)).to.include({ verdict: 'INCONCLUSIVE' })
    })

    it('another step may be the control', async () => {
      const found = await result(
        { answers: { 'snrm!': ['silent'], rr: ['rr'] } },
        instanceOf({ steps: [{ ...faulty, control: 'then' }], then: [ask] }),
      )
      expect(found.log).to.deep.equal(['climb main link', 'send snrm faulty', 'send rr', 'release'])
    })
  })

  describe('rungs', () => {
    it('a rung that is not reached twice is down: INCONCLUSIVE, and at once for the next', async () => {
      const context = fakeContext({ climbs: ['down'], answers: { rr: ['rr'] } })
      for (const climbs of [2, 2]) {
        const found = await runInstance(context, instanceOf({ steps: [ask] }))
        expect(found).to.have.property('verdict', 'INCONCLUSIVE')
        expect(context.log.filter((line) => line.startsWith('climb'))).to.have.length(climbs)
      }
    })
    it('one that is reached the second time is up', async () => {
      expect(
        (await result({ climbs: ['down', 'up'], answers: { rr: ['rr'] } }, instanceOf({ steps: [ask] }))).verdict,
      ).to.equal('PASSED')
    })
    it('a lost line is an ERROR', async () => {
      expect((await result({ climbs: ['fault'], answers: {} }, instanceOf({ steps: [ask] }))).verdict).to.equal('ERROR')
    })
  })

  describe('with a connection on another port', () => {
    const two = (port: string) =>
      instanceOf(
        {
          steps: [
            { ...ask, on: 'here' },
            { ...ask, on: 'there' },
          ],
        },
        { connections: { here: 'link', there: { rung: 'port', port } } },
      )

    it('drives it by the tester of that port, and ends what is open on both', async () => {
      const here = fakeContext({ answers: { rr: ['rr'] } })
      const there = fakeContext({ answers: { rr: ['dm'] } })
      const asked: string[] = []
      const beside = async (port: string) => {
        asked.push(port)
        return there
      }
      const found = await runInstance(here, two('optical'), { beside })
      expect(found).to.deep.include({ verdict: 'FAILED', clauses: ['the.clause'] })
      expect(asked).to.deep.equal(['optical'])
      expect(here.log).to.deep.equal(['climb here link', 'send rr', 'release'])
      expect(there.log).to.deep.equal(['climb there port', 'send rr', 'release'])
    })

    it('says that it does not apply where the run has no such port, and sends nothing', async () => {
      const here = fakeContext({ answers: { rr: ['rr'] } })
      const found = await runInstance(here, two('optical'))
      expect(found).to.deep.include({ verdict: 'INAPPLICABLE' })
      expect(found).to.have.nested.property('reason.text', 'the port optical does not belong to this run')
      expect(here.log).to.deep.equal(['release'])
    })

    it('may name its own', async () => {
      const here = fakeContext({ answers: { rr: ['rr'] } })
      expect(await runInstance(here, two('hdlc'))).to.include({ verdict: 'PASSED' })
    })
  })
})

describe('a run', () => {
  async function events(
    script: Script,
    instances: readonly Instance[],
    confirm = 0,
  ): Promise<{ readonly verdicts: readonly VerdictEvent[]; readonly end: EndEvent }> {
    const all: Event[] = []
    const context = fakeContext(script, all)
    const end = await run({
      meter: 'm',
      instances,
      ports: [{ port: 'hdlc', confirm, open: async () => context }],
      emit: (event) => all.push(event),
      now: () => context.tester.now(),
      interrupted: () => false,
      breathe: () => Promise.resolve(),
      done: new Map(),
      rerun: (instance) => `run --case ${instance.name}`,
      deadlineMs: Infinity,
      caseDeadlineMs: Infinity,
      exitOf: (summary, ended) => (ended === 'error' ? 4 : summary.FAILED > 0 ? 1 : 0),
    })
    return { verdicts: all.filter((event) => event.event === 'verdict'), end }
  }

  it('confirms what noise can do: seen each time FAILED, else INCONCLUSIVE', async () => {
    const always = await events({ answers: { rr: ['silent'] } }, [instanceOf({ steps: [ask] })], 2)
    expect(always.verdicts.map(({ verdict, final }) => [verdict, final])).to.deep.equal([
      ['FAILED', false],
      ['FAILED', false],
      ['FAILED', true],
    ])
    const once = await events({ answers: { rr: ['silent', 'rr'] } }, [instanceOf({ steps: [ask] })], 2)
    expect(once.verdicts.at(-1)).to.include({ verdict: 'INCONCLUSIVE', final: true })
  })

  it('a well-checked frame with the wrong meaning is proof at once', async () => {
    expect((await events({ answers: { rr: ['dm'] } }, [instanceOf({ steps: [ask] })], 2)).verdicts).to.have.length(1)
  })

  it('never repeats what is persistent', async () => {
    expect(
      (await events({ answers: { rr: ['silent'] } }, [instanceOf({ steps: [ask] }, { effect: 'persistent' })], 2))
        .verdicts,
    ).to.have.length(1)
  })

  it('nothing is PASSED or FAILED while the meter was never heard, and the run is an ERROR', async () => {
    const deaf = await events({ heard: 0, answers: { rr: ['silent'] } }, [
      instanceOf({ steps: [ask] }),
      instanceOf({ steps: [{ wait: 10 }] }, { name: 'QUIET@hdlc' }),
    ])
    expect(deaf.verdicts.map(({ verdict }) => verdict)).to.deep.equal(['INCONCLUSIVE', 'INCONCLUSIVE'])
    expect(deaf.end).to.include({ verdict: 'ERROR', exit: 4, ended: 'error' })
  })

  it('is complete where nothing was asked, and an error where nothing was heard', async () => {
    const unheard = { answers: { rr: ['silent'] }, heard: 0 }
    const port = { climbs: ['inapplicable'], ...unheard } as const
    expect((await events(port, [instanceOf({ steps: [ask] })])).end).to.include({ ended: 'complete' })
    expect((await events(unheard, [instanceOf({ steps: [ask] })])).end).to.include({ ended: 'error' })
  })

  it('runs what is persistent last, and tells why something does not apply', async () => {
    const found = await events({ answers: { rr: ['rr'] } }, [
      instanceOf({ steps: [ask] }, { name: 'WRITES', effect: 'persistent' }),
      instanceOf({ steps: [ask] }, { name: 'READS' }),
      instanceOf({}, { name: 'NOT', inapplicable: 'no HDLC' }),
    ])
    expect(found.verdicts.map(({ instance, verdict }) => `${instance} ${verdict}`)).to.deep.equal([
      'READS PASSED',
      'NOT INAPPLICABLE',
      'WRITES PASSED',
    ])
    expect(found.verdicts[1]?.reason?.text).to.equal('no HDLC')
    expect(found.end.summary).to.include({ PASSED: 2, INAPPLICABLE: 1 })
  })

  it('runs the later what changes the meter the more', async () => {
    const effects = ['irreversible', 'lockout', 'volatile', 'persistent', 'reads'] as const
    const found = await events(
      { answers: { rr: ['rr'] } },
      effects.map((effect) => instanceOf({ steps: [ask] }, { name: effect, effect })),
    )
    expect(found.verdicts.map(({ instance }) => instance)).to.deep.equal([
      'volatile',
      'reads',
      'persistent',
      'lockout',
      'irreversible',
    ])
  })
})
