import { expect } from 'chai'
import type { Value } from '../../codec/value.ts'
import { neverFalling, scaledAlike } from './captured-registers.ts'

const CLOCK = { 'class-id': 8, 'instance-id': '0.0.1.0.0.255', 'attribute-id': 2, 'data-index': 0 }
const column = (name: string, attribute = 2): Value => ({
  'class-id': 3,
  'instance-id': name,
  'attribute-id': attribute,
  'data-index': 0,
})
const ENERGY = '1.0.1.8.0.255'

/** Rows of one register, a quarter of an hour apart. */
const reference = (numbers: readonly number[], of: Value = column(ENERGY)): Value => ({
  'in-use': numbers.length,
  first: 1,
  period: 900,
  columns: [CLOCK, of],
  rows: numbers.map((number, at) => [
    { 'octet-string': `07EA010104${(10 + at).toString(16).padStart(2, '0')}000000FFC400` },
    { 'double-long-unsigned': number },
  ]),
})
const registers = (now: number, of: Value = column(ENERGY)): Value => [
  { at: 1, column: of, value: { 'double-long-unsigned': now } },
]
const scaled = (numbers: readonly number[], now: number, of: Value = column(ENERGY)): unknown =>
  scaledAlike(registers(now, of), { of: reference(numbers, of) })
const falling = (numbers: readonly number[], now: number, of: Value = column(ENERGY)): unknown =>
  neverFalling(registers(now, of), { of: reference(numbers, of) })

describe('scaled-alike', () => {
  it('fails what is a power of ten apart, and stays so', () => {
    expect(scaled([12340, 12341, 12342], 123430)).to.include({ is: 'fails', found: '12342, 10^-1 times that' })
    expect(scaled([2300, 2310], 230, column('1.0.32.7.0.255'))).to.include({ is: 'fails' })
  })
  it('passes what another reason may explain: small numbers, such as move, power', () => {
    expect(scaled([10, 10], 100)).to.deep.equal({ is: 'pass' })
    expect(scaled([12340, 50000], 123430)).to.deep.equal({ is: 'pass' })
    expect(scaled([120, 120], 1200, column('1.0.1.7.0.255'))).to.deep.equal({ is: 'pass' })
    expect(scaled([12340, 12341], 12390)).to.deep.equal({ is: 'pass' })
  })
  it('fails another scaler_unit than that of the register', () => {
    const unit = column(ENERGY, 3)
    expect(scaled([1], 2, unit)).to.include({ is: 'fails', found: '{"double-long-unsigned":1}' })
    expect(scaled([2], 2, unit)).to.deep.equal({ is: 'pass' })
  })
  it('fails without rows to compare with', () => {
    expect(scaledAlike(registers(1), {})).to.include({ is: 'fails' })
  })
})

describe('never-falling', () => {
  it('fails an energy that falls, between rows and behind the last', () => {
    expect(falling([1000, 990], 1001)).to.include({ is: 'fails', found: `${ENERGY}: 990 behind 1000` })
    expect(falling([1000, 1001], 999)).to.include({ is: 'fails', found: `${ENERGY}: 999 behind 1001` })
  })
  it('remarks what has begun again, and rows that are all alike while the register goes on', () => {
    expect(falling([1000, 3], 4)).to.include({ is: 'remark' })
    expect(
      falling(
        Array.from({ length: 9 }, () => 1000),
        1011,
      ),
    ).to.include({ is: 'remark' })
  })
  it('passes what rises, stands still or may fall', () => {
    expect(falling([1000, 1000, 1001], 1001)).to.deep.equal({ is: 'pass' })
    expect(
      falling(
        Array.from({ length: 9 }, () => 1000),
        1001,
      ),
    ).to.deep.equal({ is: 'pass' })
    expect(falling([120, 90], 80, column('1.0.1.7.0.255'))).to.deep.equal({ is: 'pass' })
    expect(falling([1000, 990], 980, column('1.0.16.8.0.255'))).to.deep.equal({ is: 'pass' })
  })
})
