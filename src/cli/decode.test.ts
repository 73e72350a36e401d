import { expect } from 'chai'
import { cli, declared, inFolder, type Spawned } from './spawned.ts'

// The keys, the title and the APDUs of the worked examples of the Green Book (vectors `glo-both`, `aarq-ln-cip-lls`, `glo-ires`).
const KEYS = {
  DLMS_SECRET_WORKED_UNICAST: 'hex:000102030405060708090A0B0C0D0E0F',
  DLMS_SECRET_WORKED_AUTHENTICATION: 'hex:D0D1D2D3D4D5D6D7D8D9DADBDCDDDEDF',
}
const TITLE = '4D4D4D0000BC614E'
const GET = 'C81E3001234567411312FF935A47566827C467BC7D825C3BE4A77C3FCC056B6B'
const AARQ =
  '6066A109060760857405080103A60A04084D4D4D0000BC614E8A0207808B0760857405080201AC0A80083132333435363738' +
  'BE34043221303001234567801302FF8A7874133D414CED25B42534D28DB0047720606B175BD52211BE6841DB204D39EE6FDB8E356855'
const RESPONSE = '281F3001234567891214A0845E475716383FD5BC19089EB9C4C90DEB192FE20C3F'
/** What the AARQ brings. */
const DEDICATED = '00112233445566778899AABBCCDDEEFF'

const change = {
  supports: { security: { systemTitle: TITLE } },
  testing: {
    clients: {
      worked: {
        role: 'ciphered',
        sap: 9,
        devices: ['management'],
        mechanism: 'hls-gmac',
        ciphered: true,
        conformance: ['get'],
        security: {
          suite: 0,
          systemTitle: TITLE,
          keys: { 'global-unicast-encryption-key': 'worked-unicast', 'authentication-key': 'worked-authentication' },
        },
      },
    },
  },
}

const decoded = (...words: readonly string[]): Promise<Spawned> =>
  inFolder((folder) =>
    cli(['decode', '--meter', declared(folder, 'meters/reference.json', change), '--client', 'worked', ...words], KEYS),
  )

describe('decode, with the keys of a declaration', () => {
  it('shows what is beneath a protection, in whatever it travels', async () => {
    for (const words of [[GET], [`00010009000100${(GET.length / 2).toString(16)}${GET}`]]) {
      const { code, out } = await decoded(...words)
      expect(out).to.contain('authenticated and encrypted, invocation counter 19088743')
      expect(out).to.contain('key global-unicast-encryption-key; the tag is right')
      expect(out).to.match(/class-id +0008 {2}8\n/)
      expect(code).to.equal(0)
    }
  })

  it('takes responses as the server’s', async () => {
    const { code, out } = await decoded(RESPONSE)
    expect(out).to.contain('the tag is right').and.to.contain('negotiated-conformance')
    expect(code).to.equal(0)
  })

  it('hides keys, also the one that an AARQ brings', async () => {
    for (const words of [[AARQ], [AARQ, '--json']]) {
      const { out } = await decoded(...words)
      expect(out).to.contain('proposed-conformance').and.to.contain('[secret]')
      expect(out).not.to.contain(DEDICATED)
    }
  })

  it('says so where the tag is not right', async () => {
    const { code, out } = await decoded(GET.replace(/B$/, 'C'))
    expect(out).to.contain('the tag is not right').and.not.to.contain('class-id')
    expect(code).to.equal(1)
  })

  it('leaves what nothing protects as it is', async () => {
    const { code, out } = await decoded('C001C100080000010000FF0200')
    expect(out).to.contain('get-request-normal').and.not.to.contain('invocation counter')
    expect(code).to.equal(0)
  })
})
