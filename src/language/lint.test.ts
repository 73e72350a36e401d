import { expect } from 'chai'
import type { Value } from '../codec/value.ts'
import { lint } from './lint.ts'
import { load } from './load.ts'
import { MADE_UP } from './made-up.words.ts'
import type { Problem } from './problem.ts'
import { caseIn } from './schema.ts'

type Fields = { readonly [key: string]: unknown }

const GOOD: Fields = {
  id: 'CARD_1',
  title: 'A card is answered',
  proves: [{ clause: 'card.check', level: 'MUST' }],
  effect: 'volatile',
  given: 'link',
  steps: [{ send: { hello: { number: 1 } }, expect: [{ welcome: { number: 1 } }] }],
  kills: ['card.deaf'],
}
const LIFE = { send: { bye: {} }, expect: [{ farewell: {} }] }
const CATCH_ALL = { refused: 'any', id: 'other-refusal', remark: 'refused in another way', ruling: 'G8' }

function linted(fields: Fields, shared: Readonly<Record<string, Value>> = {}, text?: string): readonly Problem[] {
  const source = load('suites/cards/CARD_1.json', text ?? JSON.stringify({ ...GOOD, ...fields }, null, 1))
  if (!source.ok) throw new Error(JSON.stringify(source.failure))
  const found = caseIn(source.value)
  if (!found.ok) throw new Error(JSON.stringify(found.failure))
  return lint(source.value, found.value, MADE_UP, shared)
}
const codes = (fields: Fields, shared: Readonly<Record<string, Value>> = {}): readonly string[] =>
  linted(fields, shared).map(({ code, found, hint }) =>
    [code, found, ...(hint === undefined ? [] : [hint])].join(' | '),
  )
const steps = (...list: readonly Fields[]): Fields => ({ steps: list })

const faulty = (more: Fields): Fields =>
  steps({ send: { hello: {} }, damage: { 'card.check': 'drop' }, expect: [{ stranger: {} }, CATCH_ALL], ...more }, LIFE)

