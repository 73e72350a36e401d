import { expect } from 'chai'
import fc from 'fast-check'
import { hex, unhex } from '../codec/value.ts'
import { masker } from './masker.ts'

const octets = (text: string) => unhex(text) ?? new Uint8Array()
const ascii = (text: string) => new TextEncoder().encode(text)
const key = octets('000102030405060708090A0B0C0D0E0F')

describe('masker', () => {
  it('hides a secret in octets wherever it stands', () => {
    const { ranges, hex: show } = masker([key, ascii('12345678')])
    const frame = octets(`7E${hex(key)}AA3132333435363738`)
    expect(ranges(frame)).to.deep.equal([
      { from: 1, to: 17 },
      { from: 18, to: 26 },
    ])
    expect(show(frame)).to.equal('7E' + 'XX'.repeat(16) + 'AA' + 'XX'.repeat(8))
    expect(show(octets('7E00017E'))).to.equal('7E00017E')
  })

  it('finds one that is cut by a border when both sides are given as one', () => {
    const { ranges } = masker([key])
    const [left, right] = [key.subarray(0, 9), key.subarray(9)]
    expect([...ranges(left), ...ranges(right)]).to.deep.equal([])
    expect(ranges(Buffer.concat([Uint8Array.of(9), left, right]))).to.deep.equal([{ from: 1, to: 17 }])
  })

  it('finds secrets that begin alike, to the last octet', () => {
    const { ranges } = masker([key, octets('00010299'), octets('0001')])
    expect(ranges(octets('000102990000010203'))).to.deep.equal([{ from: 0, to: 4 }])
    expect(ranges(octets(`00010299${hex(key)}`))).to.deep.equal([{ from: 0, to: 20 }])
    expect(ranges(octets(`FF${hex(key)}`))).to.deep.equal([{ from: 1, to: 17 }])
    expect(ranges(key.subarray(0, 15))).to.deep.equal([])
    expect(ranges(octets('00'))).to.deep.equal([])
  })

  it('hides all of a run in which a secret repeats itself', () => {
    const { ranges } = masker([new Uint8Array(16)])
    expect(ranges(new Uint8Array(20))).to.deep.equal([{ from: 0, to: 20 }])
  })

  it('hides a secret in text: characters, hex of any case and spacing, base64', () => {
    const { text } = masker([key, ascii('pass/w"rd')])
    const shown = [
      'pass/w"rd',
      JSON.stringify({ secret: 'pass/w"rd' }),
      hex(key),
      hex(key).toLowerCase(),
      '00 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e 0f',
      '0x00, 0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x0E, 0x0F',
      Buffer.from(key).toString('base64'),
      Buffer.from(`user:pass/w"rd!`).toString('base64'),
    ].map((form) => text(`before ${form} after`))
    expect(shown.slice(0, 7)).to.deep.equal([
      'before [secret] after',
      'before {"secret":"[secret]"} after',
      'before [secret] after',
      'before [secret] after',
      'before [secret] after',
      'before 0x[secret] after',
      'before [secret] after',
    ])
    expect(shown[7]).to.match(/^before dXNlcjp\[secret\]\S{0,3} after$/)
    expect(text('nothing to hide')).to.equal('nothing to hide')
  })

  it('hides keys in the base64 of URLs and JSON Web Keys, and as lists of numbers', () => {
    const own = octets('FBFFBEFFEF000102030405060708090A')
    for (const { text } of [masker([own]), masker([]).keeping(own)])
      for (const form of [Buffer.from(own).toString('base64url'), JSON.stringify([...own]), [...own].join(' ')]) {
        expect(text(`before ${form} after`), form).to.match(/^before \[?\[secret\]\]? after$/)
      }
    const list = JSON.stringify([...own.subarray(0, 15), 9])
    expect(masker([own]).text(list), 'another list').to.equal(list)
  })

  describe('learns keys in the run', () => {
    it('of any kind, beside those it knew', () => {
      const phrase = ascii('a phrase of twenty-two')
      const own = masker([ascii('12345678')])
        .keeping(key)
        .keeping(phrase)
        .keeping(octets('0001'))
      expect(own.hex(octets(`00${hex(key)}00`))).to.equal(`00${'XX'.repeat(16)}00`)
      expect(own.text(`${hex(key).toLowerCase()} of 12345678`)).to.equal('[secret] of [secret]')
      expect(own.text('it was a phrase of twenty-two, then')).to.equal('it was [secret], then')
      expect(own.text('0001')).to.equal('0001')
      expect(masker([]).text(hex(key)), 'others know nothing').to.equal(hex(key))
    })

    it('and keeps them when it learns parts, and the same one once', () => {
      const own = masker([]).keeping(key).keeping(key).knowing(octets('AABBCCDD'))
      expect(own.text(`${hex(key)} aabbccdd`)).to.equal('[secret] [secret]')
      expect(own.ranges(key)).to.deep.equal([{ from: 0, to: 16 }])
    })

    it('whose octets are overwritten afterwards', () => {
      const fleeting = Uint8Array.from(key)
      const own = masker([]).keeping(fleeting)
      fleeting.fill(0)
      expect(own.text(hex(key))).to.equal('[secret]')
    })
  })

  describe('tells what may be one side of a secret that a border cuts', () => {
    const known = [
      ['known from the beginning', masker([key])],
      ['that came up in the run', masker([ascii('12345678')]).keeping(key)],
    ] as const
    for (const [says, { begun, ended, longest }] of known)
      it(says, () => {
        expect(longest).to.equal(16)
        expect(begun(octets('FF000102'))).to.equal(3)
        expect(begun(octets('0102'))).to.equal(0)
        expect(begun(key), 'a whole one goes on nowhere').to.equal(0)
        expect(ended(octets('0D0E0FFF'))).to.equal(3)
        expect(ended(octets('050607')), 'the middle of one').to.equal(3)
        expect(ended(octets('0C0D0EFF'))).to.equal(0)
        expect(ended(key)).to.equal(0)
      })

    it('an octet of a key that came up is chance', () => {
      expect(masker([key]).begun(octets('FF00'))).to.equal(1)
      expect(masker([key]).ended(octets('0FFF'))).to.equal(1)
      expect(masker([]).keeping(key).begun(octets('FF00'))).to.equal(0)
      expect(masker([]).keeping(key).ended(octets('0FFF'))).to.equal(0)
      expect(masker([]).keeping(key).ended(octets('07'))).to.equal(0)
    })
  })

  it('a password of digits is no part of longer hex', () => {
    const { text } = masker([ascii('00000001')])
    expect(text('8180120501800601800704000000010804')).to.equal('8180120501800601800704000000010804')
    expect(text('P1 (00000001), "00000001"')).to.equal('P1 ([secret]), "[secret]"')
  })

  it('leaves secrets of less than four octets: they turn up everywhere by chance', () => {
    const { text, ranges } = masker([ascii('123')])
    expect(text('123')).to.equal('123')
    expect(ranges(ascii('123'))).to.deep.equal([])
    expect(masker([]).text('any')).to.equal('any')
  })

  const ways = {
    'known from the beginning': [4, (secret: Uint8Array) => masker([secret])],
    'that came up in the run': [16, (secret: Uint8Array) => masker([]).keeping(secret).keeping(key)],
  } as const
  for (const [says, [minLength, maskerOf]] of Object.entries(ways))
    it(`hides every secret of any octets within any others, in every form: ${says}`, () => {
      const some = fc.uint8Array({ minLength, maxLength: 40 })
      const around = fc.uint8Array({ maxLength: 8 })
      fc.assert(
        fc.property(some, around, around, (secret, left, right) => {
          const { hex: show, text } = maskerOf(secret)
          const whole = Buffer.concat([left, secret, right])
          expect(show(whole).slice(2 * left.length, 2 * (left.length + secret.length))).to.match(/^(XX)+$/)
          expect(text(whole.toString('hex'))).to.contain('[secret]')
          expect(text(whole.toString('base64'))).to.contain('[secret]')
          expect(text([...secret].map((octet) => `0x${octet.toString(16).padStart(2, '0')}`).join())).to.equal(
            '0x[secret]',
          )
        }),
      )
    })
})
