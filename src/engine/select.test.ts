import { expect } from 'chai'
import type { Value } from '../codec/value.ts'
import { subCasesOf } from '../language/instances.ts'
import type { Case } from '../language/suite.generated.ts'
import type { ListedObject } from './events.ts'
import { type Instance, listKey } from './instance.ts'
import { portsOf, select } from './select.ts'
import type { ListAxis, Whose } from './vocabulary.ts'

const CASE: Case = {
  id: 'READ',
  title: 'An object is read',
  proves: [{ clause: 'the.clause', level: 'MUST' }],
  effect: 'reads',
  matrix: { client: { each: 'clients' }, object: { each: 'objects', of: '$client' } },
  given: { rung: 'association', client: '$client' },
  steps: [{ do: 'read', object: '$object' }],
  kills: { none: 'made up' },
}

const object = (classId: number): ListedObject => ({
  'class-id': classId,
  version: 0,
  'instance-id': '0.0.0.0.0.0',
  attributes: [],
  methods: [],
})
const objects: ListAxis = {
  fields: ['class-id'],
  rowsIn: (all) => all.map((each) => ({ 'class-id': each['class-id'], name: `${each['class-id']}` })),
}
const nameOf = (value: Value | undefined): string | undefined =>
  typeof value === 'string' ? value : (value as { readonly name?: string } | undefined)?.name

const chosen = (one: Case, globs: readonly string[] = []): readonly Instance[] =>
  select([{ suite: 'made-up', cases: subCasesOf(one) }], {
    vocabulary: {
      axes: { clients: { fields: [], rows: () => [{ name: 'public' }, { name: 'reader' }] } },
      listAxes: { objects },
      whose: (_roots, client, device) => ({ client: nameOf(client) ?? 'public', device: nameOf(device) ?? 'first' }),
    },
    ports: ['a', 'b'].map((port) => ({ port, profile: [], roots: { testing: {} } })),
    globs,
    leave: { allowed: new Set(), everything: true, never: new Set() },
    bench: new Set(),
  })
const names = (instances: readonly Instance[]): readonly string[] => instances.map(({ name }) => name)
/** What the first of them becomes, once its list is known. */
const expanded = ([first]: readonly Instance[], ...classIds: readonly number[]): readonly Instance[] =>
  first?.later?.expand(new Map([[listKey(first.later.whose), classIds.map(object)]])) ?? []
const whose = (one: Case): readonly (Whose | undefined)[] => chosen(one).map(({ later }) => later?.whose)

describe('what is selected', () => {
  it('runs on each port that fits, or once a meter or a client on the first of them', () => {
    const on = (scope: NonNullable<Case['scope']>): readonly string[] => names(chosen({ ...CASE, scope }))
    expect(on('port').map((name) => name.slice(-2))).to.deep.equal(['@a', '@a', '@b', '@b'])
    for (const scope of ['meter', 'client'] as const)
      expect(on(scope)).to.deep.equal(['READ[client=public,object=…]@a', 'READ[client=reader,object=…]@a'])
  })

  it('runs once for each carrier, where there is a choice not on an optical head', () => {
    const port = (name: string, ...profile: readonly string[]) => ({ port: name, profile, roots: {} })
    const ports = [
      port('optical', 'sign-on', 'hdlc'),
      port('rs485', 'hdlc'),
      port('tcp', 'wrapper'),
      port('udp', 'wrapper'),
    ]
    const on = (all: typeof ports): readonly string[] =>
      portsOf({ ports: ['any'], scope: 'carrier' }, all).map((each) => each.port)
    expect(on(ports)).to.deep.equal(['rs485', 'tcp'])
    expect(on(ports.slice(0, 1))).to.deep.equal(['optical'])
    expect(portsOf({ ports: ['any'], scope: 'meter' }, ports).map((each) => each.port)).to.deep.equal(['rs485'])
  })

  it('waits for the object list of the client that the axis names, on the device where the case meets it', () => {
    const once: Case = { ...CASE, scope: 'client' }
    const first = { client: 'public', device: 'first' }
    expect(whose(once)).to.deep.equal([first, { client: 'reader', device: 'first' }])
    const other: Case = { ...once, given: { rung: 'association', client: '$client', device: 'other' } }
    expect(whose(other).map((each) => each?.device)).to.deep.equal(['other', 'other'])
    expect(
      whose({ ...other, matrix: { object: { each: 'objects', of: 'reader' } }, given: 'association.public' }),
    ).to.deep.equal([{ client: 'reader', device: 'first' }])
    expect(whose({ ...other, matrix: { object: { each: 'objects' } }, given: 'association.reader' })).to.deep.equal([
      { client: 'reader', device: 'first' },
    ])
  })

  it('becomes an instance for each row, with what the row is', () => {
    const rows = expanded(chosen(CASE), 3, 8)
    expect(names(rows)).to.deep.equal(['READ[client=public,object=3]@a', 'READ[client=public,object=8]@a'])
    expect(rows[1]?.rows['object']).to.deep.equal({ 'class-id': 8, name: '8' })
    expect(rows.every(({ row, later }) => row === true && later === undefined)).to.equal(true)
  })

  it('conditions on such rows are asked when they are known', () => {
    const wanted = { is: ['object.class-id', 8] } as const
    const where: Case = {
      ...CASE,
      matrix: { ...CASE.matrix, object: { each: 'objects', of: '$client', where: wanted } },
    }
    expect(names(expanded(chosen(where), 3, 8))).to.deep.equal(['READ[client=public,object=8]@a'])
    const [none] = expanded(chosen(where), 3)
    expect(none).to.include({
      name: 'READ[client=public,object=…]@a',
      inapplicable: 'no row of its matrix fits this meter',
    })
    const [three, eight] = expanded(chosen({ ...CASE, applies: wanted }), 3, 8)
    expect(three?.inapplicable).to.equal('it is for rows where object.class-id is 8')
    expect(eight?.inapplicable).to.equal(undefined)
    const [never] = chosen({ ...CASE, applies: { all: [{ has: 'testing.push' }, wanted] } })
    expect(never?.inapplicable).to.match(/testing.push is declared/)
  })

  it('does not apply where the declaration lacks what it tests with', () => {
    const used = '$testing.objects.ring'
    const why = (more: Partial<Case>): string | undefined =>
      chosen({ ...CASE, matrix: {}, given: 'closed', ...more })[0]?.inapplicable
    const lacking = 'it tests with testing.objects.ring: the declaration does not have it'
    expect(why({ steps: [{ do: 'read', object: used }] })).to.equal(lacking)
    expect(why({ given: { rung: 'association', client: used } })).to.equal(lacking)
    expect(why({ steps: [{ do: 'read', object: '$ring' }], with: { ring: [{ same: used }] } })).to.equal(lacking)
    expect(why({ with: { ring: used } }), 'not used').to.equal(undefined)
    const axis = { ring: { first: 1 } }
    expect(why({ steps: [{ do: 'read', object: '$ring' }], with: { ring: used }, matrix: axis })).to.equal(undefined)
  })

  it('is chosen by globs, also of rows that are not known yet', () => {
    const one = 'READ[client=reader,object=8]@b'
    expect(names(chosen(CASE, [one]))).to.deep.equal(['READ[client=reader,object=…]@b'])
    expect(names(expanded(chosen(CASE, [one]), 3, 8))).to.deep.equal([one])
    expect(expanded(chosen(CASE, [one]), 3)).to.deep.equal([])
    expect(chosen(CASE, ['OTHER'])).to.deep.equal([])
  })
})
