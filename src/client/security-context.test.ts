import { expect } from 'chai'
import { decode } from '../codec/codec.ts'
import { hex } from '../codec/value.ts'
import { apdu } from '../protocol/apdu.ts'
import { cipheredIn, type CipheredApdu } from '../protocol/security/ciphered-apdu.ts'
import type { KeyName } from '../protocol/security/key-names.ts'
import { octets } from '../protocol/vectors/texts.ts'
import { CounterWatch } from './counter-watch.ts'
import { SecurityContext } from './security-context.ts'
import type { ProtectionKind, SecurityMaterial } from './security-material.ts'

// The keys, the title and the APDU of the worked examples of the Green Book (vectors `glo-auth`, `glo-enc`, `glo-both`).
const GUEK = octets('000102030405060708090A0B0C0D0E0F')
const GAK = octets('D0D1D2D3D4D5D6D7D8D9DADBDCDDDEDF')
const CLIENT = octets('4D4D4D0000BC614E')
const GET = octets('C0010000080000010000FF0200')
const IC = 0x01234567

const context = (material: Partial<SecurityMaterial> = {}, from = IC): SecurityContext => {
  let next = from
  return new SecurityContext(
    {
      suite: 0,
      title: CLIENT,
      keys: new Map<KeyName, Uint8Array>([
        ['global-unicast-encryption-key', GUEK],
        ['authentication-key', GAK],
      ]),
      kind: 'authenticated-encrypted',
      ciphers: true,
      ...material,
    },
    { take: () => ({ ok: true, value: next++ }), pass: () => undefined },
  )
}

const protectedBy = (security: SecurityContext, kind?: ProtectionKind): string => {
  const done = security.protect(GET, kind === undefined ? {} : { kind })
  return done.ok ? hex(done.value) : done.failure
}

function ciphered(text: string): CipheredApdu {
  const read = decode(apdu, octets(text))
  const found = read.ok ? cipheredIn(read.value) : undefined
  if (found === undefined) throw new TypeError(`${text} is not ciphered`)
  return found
}

