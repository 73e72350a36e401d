import { expect } from 'chai'
import type { ProtectionEvent, TrafficEvent } from '../engine/events.ts'
import { watchBlocks } from '../protocol/blocks-seen.ts'
import { explainApdu, explainUnit } from '../protocol/explain.ts'
import { answersOf } from './answers.ts'
import { GET, protection, traffic } from './fixture.ts'
import type { Passed } from './model.ts'

const real = { unit: explainUnit, apdu: explainApdu, blocks: watchBlocks }

const wpdu = (apdu: string, part: Partial<TrafficEvent> = {}): TrafficEvent => {
  const length = (apdu.length / 2).toString(16).padStart(4, '0')
  return traffic('X', { is: 'wrapper', octets: `000100010010${length}${apdu}`, names: ['wpdu'], ...part })
}
const ciphered = (part: Partial<ProtectionEvent> = {}): readonly Passed[] => [
  wpdu('C80630000000010A', { direction: part.direction ?? 'sent' }),
  protection('X', part),
]
const DATA = 'C401C1000600001391'
const DENIED = 'C401C10103'
const answered = (part: Partial<ProtectionEvent> = {}): readonly Passed[] =>
  ciphered({ direction: 'received', name: 'glo-get-response', apdu: DATA, ...part })
const plain = (apdu: string): readonly Passed[] => [wpdu(apdu, { direction: 'received' })]

/** `glo, authenticated and encrypted: 2 = 1 positive, 1 read-write-denied; by none 1`. */
const told = (...passed: readonly (readonly Passed[])[]): readonly string[] =>
  answersOf(passed.flat(), real).map(({ form, kind, requests, positive, refused, otherwise, protectedBy }) => {
    const counts = [...refused, ...otherwise].map(([what, n]) => `, ${n} ${what}`).join('')
    const by = [...protectedBy].map(([what, n]) => ` ${what} ${n}`).join()
    return `${form}, ${kind}: ${requests} = ${positive} positive${counts}; by${by}`
  })

const BOTH = 'authenticated and encrypted'

describe('what the meter accepted, and answered with', () => {
  for (const [what, passed, expected] of [
    ['a value', [ciphered(), answered()], [`glo, ${BOTH}: 1 = 1 positive; by ${BOTH} 1`]],
    [
      'a refusal in the answer',
      [ciphered(), answered({ apdu: DENIED })],
      [`glo, ${BOTH}: 1 = 0 positive, 1 read-write-denied; by ${BOTH} 1`],
    ],
    [
      'an answer that is not protected',
      [ciphered(), plain('D80101')],
      [`glo, ${BOTH}: 1 = 0 positive, 1 exception-response: service-not-allowed, operation-not-possible; by none 1`],
    ],
    [
      'an answer that cannot be deciphered',
      [ciphered(), [protection('X', { direction: 'received', verified: 'wrong' })].map(({ apdu: _, ...rest }) => rest)],
      [`glo, ${BOTH}: 1 = 0 positive, 1 answer that could not be deciphered; by ${BOTH}, tag wrong 1`],
    ],
    [
      'none, before another request and at the end',
      [ciphered(), ciphered()],
      [`glo, ${BOTH}: 2 = 0 positive, 2 no answer; by`],
    ],
    [
      'a close instead',
      [ciphered(), [wpdu('', { is: 'closed', octets: '', direction: 'received' })]],
      [`glo, ${BOTH}: 1 = 0 positive, 1 connection closed; by`],
    ],
    [
      'requests of other kinds, each by itself',
      [
        ...[ciphered({ securityControl: '10' }), answered()],
        ...[ciphered({ securityControl: '20', name: 'ded-get-request' }), answered({ securityControl: '20' })],
        ...[ciphered({ verified: 'wrong', name: 'general-glo-ciphering' }), answered()],
        ...[[wpdu(GET)], plain(DATA)],
      ],
      [
        `glo, authenticated: 1 = 1 positive; by ${BOTH} 1`,
        'ded, encrypted: 1 = 1 positive; by encrypted 1',
        `general-glo, ${BOTH}, tag wrong: 1 = 1 positive; by ${BOTH} 1`,
        'none, none: 1 = 1 positive; by none 1',
      ],
    ],
    [
      'a signed request within a ciphered one',
      [
        ciphered({ name: 'general-ciphering', apdu: `DF0000000000${'0D'}${GET}00` }),
        [protection('X', { name: 'general-signing', apdu: GET })].map(({ securityControl: _, ...rest }) => rest),
        answered(),
      ],
      [`general-ciphering › general-signing, ${BOTH} › signed: 1 = 1 positive; by ${BOTH} 1`],
    ],
    [
      'a write, a method, and lists of which one is refused',
      [
        ...[ciphered({ apdu: 'C101C100080000010000FF02001101' }), answered({ apdu: 'C501C100' })],
        ...[ciphered({ apdu: 'C301C100080000010000FF0100' }), answered({ apdu: 'C701C10B' })],
        ...[ciphered({ apdu: '0501020100' }), answered({ apdu: '0C0200110101'.concat('03') })],
      ],
      [`glo, ${BOTH}: 3 = 1 positive, 1 object-unavailable, 1 read-write-denied; by ${BOTH} 3`],
    ],
    [
      'texts in a value for no refusal',
      [ciphered(), answered({ apdu: 'C401C100020109027878' })],
      [`glo, ${BOTH}: 1 = 1 positive; by ${BOTH} 1`],
    ],
    ['nothing of who protects nothing', [[wpdu(GET)], plain(DATA)], []],
    [
      'nothing of the next association on the same line, until something is protected',
      [ciphered(), answered(), [wpdu('60', { names: ['wpdu', 'aarq'] }), wpdu(GET)], plain(DATA)],
      [`glo, ${BOTH}: 1 = 1 positive; by ${BOTH} 1`],
    ],
    [
      'pushes and associations as no answers',
      [
        ciphered({ name: 'glo-initiate-request', apdu: '01000000065F1F0400007E1F04B0' }),
        answered({ name: 'glo-initiate-response', apdu: '0800065F1F0400007E1F04B00007' }),
        ciphered(),
        answered({ name: 'general-glo-ciphering', apdu: '0F0000000100020109027878' }),
      ],
      [`glo, ${BOTH}: 1 = 0 positive, 1 no answer; by`],
    ],
  ] as const)
    it(what, () => expect(told(...passed)).to.deep.equal(expected))

  it('keeps clients apart', () => {
    const passed = [...ciphered({ client: 'a' }), ...answered({ client: 'a' }), ...ciphered({ client: 'b' })]
    expect(answersOf(passed, real).map(({ client, positive }) => [client, positive])).to.deep.equal([
      ['a', 1],
      ['b', 0],
    ])
  })
})
