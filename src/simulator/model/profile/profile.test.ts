import { expect } from 'chai'
import { invokeMethod, readHex, situationOf, writeValue } from '../situation.ts'

const PROFILE = '7:1.0.99.1.0.255:2'
const LAST_TWO = '02040600000' + '7CF' + '0600000000' + '120001' + '120001'
const LAST_STATUS = '0204060000' + '07D0' + '0600000000' + '120002' + '120002'
const times = (answer: string): readonly string[] => answer.match(/(?<=090C07E[9A]\w{4}0\d)\w{4}(?=0000FFC400)/g) ?? []

describe('profiles', () => {
  it('a load profile goes on with the time of the meter, the oldest rows going', () => {
    const reader = situationOf('reference', 'reader')
    const later = { ...reader, now: 30 * 60_000 }
    expect(times(readHex(later, PROFILE, 2, LAST_TWO))).to.deep.equal(['010F', '011E'])
    expect(readHex(later, '7:1.0.99.1.0.255:7')).to.equal('0006000007D0')
    const muchLater = { ...later, now: 400 * 86_400_000 }
    expect(readHex(muchLater, PROFILE, 2, LAST_STATUS)).to.equal('00010102011100')
  })
  it('capture and reset', () => {
    const management = situationOf('reference', 'management')
    const [entries, capture, reset] = ['7:1.0.99.128.0.255:7', '7:1.0.99.128.0.255:2', '7:1.0.99.128.0.255:1']
    expect(invokeMethod(management, capture)).to.deep.equal({ result: 'success' })
    expect(invokeMethod({ ...management, now: 1000 }, capture)).to.deep.equal({ result: 'success' })
    expect(readHex(management, entries)).to.equal('000600000002')
    expect(readHex(management, capture))
      .to.contain('090C07EA01010401000000FFC400')
      .and.contain('090C07EA01010401000100FFC400')
    expect(invokeMethod(management, reset)).to.deep.equal({ result: 'success' })
    expect(readHex(management, capture)).to.equal('000100')
    expect(writeValue(management, entries, '0600000000')).to.equal('read-write-denied')
  })
  it('the last row of the energy is the register at that time', () => {
    const reader = situationOf('reference', 'reader')
    expect(readHex(reader, '3:1.0.1.8.0.255:2')).to.equal('00060012D687')
    expect(readHex({ ...reader, now: 3_600_000 }, '3:1.0.1.8.0.255:2')).to.not.equal('00060012D687')
  })
})
