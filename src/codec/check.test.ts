import { expect } from 'chai'
import {
  arm,
  bits,
  checkDamage,
  choice,
  constant,
  ifTag,
  lazy,
  list,
  named,
  octetString,
  octets,
  rest,
  sequence,
  tagged,
  u8,
  type Codec,
  type Operator,
} from './codec.ts'

interface Tree {
  readonly leaf: number
  readonly branches: readonly Tree[]
}
const tree: Codec<Tree> = sequence({ leaf: u8, branches: list(lazy(() => tree)) })

const message = sequence({
  flag: constant('7E'),
  name: tagged(0xa1, named('inner', tagged(0x04, rest))),
  title: ifTag(0xa6, octets(8)),
  word: bits(2, { type: 0xf000, length: 0x07ff }),
  kind: choice({
    number: arm(1, sequence({ id: u8, number: u8 })),
    text: arm(2, sequence({ id: u8, text: octetString })),
  }),
  tree,
})

describe('a damage checked against the shape', () => {
  const check = (path: string, operator: Operator) => checkDamage(message.shape, path, operator)

  const fitting: readonly (readonly [string, Operator])[] = [
    ['flag', 'drop'],
    ['name.length', { add: 1 }],
    ['name.inner.length', { set: '84FFFFFFFF' }],
    ['inner', { cut: 1 }],
    ['title', 'repeat'],
    ['title.contents', { flip: '0000000000000001' }],
    ['word.length', { add: 1 }],
    ['kind.text.id', { set: '00' }],
    ['id', { set: '00' }],
    ['text.length', { add: 1 }],
    ['tree.branches[2].leaf', { flip: '01' }],
    ['tree.branches[2].branches[1].branches.count', { set: '84FFFFFFFF' }],
    ['word', { 'move-after': 'title' }],
  ]
  for (const [path, operator] of fitting)
    it(`${path} ${JSON.stringify(operator)} fits`, () => expect(check(path, operator)).to.equal(undefined))

  const refused: readonly (readonly [string, Operator, string])[] = [
    ['nam', 'drop', 'no-such-field'],
    ['name.lenght', 'drop', 'no-such-field'],
    ['', 'drop', 'no-such-field'],
    ['length', { add: 1 }, 'ambiguous'],
    ['flag', { flip: '0001' }, 'does-not-fit'],
    ['flag', { set: '7E' }, 'changes-nothing'],
    ['flag', { add: 0 }, 'changes-nothing'],
    ['flag', { keep: 1 }, 'changes-nothing'],
    ['flag', { keep: 2 }, 'does-not-fit'],
    ['word', { flip: '0000' }, 'changes-nothing'],
    ['word.length', { flip: '1000' }, 'does-not-fit'],
    ['word.length', 'drop', 'does-not-fit'],
    ['inner', { insert: { at: 0, octets: '' } }, 'changes-nothing'],
    ['inner', { cut: 0 }, 'changes-nothing'],
    ['word', { 'move-after': 'titel' }, 'no-such-field'],
    ['tree.branches[0].leaf', { flip: '01' }, 'no-such-field'],
  ]
  for (const [path, operator, why] of refused)
    it(`${path} ${JSON.stringify(operator)}: ${why}`, () => expect(check(path, operator)).to.have.property('is', why))

  it('names what may have been meant', () => {
    expect(check('name.lenght', 'drop')).to.deep.include({ found: 'lenght', candidates: ['length'] })
  })
})
