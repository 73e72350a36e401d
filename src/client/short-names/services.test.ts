import { expect } from 'chai'
import { vectors } from '../../protocol/vectors/load.ts'
import { agreeing, asking, shortly, type Answers, type Asking } from '../asking.ts'
import type { Services } from '../cosem-services.ts'
import { octetsOf } from '../scene.ts'
import { byEntry } from '../selection.ts'
import type { Session } from '../session.ts'
import type { ListedObject } from './object-names.ts'
import { withShortNames } from './services.ts'

const CLOCK: ListedObject = { baseName: 0x0100, classId: 8, version: 0, logicalName: '0.0.1.0.0.255' }
const PROFILE: ListedObject = { baseName: 0x1000, classId: 7, version: 1, logicalName: '1.0.99.1.0.255' }
const attribute = ({ classId, logicalName }: ListedObject, id: number) => ({
  'class-id': classId,
  'instance-id': logicalName,
  'attribute-id': id,
})
const method = ({ classId, logicalName }: ListedObject, id: number) => ({
  'class-id': classId,
  'instance-id': logicalName,
  'method-id': id,
})
const TIME = attribute(CLOCK, 2)
const vector = (id: string): string => vectors('sn').find((each) => each.id === id)?.octets ?? ''

type Named = Asking & { readonly services: Services; readonly learnt: () => readonly ListedObject[] | undefined }

async function named(
  answers: readonly string[] | Answers,
  options: Partial<Session> = {},
  known: readonly ListedObject[] | 'none' = [CLOCK, PROFILE],
): Promise<Named> {
  const asked = await asking(answers, options)
  let listed = known === 'none' ? undefined : known
  const learnt = (): readonly ListedObject[] | undefined => listed
  const book = { known: learnt, learn: (all: readonly ListedObject[]) => void (listed = all) }
  return { ...asked, services: withShortNames(asked.session, book), learnt }
}

