import { expect } from 'chai'
import { readdirSync, readFileSync } from 'node:fs'
import type { Value } from '../../codec/value.ts'
import { lint } from '../../language/lint.ts'
import { load } from '../../language/load.ts'
import { caseIn } from '../../language/schema.ts'
import { knows, type MessageWord } from '../../language/words.ts'
import { isList, isRecord, type JsonRecord } from '../../protocol/json.ts'
import { MESSAGE_NAMES, messageOf } from '../../protocol/messages.ts'
import { defects } from '../../simulator/defects/index.ts'
import { checks } from '../checks/index.ts'
import { stepWords } from '../steps/index.ts'
import { vocabulary } from '../vocabulary.ts'
import { wordsWith } from './words.ts'

const SUITES = new URL('../../../suites/', import.meta.url)
const clauses = new Set(
  readdirSync(new URL('clauses/', SUITES)).flatMap((file) =>
    Object.keys(JSON.parse(readFileSync(new URL(`clauses/${file}`, SUITES), 'utf8')) as JsonRecord),
  ),
)
const words = wordsWith({
  clauses,
  defects: new Map(defects.flatMap(({ id, aliases = [] }) => [id, ...aliases].map((name) => [name, id] as const))),
})

/** Each case of the built-in suites with its file. */
const cases: readonly (readonly [string, JsonRecord])[] = readdirSync(SUITES)
  .filter((folder) => folder !== 'clauses')
  .flatMap((folder) =>
    readdirSync(new URL(`${folder}/`, SUITES)).map((file): readonly [string, JsonRecord] => {
      const value = JSON.parse(readFileSync(new URL(`${folder}/${file}`, SUITES), 'utf8')) as JsonRecord
      return [`${folder}/${file}`, value]
    }),
  )

/** All values below a key, wherever it stands. */
function below(value: Value, key: string): readonly Value[] {
  if (isList(value)) return value.flatMap((each) => below(each, key))
  if (!isRecord(value)) return []
  return Object.entries(value).flatMap(([name, each]) => [
    ...(name === key ? (isList(each) ? each : [each]) : []),
    ...below(each, key),
  ])
}
const NOT_MESSAGES = ['again', 'octets', 'at', 'fill']

function problemsOf(name: string, fields: { readonly [name: string]: unknown }): readonly string[] {
  const source = load('suites/hdlc/X_1.json', JSON.stringify({ ...GOOD, ...fields }, null, 1))
  if (!source.ok) throw new Error(JSON.stringify(source.failure))
  const found = caseIn(source.value)
  if (!found.ok) throw new Error(`${name}: ${JSON.stringify(found.failure)}`)
  return lint(source.value, found.value, words, {}).map(({ code, found: what }) => `${code} ${what}`)
}
const GOOD = {
  id: 'X_1',
  title: 'A link comes up',
  proves: [{ clause: 'hdlc.snrm', level: 'MUST' }],
  effect: 'volatile',
  ports: 'hdlc',
  given: 'ndm',
  steps: [{ send: { snrm: {} }, expect: [{ ua: {} }] }],
  kills: ['hdlc.snrm.unanswered'],
}
const expecting = (alternative: JsonRecord): JsonRecord => ({
  steps: [{ send: { snrm: {} }, expect: [alternative] }],
})

