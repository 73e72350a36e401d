// Pass 3 of HLS: proofs that prove nothing, and are taken.
import { decode, u32 } from '../../../codec/codec.ts'
import { hex, unhex } from '../../../codec/value.ts'
import { COORDINATE } from '../../../protocol/security/curves.ts'
import { HLS_GMAC_OCTETS, type Challenges } from '../../../protocol/security/hls.ts'
import { checkProof, proofOf } from '../../../protocol/security/hls-proof.ts'
import { securityControlOf } from '../../../protocol/security/security-control.ts'
import type { Decisions } from '../../decisions.ts'
import type { Request } from '../../association/rules.ts'
import { octets } from '../../model/data.ts'
import type { Defect } from '../defect.ts'
import { skips } from '../association/shared.ts'
import { changeHls } from './protection-shared.ts'

const same = (one: Uint8Array, other: Uint8Array): boolean => hex(one) === hex(other)

/** Takes a proof as well that is right for what these challenges become. */
const alsoProven = (d: Decisions, swapped: (challenges: Challenges) => Challenges): Decisions =>
  changeHls(d, ({ proven }) => ({
    proven: (toCheck) => proven(toCheck) ?? proven({ ...toCheck, challenges: swapped(toCheck.challenges) }),
  }))

/** The public key in a certificate: the first uncompressed point that stands there as a BIT STRING of its own. */
function pointIn(certificate: Uint8Array | undefined): Uint8Array | undefined {
  const found = /03(?:4200(04.{128})|6200(04.{192}))/.exec(hex(certificate ?? new Uint8Array(0)))
  const point = found?.[1] ?? found?.[2]
  return point === undefined ? undefined : unhex(point)?.subarray(1)
}

/** It says who it is, and the server knows another one. */
const isStranger = ({ aarq, client }: Request): boolean =>
  client?.mechanism === 'hls-ecdsa' && aarq['calling-AP-title']?.length === TITLE_OCTETS

const TITLE_OCTETS = 8

