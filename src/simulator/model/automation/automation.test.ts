import { expect } from 'chai'
import type { Situation } from '../classes.ts'
import { invokeMethod, readHex, situationOf, writeValue } from '../situation.ts'
import { daysIn, isOnDate, timeOfDay } from './moments.ts'
import { settle } from './settle.ts'
import { octetsOf } from '../../dialogue.ts'

/** The meter begins at 01:00 local time on 1 January 2026, a Thursday. */
const management = (): Situation => situationOf('reference', 'management')

/** So many seconds after the beginning, when all has been done that was due. */
function at(situation: Situation, seconds: number): Situation {
  const later = { ...situation, now: seconds * 1000 }
  settle(later)
  return later
}

const SCRATCH = '1:0.0.96.128.1.255:2'
const OLD = '000904AABBCCDD'
const NEW = '00090455667788'
const SCRIPT = '090600000A0064FF120064'
const TABLE = '11:0.0.11.0.0.255:2'

describe('moments', () => {
  const THURSDAY = Date.UTC(2026, 0, 1)
  for (const [date, isOn] of [
    ['FFFFFFFFFF', true],
    ['07EA0101FF', true],
    ['07EA010104', true],
    ['FFFFFFFF04', true],
    ['FFFFFFFF05', false],
    ['07E90101FF', false],
    ['FFFF02FFFF', false],
    ['FFFFFFFEFF', false],
  ] as const)
    it(`1 January 2026 is ${isOn ? 'a' : 'no'} day of ${date}`, () => {
      expect(isOnDate(octetsOf(date), THURSDAY)).to.equal(isOn)
    })
  it('the last day of a month, and the one before it, are counted from its end', () => {
    expect(isOnDate(octetsOf('FFFFFFFEFF'), Date.UTC(2026, 1, 28))).to.equal(true)
    expect(isOnDate(octetsOf('FFFFFFFDFF'), Date.UTC(2026, 1, 27))).to.equal(true)
    expect(isOnDate(octetsOf('FFFFFFFDFF'), Date.UTC(2026, 1, 28))).to.equal(false)
  })
  it('a time without hour or minute is at no moment, one without second at its beginning', () => {
    expect(timeOfDay(octetsOf('0102FFFF'))).to.equal(3_720_000)
    expect(timeOfDay(octetsOf('FF02FFFF'))).to.equal(undefined)
    expect(timeOfDay(octetsOf('01FF0000'))).to.equal(undefined)
  })
  it('a span of years looks at its last days only', () => {
    expect(daysIn({ from: 0, to: THURSDAY })).to.have.lengthOf(401)
  })
})

describe('a meter that acts by itself', () => {
  it('executes the script of a schedule once, at its time', () => {
    const meter = management()
    expect(writeValue(meter, '22:0.0.15.0.3.255:4', '010102020904010200000905FFFFFFFFFF')).to.equal('success')
    expect(readHex(at(meter, 119), SCRATCH)).to.equal(OLD)
    expect(readHex(at(meter, 120), SCRATCH)).to.equal(NEW)
    expect(writeValue(meter, SCRATCH, '0904AABBCCDD')).to.equal('success')
    expect(readHex(at(meter, 3600), SCRATCH)).to.equal(OLD)
  })

  it('bills when a month begins, by its schedule', () => {
    const meter = management()
    const rows = (situation: Situation): string => readHex(situation, '7:0.0.98.1.0.255:7')
    expect(rows(at(meter, 60))).to.equal('000600000009')
    expect(rows(at(meter, 31 * 86_400))).to.equal('00060000000A')
    expect(readHex(at(meter, 31 * 86_400), '4:1.0.1.6.0.255:5')).to.equal('00090C07EA0201' + '0700000000FFC400')
  })

  it('what its clock jumps over has not been', () => {
    const meter = management()
    writeValue(meter, '22:0.0.15.0.3.255:4', '010102020904010200000905FFFFFFFFFF')
    expect(writeValue(at(meter, 60), '8:0.0.1.0.0.255:2', '090C07EA010104020000' + '00FFC400')).to.equal('success')
    expect(readHex(at(meter, 70), SCRATCH)).to.equal(OLD)
  })

  const passive = (meter: Situation): void => {
    writeValue(meter, '20:0.0.13.0.0.255:7', '01010203090131090CFFFF0101FF00000000800000090131')
    writeValue(meter, '20:0.0.13.0.0.255:8', `01010208090131${'1101'.repeat(7)}`)
    writeValue(meter, '20:0.0.13.0.0.255:9', `010102021101010102030904010200${'00'}${SCRIPT}`)
  }

  it('goes by the days of its calendar, from when the passive one has become the active one', () => {
    const meter = management()
    writeValue(meter, TABLE, '0100')
    passive(meter)
    expect(writeValue(meter, '20:0.0.13.0.0.255:10', '090C07EA010104010130' + '00FFC400')).to.equal('success')
    expect(readHex(at(meter, 60), '20:0.0.13.0.0.255:2')).to.equal('0009035354' + '44')
    expect(readHex(at(meter, 121), SCRATCH)).to.equal(NEW)
    expect(readHex(at(meter, 121), '20:0.0.13.0.0.255:2')).to.equal('0009034E4557')
  })

  it('a special day goes before that of the week', () => {
    const meter = management()
    passive(meter)
    expect(invokeMethod(meter, '20:0.0.13.0.0.255:1').result).to.equal('success')
    expect(readHex(at(meter, 300), SCRATCH)).to.equal(OLD)
    expect(readHex(at(meter, 86_400 + 300), SCRATCH)).to.equal(NEW)
  })

  it('a limiter acts after its duration, over the threshold and under it', () => {
    const meter = at(management(), 0)
    const state = '70:0.0.96.3.10.255:3'
    writeValue(meter, '71:0.0.17.0.0.255:4', '0600000001')
    at(meter, 1)
    expect(readHex(at(meter, 60), state)).to.equal('001601')
    expect(readHex(at(meter, 61), state)).to.equal('001600')
    writeValue(at(meter, 62), '71:0.0.17.0.0.255:4', '0600002328')
    at(meter, 63)
    expect(readHex(at(meter, 122), state)).to.equal('001600')
    expect(readHex(at(meter, 123), state)).to.equal('001601')
  })
})
