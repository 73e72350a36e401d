// HLS whose passes come too soon, too late or not at all.
import { octets } from '../../model/data.ts'
import type { Defect } from '../defect.ts'
import { opens, skips } from '../association/shared.ts'
import { changeCounters, changeHls } from './protection-shared.ts'

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
    id: 'hls.pending-serves',
    aliases: ['hls_pending_all_services'],
    breaks: ['hls.pending'],
    needs: 'hls',
    says: 'All services are served before pass 3.',
    apply: (d) => changeHls(d, () => ({ serves: () => true })),
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