export const hlsProofDefects: readonly Defect[] = [
  {
    id: 'hls.pass-3-structure-only',
    aliases: ['hls_accept_any_17_octets'],
    breaks: ['hls.pass-3'],
    needs: 'hls',
    says: 'Of pass 3 only the length is looked at.',
    apply: (d) =>
      changeHls(d, ({ proven }) => ({
        proven: (toCheck) =>
          toCheck.proof.length === HLS_GMAC_OCTETS || toCheck.proof.length > 2 * HLS_GMAC_OCTETS - 3
            ? {}
            : proven(toCheck),
      })),
  },
  {
    id: 'hls.pass-3-challenges-swapped',
    breaks: ['hls.pass-3'],
    needs: 'hls',
    says: 'A pass 3 in which each challenge stands in the place of the other is taken as well.',
    apply: (d) =>
      alsoProven(d, ({ prover, checker }) => ({
        prover: { ...prover, challenge: checker.challenge },
        checker: { ...checker, challenge: prover.challenge },
      })),
  },
  {
    id: 'hls.pass-3-titles-swapped',
    breaks: ['hls.pass-3'],
    needs: 'hls',
    says: 'A pass 3 in which each system title stands in the place of the other is taken as well.',
    apply: (d) =>
      alsoProven(d, ({ prover, checker }) => ({
        prover: { ...prover, title: checker.title },
        checker: { ...checker, title: prover.title },
      })),
  },
  {
    id: 'hls.pass-3-begins-right',
    aliases: ['gmac_short_tag'],
    breaks: ['hls.pass-3'],
    needs: 'hls',
    says: 'Of pass 3 so many octets are compared as there are.',
    apply: (d) =>
      changeHls(d, ({ proven }) => ({
        proven(toCheck) {
          const { material, challenges, proof } = toCheck
          if (material.is === 'hls-gmac' || material.is === 'hls-ecdsa') return proven(toCheck)
          return same(proof, proofOf(material, challenges).subarray(0, proof.length)) ? {} : undefined
        },
      })),
  },
  {
    id: 'hls.certificate-unverified',
    breaks: ['hls.pass-3'],
    needs: 'signing',
    says: 'The key of a certificate that comes with the AARQ is the one by which pass 3 of mechanism 7 is checked, whoever has signed the certificate.',
    apply: (d) =>
      changeHls(d, ({ clientKey }) => ({ clientKey: (known, told) => pointIn(told) ?? clientKey(known, told) })),
  },
  {
    id: 'hls.title-without-certificate',
    breaks: ['hls.pass-3'],
    needs: 'signing',
    says: 'A client with a system title that no certificate is known of may open an association by any signature.',
    apply: (d) =>
      changeHls(skips(d, ['title'], isStranger), ({ proven }) => ({
        proven(toCheck) {
          const { client, challenges, material, proof } = toCheck
          const isKnown = client.systemTitle === undefined || client.systemTitle === hex(challenges.prover.title)
          const isWhole = material.is === 'hls-ecdsa' && proof.length === 2 * COORDINATE[material.curve]
          return isWhole && !isKnown ? {} : proven(toCheck)
        },
      })),
  },
  {
    id: 'hls.gmac-begins-right',
    breaks: ['hls.pass-3'],
    needs: 'hls',
    says: 'Of the tag of mechanism 5 so many octets are compared as there are.',
    apply: (d) =>
      changeHls(d, ({ proven }) => ({
        proven(toCheck) {
          const { material, challenges, proof } = toCheck
          const counter = decode(u32, proof.subarray(1, 5))
          const isWhole = proof.length >= HLS_GMAC_OCTETS
          if (material.is !== 'hls-gmac' || !counter.ok || isWhole || proof[0] !== 0x10 + material.suite)
            return proven(toCheck)
          const control = securityControlOf(proof[0])
          const due = proofOf({ ...material, control, invocationCounter: counter.value }, challenges)
          return same(proof, due.subarray(0, proof.length)) ? { invocationCounter: counter.value } : undefined
        },
      })),
  },
  {
    id: 'hls.gmac-goes-on',
    breaks: ['hls.pass-3'],
    needs: 'hls',
    says: 'What stands behind the tag of mechanism 5 is not looked at.',
    apply: (d) =>
      changeHls(d, ({ proven }) => ({
        proven: (toCheck) =>
          proven(
            toCheck.material.is === 'hls-gmac'
              ? { ...toCheck, proof: toCheck.proof.subarray(0, HLS_GMAC_OCTETS) }
              : toCheck,
          ),
      })),
  },
  {
    id: 'hls.gmac-control-any',
    breaks: ['hls.pass-3'],
    needs: 'hls',
    says: 'The tag of mechanism 5 is good under any security control.',
    apply: (d) =>
      changeHls(d, ({ proven }) => ({
        proven(toCheck) {
          const { material, challenges, proof } = toCheck
          if (material.is !== 'hls-gmac') return proven(toCheck)
          const checked = checkProof(material, challenges, proof)
          const counter = decode(u32, proof.subarray(1, 5))
          if (checked.ok) return checked.value
          return checked.failure === 'other-control' && counter.ok ? { invocationCounter: counter.value } : undefined
        },
      })),
  },
  {
    id: 'hls.gmac-unauthenticated',
    breaks: ['hls.pass-3'],
    needs: 'hls',
    says: 'A security control of 0 needs no tag: the challenge itself is enough.',
    apply: (d) =>
      changeHls(d, ({ proven }) => ({
        proven(toCheck) {
          const { material, challenges, proof } = toCheck
          const isBare =
            material.is === 'hls-gmac' && proof[0] === 0 && same(proof.subarray(5), challenges.checker.challenge)
          return isBare ? {} : proven(toCheck)
        },
      })),
  },
  {
    id: 'hls.reflected',
    aliases: ['hls_reflection'],
    breaks: ['hls.pass-3'],
    needs: 'hls',
    says: 'The server tells f(CtoS) before pass 3 was right, and what the server itself would answer to its challenge opens the association.',
    apply: (d) =>
      changeHls(skips(d, ['reflection']), ({ proven }) => ({
        answer(isRight, own) {
          const proof = own()
          return { result: isRight ? 'success' : 'read-write-denied', ...(proof && { returned: octets(proof) }) }
        },
        proven(toCheck) {
          const { prover, checker } = toCheck.challenges
          const swapped = {
            prover: { ...checker, challenge: prover.challenge },
            checker: { ...prover, challenge: checker.challenge },
          }
          return proven(toCheck) ?? proven({ ...toCheck, challenges: swapped })
        },
      })),
  },
]
