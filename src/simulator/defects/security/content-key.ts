// Keys of general-ciphering that are derived in another way, and headers that do not answer (IEC 62056-5-3, Key information).
import { concat } from '../../../codec/operator.ts'
import { agreementOf, identifiedKey } from '../../../protocol/security/content-key.ts'
import { COORDINATE } from '../../../protocol/security/curves.ts'
import { agreedKey } from '../../../protocol/security/key-agreement.ts'
import type { Defect } from '../defect.ts'
import type { ContentKeyRules } from '../../protection/content-keys.ts'
import type { Decisions } from '../../decisions.ts'
import type { GeneralHeader } from '../../../protocol/xdlms/ciphered.ts'
import type { Partners } from '../../protection/partners.ts'
import { changeCounters, changeProtection } from './protection-shared.ts'
import { unprotectUnverified } from './tag.ts'

const changeContentKeys = (d: Decisions, change: (before: ContentKeyRules) => Partial<ContentKeyRules>): Decisions =>
  changeProtection(d, ({ contentKeys }) => ({ contentKeys: { ...contentKeys, ...change(contentKeys) } }))

const withAnswerHeader = (
  d: Decisions,
  change: (header: GeneralHeader, partners: Partners) => Partial<GeneralHeader>,
): Decisions =>
  changeProtection(d, ({ answerHeader }) => ({
    answerHeader(asked, partners) {
      const header = answerHeader(asked, partners)
      return { ...header, ...change(header, partners) }
    },
  }))

export const contentKeyDefects: readonly Defect[] = [
  {
    id: 'content-key.parties-swapped',
    aliases: ['kdf_party_order'],
    breaks: ['security.content-key'],
    needs: 'agreement',
    says: 'Keys of general-ciphering are derived with the title of the recipient first.',
    apply: (d) =>
      changeContentKeys(d, ({ given }) => ({
        given: (info, ring, header, role) =>
          given(
            info,
            ring,
            {
              ...header,
              'originator-system-title': header['recipient-system-title'],
              'recipient-system-title': header['originator-system-title'],
            },
            role,
          ),
      })),
  },
  {
    id: 'content-key.transaction-without-length',
    aliases: ['kdf_no_transaction_len'],
    breaks: ['security.content-key', 'security.authentication-tag'],
    needs: 'agreement',
    says: 'In answers the transaction-id is derived with without its length.',
    apply: (d) =>
      changeContentKeys(d, ({ answered }) => ({
        answered(header, curve, own, other) {
          const made = answered(header, curve, own, other)
          if (!made.ok) return made
          const titles = {
            partyU: concat([header['originator-system-title'], header['transaction-id']]),
            partyV: header['recipient-system-title'],
          }
          // the one-pass scheme takes the titles as they are
          const key = agreedKey({ scheme: 'one-pass', curve, titles }, own, other)
          return key.ok ? { ok: true, value: { ...made.value, key: key.value } } : key
        },
      })),
  },
  {
    id: 'content-key.repeated',
    breaks: ['security.counter.server'],
    needs: 'ciphered',
    says: 'The keys that come with answers are the same each time, and their counters begin at 0 each time.',
    apply: (d) =>
      changeCounters(
        changeContentKeys(d, () => ({ number: () => 1 })),
        ({ next }) => ({ next: (last, counting) => (counting.name === 'content-key' ? 0 : next(last, counting)) }),
      ),
  },
  {
    id: 'content-key.answer-under-another',
    breaks: ['security.content-key', 'security.authentication-tag'],
    needs: 'ciphered',
    says: 'The key-info of an answer identifies the broadcast key, and the unicast key protects it.',
    apply: (d) => changeContentKeys(d, () => ({ identified: () => identifiedKey('global-broadcast-encryption-key') })),
  },
  {
    id: 'content-key.transaction-of-its-own',
    breaks: ['security.general-header'],
    needs: 'ciphered',
    says: 'Answers in general-ciphering and general-signing have a transaction-id of their own.',
    apply: (d) => withAnswerHeader(d, ({ 'transaction-id': id }) => ({ 'transaction-id': id.map((octet) => ~octet) })),
  },
  {
    id: 'content-key.recipient-is-the-server',
    breaks: ['security.general-header'],
    needs: 'ciphered',
    says: 'Answers in general-ciphering and general-signing name the server as their recipient.',
    apply: (d) => withAnswerHeader(d, (_, { server }) => ({ 'recipient-system-title': server })),
  },
  {
    id: 'content-key.originator-empty',
    breaks: ['security.general-header'],
    remark: true,
    needs: 'ciphered',
    says: 'Answers in general-ciphering and general-signing do not name their originator.',
    apply: (d) => withAnswerHeader(d, () => ({ 'originator-system-title': new Uint8Array(0) })),
  },
  {
    id: 'content-key.signature-unchecked',
    breaks: ['security.content-key.signature'],
    needs: 'agreement',
    says: 'An ephemeral key that comes with an APDU is taken whatever its signature.',
    apply: (d) =>
      changeContentKeys(d, ({ given }) => ({
        given(info, ring, header, role) {
          const found = given(info, ring, header, role)
          const { asymmetric } = ring
          const own = asymmetric?.['agreement-key']
          if (found.ok || found.failure !== 'wrong-signature' || info?.is !== 'agreed-key' || !asymmetric || !own)
            return found
          const { curve } = asymmetric
          const ephemeral = info.value['key-ciphered-data'].subarray(0, 2 * COORDINATE[curve])
          return agreedKey(agreementOf('one-pass', curve, header), own, ephemeral)
        },
      })),
  },
  {
    id: 'content-key.tag-unchecked',
    breaks: ['security.authentication-tag'],
    needs: 'ciphered',
    says: 'Tags are compared under keys of the setup, and not under those that come with an APDU.',
    apply: (d) =>
      changeProtection(d, ({ unprotect }) => ({
        unprotect: (protection, octets, key) =>
          key.name === 'content-key' ? unprotectUnverified(protection, octets) : unprotect(protection, octets, key),
      })),
  },
]
