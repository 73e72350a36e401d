// Signatures that are not looked at closely, and such as give the key away (IEC 62056-5-3, Digital signature; FIPS 186-4).
import { encode, octetString } from '../../../codec/codec.ts'
import { concat } from '../../../codec/operator.ts'
import { COORDINATE, signature, type Curve } from '../../../protocol/security/curves.ts'
import { checkSigned, type SignedApdu, type SignedInput } from '../../../protocol/security/general-signing.ts'
import { CURVE_OF } from '../../../protocol/security/key-names.ts'
import { lfsrNonce, LFSR_START } from '../../../protocol/security/lfsr.ts'
import { checkSignature, ORDER, type NoSignature } from '../../../protocol/security/signature.ts'
import { derSignature } from '../../../protocol/security/wrong-signatures.ts'
import type { GeneralHeader } from '../../../protocol/xdlms/ciphered.ts'
import type { Decisions } from '../../decisions.ts'
import type { Partners } from '../../protection/partners.ts'
import { SIGNATURES, type SignedAsked, type SigningRules } from '../../protection/signing.ts'
import type { Defect } from '../defect.ts'
import { changeCounters, changeProtection } from './protection-shared.ts'

const changeSigning = (d: Decisions, change: (before: SigningRules) => Partial<SigningRules>): Decisions =>
  changeProtection(d, ({ signing }) => ({ signing: { ...signing, ...change(signing) } }))

/** What is right, and what is for this reason. */
const alsoTaken = (d: Decisions, taken: (asked: SignedAsked) => boolean): Decisions =>
  changeSigning(d, ({ checks }) => ({
    checks: { ...checks, signature: (asked) => checks.signature(asked) || taken(asked) },
  }))

/** The same, where the APDU would be right if it were this one. */
const readAs = (d: Decisions, change: (signed: SignedApdu, partners: Partners) => SignedApdu): Decisions =>
  alsoTaken(d, ({ signed, partners }) => failureOf(change(signed, partners), partners) === undefined)

const withHeader = (d: Decisions, change: (header: GeneralHeader, partners: Partners) => Partial<GeneralHeader>) =>
  readAs(d, (signed, partners) => ({ ...signed, header: { ...signed.header, ...change(signed.header, partners) } }))

function failureOf(signed: SignedApdu, { state }: Partners, input?: SignedInput): NoSignature | undefined {
  const curve = CURVE_OF[state.suite]
  const key = state.clientKeys['signing-key']
  if (curve === undefined || key === undefined) return 'wrong-signature'
  const checked = checkSigned(curve, key, signed, input)
  return checked.ok ? undefined : checked.failure
}

const takesOver = (d: Decisions, input: SignedInput): Decisions =>
  changeSigning(d, ({ checks }) => ({
    checks: { ...checks, signature: ({ signed, partners }) => failureOf(signed, partners, input) === undefined },
  }))

const signsOver = (d: Decisions, input: SignedInput): Decisions =>
  changeSigning(d, ({ made }) => ({ made: (signing, content) => made({ ...signing, input }, content) }))

const curveOf = ({ state }: Partners): Curve => (state.suite === 2 ? 'P-384' : 'P-256')
const numberOf = (octets: Uint8Array): bigint => BigInt(`0x${Buffer.from(octets).toString('hex') || '0'}`)

/** R and S of a signature in DER; undefined: it is none. */
function fromDer(der: Uint8Array, size: number): Uint8Array | undefined {
  const r = der.subarray(4, 4 + (der[3] ?? 0))
  const s = der.subarray(6 + r.length)
  const fixed = concat([r, s].map((number) => concat([new Uint8Array(size), number]).subarray(-size)))
  return Buffer.compare(derSignature(fixed), der) === 0 ? fixed : undefined
}

const HUNDREDTHS = 8
const PRIORITY_AT = 2
const HIGH = 0x80

