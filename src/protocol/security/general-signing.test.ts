import { expect } from 'chai'
import { concat } from '../../codec/operator.ts'
import { decode, encode } from '../../codec/codec.ts'
import { hex } from '../../codec/value.ts'
import { apdu } from '../apdu.ts'
import { generalHeader, type GeneralHeader } from '../xdlms/ciphered.ts'
import { curveOf, given, octets, texts, type Texts } from '../vectors/texts.ts'
import { cipher, cipheredIn, protectedOctetsOf } from './ciphered-apdu.ts'
import { keyPairOf, signature } from './curves.ts'
import { checkSigned, SIGNED_INPUTS, signApdu, signedIn, signedOctets, type SignedApdu } from './general-signing.ts'
import { unprotect } from './protection.ts'
import { securityControlOf } from './security-control.ts'

const flipped = (from: Uint8Array, at = 0): Uint8Array => from.map((octet, i) => (i === at ? octet ^ 1 : octet))

function readSigned(from: Uint8Array): SignedApdu {
  const read = decode(apdu, from)
  if (!read.ok) throw new TypeError(JSON.stringify(read.failure))
  const signed = signedIn(read.value)
  if (signed === undefined) throw new TypeError('not signed')
  return signed
}

const HEADER: GeneralHeader = {
  'transaction-id': octets('0102030405060708'),
  'originator-system-title': octets('4D4D4D0000000001'),
  'recipient-system-title': octets('4D4D4D0000BC614E'),
  'date-time': octets('07E0060803103B3200FF8800'),
  'other-information': octets('AA'),
}
const APDU = octets('C001C1000100002B0100FF0200')

describe('general-signing', () => {
  const check = (vector: Texts, signed: SignedApdu): unknown => {
    const checked = checkSigned(curveOf(vector), given(vector, 'public-key'), signed)
    return checked.ok ? hex(checked.value) : checked.failure
  }
  for (const vector of texts('general-signing')) {
    describe(`${vector.id}: ${vector.what}`, () => {
      const signed = readSigned(octets(vector.octets))
      it('signs these octets', () =>
        expect(hex(signedOctets(signed.header, signed.content))).to.equal(vector['message']))
      it('is right', () => expect(check(vector, signed)).to.equal(vector['content']))
      it('is encoded again', () => {
        const { header, content } = signed
        expect(hex(encode(apdu.arms['general-signing'], { ...header, content, signature: signed.signature }))).to.equal(
          vector.octets,
        )
      })
    })
  }

  for (const [curve, suite] of [
    ['P-256', 1],
    ['P-384', 2],
  ] as const)
    describe(`suite ${suite}`, () => {
      const pair = keyPairOf(curve, octets('11'.repeat(curve === 'P-256' ? 32 : 48)))
      const size = curve === 'P-256' ? 32 : 48
      const order = octets(
        curve === 'P-256'
          ? 'FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551'
          : 'FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFC7634D81F4372DDF581A0DB248B0A77AECEC196ACCC52973',
      )
      const signed = readSigned(signApdu({ header: HEADER, curve, pair }, APDU))
      const { header, content } = signed
      const found = (changed: SignedApdu): unknown => {
        const checked = checkSigned(curve, pair.publicKey, changed)
        return checked.ok ? hex(checked.value) : checked.failure
      }
      const r = signed.signature.subarray(0, size)
      const s = signed.signature.subarray(size)
      const zeros = new Uint8Array(size)

      it('is right', () => {
        expect(found(signed)).to.equal(hex(APDU))
        expect(signed.signature).to.have.lengthOf(2 * size)
      })
      for (const field of Object.keys(HEADER) as (keyof GeneralHeader)[])
        it(`is wrong with another ${field}`, () =>
          expect(found({ ...signed, header: { ...header, [field]: flipped(header[field]) } })).to.equal(
            'wrong-signature',
          ))
      it('is wrong with other content', () =>
        expect(found({ ...signed, content: flipped(content, 3) })).to.equal('wrong-signature'))
      for (const [what, signature, failure] of [
        ['one bit of R', flipped(signed.signature, 5), 'wrong-signature'],
        ['one bit of S', flipped(signed.signature, size + 5), 'wrong-signature'],
        ['R and S changed over', concat([s, r]), 'wrong-signature'],
        ['R = 0', concat([zeros, s]), 'r-out-of-range'],
        ['S = 0', concat([r, zeros]), 's-out-of-range'],
        ['R = S = 0', concat([zeros, zeros]), 'r-out-of-range'],
        ['R = n', concat([order, s]), 'r-out-of-range'],
        ['S = n', concat([r, order]), 's-out-of-range'],
        ['R above n', concat([new Uint8Array(size).fill(0xff), s]), 'r-out-of-range'],
        ['S above n', concat([r, new Uint8Array(size).fill(0xff)]), 's-out-of-range'],
        ['one octet less', signed.signature.subarray(1), 'wrong-size'],
        ['one octet more', concat([signed.signature, zeros.subarray(0, 1)]), 'wrong-size'],
        ['the signature in DER', concat([octets('30440220'), r, octets('0220'), s]), 'wrong-size'],
        ['no signature', octets(''), 'wrong-size'],
      ] as const)
        it(`is not taken with ${what}`, () => expect(found({ ...signed, signature })).to.equal(failure))
      it('of another is wrong', () => {
        const other = keyPairOf(curve, octets('12'.repeat(size)))
        expect(found(readSigned(signApdu({ header: HEADER, curve, pair: other }, APDU)))).to.equal('wrong-signature')
      })
      it('over other octets is right only where these are asked for', () => {
        for (const [input, message] of [
          ['standard', hex(signedOctets(header, content))],
          ['content-without-length', `${hex(encode(generalHeader, HEADER))}${hex(APDU)}`],
          ['with-tag', `DF${hex(encode(generalHeader, HEADER))}0D${hex(APDU)}`],
        ] as const) {
          const other = { ...signed, signature: signature(curve, pair, octets(message)) }
          for (const asked of SIGNED_INPUTS) {
            const checked = checkSigned(curve, pair.publicKey, other, asked)
            expect(checked.ok, `${input}, ${asked}`).to.equal(asked === input)
          }
          expect(hex(signedOctets(header, content, input))).to.equal(message)
        }
      })
      it('goes into a ciphered APDU, and out of it', () => {
        const protection = {
          control: securityControlOf(0x30 + suite),
          invocationCounter: 1,
          originator: HEADER['originator-system-title'],
          keys: { encryption: octets('22'.repeat(16 * suite)), authentication: octets('33'.repeat(16 * suite)) },
        }
        const whole = cipher(
          { name: 'general-glo-ciphering', protection },
          signApdu({ header: HEADER, curve, pair }, APDU),
        )
        const outer = decode(apdu, whole)
        const ciphered = outer.ok ? cipheredIn(outer.value) : undefined
        if (ciphered === undefined) throw new TypeError('not ciphered')
        const inner = unprotect(protection, protectedOctetsOf(ciphered.ciphered))
        if (!inner.ok) throw new TypeError(inner.failure)
        expect(found(readSigned(inner.value))).to.equal(hex(APDU))
      })
    })

  it('is not every APDU', () => {
    const read = decode(apdu, APDU)
    expect(read.ok && signedIn(read.value)).to.equal(undefined)
  })
})