describe('lint', () => {
  it('finds nothing in a good case', () => {
    expect(codes({})).to.deep.equal([])
    expect(
      codes({
        applies: { has: 'supports.cards' },
        matrix: {
          who: { each: 'clients', where: { has: 'who.right.read' } },
          gap: { short: 5, long: '$testing.timing.pauseMs' },
        },
        given: { rung: 'link', client: '$who.name' },
        with: { refusals: [{ silent: '$gap' }, { stranger: { final: '$final' }, id: 's', fails: 'no' }], final: true },
        prepare: [
          { do: 'read', attribute: '$testing.objects.clock', save: { clock: 'value' }, expect: [{ value: 'any' }] },
          { require: '$clock', is: { not: 'absent' } },
        ],
        steps: [
          {
            send: { hello: { letter: { ask: { what: '$clock' } } } },
            damage: { 'card.check': 'drop' },
            control: 'then',
            expect: '$refusals',
          },
        ],
        then: [{ send: { hello: {} }, expect: [{ welcome: {} }] }],
      }),
    ).to.deep.equal([])
  })

  describe('names', () => {
    const table: readonly (readonly [string, Fields, ...string[]])[] = [
      ['the file', { id: 'CARD_2' }, 'other-name | CARD_2'],
      [
        'clauses',
        { proves: [{ clause: 'card.chek', level: 'MAY' }] },
        'unknown-clause | card.chek | did you mean card.check?',
      ],
      ['the clause of a step', steps({ ...LIFE, clause: 'a.b' }), 'unknown-clause | a.b'],
      ['defects', { kills: ['card.def', 'no_check'] }, 'unknown-defect | card.def | did you mean card.deaf?'],
      ['needs', { needs: ['powr'] }, 'unknown-need | powr | did you mean power?'],
      ['axes', { matrix: { who: { each: 'client' } }, given: '$who' }, 'unknown-axis | client | did you mean clients?'],
      ['messages', steps({ send: { helo: {} } }), 'unknown-message | helo | did you mean hello?'],
      ['two messages in one', steps({ send: { hello: {}, bye: {} } }), 'not-one-message | hello, bye'],
      [
        'fields that are sent',
        steps({ send: { hello: { sender: { nam: 'x' } } } }),
        'unknown-field | nam | did you mean name?',
      ],
      [
        'fields of a message inside',
        steps({ send: { hello: { letter: { ask: { wht: 1 } } } } }),
        'unknown-field | wht | did you mean what?',
      ],
      [
        'fields of other layers',
        steps({ send: { hello: {}, 'card.stmp': 1 } }),
        'unknown-path | card.stmp | did you mean card.stamp?',
      ],
      [
        'fields that are matched',
        steps({ send: { hello: {} }, expect: [{ welcome: { not: { fnal: true } } }] }),
        'unknown-field | fnal | did you mean final?',
      ],
      [
        'outcomes',
        steps({ send: { hello: {} }, expect: [{ welcom: {} }] }),
        'unknown-outcome | welcom | did you mean welcome?',
      ],
      [
        'two outcomes in one',
        steps({ send: { hello: {} }, expect: [{ welcome: {}, silent: 5 }] }, LIFE),
        'not-one-outcome | welcome, silent',
      ],
      [
        'words of an outcome',
        steps({ do: 'door.open', expect: [{ refused: ['no-right', 'no-rigth'] }] }),
        'unknown-word | no-rigth | did you mean no-right?',
      ],
      ['procedures', steps({ do: 'dor.open' }), 'unknown-step | dor.open | did you mean door.open?'],
      [
        'arguments',
        steps({ do: 'line.set', bad: 300 }),
        'missing-key | only bad',
        'unknown-key | "bad" | did you mean baud?',
      ],
      [
        'values of arguments',
        steps({ do: 'line.set', baud: '$testing.limit', format: '8N2' }),
        'unknown-word | "8N2" | did you mean 8N1?',
      ],
      [
        'checks',
        {
          prepare: [{ do: 'door.open', save: { t: 'took' } }],
          ...steps({ check: '$t', is: ['rising', 'risin', 'within-limit', { rising: 1 }, { 'within-limit': 'x' }] }),
        },
        'unknown-check | risin | did you mean rising?',
        'bad-argument | none',
        'bad-argument | one',
        'wrong-type | "x"',
      ],
      [
        'rulings',
        steps({ send: { hello: {} }, expect: [{ welcome: {}, id: 'a', remark: 'r', ruling: 'G9' }] }),
        'unknown-ruling | G9 | did you mean G1?',
      ],
      [
        'conditions',
        { applies: { not: { has: 'suports.cards' } } },
        'unknown-reference | suports.cards | did you mean supports.cards?',
      ],
      [
        'conditions of an axis',
        { matrix: { who: { each: 'clients', where: { has: 'who.rigth.read' } } } },
        'unknown-reference | who.rigth.read | did you mean who.right.read?',
      ],
      ['faults', faulty({ damage: { 'crd.check': 'drop' } }), 'impossible-fault | crd.check, where card.… was meant'],
      [
        'faults behind a reference',
        { ...faulty({ damage: '$cut' }), with: { cut: { 'crd.check': 'drop' } } },
        'impossible-fault | crd.check, where card.… was meant',
      ],
      [
        'forms behind a reference',
        { ...faulty({ damage: '$cut' }), with: { cut: { 'card.check': 'dorp' } } },
        'no-such-form | "dorp" | did you mean drop?',
      ],
      [
        'alternatives behind a reference',
        { ...steps({ send: { hello: {} }, expect: '$list' }), with: { list: [{ welcme: {} }] } },
        'unknown-outcome | welcme | did you mean welcome?',
      ],
      [
        'no alternatives behind a reference',
        { ...steps({ send: { hello: {} }, expect: '$list' }), with: { list: { welcome: {} } } },
        'no-such-form | {"welcome":{}}',
      ],
    ]
    for (const [name, fields, ...found] of table)
      it(`${name} are known`, () => expect(codes(fields)).to.deep.equal(found))

    it('a fault is judged for the ports of the case', () => {
      const stamp = faulty({ damage: { 'card.stamp': 'drop' } })
      expect(codes(stamp)).to.deep.equal([])
      expect(codes({ ...stamp, ports: ['udp', 'hdlc'] })).to.deep.equal([
        'impossible-fault | card.stamp, and datagrams have none',
      ])
    })
  })

  describe('references', () => {
    const table: readonly (readonly [string, Fields, ...string[]])[] = [
      [
        'of the tool are known',
        steps({ wait: '$testing.timing.pausMs' }),
        'unknown-reference | testing.timing.pausMs | did you mean testing.timing.pauseMs?',
      ],
      [
        'of nobody are refused',
        steps({ wait: '$tesing.limit' }),
        'unknown-reference | tesing.limit | did you mean testing.limit?',
      ],
      [
        'into what the suite wrote are known',
        { with: { gap: { least: 5 } }, ...steps({ wait: '$gap.leest' }) },
        'unknown-reference | gap.leest | did you mean gap.least?',
      ],
      [
        'in what the suite wrote are known',
        { with: { gap: '$testing.nothing' }, ...steps({ wait: '$gap' }) },
        'unknown-reference | testing.nothing',
      ],
      [
        'to a row are known',
        { matrix: { who: { each: 'clients' } }, ...steps({ wait: '$who.rol' }) },
        'unknown-reference | who.rol | did you mean who.role?',
      ],
      [
        'to a named row are known',
        { matrix: { row: { a: { ms: 1 }, b: { sm: 1 } } }, ...steps({ wait: '$row.ms' }) },
        'unknown-reference | row.ms | did you mean row.sm?',
      ],
      [
        'to a number have no fields',
        { matrix: { n: { from: 1, to: 2 } }, ...steps({ wait: '$n.x' }) },
        'unknown-reference | n.x',
      ],
      [
        'before it is saved',
        steps({ wait: '$took' }, { do: 'door.open', save: { took: 'took' } }),
        'used-before-saved | $took, which is saved later',
      ],
      [
        'in its own step',
        steps({ do: 'read', attribute: '$a', save: { a: 'value' } }),
        'used-before-saved | $a, which is saved later',
      ],
      [
        'to what cannot be saved',
        steps({ do: 'door.open', save: { a: 'tok' } }, { wait: '$a' }),
        'unknown-reference | tok | did you mean took?',
      ],
      [
        'to a layer that is none',
        steps({ send: { hello: {} }, save: { a: 'exchange.crd' }, expect: [{ welcome: {} }] }, { wait: '$a' }),
        'unknown-reference | exchange.crd | did you mean exchange.card?',
      ],
      [
        'to a field that is not sent',
        steps({ send: { hello: {} }, save: { a: 'sent.numbr' } }, { wait: '$a' }),
        'unknown-path | numbr | did you mean number?',
      ],
    ]
    for (const [name, fields, ...found] of table) it(name, () => expect(codes(fields)).to.deep.equal(found))

    it('what was sent, what came, the exchange and outcomes can be saved', () => {
      expect(
        codes(
          steps(
            {
              send: { hello: {} },
              save: {
                a: 'sent',
                b: 'sent.card.sender',
                c: 'got.welcome.number',
                d: 'got.sender.name',
                e: 'exchange.card',
                f: 'welcome.number',
              },
              expect: [{ welcome: {} }],
            },
            { check: '$a', is: { same: ['$b', '$c', '$d', '$e', '$f'] } },
          ),
        ),
      ).to.deep.equal([])
    })
  })

  describe('nothing is written that nobody reads', () => {
    const table: readonly (readonly [string, Fields, ...string[]])[] = [
      ['with', { with: { a: 1, b: '$a' }, ...steps({ wait: '$a' }) }, 'unused | b, which nobody reads'],
      ['saved', steps({ ...LIFE, save: { a: 'got' } }), 'unused | a, which nobody reads'],
      ['an axis', { matrix: { n: { from: 1, to: 2 } } }, 'unused | n, which nobody reads'],
      [
        'a row of a subtest',
        {
          with: { a: 1 },
          subtests: {
            '1': { title: 'one', ...steps({ wait: '$a' }) },
            '2': { title: 'two', with: { a: 2 }, ...steps(LIFE) },
          },
          steps: undefined,
        },
        'unused | a, which nobody reads',
      ],
      [
        'steps of the case',
        { subtests: { '1': { title: 'one', ...steps(LIFE) } } },
        'unused | steps, which each subtest has of its own',
      ],
      [
        'a connection',
        { given: undefined, connections: { a: 'link', b: 'link' }, ...steps({ on: 'a', ...LIFE }) },
        'unused | b, on which nothing happens',
      ],
      [
        'a severity',
        steps({ send: { hello: {} }, expect: [{ welcome: {}, severity: 'security' }] }),
        'unused | an alternative that simply passes',
      ],
    ]
    for (const [name, fields, ...found] of table) it(name, () => expect(codes(fields)).to.deep.equal(found))

    it('what one subtest of several reads is read', () => {
      expect(
        codes({
          steps: undefined,
          with: { a: 1 },
          subtests: { '1': { title: 'one', ...steps({ wait: '$a' }) }, '2': { title: 'two', ...steps(LIFE) } },
        }),
      ).to.deep.equal([])
    })

    it('a name means one thing', () => {
      expect(codes({ with: { link: 1 }, ...steps({ wait: '$link' }) })).to.deep.equal([
        'name-taken | link, which means something else here already',
      ])
      expect(codes({ with: { a: 1 }, ...steps({ wait: '$a' }, { ...LIFE, save: { a: 'got' } }) })).to.deep.equal([
        'name-taken | a, which means something else here already',
      ])
    })
  })

  describe('connections', () => {
    const two = { given: undefined, connections: { a: 'link', b: { rung: 'association', over: 'a' } } }
    const table: readonly (readonly [string, Fields, ...string[]])[] = [
      [
        'are said',
        { ...two, ...steps(LIFE, { on: 'b', ...LIFE }, { do: 'lights.off' }, { wait: 5 }) },
        'on-missing | a step that does not say on which connection',
      ],
      ['are known', { ...two, ...steps({ on: 'c', ...LIFE }, { on: 'b', ...LIFE }) }, 'unknown-connection | c'],
      ['are not named where there is one only', steps({ on: 'a', ...LIFE }), 'unknown-connection | a'],
      ['are there', { given: undefined }, 'no-given | neither'],
      ['are not there beside given', { connections: { a: 'link' }, ...steps({ on: 'a', ...LIFE }) }, 'no-given | both'],
    ]
    for (const [name, fields, ...found] of table) it(name, () => expect(codes(fields)).to.deep.equal(found))
  })

  describe('alternatives', () => {
    const expecting = (...list: readonly Fields[]): Fields => steps({ send: { hello: {} }, expect: list })
    const table: readonly (readonly [string, Fields, ...string[]])[] = [
      [
        'mean one thing',
        expecting({ welcome: {}, id: 'a', remark: 'r', ruling: 'G1', fails: 'f' }),
        'two-meanings | remark and fails',
      ],
      ['have a name', expecting({ welcome: {}, fails: 'f' }), 'no-id | none'],
      [
        'have a name of their own',
        expecting({ welcome: { number: 1 }, id: 'a', fails: 'f' }, { stranger: {}, id: 'a', fails: 'f' }),
        'repeated | a',
      ],
      ['remark for a reason', expecting({ welcome: {}, id: 'a', remark: 'r' }), 'remark-without-reason | neither'],
      [
        'are reached',
        expecting({ welcome: { number: [1, 2] } }, { welcome: { number: 2, final: true } }),
        'shadowed-alternative | what alternative 1 of the list takes already',
      ],
      [
        'are reached: any frame',
        expecting({ frame: 'any' }, { stranger: {} }),
        'shadowed-alternative | what alternative 1 of the list takes already',
      ],
      [
        'are reached: two silences',
        steps({ send: { hello: {} }, expect: [{ silent: 1 }, { silent: 2 }] }, LIFE),
        'shadowed-alternative | what alternative 1 of the list takes already',
      ],
      [
        'may be narrower first',
        expecting(
          { welcome: { number: 2 } },
          { welcome: { number: [1, 2] } },
          { stranger: {} },
          { frame: 'any', id: 'f', fails: 'f' },
        ),
      ],
      [
        'take the clause of the step for a remark',
        steps({ send: { hello: {} }, clause: 'card.check', expect: [{ welcome: {}, id: 'a', remark: 'r' }] }),
      ],
    ]
    for (const [name, fields, ...found] of table) it(name, () => expect(codes(fields)).to.deep.equal(found))
  })

  describe('silence', () => {
    const quiet = { send: { hello: {} }, expect: [{ silent: 5 }] }
    const nothing =
      'silence-without-sign-of-life | silence that passes, and nothing after it | let `then` ask for something that also shows the state'
    it('is followed by a sign of life', () => {
      expect(codes(steps(quiet))).to.deep.equal([nothing])
      expect(codes(steps(LIFE, quiet))).to.deep.equal([nothing])
      expect(codes(steps(quiet, LIFE))).to.deep.equal([])
      expect(codes({ ...steps(quiet), then: [{ do: 'door.alive' }] })).to.deep.equal([])
    })
    it('a clean-up, another silence or a word that hears nothing is none', () => {
      expect(codes({ ...steps(quiet), finally: [LIFE] })).to.deep.equal([nothing])
      expect(codes(steps(quiet, { do: 'line.set', baud: 300 }))).to.deep.equal([nothing])
      expect(
        codes(
          steps(quiet, {
            send: { bye: {} },
            expect: [{ farewell: {} }, { silent: 5, id: 's', remark: 'r', ruling: 'G1' }],
          }),
        ),
      ).to.deep.equal([nothing, nothing])
      expect(codes(steps(quiet, { send: { bye: {} } }))).to.deep.equal([nothing])
      expect(codes(steps({ wait: 5, never: [{ frame: 'any' }] }))).to.deep.equal([nothing])
    })
    it('that fails needs none', () => {
      expect(
        codes(steps({ send: { hello: {} }, expect: [{ welcome: {} }, { silent: 5, id: 's', fails: 'deaf' }] })),
      ).to.deep.equal([])
    })
    it('is followed on its own connection, or one that shares its line', () => {
      const on = (connections: Fields, name: string): readonly string[] =>
        codes({
          given: undefined,
          connections,
          ...steps({ on: 'a', ...quiet }, { on: name, ...LIFE }, ...(name === 'a' ? [{ on: 'b', wait: 5 }] : [])),
        })
      const silent =
        'silence-without-sign-of-life | silence that passes, and nothing after it | let `then` ask for something that also shows the state'
      expect(on({ a: 'link', b: 'link' }, 'b')).to.deep.equal([silent])
      expect(on({ a: 'link', b: 'link' }, 'a')).to.deep.equal([])
      expect(on({ a: 'link', b: { rung: 'link', over: 'a' } }, 'b')).to.deep.equal([])
      expect(on({ a: { rung: 'link', over: 'b' }, b: 'link' }, 'b')).to.deep.equal([])
    })
    it('of a stranger is followed where its addresses were borrowed', () => {
      expect(
        codes({
          given: undefined,
          connections: { a: 'link', b: 'port' },
          ...steps({ on: 'b', as: 'a', ...quiet }, { on: 'a', ...LIFE }),
        }),
      ).to.deep.equal([])
    })
    it('after an end is followed on any connection', () => {
      const closed = { on: 'a', send: { hello: {} }, expect: [{ closed: true }] }
      const two = { given: undefined, connections: { a: 'link', b: 'link' } }
      expect(codes({ ...two, ...steps(closed, { on: 'b', ...LIFE }) })).to.deep.equal([])
      expect(codes({ ...two, ...steps({ on: 'b', wait: 5 }, closed) })).to.have.length(1)
    })
  })

  describe('a fault', () => {
    const table: readonly (readonly [string, Fields, ...string[]])[] = [
      ['has its twin for control', faulty({})],
      ['without control says why', faulty({ control: 'none' }), 'no-why | none'],
      ['without control may say why', faulty({ control: 'none', why: 'there is none' })],
      ['points to a control that is there', faulty({ control: 'then' }), 'control-not-there | none'],
      ['points to a control that was there', faulty({ control: 'first' }), 'control-not-there | none'],
      [
        'points to the same message later',
        { ...faulty({ control: 'then' }), then: [{ send: { hello: {} }, expect: [{ welcome: {} }] }] },
      ],
      ['points to a procedure later', { ...faulty({ control: 'then' }), then: [{ do: 'door.open' }] }],
      [
        'points to the same message before',
        { ...faulty({ control: 'first' }), prepare: [{ send: { hello: {} }, expect: [{ welcome: {} }] }] },
      ],
      [
        'is not its own control',
        {
          ...faulty({ control: 'then' }),
          then: [{ send: { hello: {} }, wrong: { 'card.stamp': 1 }, expect: [{ welcome: {} }] }],
        },
        'control-not-there | none',
      ],
      [
        'has a harmless message for control',
        faulty({ control: { send: { by: {} } } }),
        'unknown-message | by | did you mean bye?',
      ],
      [
        'of state needs a control',
        steps({ send: { hello: {} }, misplaced: true, expect: [{ stranger: {} }, CATCH_ALL] }),
        'no-control | misplaced without control | the tool cannot know the state in which the message is in its place',
      ],
      ['is there where a control is', steps({ ...LIFE, control: 'then' }), 'control-without-fault | neither'],
      ['has an expectation', steps({ send: { hello: {} }, wrong: { 'card.stamp': 1 } }), 'no-expect | none'],
      [
        'has a catch-all',
        faulty({ expect: [{ stranger: {} }] }),
        'open-end | stranger | end it with {"refused": "any", "id": "other-refusal", "remark": …, "ruling": "G8"}, or with what fails',
      ],
      ['may end in what fails', faulty({ expect: [{ stranger: {} }, { welcome: {}, id: 'w', fails: 'served' }] })],
      ['may demand silence only', faulty({ expect: [{ silent: 5 }] })],
      ['may be borne', faulty({ expect: [{ welcome: {} }] })],
      [
        'that is a replay has a catch-all',
        steps({ ...LIFE, save: { a: 'sent' } }, { send: { again: '$a' }, expect: [{ stranger: {} }] }),
        'open-end | stranger | end it with {"refused": "any", "id": "other-refusal", "remark": …, "ruling": "G8"}, or with what fails',
      ],
    ]
    for (const [name, fields, ...found] of table) it(name, () => expect(codes(fields)).to.deep.equal(found))
  })

  it('asks for steps', () => {
    expect(codes({ steps: undefined })).to.deep.equal(['no-steps | none, neither here nor in the case'])
  })

  it('remarks a case that does not fit on a page, however it is laid out', () => {
    const long = { ...GOOD, steps: Array.from({ length: 150 }, () => LIFE) }
    for (const text of [JSON.stringify(long, null, 1), JSON.stringify(long)]) {
      const [only, ...more] = linted({}, {}, text)
      expect(more).to.deep.equal([])
      expect(only).to.include({ code: 'long-case', remark: true, line: 1 })
    }
  })

  it('knows what the suite shares', () => {
    expect(codes({ ...steps({ wait: '$pause' }) }, { pause: 5, other: 6 })).to.deep.equal([])
  })

  it('tells the place, also of what stands behind a reference', () => {
    const [only] = linted({
      ...steps({ send: { hello: {} }, expect: '$list' }),
      with: { list: [{ welcome: {} }, { welcme: {} }] },
    })
    const text = JSON.stringify(
      {
        ...GOOD,
        ...steps({ send: { hello: {} }, expect: '$list' }),
        with: { list: [{ welcome: {} }, { welcme: {} }] },
      },
      null,
      1,
    ).split('\n')
    expect(text[(only?.line ?? 0) - 1]?.slice((only?.column ?? 0) - 1)).to.equal('"welcme": {}')
  })
})
