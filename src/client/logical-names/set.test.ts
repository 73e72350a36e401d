import { expect } from 'chai'
import { unhex } from '../../codec/value.ts'
import { vectors } from '../../protocol/vectors/load.ts'
import { agreeing, asking, shortly } from '../asking.ts'
import { octetsOf } from '../scene.ts'
import { byEntry } from '../selection.ts'
import { set, setWithList } from './set.ts'

const CLOCK = { 'class-id': 8, 'instance-id': '0.0.1.0.0.255', 'attribute-id': 3 } as const
const SHORT = { attribute: CLOCK, value: { is: 'long', value: 120 } } as const
const LONG = { attribute: CLOCK, value: { is: 'octet-string', value: octetsOf('0102030405060708090A') } } as const
const FIRST = 'C102C100080000010000FF0300'

describe('SET with logical names', () => {
  it('in one APDU', async () => {
    const { session, heard } = await asking(['C501C100'], { agreed: agreeing(17) })
    expect(shortly(await set(session, SHORT))).to.equal('done in 0')
    expect(heard).to.deep.equal(['C101C100080000010000FF0300100078'])
  })

  it('of a selection', async () => {
    const { session, heard } = await asking(['C501C103'])
    const selection = byEntry({ fromEntry: 1, toEntry: 2, fromSelectedValue: 1, toSelectedValue: 0 })
    expect(shortly(await set(session, { ...SHORT, selection }))).to.equal('refused read-write-denied in 0')
    expect(heard).to.deep.equal(['C101C100080000010000FF030102020406000000010600000002120001120000100078'])
  })

  it('in blocks, as many octets in each as the meter takes', async () => {
    // 13 octets of descriptor, 5 of block and 1 of length leave 2 of 21; a later block has 3 octets in front of its 5.
    const { session, heard } = await asking(['C502C100000001', 'C503C10000000002'], { agreed: agreeing(21) })
    expect(shortly(await set(session, LONG))).to.equal('done in 2')
    expect(heard).to.deep.equal([`${FIRST}000000000102090A`, 'C103C101000000020A0102030405060708090A'])
    for (const each of heard) expect(unhex(each)?.length).to.be.at.most(21)
  })

  it('in blocks where it would fit', async () => {
    const { session, heard } = await asking(['C502C100000001', 'C502C100000002', 'C503C10000000003'], {
      agreed: agreeing(0),
      blockOctets: 5,
    })
    expect(shortly(await set(session, LONG))).to.equal('done in 3')
    expect(heard).to.deep.equal([
      `${FIRST}000000000105090A010203`,
      'C103C10000000002050405060708',
      'C103C1010000000302090A',
    ])
  })

  it('in the blocks of the Green Book', async () => {
    const vector = (id: string): string => vectors('xdlms').find((each) => each.id === id)?.octets ?? ''
    const value = { is: 'octet-string', value: octetsOf(vector('set-n-gb').slice(-100)) } as const
    const attribute = { 'class-id': 1, 'instance-id': '0.0.128.0.0.255', 'attribute-id': 2 }
    const { session, heard } = await asking([vector('set-b-ack'), vector('set-b-lastack')], { blockOctets: 30 })
    expect(shortly(await set(session, { attribute, value }))).to.equal('done in 2')
    const sent = ['set-b-first', 'set-b-last'].map(vector)
    expect(heard).to.deep.equal(sent.map((each) => each.replace(/^(....)81/, '$1C1')))
  })

  it('is not sent where the meter takes neither so long an APDU nor blocks', async () => {
    const { session, heard } = await asking([], { agreed: agreeing(21, ['block-transfer-with-set-or-write']) })
    expect(shortly(await set(session, LONG))).to.equal(
      'impossible: the request has 25 octets, the meter takes 21, and block-transfer-with-set-or-write was not negotiated',
    )
    const least = await asking([], { agreed: agreeing(19) })
    expect(shortly(await set(least.session, LONG))).to.match(
      /^impossible: in APDUs of 19 octets, .* expected room for an octet, found 0$/,
    )
    expect([...heard, ...least.heard]).to.deep.equal([])
  })

  const answers: readonly (readonly [string, readonly string[], string])[] = [
    ['refused after the first block', ['C503C11100000001'], 'refused long-set-aborted in 1'],
    ['refused in the normal form', ['C501C112'], 'refused no-long-set-in-progress in 1'],
    ['refused after the last', ['C502C100000001', 'C503C10C00000002'], 'refused type-unmatched in 2'],
    ['refused by an exception', ['C502C100000001', 'D80104'], 'other in 2'],
    ['no answer to the second', ['C502C100000001'], 'other in 2'],
    [
      'another block acknowledged',
      ['C502C100000002'],
      'broken block-number: expected an acknowledgement of block 1, found block 2',
    ],
    [
      'another invoke-id',
      ['C502C300000001'],
      'broken block-invoke-id: expected invoke-id 1 in every block, found invoke-id 3',
    ],
    [
      'success before the last',
      ['C503C10000000001'],
      'broken block-form: expected an acknowledgement of block 1, found the result of the service',
    ],
    [
      'success with another number',
      ['C502C100000001', 'C503C10000000001'],
      'broken block-number: expected an acknowledgement of block 2, found block 1',
    ],
    [
      'success in the normal form',
      ['C502C100000001', 'C501C100'],
      'broken block-form: expected an answer to a block, found set-response-normal',
    ],
    [
      'the last acknowledged like the others',
      ['C502C100000001', 'C502C100000002'],
      'broken block-form: expected the result of the service, found an acknowledgement',
    ],
  ]
  for (const [how, script, came] of answers)
    it(`in blocks: ${how}`, async () => {
      const { session, heard } = await asking(script, { agreed: agreeing(21) })
      expect(shortly(await set(session, LONG))).to.equal(came)
      expect(heard.length).to.be.at.most(2)
    })

  describe('with a list', () => {
    const LIST = '0200080000010000FF030000080000010000FF0300'
    it('in one APDU', async () => {
      const { session, heard } = await asking(['C505C1020004'])
      const written = await setWithList(session, [SHORT, SHORT])
      expect(written.is === 'done' && written.value).to.deep.equal(['success', 'object-undefined'])
      expect(heard).to.deep.equal([`C104C1${LIST}02100078100078`])
    })
    it('in blocks', async () => {
      const { session, heard } = await asking(['C502C100000001', 'C504C102000300000002'], { blockOctets: 4 })
      const written = await setWithList(session, [SHORT, SHORT])
      expect(written).to.deep.include({ is: 'done', value: ['success', 'read-write-denied'] })
      expect(heard).to.deep.equal([`C105C1${LIST}00000000010402100078`, 'C103C1010000000203100078'])
    })
    for (const [how, script, came] of [
      ['a result missing', ['C505C10100'], 'broken one-result-each: expected 2 results, one for each element, found 1'],
      ['refused as a whole', ['C501C10D'], 'refused scope-of-access-violated in 0'],
      ['answered as one', ['C501C100'], 'other in 0'],
    ] as const)
      it(how, async () => {
        const { session } = await asking(script)
        expect(shortly(await setWithList(session, [SHORT, SHORT]))).to.equal(came)
      })
    it('in blocks: a result missing, refused, answered as one', async () => {
      for (const [script, came] of [
        [['C502C100000001', 'C504C1010000000002'], /^broken one-result-each: .* found 1$/],
        [['C503C11100000001'], /^refused long-set-aborted/],
        [['C502C100000001', 'C503C10000000002'], /^broken block-form: .* found set-response-last-datablock$/],
      ] as const) {
        const { session } = await asking(script, { blockOctets: 4 })
        expect(shortly(await setWithList(session, [SHORT, SHORT]))).to.match(came)
      }
    })
  })
})