describe('words', () => {
  describe('of the suites', () => {
    for (const [file, value] of cases)
      it(file, () => {
        for (const sent of below(value, 'send')) {
          if (!isRecord(sent)) continue
          for (const name of Object.keys(sent).filter((key) => !key.includes('.') && !NOT_MESSAGES.includes(key)))
            expect(words.messages, `${file}: ${name}`).to.have.property(name)
        }
        for (const word of below(value, 'do'))
          expect(words.steps).to.have.property(typeof word === 'string' ? word : '')
        for (const list of below(value, 'expect'))
          for (const name of isRecord(list) ? Object.keys(list).slice(0, 1) : [])
            expect(
              name in words.messages || name in words.outcomes || stepOutcomes.has(name),
              `${file}: ${name}`,
            ).to.equal(true)
        for (const killed of below(value, 'kills')) expect([...words.defects.keys()]).to.include(killed)
      })
    const stepOutcomes = new Set(
      Object.values(stepWords).flatMap(({ outcomes, saves = [] }) => [...outcomes, ...saves]),
    )
  })

  it('each message of the protocol is one', () => {
    expect(Object.keys(words.messages).sort()).to.deep.equal([...MESSAGE_NAMES].sort())
  })

  it('a message is known by what a matcher sees of it', () => {
    const shown: Readonly<Record<string, readonly string[]>> = {
      ua: ['final', 'information.window-size-transmit', 'destination-address.upper', 'source-address'],
      frmr: ['rejected-control', 'w', 'v-s'],
      i: ['n-s', 'n-r', 'apdu.aare.result', 'segmentation'],
      aare: ['result', 'user-information.initiate-response.negotiated-conformance'],
      'get-request-normal': ['attribute.class-id', 'class-id', 'octets'],
      identification: ['manufacturer', 'baud-rate-identification'],
      wpdu: ['source-wport', 'version'],
    }
    for (const [name, paths] of Object.entries(shown))
      for (const path of paths)
        expect(knows(words.messages[name]?.fields ?? [], path.split('.')), `${name}.${path}`).to.equal(true)
    for (const path of ['n-t', 'flag', 'informations'])
      expect(knows(words.messages['i']?.fields ?? [], path.split('.')), path).to.equal(false)
  })

  it('requests come from the tester, answers and notifications from the meter', () => {
    const isFromMeter = (name: string): boolean => (words.messages[name] as MessageWord).fromMeter
    for (const name of ['ua', 'dm', 'i', 'rr', 'aare', 'get-response', 'data-notification', 'identification', 'ack'])
      expect(isFromMeter(name), name).to.equal(true)
    for (const name of ['snrm', 'disc', 'aarq', 'get', 'set-request-normal', 'request', 'acknowledgement'])
      expect(isFromMeter(name), name).to.equal(false)
  })

  it('a short name answers as well as the full one', () => {
    expect(words.messages['get']?.answers).to.include.members(['get-response-normal', 'get-response'])
  })

  it('each word of `do` has its schema, its outcomes and what it saves', () => {
    for (const [name, word] of Object.entries(words.steps)) {
      expect(word.arguments, name).to.include({ type: 'object', additionalProperties: false })
      expect(word.outcomes.length, name).to.be.greaterThan(0)
      const { properties = {}, required } = word.arguments as { properties?: JsonRecord; required?: string[] }
      for (const each of required ?? []) expect(properties, name).to.have.property(each)
    }
    expect(words.steps['connection.flood']?.saves).to.deep.equal(['opened'])
  })

  it('tells which outcomes show that the meter is alive', () => {
    const alive = (all: Readonly<Record<string, { readonly alive: boolean }>>): readonly string[] =>
      Object.keys(all).filter((name) => all[name]?.alive)
    const silent = (all: Readonly<Record<string, { readonly alive: boolean }>>): string[] =>
      Object.keys(all).filter((name) => !all[name]?.alive)
    expect(silent(words.outcomes).sort()).to.deep.equal(['closed', 'fault', 'garbled', 'reset', 'silent'])
    expect(alive(words.outcomes)).to.include.members(['frame', 'refused', 'executed', 'value', 'success'])
    // What only the tester does, what is a success without an answer, and what may be answered by nobody.
    expect(silent(words.steps).sort()).to.deep.equal(
      [
        'association.absent',
        'association.impersonate',
        'association.prove',
        'association.reflect',
        'connection.end',
        'connection.flood',
        'connection.open',
        'connection.vanish',
        'key.cut',
        'line.set',
        'policy.raised',
        'link.resynchronise',
        'meter.power-cycle',
        'restore',
        'sign-on.break',
      ].sort(),
    )
  })

  it('knows the fields of each layer', () => {
    const fieldsOf = (name: string) => words.layers.find((layer) => layer.name === name)?.fields ?? []
    for (const [layer, path] of [
      ['hdlc', 'frame-format.length'],
      ['hdlc', 'control.n-s'],
      ['hdlc', 'destination-address.upper'],
      ['hdlc', 'after-format'],
      ['hdlc', 'n-r'],
      ['wrapper', 'length'],
      ['wrapper', 'source-wport'],
      ['llc', 'quality'],
      ['sign-on', 'bcc'],
      ['frame', 'fcs'],
      ['frame', 'version'],
      ['line', 'octets'],
      ['apdu', 'anything.at.all'],
    ] as const)
      expect(knows(fieldsOf(layer), path.split('.')), `${layer}.${path}`).to.equal(true)
    expect(knows(fieldsOf('hdlc'), ['version'])).to.equal(false)
    expect(knows(fieldsOf('wrapper'), ['fcs'])).to.equal(false)
  })

  it('each named check and each axis is one', () => {
    expect(Object.keys(words.checks)).to.deep.equal(Object.keys(checks))
    expect(Object.keys(words.axes)).to.deep.equal(Object.keys({ ...vocabulary.axes, ...vocabulary.listAxes }))
    expect(knows(words.axes['clients']?.fields ?? [], ['mechanism'])).to.equal(true)
    expect(knows(words.axes['attributes']?.fields ?? [], ['right', 'read'])).to.equal(true)
  })

  describe('checkFault', () => {
    const fault = (
      message: Value,
      wrong: JsonRecord,
      damage: JsonRecord = {},
      profiles: readonly string[] = ['hdlc'],
    ) => words.checkFault(message, profiles, wrong, damage)
    it('accepts fields that there are, at each layer', () => {
      expect(fault({ snrm: {} }, {}, { 'hdlc.fcs': { flip: '0001' } })).to.equal(undefined)
      expect(fault({ snrm: {} }, {}, { 'hdlc.after-format': 'drop' })).to.equal(undefined)
      expect(fault({ snrm: {} }, { 'snrm.destination-address': '01' })).to.equal(undefined)
      expect(fault({ aarq: {} }, { 'aarq.mechanism-name': 'absent' })).to.equal(undefined)
      expect(fault({ aarq: {} }, {}, { 'llc.source': { set: '00' } })).to.equal(undefined)
      expect(fault({ aarq: {} }, {}, { 'wrapper.length': { add: 1 } }, ['wrapper'])).to.equal(undefined)
    })
    it('refuses paths that name nothing, with what may be meant', () => {
      expect(fault({ snrm: {} }, {}, { 'hdlc.fsc': 'drop' })).to.match(/hdlc\.fsc.*fcs/)
      expect(fault({ aarq: {} }, { 'aarq.mechanism-nam': 'absent' })).to.match(/did you mean .*mechanism-name/)
      expect(fault({ aarq: {} }, {}, { 'apud.x': 'drop' })).to.be.a('string')
    })
    it('refuses what is no operator', () => {
      expect(fault({ snrm: {} }, {}, { 'hdlc.fcs': 'drip' })).to.equal('hdlc.fcs: "drip" is no operator')
      expect(fault({ snrm: {} }, {}, { 'hdlc.fcs': { flop: '01' } })).to.match(/is no operator/)
    })
    it('leaves values alone that are not known yet', () => {
      expect(fault({ snrm: {} }, { 'snrm.destination-address': '$x' }, { 'hdlc.fcs': { flip: '$y' } })).to.equal(
        undefined,
      )
    })
    it('looks into a message that is made so long', () => {
      const message = { fill: { from: { aarq: {} }, length: 100 } }
      expect(fault(message, {}, { 'llc.source': { set: '00' } })).to.equal(undefined)
      expect(fault(message, { 'aarq.mechanism': 'absent' })).to.be.a('string')
    })
    it('looks into a frame that carries an APDU', () => {
      const message = { i: { apdu: { aarq: {} } } }
      for (const path of ['hdlc.fcs', 'i.hcs', 'llc.source', 'frame.after-format'])
        expect(fault(message, {}, { [path]: 'drop' }), path).to.equal(undefined)
      expect(fault(message, { 'i.n-s': 3, 'aarq.mechanism-name': 'absent' })).to.equal(undefined)
      expect(fault(message, {}, { 'hdlc.fsc': 'drop' })).to.be.a('string')
      expect(fault(message, { 'aarq.mechanism': 'absent' })).to.be.a('string')
    })
    it('a layer that one of the profiles has will do', () => {
      const damage = { 'wrapper.length': { add: 1 } }
      expect(fault({ aarq: {} }, {}, damage, ['hdlc'])).to.be.a('string')
      expect(fault({ aarq: {} }, {}, damage, ['any'])).to.equal(undefined)
      expect(fault({ aarq: {} }, {}, { 'hdlc.fcs': 'drop' }, ['wrapper'])).to.be.a('string')
    })
  })

  describe('lint with these words', () => {
    it('finds nothing in a good case', () => expect(problemsOf('good', {})).to.deep.equal([]))
    it('finds a field that there is not in a matcher', () => {
      const [problem] = problemsOf('ua', expecting({ ua: { finale: true } }))
      expect(problem).to.contain('finale')
    })
    it('finds one in a parameter block', () => {
      const [problem] = problemsOf('ua', expecting({ ua: { information: { 'window-size': 1 } } }))
      expect(problem).to.contain('window-size')
    })
    it('finds one in what is sent', () => {
      const [problem] = problemsOf('snrm', { steps: [{ send: { snrm: { polling: true } }, expect: [{ ua: {} }] }] })
      expect(problem).to.contain('polling')
    })
    it('finds a message, a word, an argument and an outcome that there is not', () => {
      for (const [steps, found] of [
        [[{ send: { snmr: {} } }], 'snmr'],
        [[{ do: 'link.upp' }], 'link.upp'],
        [[{ do: 'link.up', prepose: {} }], 'prepose'],
        [[{ send: { snrm: {} }, expect: [{ uua: {} }] }], 'uua'],
      ] as const)
        expect(problemsOf(found, { steps }).join('; ')).to.contain(found)
    })
    it('finds a clause, a ruling and a defect that there is not', () => {
      expect(problemsOf('clause', { proves: [{ clause: 'hdlc.snmr', level: 'MUST' }] }).join()).to.contain('hdlc.snmr')
      expect(problemsOf('defect', { kills: ['hdlc.snmr'] }).join()).to.contain('hdlc.snmr')
      const remark = { dm: {}, id: 'dm', remark: 'DM', ruling: 'H99' }
      const steps = [{ send: { snrm: {} }, expect: [{ ua: {} }, remark] }]
      expect(problemsOf('ruling', { steps }).join()).to.contain('H99')
    })
  })

  it('messages have one codec, and JSON of theirs is read again', () => {
    for (const name of MESSAGE_NAMES) expect(messageOf(name)?.codec, name).not.to.equal(undefined)
  })
})

