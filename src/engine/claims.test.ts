import { expect } from 'chai'
import { subCasesOf } from '../language/instances.ts'
import type { Case } from '../language/suite.generated.ts'
import { FalseClaims } from './claims.ts'
import { instanceOf } from './fake-tester.ts'
import { type Instance, passed, stopped } from './instance.ts'
import { select } from './select.ts'

const CLAUSE = 'the.clause'
const failed = (clause = CLAUSE, claims?: readonly string[]) =>
  stopped('FAILED', { text: 'no' }, 'defect', { clauses: [clause], claims })

const about = (name: string, ...claim: readonly string[]): Instance => ({ ...instanceOf({}), name, claim })
const on = (name: string, ...rests: readonly string[]): Instance => ({ ...instanceOf({}), name, rests: () => rests })

describe('claims that proved false', () => {
  it('make INAPPLICABLE what rests on them or on a part of them, and name who showed it', () => {
    const claims = new FalseClaims()
    const { reason } = claims.learn(about('DECL', 'testing.objects.long'), failed())
    expect(reason?.hint).to.equal('Mend the meter, or testing.objects.long in the declaration.')
    for (const path of ['testing.objects.long', 'testing.objects.long.instance-id'])
      expect(claims.against(on('X', 'port', path))).to.equal(
        'it rests on testing.objects.long of the declaration, which DECL has found false',
      )
    expect(claims.against(on('X', 'testing'))).to.be.a('string')
    for (const path of ['testing.objects.longer', 'testing.objects'])
      expect(claims.against(on('X', path)), path).to.equal(undefined)
    expect(claims.against(on('DECL', 'testing.objects.long'))).to.equal(undefined)
  })
  it('are what a failure under a clause of the case shows; a rule broken on the way shows nothing', () => {
    for (const result of [
      failed('other.clause'),
      passed([], 'defect'),
      stopped('INCONCLUSIVE', { text: '' }, 'defect'),
    ]) {
      const claims = new FalseClaims()
      expect(claims.learn(about('DECL', 'devices.first'), result)).to.equal(result)
      expect(claims.against(on('X', 'devices.first'))).to.equal(undefined)
    }
  })
  it('are those that a check names, each by itself', () => {
    const claims = new FalseClaims()
    claims.learn(about('DECL', 'testing.objects'), failed(CLAUSE, ['testing.objects.a', 'testing.objects.b']))
    expect(claims.against(on('X', 'testing.objects.b'))).to.include('testing.objects.b')
    expect(claims.against(on('X', 'testing.objects.c'))).to.equal(undefined)
  })
  it('that hold together fall together', () => {
    const claims = new FalseClaims()
    claims.learn(about('DECL', 'testing.clients.reader', 'devices.first'), failed())
    expect(claims.against(on('X', 'testing.clients.reader', 'devices.second'))).to.equal(undefined)
    expect(claims.against(on('X', 'testing.clients.reader', 'devices.first'))).to.include('reader at devices.first')
  })
  it('hold on the port where they were shown, unless they are proved once for the meter', () => {
    const claims = new FalseClaims()
    claims.learn({ ...about('DECL', 'devices.first'), port: 'a' }, failed())
    expect(claims.against({ ...on('X', 'devices.first'), port: 'b' })).to.equal(undefined)
    claims.learn({ ...about('DECL', 'devices.first'), port: 'a', everywhere: true }, failed())
    expect(claims.against({ ...on('X', 'devices.first'), port: 'b' })).not.to.equal(undefined)
  })
})

describe('what an instance rests on', () => {
  const CASE: Case = {
    id: 'READ',
    title: 'An object is read',
    proves: [{ clause: CLAUSE, level: 'MUST' }],
    effect: 'reads',
    steps: [{ do: 'read' }],
    kills: { none: 'made up' },
  }
  const of = (more: Partial<Case>): readonly string[] =>
    select(
      [{ suite: 'made-up', cases: subCasesOf({ ...CASE, ...more }, { shared: '$supports.b', unused: '$supports.c' }) }],
      {
        vocabulary: {
          axes: { clients: { fields: [], rows: () => [{ name: 'reader' }] } },
          listAxes: {},
          whose: (_roots, client) => ({ client: typeof client === 'string' ? client : 'public', device: 'first' }),
        },
        ports: [{ port: 'a', profile: [], roots: { testing: {}, supports: { a: true, d: true } } }],
        globs: [],
        leave: { allowed: new Set(), everything: true, never: new Set() },
        bench: new Set(),
      },
    )[0]?.rests?.() ?? []

  it('is what its conditions ask and its steps refer to, through whatever the suite wrote', () => {
    expect(
      of({ applies: { has: 'supports.d' }, steps: [{ do: 'read', a: '$testing.objects.long', b: '$shared' }] }),
    ).to.have.members(['supports.d', 'testing.objects.long', 'supports.b'])
  })
  it('is a row of the declaration under its own name', () => {
    const matrix = { client: { each: 'clients' } } as const
    expect(of({ matrix, steps: [{ do: 'read', a: '$client.conformance' }] })).to.deep.equal([
      'testing.clients.reader.conformance',
    ])
  })
  it('is the client whose association is open; on a link only one that is named', () => {
    expect(of({ given: 'port' })).to.deep.equal([])
    expect(of({ given: 'link' })).to.deep.equal(['devices.first'])
    expect(of({ given: { rung: 'link', client: 'reader' } })).to.deep.equal(['devices.first', 'testing.clients.reader'])
    expect(of({ given: 'association.reader' })).to.deep.equal(['devices.first', 'testing.clients.reader'])
    expect(of({ given: 'association' })).to.deep.equal(['devices.first', 'testing.clients.public'])
  })
})