describe('services with short names', () => {
  describe('the object list', () => {
    // Base name 0100, class 8, version 0; and FD00, as a negative number.
    const LIST = '0C010001020204100100120008110009060000010000FF020410FD001200011100090600002A0000FF'
    it('is read once, for the first name that is needed', async () => {
      const { services, heard, learnt } = await named([LIST, '0C01001101', '0C01001102'], {}, 'none')
      expect(await services.get({ attribute: TIME })).to.deep.include({ value: { is: 'unsigned', value: 1 } })
      const name = { 'class-id': 1, 'instance-id': '0.0.42.0.0.255', 'attribute-id': 2 }
      expect(await services.get({ attribute: name })).to.deep.include({ value: { is: 'unsigned', value: 2 } })
      expect(heard).to.deep.equal([vector('sn-read-sap'), '0501020108', '050102FD08'])
      expect(learnt()?.[0]).to.deep.equal(CLOCK)
    })
    it('is not needed for the association itself', async () => {
      const { services, heard } = await named(['0C010009060000280000FF'], {}, 'none')
      const own = { 'class-id': 12, 'instance-id': '0.0.40.0.0.255', 'attribute-id': 1 }
      expect(shortly(await services.get({ attribute: own }))).to.equal('done in 0')
      expect(heard).to.deep.equal(['050102FA00'])
    })
    it('does not have every object', async () => {
      const { services, heard } = await named([LIST], {}, 'none')
      expect(shortly(await services.get({ attribute: attribute(PROFILE, 2) }))).to.equal('unlisted')
      expect(heard).to.have.lengthOf(1)
    })
    for (const [how, answer, came] of [
      ['cannot be read', '0C010103', 'refused read-write-denied in 0'],
      ['is not answered', '0E050000', 'other in 0'],
      ['is no array', '0C01001105', 'broken object-list: expected an array of object list elements, found unsigned'],
      [
        'has something else in it',
        '0C0100010211051105',
        'broken object-list: expected an array of object list elements, found something else as element 1',
      ],
    ] as const)
      it(how, async () => {
        const { services, learnt } = await named([answer], {}, 'none')
        expect(shortly(await services.get({ attribute: TIME }))).to.equal(came)
        expect(learnt()).to.equal(undefined)
      })
  })

  describe('READ', () => {
    it('attributes, counted in eights; those of manufacturers behind the base name', async () => {
      const { services, heard } = await named(() => '0C01001105')
      for (const id of [1, 2, 9, 255]) await services.get({ attribute: attribute(CLOCK, id) })
      expect(heard).to.deep.equal(['0501020100', '0501020108', '0501020140', '05010200F0'])
    })
    it('a selection by parameterized access', async () => {
      const { services, heard } = await named(['0C01000100'])
      const selection = byEntry({ fromEntry: 1, toEntry: 5, fromSelectedValue: 1, toSelectedValue: 0 })
      await services.get({ attribute: attribute(PROFILE, 2), selection })
      expect(heard).to.deep.equal([vector('sn-read-par')])
    })
    it('in blocks of the Green Book', async () => {
      const rest = '0C010201000218272829303132333435363738394041424344454647484950'
      const { services, heard } = await named([vector('sn-read-block'), rest])
      expect(shortly(await services.get({ attribute: TIME }))).to.equal('done in 2')
      expect(heard[1]).to.equal(vector('sn-read-blocknext'))
    })
    it('in blocks, with the count of the results and without it', async () => {
      const { services, heard } = await named(['0C0102000001020100', '0C0102010002021107', '0C010201000103001107'])
      expect(await services.get({ attribute: TIME })).to.deep.include({ value: { is: 'unsigned', value: 7 } })
      const bare = await services.get({ attribute: TIME })
      expect(bare).to.deep.include({ value: { is: 'unsigned', value: 7 } })
      expect(bare.is === 'done' && bare.transfer.irregular.map(({ found }) => found)).to.deep.equal([
        'the results alone',
      ])
      expect(heard).to.deep.equal(['0501020108', '0501050001', '0501020108'])
    })
    it('in blocks that hold the value alone', async () => {
      const { services } = await named(['0C010201000102' + '1107'])
      const alone = await services.get({ attribute: TIME })
      expect(alone).to.deep.include({ value: { is: 'unsigned', value: 7 } })
      expect(alone.is === 'done' && alone.transfer.irregular.map(({ found }) => found)).to.deep.equal([
        'the value alone, without its choice and the count',
      ])
    })
    const answers: readonly (readonly [string, readonly string[], string])[] = [
      ['refused', ['0C01010D'], 'refused scope-of-access-violated in 0'],
      ['refused as a service', ['0E050302'], 'other in 0'],
      ['answered by another service', ['0D0100'], 'other in 0'],
      ['not answered', [], 'other in 0'],
      [
        'two results',
        ['0C02001101001102'],
        'broken one-result-each: expected 1 results, one for each element, found 2',
      ],
      [
        'a block number',
        ['0C01030001'],
        'broken block-form: expected the results of the variables, found block-number',
      ],
      ['blocks that begin with 2', ['0C01020000020101'], 'broken block-number: expected block 1, found block 2'],
      [
        'blocks that go back',
        ['0C01020000010101', '0C01020000010101'],
        'broken block-number: expected block 2, found block 1',
      ],
      ['blocks that are refused', ['0C01020000010101', '0C010113'], 'refused data-block-number-invalid in 1'],
      [
        'blocks that end in a value',
        ['0C01020000010101', '0C01001105'],
        'broken block-form: expected data-block-result, found data',
      ],
    ]
    for (const [how, script, came] of answers)
      it(how, async () => {
        const { services } = await named(script)
        expect(shortly(await services.get({ attribute: TIME }))).to.equal(came)
      })
    it('blocks that hold no result', async () => {
      const { services } = await named(['0C0102010001020705'])
      expect(shortly(await services.get({ attribute: TIME }))).to.match(/^broken block-contents/)
    })
    it('several', async () => {
      const { services, heard } = await named(['0C020011010104', '0C01001101'])
      const asked = [{ attribute: TIME }, { attribute: attribute(CLOCK, 3) }]
      const read = await services.getWithList(asked)
      expect(read.is === 'done' && read.value).to.deep.equal([
        { is: 'data', value: { is: 'unsigned', value: 1 } },
        { is: 'data-access-result', value: 'object-undefined' },
      ])
      expect(heard).to.deep.equal(['0502020108020110'])
      expect(shortly(await services.getWithList(asked))).to.match(/^broken one-result-each: .* found 1$/)
    })
    it('several, where the request is too long for one APDU', async () => {
      const script = ['0C01030001', '0C01030002', '0C01030003', '0C02001101001102']
      const { services, heard } = await named(script, { agreed: agreeing(11) })
      const time = { attribute: TIME }
      expect(shortly(await services.getWithList([time, time, time, time]))).to.match(/expected 4 results, .* found 2$/)
      // 04 · 02 0108 · 02 0108 · 02 0108 · 02 0108
      expect(heard).to.deep.equal([
        '0501060000010404020108',
        '0501060000020402010802',
        '0501060000030401080201',
        '0501060100040108',
      ])
    })
  })

  describe('WRITE', () => {
    const VALUE = { is: 'octet-string', value: octetsOf('010203') } as const
    it('an attribute', async () => {
      const { services, heard } = await named(['0D0100', '0D01010C', '0E060000', '0D020000'])
      expect(shortly(await services.set({ attribute: TIME, value: VALUE }))).to.equal('done in 0')
      expect(shortly(await services.set({ attribute: TIME, value: VALUE }))).to.equal('refused type-unmatched in 0')
      expect(shortly(await services.set({ attribute: TIME, value: VALUE }))).to.equal('other in 0')
      expect(shortly(await services.set({ attribute: TIME, value: VALUE }))).to.match(/^broken one-result-each/)
      expect(heard[0]).to.equal('0601020108010903010203')
    })
    it('in blocks', async () => {
      const { services, heard } = await named(['0D01020001', '0D0100'], { blockOctets: 5 })
      expect(shortly(await services.set({ attribute: TIME, value: VALUE }))).to.equal('done in 2')
      // 01 02 0108 · 01 09 03 010203
      expect(heard).to.deep.equal(['0601070000010109050102010801', '0601070100020109050903010203'])
    })
    it('in blocks: another block acknowledged, done too early, refused', async () => {
      for (const [script, came] of [
        [['0D01020002'], /^broken block-number: expected an acknowledgement of block 1, found block 2$/],
        [['0D0100'], /^broken block-form: expected an acknowledgement of block 1/],
        [['0D010111'], /^refused long-set-aborted in 1$/],
        [['0D01020001', '0D01020002'], /^broken block-form: expected the result of the service/],
      ] as const) {
        const { services } = await named(script, { blockOctets: 5 })
        expect(shortly(await services.set({ attribute: TIME, value: VALUE }))).to.match(came)
      }
    })
    it('several', async () => {
      const { services, heard } = await named(['0D02000103'])
      const written = { attribute: TIME, value: { is: 'unsigned', value: 1 } } as const
      expect(await services.setWithList([written, written])).to.deep.include({
        value: ['success', 'read-write-denied'],
      })
      expect(heard).to.deep.equal(['06020201080201080211011101'])
    })
  })

  describe('methods', () => {
    it('are written', async () => {
      const { services, heard } = await named(['0D0100', '0D010103'])
      // Clock: method 1 (adjust_to_quarter) stands at 60 hex behind the base name.
      const zero = { is: 'integer', value: 0 } as const
      expect(shortly(await services.action({ method: method(CLOCK, 1), parameter: zero }))).to.equal('done in 0')
      expect(shortly(await services.action({ method: method(CLOCK, 1) }))).to.equal('refused read-write-denied in 0')
      expect(heard).to.deep.equal(['0601020160010F00', '06010201600100'])
    })
    it('are read where they return something', async () => {
      const { services, heard } = await named(['0C01001105'])
      const own = { 'class-id': 12, 'instance-id': '0.0.40.0.0.255', 'method-id': 8 }
      const answer = { is: 'octet-string', value: octetsOf('AABB') } as const
      expect(await services.action({ method: own, parameter: answer })).to.deep.include({
        is: 'done',
        value: { is: 'unsigned', value: 5 },
      })
      expect(heard).to.deep.equal([vector('sn-hls').slice(0, 12) + '0902AABB'])
    })
    it('that have no short name are not asked for', async () => {
      const { services, heard } = await named([])
      expect(shortly(await services.action({ method: method(CLOCK, 99) }))).to.match(/^impossible: .*class 8/)
      expect(heard).to.deep.equal([])
    })
    it('several', async () => {
      const { services, heard } = await named(['0D0200010D'])
      const zero = { is: 'integer', value: 0 } as const
      const one = { method: method(CLOCK, 1), parameter: zero }
      expect(await services.actionWithList([one, one])).to.deep.include({
        value: [{ result: 'success' }, { result: 'scope-of-access-violated' }],
      })
      expect(heard).to.deep.equal(['0602020160020160020F000F00'])
    })
  })
})
