// Keys that are agreed on with too little care, or derived in another way (IEC 62056-5-3, Key agreement).
import { ok } from '../../../codec/value.ts'
import { COORDINATE, isPoint, type Curve } from '../../../protocol/security/curves.ts'
import type { Defect } from '../defect.ts'
import { PAIRS } from '../../model/security-setup/curve.ts'
import { changeCounters } from './protection-shared.ts'
import { changeAgreement, changeSecuritySetup } from './shared.ts'

const keyIn = (curve: Curve, keyData: Uint8Array): Uint8Array => keyData.subarray(0, 2 * COORDINATE[curve])
/** Octets of a key that a curve without points gives. */
const derivedFrom = (curve: Curve, publicKey: Uint8Array): Uint8Array =>
  Uint8Array.from(publicKey.subarray(0, curve === 'P-256' ? 16 : 32))

export const agreementDefects: readonly Defect[] = [
  {
    id: 'agreement.point-unchecked',
    aliases: ['ecdh_no_point_check'],
    breaks: ['keys.agreement.public-key'],
    needs: 'agreement',
    says: 'A public key that is no point of the curve is taken for one.',
    apply: (d) =>
      changeAgreement(d, ({ ephemeralKey, agreed }) => ({
        ephemeralKey(curve, signing, keyData, keyId) {
          const found = ephemeralKey(curve, signing, keyData, keyId)
          return !found.ok && found.failure === 'no-point' ? ok(keyIn(curve, keyData)) : found
        },
        agreed(agreement, own, other) {
          const key = agreed(agreement, own, other)
          return key.ok ? key : ok(derivedFrom(agreement.curve, other))
        },
      })),
  },
  {
    id: 'agreement.own-key-taken',
    breaks: ['keys.agreement.public-key'],
    needs: 'agreement',
    says: 'A public key of the server itself is taken for one of the client.',
    apply: (d) => changeAgreement(d, () => ({ isOwn: () => false })),
  },
  {
    id: 'agreement.signature-unchecked',
    aliases: ['ka_signature_ignored'],
    breaks: ['keys.agreement.signature'],
    needs: 'agreement',
    says: 'An ephemeral key is taken whatever its signature.',
    apply: (d) =>
      changeAgreement(d, ({ ephemeralKey }) => ({
        ephemeralKey(curve, signing, keyData, keyId) {
          const found = ephemeralKey(curve, signing, keyData, keyId)
          return !found.ok && isPoint(curve, keyIn(curve, keyData)) ? ok(keyIn(curve, keyData)) : found
        },
      })),
  },
  {
    id: 'agreement.zeros-taken',
    breaks: ['keys.agreement.signature'],
    needs: 'agreement',
    says: 'A signature of zeros is taken for one over any ephemeral key.',
    apply: (d) =>
      changeAgreement(d, ({ ephemeralKey }) => ({
        ephemeralKey(curve, signing, keyData, keyId) {
          const found = ephemeralKey(curve, signing, keyData, keyId)
          const isZero = keyData.subarray(2 * COORDINATE[curve]).every((octet) => octet === 0)
          return !found.ok && isZero && isPoint(curve, keyIn(curve, keyData)) ? ok(keyIn(curve, keyData)) : found
        },
      })),
  },
  {
    id: 'agreement.key-id-unsigned',
    breaks: ['keys.agreement.signature'],
    needs: 'agreement',
    says: 'A signature over the ephemeral key and any key_id is taken.',
    apply: (d) =>
      changeAgreement(d, ({ ephemeralKey }) => ({
        ephemeralKey(curve, signing, keyData, keyId) {
          const found = [keyId, 0, 1, 2].map((id) => ephemeralKey(curve, signing, keyData, id))
          return found.find((each) => each.ok) ?? ephemeralKey(curve, signing, keyData, keyId)
        },
      })),
  },
  {
    id: 'agreement.answer-signed-without-key-id',
    breaks: ['keys.agreement'],
    needs: 'agreement',
    says: 'The server signs its ephemeral key without the key_id.',
    apply: (d) =>
      changeAgreement(d, ({ answer }) => ({
        answer: (curve, signing, publicKey) => answer(curve, signing, publicKey),
      })),
  },
  {
    id: 'agreement.fixed-ephemeral',
    aliases: ['ecdh_fixed_ephemeral'],
    breaks: ['keys.agreement.fresh'],
    needs: 'agreement',
    says: 'The server gives the same ephemeral key each time.',
    apply: (d) => changeAgreement(d, ({ pair }) => ({ pair: (curve, secret) => pair(curve, secret, 1) })),
  },
  {
    id: 'agreement.ephemeral-from-power-up',
    breaks: ['keys.agreement.fresh', 'certificates.fresh-pair'],
    needs: 'agreement',
    says: 'The key pairs that the server makes, ephemeral ones too, come from a generator that begins anew with the power.',
    apply: (d) =>
      changeCounters(d, ({ afterPower }) => ({
        afterPower: (name, value) => (name.startsWith(PAIRS) ? undefined : afterPower(name, value)),
      })),
  },
  {
    id: 'agreement.volatile',
    breaks: ['keys.agreement'],
    needs: 'agreement',
    says: 'A key that was agreed on is gone with the power: the one that was there before is valid again.',
    apply: (d) => changeSecuritySetup(d, () => ({ outlivesPower: (came) => came !== 'agreed' })),
  },
  {
    id: 'agreement.parties-swapped',
    breaks: ['keys.agreement'],
    needs: 'agreement',
    says: 'The key is derived with the title of the server first.',
    apply: (d) =>
      changeAgreement(d, ({ agreed }) => ({
        agreed: (agreement, own, other) =>
          agreed(
            { ...agreement, titles: { partyU: agreement.titles.partyV, partyV: agreement.titles.partyU } },
            own,
            other,
          ),
      })),
  },
]
