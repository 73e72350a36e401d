// Challenges of HLS that can be foreseen, come again, or are not as long as they have to be.
import { user } from '../../association/rules.ts'
import type { Defect } from '../defect.ts'
import { finds, skips } from '../association/shared.ts'
import { changeHls } from './protection-shared.ts'

/** A linear feedback shift register of 16 bits, from where it always begins. */
function lfsr(count: number, skipped: number): Uint8Array {
  let state = 0xace1
  return Uint8Array.from({ length: count * (skipped + 1) }, () => {
    for (let bit = 0; bit < 8; bit++) state = (state >> 1) ^ (state & 1 ? 0xb400 : 0)
    return state & 0xff
  }).slice(count * skipped)
}

export const hlsChallengeDefects: readonly Defect[] = [
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
        challenge: (count, random, number, former) =>
          challenge(count, random, number, former).map((octet, at) => (at === 0 ? 0x53 : octet)),
      })),
  },
  {
    id: 'hls.challenge-given-back',
    breaks: ['hls.challenge'],
    needs: 'hls',
    says: 'The server sends as its challenge what a client has sent as its own in the association before.',
    apply: (d) =>
      changeHls(d, ({ challenge }) => ({
        challenge: (count, random, number, former) =>
          former?.length === count ? former : challenge(count, random, number, former),
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
]
