import { expect } from 'chai'
import { chooses, mayChoose } from './glob.ts'
import { instanceName, subCasesOf } from './instances.ts'
import type { Case, Step } from './suite.generated.ts'

const step = (name: string): Step => ({ send: { [name]: {} } })
const whole: Case = {
  id: 'CARD_1',
  title: 'A card is answered',
  proves: [{ clause: 'card.check', level: 'MUST' }],
  applies: { has: 'supports.cards' },
  needs: ['power'],
  effect: 'reads',
  given: 'link',
  with: { a: 1, b: 2 },
  steps: [step('hello')],
  then: [step('bye')],
  kills: ['card.deaf'],
  subtests: {
    '10': { title: 'ten' },
    '2b': {
      title: 'own steps',
      steps: [step('ask')],
      with: { b: 3 },
      effect: 'volatile',
      kills: { none: 'a control' },
    },
    '2': {
      title: 'own ground',
      connections: { one: 'link' },
      applies: { has: 'supports.letters' },
      needs: ['power', 'impair'],
    },
    late: { title: 'a name' },
    early: { title: 'another name' },
  },
}

describe('subtests', () => {
  it('are in natural order', () => {
    expect(subCasesOf(whole).map(({ subtest }) => subtest)).to.deep.equal(['2', '2b', '10', 'late', 'early'])
  })

  it('take from the case what they lack', () => {
    const [ground, own] = subCasesOf(whole, { shared: 0, a: 0 })
    expect(own).to.deep.include({
      title: 'A card is answered: own steps',
      effect: 'volatile',
      given: 'link',
      with: { shared: 0, a: 1, b: 3 },
      kills: [],
      ports: ['any'],
      scope: 'port',
      needs: ['power'],
      touches: [],
    })
    expect(own?.blocks).to.deep.equal({ prepare: [], steps: [step('ask')], then: [step('bye')], finally: [] })
    expect(own?.at).to.deep.include({ steps: ['subtests', '2b', 'steps'], then: ['then'], given: ['given'] })
    expect(own?.withAt).to.deep.equal({ a: ['with', 'a'], b: ['subtests', '2b', 'with', 'b'] })
    expect(ground).to.not.have.property('given')
    expect(ground).to.deep.include({ connections: { one: 'link' }, needs: ['power', 'impair'] })
    expect(ground?.applies).to.deep.equal([{ has: 'supports.cards' }, { has: 'supports.letters' }])
    expect(ground?.appliesAt).to.deep.equal([['applies'], ['subtests', '2', 'applies']])
  })

  it('a case without them runs as it stands', () => {
    const { subtests, ...plain } = whole
    expect(subtests).to.be.an('object')
    const [only, ...more] = subCasesOf({ ...plain, ports: ['hdlc', 'udp'], scope: 'meter' })
    expect(more).to.deep.equal([])
    expect(only).to.not.have.property('subtest')
    expect(only).to.deep.include({ ports: ['hdlc', 'udp'], scope: 'meter', title: 'A card is answered' })
  })
})

describe('instance names', () => {
  const none = { names: [], later: [] }
  it('are made of id, subtest, rows and port', () => {
    expect(instanceName({ id: 'A' }, none)).to.equal('A')
    expect(instanceName({ id: 'A', subtest: '2b' }, none, 'hdlc')).to.equal('A/2b@hdlc')
    expect(
      instanceName(
        { id: 'A' },
        {
          names: [
            ['frame', 'rr'],
            ['damage', 'low-bit'],
          ],
          later: ['attribute'],
        },
        'udp',
      ),
    ).to.equal('A[frame=rr,damage=low-bit,attribute=…]@udp')
  })

  const full = 'HDLC_FRAME_N8/2[frame=rr,damage=low-bit]@hdlc'
  const chosen = [
    'HDLC_FRAME_N8',
    'HDLC_*',
    '*',
    full,
    'HDLC_FRAME_N8/2',
    'HDLC_FRAME_N8@hdlc',
    '*@hdlc',
    'HDLC_FRAME_N8/2@hdlc',
    'HDLC_FRAME_N8[frame=rr,*',
    '*[frame=??,*]',
    'HDLC_FRAME_N?',
    'HDLC_FRAME_N8[frame=rr,damage=low-bit]',
  ]
  const not = [
    'HDLC_FRAME_N',
    'HDLC_FRAME_N8/3',
    '*@udp',
    'hdlc_*',
    'HDLC_FRAME_N8[frame=rr]',
    'HDLC.FRAME_N8',
    '',
    'HDLC_FRAME_N8/',
  ]
  for (const glob of chosen) it(`${glob} chooses`, () => expect(chooses(glob, full)).to.equal(true))
  for (const glob of not) it(`${glob} does not choose`, () => expect(chooses(glob, full)).to.equal(false))

  it('a glob has no other special characters', () => {
    expect(chooses('A[x=a|b]', 'A[x=a|b]@p')).to.equal(true)
    expect(chooses('A(.)', 'A(B)')).to.equal(false)
    expect(chooses('A[b]', 'Ab')).to.equal(false)
  })

  it('an instance that waits is chosen where one of those that come of it may be', () => {
    const waits = 'READ/all[client=reader,attribute=…]@hdlc'
    for (const glob of [
      'READ',
      'READ/all',
      '*attribute=8:*',
      'READ/all[client=reader,attribute=8:0.0.1.0.0.255:2]@hdlc',
      'READ[client=?eader,attribute=x]',
      waits,
    ])
      expect(mayChoose(glob, waits), glob).to.equal(true)
    for (const glob of ['READ/some*', '*client=public*', '*@wrapper', 'READ[client=reader]', 'READ/all[*]@hdlc,x'])
      expect(mayChoose(glob, waits), glob).to.equal(false)
  })

  it('… stands for rows that were not known when the name was printed', () => {
    expect(chooses('READ[client=reader,attribute=…]@hdlc', 'READ[client=reader,attribute=8:2]@hdlc')).to.equal(true)
    expect(chooses('READ[client=reader,attribute=…]@hdlc', 'READ[client=public,attribute=8:2]@hdlc')).to.equal(false)
  })
})
