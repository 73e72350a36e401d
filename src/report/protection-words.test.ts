import { expect } from 'chai'
import type { ProtectionEvent } from '../engine/events.ts'
import { HOSTILE, protection } from './fixture.ts'
import { checkWords, kindWords, protectionWords, titleText } from './protection-words.ts'

const {
  securityControl: _,
  invocationCounter: __,
  ...signed
} = protection('X', { name: 'general-signing', key: 'signing-key' })

describe('a protection in words', () => {
  for (const [securityControl, kind] of [
    ['00', 'none'],
    ['10', 'authenticated'],
    ['20', 'encrypted'],
    ['31', 'authenticated and encrypted'],
    ['B0', 'authenticated and encrypted and compressed'],
    ['3', 'security control 3'],
    ['3030', 'security control 3030'],
    ['', 'security control '],
  ] as const)
    it(`${securityControl}: ${kind}`, () => expect(kindWords(protection('X', { securityControl }))).to.equal(kind))

  const words = (part: Partial<ProtectionEvent>): readonly string[] =>
    protectionWords(protection('X', part)).split(', ')

  it('says suite, key set, counter, title and key', () => {
    expect(words({ securityControl: '71' })).to.deep.equal([
      ...['glo-get-request', 'authenticated and encrypted', 'suite 1', 'broadcast key set', 'counter 19088743'],
      ...['title 4D4D4D0000BC614E (MMM)', 'global-unicast-encryption-key'],
    ])
    expect(words({ securityControl: '00' })).to.include('neither authenticated nor encrypted')
  })
  it('says no key set where the bit has no meaning', () => {
    expect(words({ name: 'general-ciphering' })).to.not.include('unicast key set')
  })
  it('says what is signed', () => {
    expect(protectionWords(signed)).to.equal('general-signing, signed, title 4D4D4D0000BC614E (MMM), signing-key')
    expect(checkWords(signed)).to.equal('signature right')
  })
  it('says whether the tag was right', () => {
    expect(
      (['right', 'wrong', 'unknown'] as const).map((verified) => checkWords(protection('X', { verified }))),
    ).to.deep.equal(['tag right', 'tag wrong', 'tag not checked'])
    expect(checkWords(protection('X', { securityControl: '20', verified: 'unknown' }))).to.equal('no tag')
    expect(
      (['with-header', 'without-header'] as const).map((aad) =>
        checkWords(protection('X', { verified: 'right', aad })),
      ),
    ).to.deep.equal(['tag right', 'tag right, without the header'])
    expect(
      (['standard', 'content-without-length', 'with-tag'] as const).map((input) => checkWords({ ...signed, input })),
    ).to.deep.equal([
      'signature right',
      'signature right, without the length of the content',
      'signature right, with the tag of the APDU',
    ])
  })
  it('names the manufacturer only where there are letters', () => {
    expect(['4D4D4D0000BC614E', '4D3C4D0000BC614E', '4D4D', '', HOSTILE].map(titleText)).to.deep.equal([
      ...['4D4D4D0000BC614E (MMM)', '4D3C4D0000BC614E', '4D4D', '', HOSTILE],
    ])
  })
})
