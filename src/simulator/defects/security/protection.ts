// Requests that are served with less protection than they need, and answers that have less.
import { hex, ok, type Result } from '../../../codec/value.ts'
import { TAG_OCTETS } from '../../../protocol/security/aes-gcm.ts'
import { protectedOctetsOf } from '../../../protocol/security/ciphered-apdu.ts'
import { protect, type Protection } from '../../../protocol/security/protection.ts'
import type { Decisions } from '../../decisions.ts'
import { cipheredOf } from '../../protection/incoming.ts'
import type { Plain } from '../../protection/rules.ts'
import type { Defect } from '../defect.ts'
import { changeProtection, unprotectedBy } from './protection-shared.ts'
import { finds } from '../association/shared.ts'
import { unprotectByReceivedTag, unprotectUnverified } from './tag.ts'

/** In counter mode what enciphers deciphers as well. */
function deciphered(protection: Protection, octets: Uint8Array): Result<Uint8Array, never> {
  const { authentication, encryption } = protection.control
  const text = octets.subarray(0, authentication ? -TAG_OCTETS : undefined)
  return ok(encryption ? protect(protection, text).subarray(0, text.length) : text)
}

/** GET-response, normal: the choice of its result. */
const holdsError = ([tag, choice, , result]: Uint8Array): boolean => tag === 0xc4 && choice === 1 && result === 1

/** Plain requests of a kind are served, whatever the policy. */
const servesPlain = (d: Decisions, of: (asked: Plain) => boolean): Decisions =>
  changeProtection(d, (before) => ({
    servesPlain: (demanded, asked) => of(asked) || before.servesPlain(demanded, asked),
  }))

const GET_REQUEST_NEXT = 'C002'
const REPLY_TO_HLS = '000F0000280000FF01'