describe('vocabulary', () => {
  describe('normal answers', () => {
    for (const [message, answers] of [
      [{ snrm: {} }, ['ua']],
      [{ disc: {} }, ['ua', 'dm']],
      [{ aarq: {} }, ['aare']],
      [{ i: { apdu: { aarq: {} } } }, ['aare', 'i']],
      [{ i: { apdu: { aarq: {} }, segmentation: true } }, ['rr']],
      [{ fill: { from: { aarq: {} }, length: 99 } }, ['aare']],
      [{ again: '$x' }, []],
      [{ request: {} }, ['identification']],
      ['nothing', []],
    ] as const)
      it(JSON.stringify(message), () => expect(vocabulary.normalAnswers(message)).to.deep.equal(answers))
  })

  describe('the layer that a step drives', () => {
    for (const [names, profile, layer] of [
      [['aarq', 'aare'], ['hdlc'], 'apdu'],
      [['aarq', 'dm', 'frmr'], ['hdlc'], 'apdu'],
      [['aarq', 'rr'], ['hdlc'], 'hdlc'],
      [['snrm', 'ua'], ['hdlc'], 'hdlc'],
      [['aarq', 'hdlc[2]'], ['hdlc'], 'hdlc'],
      [['aarq', 'llc'], ['hdlc'], 'hdlc'],
      [['aarq', 'frame'], ['hdlc'], 'hdlc'],
      [['aarq', 'frame'], ['wrapper'], 'wrapper'],
      [['aarq', 'wrapper'], ['wrapper'], 'wrapper'],
      [['request', 'identification'], ['sign-on'], 'sign-on'],
      [['at:line', 'ua'], ['hdlc'], 'line'],
      [['silent', 'closed'], ['hdlc'], 'apdu'],
    ] as const)
      it(`${names.join(', ')} (${profile.join()}): ${layer}`, () =>
        expect(vocabulary.layerOf(names, { profile })).to.equal(layer))
  })
})
