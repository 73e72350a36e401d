import { expect } from 'chai'
import { vectors } from '../../protocol/vectors/load.ts'
import { agreeing, asking, shortly } from '../asking.ts'
import { octetsOf } from '../scene.ts'
import { action, actionWithList } from './action.ts'

const METHOD = { 'class-id': 8, 'instance-id': '0.0.1.0.0.255', 'method-id': 1 } as const
const LONG = { method: METHOD, parameter: { is: 'octet-string', value: octetsOf('010203040506') } } as const
const HEAD = '00080000010000FF01'

describe('ACTION with logical names', () => {
  it('without a parameter, and with one', async () => {
    const { session, heard } = await asking(['C701C10000', 'C701C20001001105'])
    expect(await action(session, { method: METHOD })).to.deep.include({ is: 'done', value: undefined })
    const returned = await action(session, { method: METHOD, parameter: { is: 'integer', value: 0 } })
    expect(returned).to.deep.include({ is: 'done', value: { is: 'unsigned', value: 5 } })
    expect(heard).to.deep.equal([`C301C1${HEAD}00`, `C301C2${HEAD}010F00`])
  })

  it('done, whatever became of its return parameters', async () => {
    const { session } = await asking(['C701C1000101FA'])
    expect(await action(session, { method: METHOD })).to.deep.include({ is: 'done', value: undefined })
  })

  it('in blocks both ways', async () => {
    const { session, heard } = await asking(['C704C100000001', 'C702C1000000000103000100', 'C702C10100000002021107'], {
      blockOctets: 5,
    })
    const returned = await action(session, LONG)
    expect(returned).to.deep.include({ is: 'done', value: { is: 'unsigned', value: 7 } })
    expect(shortly(returned)).to.equal('done in 4')
    expect(heard).to.deep.equal([`C304C1${HEAD}0000000001050906010203`, 'C306C1010000000203040506', 'C302C100000001'])
  })

  it('answered by the block of the Green Book', async () => {
    const vector = (id: string): string => vectors('xdlms').find((each) => each.id === id)?.octets ?? ''
    const rest = `C702C101000000022D${'41'.repeat(45)}`
    const { session, heard } = await asking([vector('act-rb-1'), rest])
    const returned = await action(session, { method: METHOD })
    expect(shortly(returned)).to.equal('done in 2')
    expect(heard[1]).to.equal(vector('act-rb-next'))
  })

  const answers: readonly (readonly [string, readonly string[], string])[] = [
    ['refused', ['C701C10300'], 'refused read-write-denied in 1'],
    ['refused behind the last', ['C704C100000001', 'C701C10C00'], 'refused type-unmatched in 2'],
    [
      'refused within the answer',
      ['C704C100000001', 'C702C100000000010100', 'C701C10F00'],
      'refused long-action-aborted in 3',
    ],
    ['an exception', ['D80101'], 'other in 1'],
    ['silence within the answer', ['C704C100000001', 'C702C100000000010100'], 'other in 3'],
    [
      'done before the last block',
      ['C701C10000'],
      'broken block-form: expected an acknowledgement of block 1, found the result of the service',
    ],
    [
      'another block acknowledged',
      ['C704C100000000'],
      'broken block-number: expected an acknowledgement of block 1, found block 0',
    ],
    [
      'blocks that go back',
      ['C704C100000001', 'C702C100000000010100', 'C702C100000000010100'],
      'broken block-number: expected block 2, found block 1',
    ],
    [
      'a normal answer within the answer',
      ['C704C100000001', 'C702C100000000010100', 'C701C10000'],
      'broken block-form: expected action-response-with-pblock, found action-response-normal',
    ],
    [
      'a list',
      ['C704C100000001', 'C703C1010000'],
      'broken block-form: expected the response of the method, found action-response-with-list',
    ],
    ['the answer of another service', ['C704C100000001', 'C501C100'], 'other in 2'],
  ]
  for (const [how, script, came] of answers)
    it(`in blocks: ${how}`, async () => {
      const { session } = await asking(script, { agreed: agreeing(0), blockOctets: 5 })
      expect(shortly(await action(session, LONG))).to.equal(came)
    })

  it('with a list, in one APDU and in blocks', async () => {
    const { session, heard } = await asking(['C703C10200000300'])
    const results = await actionWithList(session, [{ method: METHOD }, LONG])
    expect(results.is === 'done' && results.value).to.deep.equal([
      { result: 'success' },
      { result: 'read-write-denied' },
    ])
    expect(heard).to.deep.equal([`C303C102${HEAD}${HEAD}02000906010203040506`])
    const blocks = await asking(['C704C100000001', 'C702C1000000000103020000', 'C702C10100000002020300'], {
      blockOctets: 8,
    })
    const long = await actionWithList(blocks.session, [{ method: METHOD }, LONG])
    expect(shortly(long)).to.equal('done in 4')
    expect(blocks.heard).to.deep.equal([
      `C305C102${HEAD}${HEAD}0000000001080200090601020304`,
      'C306C10100000002020506',
      'C302C100000001',
    ])
  })

  it('with a list: results missing, refused as a whole', async () => {
    for (const [answer, came] of [
      ['C703C1010000', /^broken one-result-each: .* found 1$/],
      ['C701C10D00', /^refused scope-of-access-violated/],
      ['C701C10000', /^broken block-form: .* found action-response-normal$/],
    ] as const) {
      const { session } = await asking([answer])
      expect(shortly(await actionWithList(session, [{ method: METHOD }, LONG]))).to.match(came)
    }
  })
})