export const signingDefects: readonly Defect[] = [
  {
    id: 'signing.unverified',
    breaks: ['security.signature'],
    needs: 'signing',
    says: 'Signatures of requests are not looked at.',
    apply: (d) => alsoTaken(d, () => true),
  },
  {
    id: 'signing.zero-accepted',
    aliases: ['ecdsa_zero_accept'],
    breaks: ['security.signature'],
    needs: 'signing',
    says: 'R and S that are both 0 modulo the order are a signature of anything.',
    apply: (d) =>
      alsoTaken(d, ({ signed: { signature: signed }, partners }) => {
        const size = COORDINATE[curveOf(partners)]
        const isZero = (octets: Uint8Array) => numberOf(octets) % ORDER[curveOf(partners)] === 0n
        return signed.length === 2 * size && isZero(signed.subarray(0, size)) && isZero(signed.subarray(size))
      }),
  },
  {
    id: 'signing.error-taken',
    breaks: ['security.signature'],
    needs: 'signing',
    says: 'That a signature cannot be checked, for its length or its numbers, is taken for a yes.',
    apply: (d) =>
      alsoTaken(d, ({ signed, partners }) =>
        ['wrong-size', 'r-out-of-range', 's-out-of-range'].some((why) => why === failureOf(signed, partners)),
      ),
  },
  {
    id: 'signing.der-accepted',
    breaks: ['security.signature'],
    remark: true,
    needs: 'signing',
    says: 'Right signatures are taken in DER, too.',
    apply: (d) =>
      readAs(d, (signed, partners) => ({
        ...signed,
        signature: fromDer(signed.signature, COORDINATE[curveOf(partners)]) ?? signed.signature,
      })),
  },
  {
    id: 'signing.titles-unchecked',
    breaks: ['security.signature'],
    needs: 'signing',
    says: 'Who signed for whom is not looked at, if only the signature is right.',
    apply: (d) =>
      changeSigning(d, ({ checks }) => ({ checks: { ...checks, originator: () => true, recipient: () => true } })),
  },
  {
    id: 'signing.titles-as-known',
    breaks: ['security.signature'],
    needs: 'signing',
    says: 'A signature is checked over the titles of the association, whatever titles stand in the APDU.',
    apply: (d) =>
      changeSigning(
        withHeader(d, (_, { client, server }) => ({
          'originator-system-title': client,
          'recipient-system-title': server,
        })),
        ({ checks }) => ({ checks: { ...checks, originator: () => true, recipient: () => true } }),
      ),
  },
  {
    id: 'signing.transaction-cut',
    breaks: ['security.signature'],
    needs: 'signing',
    says: 'Of the transaction-id only the last four octets are kept, and the signature is checked over these.',
    apply: (d) =>
      withHeader(d, ({ 'transaction-id': id }) => ({
        'transaction-id': concat([new Uint8Array(Math.max(0, id.length - 4)), id.subarray(-4)]),
      })),
  },
  {
    id: 'signing.date-time-read-again',
    breaks: ['security.signature'],
    needs: 'signing',
    says: 'A signature is checked over the date-time as the meter writes it: without hundredths.',
    apply: (d) =>
      withHeader(d, ({ 'date-time': time }) => ({
        'date-time': time.map((octet, at) => (at === HUNDREDTHS ? 0xff : octet)),
      })),
  },
  {
    id: 'signing.other-information-left-out',
    breaks: ['security.signature'],
    needs: 'signing',
    says: 'A signature is checked as if there were no other-information.',
    apply: (d) => withHeader(d, () => ({ 'other-information': new Uint8Array(0) })),
  },
  {
    id: 'signing.priority-unsigned',
    breaks: ['security.signature'],
    needs: 'signing',
    says: 'A signature is checked over the APDU as the meter queues it: with high priority.',
    apply: (d) =>
      readAs(d, (signed) => ({
        ...signed,
        content: signed.content.map((octet, at) => (at === PRIORITY_AT ? octet | HIGH : octet)),
      })),
  },
  {
    id: 'signing.replay-served',
    aliases: ['signed_replay'],
    breaks: ['security.transaction'],
    remark: true,
    needs: 'signing',
    says: 'Transactions are not remembered: a signed request is served each time it comes.',
    apply: (d) => changeSigning(d, ({ checks }) => ({ checks: { ...checks, transaction: () => true } })),
  },
  {
    id: 'signing.answer-by-another-key',
    breaks: ['security.signature'],
    needs: 'signing',
    says: 'Answers are signed with a key that nobody knows.',
    apply: (d) =>
      changeSigning(d, ({ made }) => ({
        made: (signing, content) =>
          made(
            { ...signing, pair: { ...signing.pair, privateKey: signing.pair.privateKey.map((o) => o ^ 1) } },
            content,
          ),
      })),
  },
  {
    id: 'signing.answer-length-unsigned',
    breaks: ['security.signature'],
    remark: true,
    needs: 'signing',
    says: 'Of an answer the length is not signed.',
    apply: (d) => signsOver(d, 'content-without-length'),
  },
  {
    id: 'signing.request-length-unsigned',
    breaks: ['security.signature'],
    remark: true,
    needs: 'signing',
    says: 'A request is taken only where the length of its content is not signed.',
    apply: (d) => takesOver(d, 'content-without-length'),
  },
  {
    id: 'signing.length-unsigned',
    breaks: ['security.signature'],
    remark: true,
    needs: 'signing',
    says: 'The length of the content is not signed, in requests and in answers.',
    apply: (d) => signsOver(takesOver(d, 'content-without-length'), 'content-without-length'),
  },
  {
    id: 'signing.tag-signed',
    breaks: ['security.signature'],
    remark: true,
    needs: 'signing',
    says: 'The tag of general-signing is signed as well, in requests and in answers.',
    apply: (d) => signsOver(takesOver(d, 'with-tag'), 'with-tag'),
  },
  {
    id: 'signing.request-content-alone',
    breaks: ['security.signature'],
    needs: 'signing',
    says: 'A request is taken only where the content alone is signed.',
    apply: (d) =>
      changeSigning(d, ({ checks }) => ({
        checks: {
          ...checks,
          signature({ signed: { content, signature: signed }, partners }) {
            const key = partners.state.clientKeys['signing-key']
            return key !== undefined && checkSignature(curveOf(partners), key, content, signed).ok
          },
        },
      })),
  },
  {
    id: 'signing.answer-content-alone',
    breaks: ['security.signature'],
    needs: 'signing',
    says: 'Of an answer the content alone is signed.',
    apply: (d) =>
      changeSigning(d, ({ made }) => ({
        made({ sign = signature, ...signing }, content) {
          return made({ ...signing, sign: (curve, pair) => sign(curve, pair, content) }, content)
        },
      })),
  },
  {
    id: 'signing.answer-unsigned',
    breaks: ['security.response'],
    remark: true,
    needs: 'signing',
    says: 'Signed requests are answered without a signature.',
    apply: (d) => changeSigning(d, () => ({ signs: () => false })),
  },
  {
    id: 'signing.nonce-repeated',
    breaks: ['security.signature.nonce'],
    needs: 'signing',
    says: 'All signatures are made with the same nonce.',
    apply: (d) => changeSigning(d, ({ nonce }) => ({ nonce: (curve, key) => nonce(curve, key, Uint8Array.of(0), 0) })),
  },
  {
    id: 'signing.nonce-from-power-up',
    breaks: ['security.signature.nonce'],
    needs: 'signing',
    says: 'Nonces come from a generator that begins anew with the power.',
    apply: (d) =>
      changeSigning(
        changeCounters(d, ({ afterPower }) => ({
          afterPower: (name, value) => (name === SIGNATURES ? undefined : afterPower(name, value)),
        })),
        ({ nonce }) => ({
          nonce: (curve, key, _, n) => nonce(curve, key, encode(octetString, Uint8Array.of(n >> 8, n)), n),
        }),
      ),
  },
  {
    id: 'signing.nonce-by-lfsr',
    aliases: ['ecdsa_weak_k'],
    breaks: ['security.signature.nonce'],
    needs: 'signing',
    says: 'Nonces come from a shift register of 16 bits.',
    apply: (d) => changeSigning(d, () => ({ nonce: (curve, _, __, n) => lfsrNonce(LFSR_START, COORDINATE[curve], n) })),
  },
]
