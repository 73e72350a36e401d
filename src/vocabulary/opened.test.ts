import { expect } from 'chai'
import { SecurityContext } from '../client/security-context.ts'
import { concat } from '../codec/operator.ts'
import { fail, hex, unhex } from '../codec/value.ts'
import { protect } from '../protocol/security/protection.ts'
import { securityControlOf } from '../protocol/security/security-control.ts'
import { openApdu } from './opened.ts'

const octets = (text: string): Uint8Array => unhex(text) ?? new Uint8Array(0)

const KEYS = { encryption: octets('11'.repeat(16)), authentication: octets('22'.repeat(16)) }
const SERVER = '53494D0000000001'
const PLAIN = octets('C401C10012ABCD')

const security = (): SecurityContext =>
  new SecurityContext(
    {
      suite: 1,
      title: octets('5443530000000001'),
      keys: new Map([
        ['global-unicast-encryption-key', KEYS.encryption],
        ['authentication-key', KEYS.authentication],
      ]),
      kind: 'authenticated-encrypted',
      ciphers: true,
      serverTitle: octets(SERVER),
    },
    { take: (where) => fail({ where, detail: 'nothing is sent' }), pass: () => undefined },
  )

/** transaction-id to other-information, in the form of the standard and in a longer one. */
const SHORT = `01${'AB'}08${SERVER}0854435300000000010000`
const LONG = `8101${'AB'}820008${SERVER}0854435300000000010000`

/** What stands behind the length: control, counter, contents and tag. `header`: what is authenticated with it. */
const contentOf = (header?: string): string => {
  const control = securityControlOf(0x31)
  const protection = { control, invocationCounter: 7, originator: octets(SERVER), keys: KEYS }
  const sealed = protect({ ...protection, ...(header === undefined ? {} : { header: octets(header) }) }, PLAIN)
  return hex(concat([octets('3100000007'), sealed]))
}

const CONTENT_OCTETS = '18'
const general = (header: string, authenticated: string): string =>
  `DD${header}00${CONTENT_OCTETS}${contentOf(authenticated)}`

describe('an APDU that is opened', () => {
  const cases: readonly (readonly [what: string, apdu: string, verified: string, notes: readonly string[]])[] = [
    ['in the form of the standard', general(SHORT, SHORT), 'right', []],
    ['with longer lengths, authenticated as they came', general(LONG, LONG), 'right', ['2 octets', '3 octets']],
    ['with longer lengths, authenticated as they should be', general(LONG, SHORT), 'right', ['2 octets', '3 octets']],
    ['authenticated in a form in which it did not come', general(SHORT, LONG), 'wrong', []],
    ['with a number that is not defined', `DD${SHORT}010063${CONTENT_OCTETS}${contentOf(SHORT)}`, 'right', []],
    ['with a longer length of a glo-get-response', `CC8200${CONTENT_OCTETS}${contentOf()}`, 'right', ['3 octets']],
    ['with a longer length of a title', `DB8108${SERVER}${CONTENT_OCTETS}${contentOf()}`, 'right', ['2 octets']],
  ]
  for (const [what, apdu, verified, notes] of cases)
    it(`${what}: ${verified}`, () => {
      const { seen, notes: found, inner } = openApdu(octets(apdu), security())
      expect(seen?.verified).to.equal(verified)
      expect(found.map((note) => note.found.slice(0, 8))).to.deep.equal(notes)
      if (verified === 'right') expect(inner).to.have.nested.property('apdu.is', 'get-response-normal')
    })
})
