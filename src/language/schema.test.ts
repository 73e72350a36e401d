import { Ajv2020, type AnySchemaObject } from 'ajv/dist/2020.js'
import { expect } from 'chai'
import { readdirSync, readFileSync } from 'node:fs'
import type { Value } from '../codec/value.ts'
import { load } from './load.ts'
import type { Problem } from './problem.ts'
import { caseIn, clausesIn, suiteIn } from './schema.ts'

const CASE = {
  id: 'CARD_1',
  title: 'A card is answered',
  proves: [{ clause: 'card.check', level: 'MUST' }],
  effect: 'volatile',
  given: 'link',
  steps: [{ send: { hello: {} }, expect: [{ welcome: {} }] }],
  kills: ['card.deaf'],
}

type Fields = { readonly [key: string]: unknown }
const step = (fields: Fields): Fields => ({ ...CASE, steps: [fields] })

function problems(value: Fields, of: typeof caseIn | typeof suiteIn | typeof clausesIn = caseIn): readonly Problem[] {
  const source = load('CARD_1.json', JSON.stringify(value, null, 1))
  if (!source.ok) throw new Error(JSON.stringify(source.failure))
  const result = of(source.value)
  return result.ok ? [] : result.failure
}

describe('the schema of the suites', () => {
  const right: Readonly<Record<string, Fields>> = {
    'a plain case': CASE,
    'every key of a send step': step({
      send: [
        { hello: { number: 1, 'sender-name': '$client.name' }, 'card.stamp': 'AB' },
        { ask: '$testing.objects.clock' },
      ],
      wrong: { 'card.sender.name': 'absent', 'list[2].x': { add: ['$n', -1] } },
      damage: {
        'card.stamp': 'drop',
        a: { set: '7E 7E' },
        b: { flip: '01' },
        c: { add: -1 },
        d: { keep: 2 },
        e: { cut: 1 },
        f: { cut: { at: 1, count: 2 } },
        g: { insert: { at: 0, octets: 'FF' } },
        h: { 'move-after': 'card.stamp' },
        i: '$operator',
        j: 'repeat',
      },
      control: { send: { bye: {} } },
      pace: { every: 1, pause: { of: '$testing.timing.interOctetMs', percent: 50 } },
      as: 'other',
      on: 'one',
      clause: 'card.check',
      why: 'because',
      within: [20, { of: 5, plus: 1 }],
      never: '$nothing',
      save: { first: 'sent.protection', n: 'got.list[1].number' },
      expect: [
        {
          welcome: { number: { between: [1, 7], default: 1 }, length: 12, octets: 4 },
          id: 'a',
          remark: 'r',
          ruling: 'G8',
          severity: 'security',
        },
        { silent: { of: '$testing.timing.responseMs' } },
        { closed: true },
        { reset: true },
        { garbled: true },
        { frame: 'any' },
        { answers: 2 },
        { answerTo: 'each' },
        { refused: 'any' },
      ],
    }),
    'messages that are not named': {
      ...CASE,
      steps: [
        { send: { again: '$first' } },
        { send: { octets: '7E7E', at: 'line' } },
        { send: { fill: { from: { hello: {} }, length: '$n' } } },
        { send: '$message', misplaced: true, control: 'then' },
      ],
    },
    'all verbs': {
      ...CASE,
      steps: [
        { do: 'line.set', baud: 300, format: '7E1' },
        { expect: '$alternatives' },
        { wait: '$ms', never: [{ frame: 'any' }] },
        {
          check: '$a.b',
          is: ['rising', { percentile: [95, 100] }],
          otherwise: { remark: 'slow', clause: 'card.check' },
        },
        { require: '$a', is: { not: ['x', null] } },
      ],
    },
    'all axes, conditions and grounds': {
      ...CASE,
      given: { rung: '$rung', client: 'reader', propose: { 'window-size': 3 } },
      applies: {
        all: [{ has: 'supports.cards' }, { any: [{ is: ['client.role', ['a', 'b']] }] }, { not: { has: 'testing.x' } }],
      },
      matrix: {
        a: { each: 'clients', of: '$b', where: { has: 'client.role' } },
        b: { from: 1, to: '$n' },
        c: { 'low-bit': 'x', '2.5': { y: 1 } },
      },
      ports: ['hdlc', 'udp'],
      scope: 'client',
      needs: ['power'],
      touches: ['clock'],
      kills: { none: 'a measurement' },
      subtests: {
        '2b': {
          title: 't',
          connections: {
            a: 'association.reader',
            b: { listen: '$testing.push' },
            c: 'closed',
            d: { rung: 'association', over: 'a' },
          },
        },
      },
    },
  }
  for (const [name, value] of Object.entries(right))
    it(`takes ${name}`, () => expect(problems(value)).to.deep.equal([]))

  type Row = readonly [name: string, value: Fields, code: string, expected: string, found: string, hint?: string]
  const wrong: readonly Row[] = [
    [
      'a verb that is none',
      step({ sned: { hello: {} }, expect: [{ welcome: {} }] }),
      'unknown-key',
      'expect, never, within',
      '"sned"',
      'did you mean send?',
    ],
    ['a step without a verb', step({ on: 'a' }), 'no-such-form', '{"send": …} or {"do": …}', '{"on":"a"}'],
    ['two verbs', step({ send: { hello: {} }, wait: 5 }), 'unknown-key', 'send, wrong', '"wait"'],
    ['a key of another verb', step({ check: '$a', is: 1, within: 5 }), 'unknown-key', 'check, is', '"within"'],
    [
      'a misspelt key',
      step({ send: { hello: {} }, expct: [] }),
      'unknown-key',
      'send, wrong',
      '"expct"',
      'did you mean expect?',
    ],
    [
      'an operator that is none',
      step({ send: { hello: {} }, damage: { a: 'dorp' } }),
      'no-such-form',
      'one of "drop", "repeat", "zero" or',
      '"dorp"',
      'did you mean drop?',
    ],
    [
      'an operator object that is none',
      step({ send: { hello: {} }, damage: { a: { flp: '00' } } }),
      'no-such-form',
      '{"flip": …}',
      '{"flp":"00"}',
      'did you mean flip?',
    ],
    ['half an octet', step({ send: { hello: {} }, damage: { a: { set: '7' } } }), 'bad-value', 'octets in hex', '"7"'],
    [
      'a duration with a wrong key',
      step({ wait: { of: 1, percnt: 2 } }),
      'unknown-key',
      'of, percent, plus',
      '"percnt"',
      'did you mean percent?',
    ],
    ['a negative duration', step({ wait: -1 }), 'bad-value', 'at least 0', '-1'],
    ['an empty list of alternatives', step({ expect: [] }), 'bad-value', 'at least 1 in the list', '[]'],
    [
      'a matcher with half a range',
      step({ expect: [{ welcome: { n: { between: [1] } } }] }),
      'bad-value',
      'at least 2 in the list',
      '[1]',
    ],
    [
      'an id with blanks',
      step({ expect: [{ welcome: {}, id: 'other refusal' }] }),
      'bad-value',
      'a name',
      '"other refusal"',
    ],
    ['a reference in a key', step({ send: { $hello: {} } }), 'bad-name', 'the name of a message', '"$hello"'],
    ['a text that should be a reference', step({ check: 'frames', is: 1 }), 'bad-value', 'a reference', '"frames"'],
    ['a rung that is none', { ...CASE, given: 'lnik' }, 'bad-value', 'a rung', '"lnik"'],
    [
      'a word that is none',
      { ...CASE, effect: 'read' },
      'unknown-word',
      'one of "reads"',
      '"read"',
      'did you mean reads?',
    ],
    [
      'a port that is none',
      { ...CASE, ports: 'hdcl' },
      'no-such-form',
      'one of "any", "hdlc"',
      '"hdcl"',
      'did you mean hdlc?',
    ],
    [
      'a condition that is none',
      { ...CASE, applies: { all: [{ hass: 'a' }] } },
      'no-such-form',
      '{"has": …}',
      '{"hass":"a"}',
      'did you mean has?',
    ],
    [
      'an axis with a wrong key',
      { ...CASE, matrix: { a: { each: 'clients', were: {} } } },
      'unknown-key',
      'each, of, where',
      '"were"',
      'did you mean where?',
    ],
    ['nothing to kill', { ...CASE, kills: [] }, 'bad-value', 'at least 1 in the list', '[]'],
    [
      'no kills',
      Object.fromEntries(Object.entries(CASE).filter(([key]) => key !== 'kills')),
      'missing-key',
      'the key "kills"',
      'only id, title',
    ],
    ['a case id in small letters', { ...CASE, id: 'card_1' }, 'bad-value', 'a case id', '"card_1"'],
    ['a clause twice', { ...CASE, needs: ['power', 'power'] }, 'repeated', 'each only once', '["power","power"]'],
  ]
  for (const [name, value, code, expected, found, hint] of wrong)
    it(`refuses ${name}`, () => {
      const [first, ...more] = problems(value)
      expect(more, JSON.stringify(more)).to.deep.equal([])
      expect(first?.code).to.equal(code)
      expect(first?.expected).to.contain(expected)
      expect(first?.found).to.contain(found)
      expect(first?.hint).to.equal(hint)
    })

  it('tells where: the key or the value', () => {
    const at = (value: Fields) => problems(value).map(({ line, column }) => [line, column])
    const { id, ...others } = CASE
    expect(at({ id, zzz: 1, ...others })).to.deep.equal([[3, 2]])
    expect(at({ id: 5, ...others })).to.deep.equal([[2, 8]])
  })

  it('knows the file of a suite', () => {
    const suite = { id: 'cards', title: 'Cards', order: ['CARD_1'], with: { shared: [1] } }
    expect(problems(suite, suiteIn)).to.deep.equal([])
    expect(problems({ ...suite, titel: 1 }, suiteIn)).to.have.length(1)
    expect(problems({ ...suite, order: ['card'] }, suiteIn)[0]).to.include({ code: 'bad-value', found: '"card"' })
  })

  it('knows the clauses of a book', () => {
    const clause: Readonly<Record<string, Value>> = {
      book: 'IEC 62056-46',
      section: 'Frames',
      text: 'It is checked.',
      testable: true,
    }
    expect(problems({ 'card.check': clause }, clausesIn)).to.deep.equal([])
    expect(problems({ 'card.check': { ...clause, clause: '6.4.4.9.2' } }, clausesIn)).to.deep.equal([])
    expect(problems({ 'card.check': { ...clause, testable: false } }, clausesIn)[0]).to.include({
      code: 'missing-key',
      expected: 'the key "why"',
    })
    expect(problems({ card: clause }, clausesIn)[0]).to.include({ code: 'bad-name', found: '"card"' })
  })
})

describe('the schemas of the project', () => {
  const folder = new URL('../../schemas/', import.meta.url)
  for (const name of readdirSync(folder))
    it(`${name} is a schema of 2020-12`, () => {
      const schema = JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as AnySchemaObject
      const ajv = new Ajv2020({ strict: false })
      expect(ajv.validateSchema(schema), JSON.stringify(ajv.errors)).to.equal(true)
    })

  it('a schema with a wrong word is none', () => {
    expect(new Ajv2020().validateSchema({ type: 'strnig' })).to.equal(false)
  })
})