export const protectionDefects: readonly Defect[] = [
  {
    id: 'protection.policy-ignored',
    aliases: ['policy_not_enforced'],
    breaks: ['security.policy'],
    needs: 'ciphered',
    says: 'Requests with less protection than the policy demands are served, plain ones as well.',
    apply: (d) => changeProtection(unprotectedBy(d, ['policy']), () => ({ servesPlain: () => true })),
  },
  {
    id: 'protection.encryption-is-enough',
    aliases: ['enc_only_allowed'],
    breaks: ['security.policy'],
    needs: 'ciphered',
    says: 'What is encrypted needs no tag, whatever the policy says.',
    apply: (d) =>
      changeProtection(d, ({ checks }) => ({
        checks: { ...checks, policy: (asked) => (asked.control.encryption ? undefined : checks.policy(asked)) },
      })),
  },
  {
    id: 'protection.tag-unchecked',
    breaks: ['security.authentication-tag'],
    needs: 'ciphered',
    says: 'Requests are deciphered, and their tags are not looked at.',
    apply: (d) => changeProtection(d, () => ({ unprotect: deciphered })),
  },
  {
    id: 'protection.suite-ignored',
    aliases: ['sc_low_nibble_ignored'],
    breaks: ['security.control'],
    needs: 'ciphered',
    says: 'Of the security control only authentication and encryption are looked at.',
    apply: (d) => unprotectedBy(d, ['suite', 'compression', 'keySet']),
  },
  {
    id: 'protection.next-block-plain',
    breaks: ['security.policy'],
    needs: 'ciphered',
    says: 'What a protected request has begun goes on with plain ones.',
    apply: (d) => servesPlain(d, (asked) => asked !== 'initiate' && hex(asked).startsWith(GET_REQUEST_NEXT)),
  },
  {
    id: 'protection.initiate-plain',
    breaks: ['security.policy'],
    remark: true,
    needs: 'ciphered',
    says: 'The InitiateRequest may come in clear, whatever the policy.',
    apply: (d) => servesPlain(d, (asked) => asked === 'initiate'),
  },
  {
    id: 'protection.pass-3-plain',
    breaks: ['security.policy'],
    remark: true,
    needs: 'ciphered',
    says: 'Pass 3 may come in clear, whatever the policy.',
    apply: (d) => servesPlain(d, (asked) => asked !== 'initiate' && hex(asked.subarray(3)).startsWith(REPLY_TO_HLS)),
  },
  {
    id: 'protection.tag-unverified',
    breaks: ['security.authentication-tag'],
    needs: 'ciphered',
    says: 'Tags of requests are passed over.',
    apply: (d) => changeProtection(d, () => ({ unprotect: unprotectUnverified })),
  },
  {
    id: 'protection.tag-unverified-where-plain',
    breaks: ['security.authentication-tag'],
    needs: 'ciphered',
    says: 'Tags of requests that are authenticated only are passed over.',
    apply: (d) =>
      changeProtection(d, ({ unprotect }) => ({
        unprotect: (protection, octets, key) =>
          protection.control.encryption ? unprotect(protection, octets, key) : unprotectUnverified(protection, octets),
      })),
  },
  {
    id: 'protection.tag-as-long-as-received',
    aliases: ['tag_memcmp_len'],
    breaks: ['security.authentication-tag'],
    needs: 'ciphered',
    says: 'Of the tag as many octets are compared as there are behind the APDU, be it none.',
    apply: (d) => changeProtection(d, () => ({ unprotect: unprotectByReceivedTag })),
  },
  {
    id: 'protection.title-ignored',
    breaks: ['security.title'],
    needs: 'ciphered',
    says: 'A general form is opened with whichever title it names.',
    apply: (d) => unprotectedBy(d, ['title', 'recipient']),
  },
  {
    id: 'protection.inner-unchecked',
    aliases: ['inner_tag_unchecked'],
    breaks: ['security.inner-apdu'],
    needs: 'ciphered',
    says: 'What is served is what was protected, whatever service the ciphered APDU names.',
    apply: (d) => changeProtection(d, () => ({ innerFits: () => true })),
  },
  {
    id: 'protection.within-unverified',
    breaks: ['security.authentication-tag'],
    needs: 'ciphered',
    says: 'What is ciphered twice is opened twice, and of the two tags the outer one is looked at.',
    apply: (d) =>
      changeProtection(d, ({ unprotect }) => ({
        unprotect(protection, octets, key) {
          const content = unprotect(protection, octets, key)
          const within = content.ok ? cipheredOf(content.value)?.ciphered : undefined
          if (within === undefined) return content
          const { 'security-control': control, 'invocation-counter': invocationCounter } = within
          const { keys, originator } = protection
          return unprotectUnverified({ control, invocationCounter, keys, originator }, protectedOctetsOf(within))
        },
      })),
  },
  {
    id: 'protection.broadcast-full-rights',
    aliases: ['broadcast_key_full_rights'],
    breaks: ['security.broadcast-key'],
    remark: true,
    needs: 'ciphered',
    says: 'The broadcast key has all rights of the client.',
    apply: (d) => changeProtection(d, () => ({ broadcastServes: () => true })),
  },
  {
    id: 'protection.dedicated-any',
    breaks: ['security.dedicated-key'],
    needs: 'ciphered',
    says: 'A dedicated key is taken however it came, filled up or cut to its length.',
    apply: (d) =>
      changeProtection(d, ({ dedicatedKey }) => ({
        takesDedicatedKey: () => true,
        dedicatedKey(own, former) {
          const key = dedicatedKey(own, former)
          return key && Uint8Array.from({ length: 16 }, (_, at) => key[at] ?? 0)
        },
      })),
  },
  {
    id: 'protection.dedicated-in-clear',
    breaks: ['security.dedicated-key'],
    needs: 'ciphered',
    says: 'A dedicated key is taken from an InitiateRequest that is authenticated and not encrypted.',
    apply: (d) =>
      changeProtection(d, ({ takesDedicatedKey }) => ({
        takesDedicatedKey: (key, protectedBy, partners) =>
          takesDedicatedKey(key, protectedBy && { ...protectedBy, encryption: true }, partners),
      })),
  },
  {
    id: 'protection.dedicated-kept',
    aliases: ['ded_key_persist'],
    breaks: ['security.dedicated-key'],
    needs: 'ciphered',
    says: 'A dedicated key is good for the associations after its own.',
    apply: (d) => changeProtection(d, () => ({ dedicatedKey: (own, former) => own ?? former })),
  },
  {
    id: 'protection.answer-plain',
    breaks: ['security.response'],
    needs: 'ciphered',
    says: 'Answers are plain, however the request came.',
    apply: (d) => changeProtection(d, () => ({ isPlain: () => true })),
  },
  {
    id: 'protection.error-plain',
    breaks: ['security.response'],
    needs: 'ciphered',
    says: 'An answer that holds an error instead of a value is plain.',
    apply: (d) =>
      changeProtection(d, ({ isPlain }) => ({ isPlain: (answer) => holdsError(answer) || isPlain(answer) })),
  },
  {
    id: 'protection.blocks-plain',
    aliases: ['gbt_plain_blocks'],
    breaks: ['security.response'],
    needs: 'ciphered',
    says: 'What general block transfer carries is not protected.',
    apply: (d) =>
      changeProtection(d, ({ response }) => ({
        response: (how, demanded, inBlocks) => (inBlocks ? undefined : response(how, demanded, inBlocks)),
      })),
  },
  {
    id: 'protection.answer-encrypted-only',
    breaks: ['security.response'],
    needs: 'ciphered',
    says: 'Answers have no authentication tag.',
    apply: (d) =>
      changeProtection(d, ({ response }) => ({
        response(how, demanded, inBlocks) {
          const sent = response(how, demanded, inBlocks)
          return sent && { ...sent, authentication: false, encryption: true }
        },
      })),
  },
  {
    id: 'protection.release-unprotected',
    breaks: ['security.release'],
    needs: 'ciphered',
    says: 'An RLRQ ends a ciphered association, protected or not.',
    apply: (d) => changeProtection(d, () => ({ releases: () => true })),
  },
  {
    id: 'protection.without-association-restarts',
    aliases: ['glo_without_title_crash'],
    breaks: ['security.robust'],
    needs: 'ciphered',
    says: 'A ciphered APDU where there is no association makes the server fall over.',
    apply: (d) => changeProtection(d, () => ({ withoutAssociation: 'restarts' })),
  },
  {
    id: 'protection.title-not-required',
    breaks: ['security.title'],
    needs: 'ciphered',
    says: 'The title of the client is not looked at: missing, too short, or that of the server.',
    apply: (d) => finds(d, 'title', () => undefined),
  },
  {
    id: 'protection.own-title-taken',
    aliases: ['hls_same_title_accepted'],
    breaks: ['security.title'],
    remark: true,
    needs: 'ciphered',
    says: 'A client may have the title of the server.',
    apply: (d) =>
      finds(d, 'title', (before, { aarq, server }) =>
        server !== undefined && hex(aarq['calling-AP-title'] ?? new Uint8Array(0)) === hex(server) ? undefined : before,
      ),
  },
]
