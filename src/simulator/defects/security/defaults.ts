// Keys and passwords that everybody knows, and one key for two purposes.
import { hex, ok, unhex } from '../../../codec/value.ts'
import type { Protection } from '../../../protocol/security/protection.ts'
import type { Decisions } from '../../decisions.ts'
import { skips } from '../association/shared.ts'
import type { Defect } from '../defect.ts'
import { changeProtection } from './protection-shared.ts'

type Keys = Protection['keys']

const NONE = new Uint8Array(0)
/** Those of the examples in the Green Book. */
const PUBLISHED: Keys = {
  encryption: unhex('000102030405060708090A0B0C0D0E0F') ?? NONE,
  authentication: unhex('D0D1D2D3D4D5D6D7D8D9DADBDCDDDEDF') ?? NONE,
}
/** 12345678 */
const PASSWORD = '3132333435363738'

/** What the keys of the client do not open others may. */
const opensAlsoWith = (d: Decisions, others: (keys: Keys) => Keys): Decisions =>
  changeProtection(d, ({ unprotect }) => ({
    unprotect(protection, octets, key) {
      const opened = unprotect(protection, octets, key)
      if (opened.ok) return opened
      const other = unprotect({ ...protection, keys: others(protection.keys) }, octets, key)
      return other.ok ? ok(other.value) : opened
    },
  }))

export const defaultKeyDefects: readonly Defect[] = [
  {
    id: 'keys.published',
    aliases: ['default_keys'],
    breaks: ['keys.defaults'],
    remark: true,
    needs: 'ciphered',
    says: 'The keys of the examples in the Green Book open everything.',
    apply: (d) => opensAlsoWith(d, () => PUBLISHED),
  },
  {
    id: 'keys.one-for-both',
    breaks: ['keys.defaults'],
    remark: true,
    needs: 'ciphered',
    says: 'The encryption key is the authentication key as well.',
    apply: (d) => opensAlsoWith(d, ({ encryption }) => ({ encryption, authentication: encryption })),
  },
  {
    id: 'keys.published-password',
    breaks: ['keys.defaults'],
    remark: true,
    needs: 'any',
    says: 'The password 12345678 opens the association of each client with a password.',
    apply: (d) => skips(d, ['password'], ({ aarq }) => hex(aarq['calling-authentication-value'] ?? NONE) === PASSWORD),
  },
]
