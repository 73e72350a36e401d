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
/** Vector `gc-ident`, and the same sealed without its header by the cryptography of node. */
const GENERAL =
  'DD080102030405060708084D4D4D0000000001084D4D4D0000BC614E00000100001E300000000158446A0E50566AE3DE5162DA98B156F90D33366391CAE2D29C'
const GENERAL_WITHOUT_HEADER =
  'DD080102030405060708084D4D4D0000000001084D4D4D0000BC614E00000100001E300000000158446A0E50566AE3DE5162DA98B56CFB0D483262CA2A266218'
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

// The pairs of the worked examples of the Green Book (vectors `gs-1`, `hls7-p4`); what they have signed was made by another library.
const SIGNING = {
  DLMS_SECRET_SIGNING: 'hex:418073C239FA6125011DE4D6CD2E645780289F761BB21BFB0835CB5585E8B373',
  DLMS_SECRET_VERIFYING:
    'hex:933ACF15B03A9248E029B2787FB52A0AECAF635F07C42A0019FB3197E38F8F549A125EA36781B0CA96BE89A0E1FE2CF9B7361ED48B3C5E24592B9C0F4EDD31D1',
}
const SIGNED =
  'DF080102030405060708084D4D4D0000000001084D4D4D0000BC614E00000DC001C1000100002B0100FF0200' +
  '40E7B67875B33A98A92898A880CA1CAF02243A07766AB898D5D853A979F7425D9DE9AE6B07989E981129A487225103B6EBCE80A11C8DB0CD08FFAE3F92B2E843A4'
/** The same, signed without the length of its content by the cryptography of node. */
const SIGNED_WITHOUT_LENGTH =
  'DF080102030405060708084D4D4D0000000001084D4D4D0000BC614E00000DC001C1000100002B0100FF0200' +
  '40457FC305BBC792335B8A3F9F4F5BD05C7BD0E224D3C4884F5468E2060083EFEBECE7FDCD8163C7CE628DA39CFB29B2D765B2502777A87A7D95FD68582BEE873F'
const SIGNED_BY_SERVER =
  'DF080102030405060709084D4D4D0000BC614E084D4D4D0000000001000007C401C10010FFC4' +
  '4034E97132FB9252E0022C78DAB1F4981AACC3D11BEF09B0E6414DDE66B081829ED2FE6E7AAB30B852CAA42D9B92ED4125FECDE99489AEC89CB8398DC570ED0D44'
/** By 4D4D4D0000000009, with the key of the server. */
const SIGNED_BY_OTHERS =
  'DF08010203040506070C084D4D4D0000000009084D4D4D0000000001000007C401C10010FFC4' +
  '40352CC83C06DCBEFC65CFB7BDFA27F658D42BE304006CDCFAE4E227A5E3A206923113967FDCB2FAE21D097471E163349D8DE200132D8C23AEFF54DC55A667E899'
const SIGNED_THEN_CIPHERED =
  'DB084D4D4D0000BC614E783100000009AB6DCF9B86F0D446D91A56ED6A8D077B3ECAC196734F25D18D82863731C4E9B39D263D4E0194A3FCE4314FB7826AE630' +
  '6EBD53865FF2E08E191D20A54243B901B69A9267B3E0CC7E58D14157F38C23A176821064BF5F8DE9A647E04660C5F30420D216707C0AC00C6950EFA1DA193CC2133F58'
const CIPHERED_THEN_SIGNED =
  'DF08010203040506070B084D4D4D0000000001084D4D4D0000BC614E000020C81E310000000AEFF7661F72F16133A436484713FAB8F4172214D60B21EB56' +
  '95407984B7A89F4F68AED1DF9F59983BF5B12EE41FBCB3DABCC8909E558DE8BC3A535DF7576D6E9DE76FC0260DCD7CD450DEEAE1669B217943DFCB612E196E3E6DA8'

const signing = {
  ...change,
  testing: {
    clients: {
      worked: {
        ...change.testing.clients.worked,
        security: {
          ...change.testing.clients.worked.security,
          suite: 1,
          systemTitle: '4D4D4D0000000001',
          keys: { ...change.testing.clients.worked.security.keys, 'signing-key': 'signing' },
          serverKeys: { 'signing-key': 'verifying' },
        },
      },
    },
  },
}