describe('security context', () => {
  for (const [kind, due] of [
    ['authenticated', 'C81E1001234567C0010000080000010000FF020006725D910F9221D263877516'],
    ['encrypted', 'C8122001234567411312FF935A47566827C467BC'],
    ['authenticated-encrypted', 'C81E3001234567411312FF935A47566827C467BC7D825C3BE4A77C3FCC056B6B'],
    ['none', hex(GET)],
  ] as const) {
    it(`protects: ${kind}`, () => expect(protectedBy(context(), kind)).to.equal(due))
    if (kind !== 'none')
      it(`opens: ${kind}`, () => {
        const seen = context().open(ciphered(due), CLIENT)
        expect(hex(seen.plain ?? octets(''))).to.equal(hex(GET))
        expect(seen.verified).to.equal(kind === 'encrypted' ? 'unknown' : 'right')
      })
  }

  it('protects each APDU under a counter of its own', () => {
    const security = context()
    expect([protectedBy(security), protectedBy(security)].map((text) => text.slice(6, 14))).to.deep.equal([
      '01234567',
      '01234568',
    ])
  })

  it('says which suite it is of', () =>
    expect(protectedBy(context({ suite: 1 }))).to.equal(
      'C81E3101234567411312FF935A47566827C467BCE8691C99484B00B2449055B5',
    ))

  it('uses a dedicated key for the services of its association, its counter that of the global one', () => {
    const security = context()
    security.dedicate(octets('E803739DBE338C3A790D8D1B12C63FE2'))
    expect(protectedBy(security).slice(0, 14)).to.equal('D01E3001234567')
    security.dedicate(undefined)
    expect(protectedBy(security).slice(0, 2)).to.equal('C8')
  })

  it('proves itself under the global key, and is then served under the dedicated one', () => {
    const security = context()
    security.dedicate(octets('E803739DBE338C3A790D8D1B12C63FE2'))
    security.proving = true
    expect(protectedBy(security).slice(0, 2)).to.equal('C8')
    security.proving = false
    expect(protectedBy(security).slice(0, 14)).to.equal('D01E3001234568')
  })

  it('has no dedicated key of another length than the suite demands: the global one protects', () => {
    const security = context()
    security.dedicate(octets('00'.repeat(15)))
    expect(protectedBy(security).slice(0, 2)).to.equal('C8')
    const ded = security.protect(GET, { form: 'ded' })
    expect(ded.ok ? undefined : ded.failure).to.equal(
      'encryption-key: expected the name of a key that is declared, found "dedicated-key"',
    )
  })

  it('knows the dedicated key that was brought last, filled up or cut, whatever became of it', () => {
    const security = context()
    const brought = (): string | undefined => {
      const sealing = security.sealing(0xc0, { form: 'ded' })
      const key = sealing.ok ? sealing.value?.keyOf('brought-dedicated-key') : undefined
      return key && hex(key)
    }
    expect(brought()).to.equal(undefined)
    security.ring.brings(octets('E803739DBE338C3A790D8D1B12C63F'))
    expect(brought()).to.equal('E803739DBE338C3A790D8D1B12C63F00')
    security.ring.brings(octets('E803739DBE338C3A790D8D1B12C63FE201'))
    expect(brought()).to.equal('E803739DBE338C3A790D8D1B12C63FE2')
    security.dedicate(undefined)
    expect(brought()).to.equal('E803739DBE338C3A790D8D1B12C63FE2')
  })

  it('puts a service without a ciphered APDU of its own into a general one', () => {
    const access = context().protect(octets('D9C000000000010100'))
    expect(access.ok && hex(access.value.subarray(0, 10))).to.equal('DB084D4D4D0000BC614E')
  })

  it('tells a wrong tag from a right one, and shows nothing beneath a wrong one', () => {
    const seen = context().open(ciphered('C81E3001234567411312FF935A47566827C467BC7D825C3BE4A77C3FCC056B6A'), CLIENT)
    expect(seen.verified).to.equal('wrong')
    expect(seen.plain).to.equal(undefined)
  })

  it('takes a title of any length that a meter may claim', () => {
    for (const [title, verified] of [
      // nobody has told one: there is nothing to verify with
      ['', 'unknown'],
      ['00', 'wrong'],
      ['4D4D4D0000BC614E00', 'right'],
    ] as const)
      expect(
        context().open(ciphered('C81E3001234567411312FF935A47566827C467BC7D825C3BE4A77C3FCC056B6B'), octets(title))
          .verified,
      ).to.equal(verified)
  })

  it('cannot open what is under a key that it does not have', () => {
    const seen = context({ keys: new Map() }).open(ciphered('C8122001234567411312FF935A47566827C467BC'), CLIENT)
    expect(seen.verified).to.equal('unknown')
    expect(protectedBy(context({ keys: new Map() }))).to.equal('the global-unicast-encryption-key is not known')
  })
})

describe('invocation counters of the server', () => {
  const seenWith = (counter: number, title = CLIENT) => ({
    ...context().open(ciphered('C8122001234567411312FF935A47566827C467BC'), title),
    invocationCounter: counter,
  })
  const judged = (...counters: readonly (readonly [counter: number, octets: string])[]) => {
    const watch = new CounterWatch()
    return counters.map(([counter, text]) => watch.judge(seenWith(counter), GUEK, octets(text)))
  }

  it('rise', () => expect(judged([1, '01'], [2, '02'], [9, '03'])).to.deep.equal([undefined, undefined, undefined]))
  it('do not fall', () => expect(judged([5, '01'], [4, '02'])[1]).to.include({ last: 5, found: 4 }))
  it('do not stand', () => expect(judged([5, '01'], [5, '02'])[1]).to.include({ last: 5, found: 5 }))
  it('may come again with the same octets', () => expect(judged([5, '01'], [5, '01'])[1]).to.equal(undefined))
  it('are those of a title and a key', () => {
    const watch = new CounterWatch()
    watch.judge(seenWith(5), GUEK, octets('01'))
    expect(watch.judge(seenWith(1), GAK, octets('02'))).to.equal(undefined)
    expect(watch.judge(seenWith(1, octets('4D4D4D0000000001')), GUEK, octets('03'))).to.equal(undefined)
  })
})
