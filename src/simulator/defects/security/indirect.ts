// What a client reaches through another object, or after another's change, and may not reach itself (IEC 62056-6-2, access_rights).
import { changeModel, type Defect } from '../defect.ts'

export const indirectDefects: readonly Defect[] = [
  {
    id: 'hls.secret-never-changed',
    breaks: ['hls.secret'],
    needs: 'any',
    says: 'A new HLS secret succeeds, and the old one stays in use.',
    apply: (d) => changeModel(d, () => ({ keepsSecret: false })),
  },
  {
    id: 'hls.secret-empty',
    aliases: ['hls_empty_secret'],
    breaks: ['hls.secret'],
    needs: 'any',
    says: 'A new HLS secret of no octets is taken.',
    apply: (d) => changeModel(d, ({ isSecret }) => ({ isSecret: (secret) => secret.length === 0 || isSecret(secret) })),
  },
]