const decodedAs = (declaration: typeof change, ...words: readonly string[]): Promise<Spawned> =>
  inFolder((folder) =>
    cli(['decode', '--meter', declared(folder, 'meters/reference.json', declaration), '--client', 'worked', ...words], {
      ...KEYS,
      ...SIGNING,
    }),
  )

const decoded = (...words: readonly string[]): Promise<Spawned> => decodedAs(change, ...words)

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

  it('says so where the header is not authenticated', async () => {
    const right = await decoded(GENERAL)
    expect(right.out).to.contain('the tag is right').and.not.to.contain('left out')
    const { code, out } = await decoded(GENERAL_WITHOUT_HEADER)
    expect(out).to.contain('the tag is right, and the header is left out of what it authenticates')
    expect(out).to.match(/class-id +0001 {2}1\n/)
    expect(code).to.equal(0)
  })

  it('leaves what nothing protects as it is', async () => {
    const { code, out } = await decoded('C001C100080000010000FF0200')
    expect(out).to.contain('get-request-normal').and.not.to.contain('invocation counter')
    expect(code).to.equal(0)
  })
})

describe('decode of what is signed', () => {
  for (const [what, octets, lines, within] of [
    [
      'by the client',
      SIGNED,
      ['general-signing: signed by 4D4D4D0000000001, transaction-id 0102030405060708; the signature is right'],
      'get-request-normal',
    ],
    [
      'by the server',
      SIGNED_BY_SERVER,
      ['general-signing: signed by 4D4D4D0000BC614E, transaction-id 0102030405060709; the signature is right'],
      'get-response-normal',
    ],
    [
      'by the server, and ciphered',
      SIGNED_THEN_CIPHERED,
      [
        'general-glo-ciphering: authenticated and encrypted, invocation counter 9, key global-unicast-encryption-key; the tag is right',
        'general-signing: signed by 4D4D4D0000BC614E, transaction-id 010203040506070A; the signature is right',
      ],
      'get-response-normal',
    ],
    [
      'by the client, around what is ciphered',
      CIPHERED_THEN_SIGNED,
      [
        'general-signing: signed by 4D4D4D0000000001, transaction-id 010203040506070B; the signature is right',
        'glo-get-request: authenticated and encrypted, invocation counter 10, key global-unicast-encryption-key; the tag is right',
      ],
      'get-request-normal',
    ],
  ] as const)
    it(`${what}: who, whether it is right, and what it is`, async () => {
      const { code, out } = await decodedAs(signing, octets)
      expect(out).to.contain(`${lines.join('\n')}\n`)
      expect(out.slice(out.indexOf(lines[0]))).to.contain(within)
      expect(code).to.equal(0)
    })

  it('says so where the signature is not right, and still shows what it is', async () => {
    const { code, out } = await decodedAs(signing, SIGNED.replace('0100FF02', '0100FF03'))
    expect(out).to.contain('the signature is not right: another key, or octets that were changed')
    expect(out.slice(out.indexOf('the signature'))).to.contain('get-request-normal')
    expect(code).to.equal(1)
  })

  it('says so where other octets are signed than the standard has', async () => {
    const { code, out } = await decodedAs(signing, SIGNED_WITHOUT_LENGTH)
    expect(out).to.contain('the signature is right, and the length of the content is not signed with it')
    expect(code).to.equal(0)
  })

  it('says so where the signature has another size', async () => {
    const { code, out } = await decodedAs(signing, SIGNED.slice(0, -2).replace('40E7B6', '3FE7B6'))
    expect(out).to.contain('the signature is not right: it has not the size that the suite gives')
    expect(code).to.equal(1)
  })

  it('does not judge the signature of somebody whose key is not declared', async () => {
    const { code, out } = await decodedAs(signing, SIGNED_BY_OTHERS)
    expect(out).to.contain('signed by 4D4D4D0000000009').and.to.contain('not checked: no public key')
    expect(code).to.equal(0)
  })

  it('tells the same as JSON', async () => {
    const { out } = await decodedAs(signing, SIGNED, '--json')
    expect(JSON.parse(out)).to.nested.include({
      'protection.form': 'general-signing',
      'protection.system-title': '4D4D4D0000000001',
      'protection.verified': 'right',
      'beneath.tree.name': 'apdu',
    })
  })
})
