// HLS that proves nothing, or too much.
import { decode, u32 } from '../../../codec/codec.ts'
import { hex } from '../../../codec/value.ts'
import { HLS_GMAC_OCTETS } from '../../../protocol/security/hls.ts'
import { checkProof, proofOf } from '../../../protocol/security/hls-proof.ts'
import { securityControlOf } from '../../../protocol/security/security-control.ts'
import { user } from '../../association/rules.ts'
import { octets } from '../../model/data.ts'
import type { Defect } from '../defect.ts'
import { finds, opens, skips } from '../association/shared.ts'
import { changeCounters, changeHls } from './protection-shared.ts'

const same = (one: Uint8Array, other: Uint8Array): boolean => hex(one) === hex(other)

/** A linear feedback shift register of 16 bits, from where it always begins. */
function lfsr(count: number, skipped: number): Uint8Array {
  let state = 0xace1
  return Uint8Array.from({ length: count * (skipped + 1) }, () => {
    for (let bit = 0; bit < 8; bit++) state = (state >> 1) ^ (state & 1 ? 0xb400 : 0)
    return state & 0xff
  }).slice(count * skipped)
}

export const hlsDefects: readonly Defect[] = [
  {
    id: 'hls.no-pass-4',
    aliases: ['hls_no_pass4'],
    breaks: ['hls.pass-4'],
    needs: 'hls',
    says: 'A right pass 3 succeeds, and the server proves nothing.',
    apply: (d) =>
      changeHls(d, ({ answer }) => ({
        answer: (isRight, own) =>
          isRight ? { result: 'success', returned: { is: 'null-data' } } : answer(isRight, own),
      })),
  },
  {
    id: 'hls.pass-4-always',
    aliases: ['hls_pass4_always'],
    breaks: ['hls.pass-3'],
    needs: 'hls',
    says: 'Pass 4 is told after a wrong pass 3 as well.',
    apply: (d) =>
      changeHls(d, ({ answer }) => ({
        answer(isRight, own) {
          const proof = own()
          const answered = answer(isRight, own)
          return proof === undefined ? answered : { ...answered, returned: octets(proof) }
        },
      })),
  },
  {
    id: 'hls.left-out-opens',
    breaks: ['acse.authentication'],
    needs: 'hls',
    says: 'An AARQ that says nothing of authentication opens an association that waits for no proof.',
    apply: (d) =>
      opens(
        skips(d, ['required', 'mechanism', 'value', 'challenge'], ({ aarq }) => aarq['mechanism-name'] === undefined),
        (opened, { aarq }) => {
          if (aarq['mechanism-name'] !== undefined || opened.association === undefined) return opened
          const { pending, ...association } = opened.association
          return pending === undefined ? opened : { ...opened, association }
        },
      ),
  },
  {
    id: 'hls.challenge-short',
    aliases: ['hls_stoc_len_from_ctos'],
    breaks: ['hls.challenge'],
    needs: 'hls',
    says: 'StoC is as long as CtoS, which may have any length.',
    apply: (d) => changeHls(skips(d, ['challenge']), () => ({ length: (_mechanism, ctos) => ctos.length })),
  },
  {
    id: 'hls.challenge-long-refused',
    breaks: ['hls.challenge'],
    needs: 'hls',
    says: 'A challenge of the client of more than 32 octets is refused.',
    apply: (d) =>
      finds(d, 'challenge', (before, { aarq }) =>
        (aarq['calling-authentication-value']?.length ?? 0) > 32 ? user('authentication-failure') : before,
      ),
  },
  {
    id: 'hls.challenge-foreseen',
    aliases: ['hls_lfsr_challenge'],
    breaks: ['hls.challenge'],
    needs: 'hls',
    says: 'Challenges come from a shift register of 16 bits, which begins at the same place whenever the power comes.',
    apply: (d) => changeHls(d, () => ({ challenge: (count, _random, number) => lfsr(count, number - 1) })),
  },
  {
    id: 'hls.challenge-constant',
    breaks: ['hls.challenge'],
    needs: 'hls',
    says: 'The challenge is always the same.',
    apply: (d) => changeHls(d, () => ({ challenge: (count) => lfsr(count, 0) })),
  },
  {
    id: 'hls.challenge-octet-constant',
    breaks: ['hls.challenge'],
    remark: true,
    needs: 'hls',
    says: 'The first octet of each challenge is the same.',
    apply: (d) =>
      changeHls(d, ({ challenge }) => ({
        challenge: (count, random, number) =>
          challenge(count, random, number).map((octet, at) => (at === 0 ? 0x53 : octet)),
      })),
  },
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
    id: 'hls.zeros-taken',
    breaks: ['hls.pass-3'],
    needs: 'hls',
    says: 'Pass 3 of zeros is taken: R and S of 0 verify under any key.',
    apply: (d) =>
      changeHls(d, ({ proven }) => ({
        proven: (toCheck) => (toCheck.proof.every((octet) => octet === 0) ? {} : proven(toCheck)),
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
    id: 'hls.pending-serves',
    aliases: ['hls_pending_all_services'],
    breaks: ['hls.pending'],
    needs: 'hls',
    says: 'All services are served before pass 3.',
    apply: (d) => changeHls(d, () => ({ serves: () => true })),
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
  {
    id: 'hls.reflected-challenge-taken',
    breaks: ['hls.challenge'],
    remark: true,
    needs: 'hls',
    says: 'A client may send as its challenge what the server has sent as its own in another association.',
    apply: (d) => skips(d, ['reflection']),
  },
  {
    id: 'hls.counter-constant',
    aliases: ['gmac_fixed_ic_pass4'],
    breaks: ['security.counter.server', 'hls.pass-4'],
    needs: 'ciphered',
    says: 'The counter in pass 4 is a constant.',
    apply: (d) =>
      changeCounters(d, ({ next }) => ({
        next: (last, counting) => (counting.use === 'proof' ? 0x01234567 : next(last, counting)),
      })),
  },
]
