// Rules that every WPDU of a meter keeps (IEC 62056-47).
import type { Wports } from '../../client/wrapper.ts'
import type { Wpdu } from '../../protocol/wrapper/wpdu.ts'
import type { ImpliedRule } from './rule.ts'

export interface WpduCase {
  readonly wpdu: Wpdu
  readonly wports: Wports
  /** Who sent the datagram, and who was asked. */
  readonly from?: string
  readonly asked?: string
}

export const WPDU_RULES: readonly ImpliedRule<WpduCase>[] = [
  {
    id: 'wports-swapped',
    clause: 'wrapper.wports',
    judge({ wpdu, wports }) {
      const found = `${wpdu['source-wport']} → ${wpdu['destination-wport']}`
      const expected = `${wports.server} → ${wports.client}`
      const field = wpdu['source-wport'] === wports.server ? 'destination-wport' : 'source-wport'
      return found === expected ? undefined : { expected, found, field }
    },
  },
  {
    id: 'datagram-from-the-port-asked',
    clause: 'udp.ports',
    judge: ({ from, asked }) =>
      from !== undefined && asked !== undefined && from !== asked
        ? { expected: `from ${asked}`, found: `from ${from}` }
        : undefined,
  },
]
