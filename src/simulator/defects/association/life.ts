// How associations begin without being opened, and how they end.
import type { Rlrq } from '../../../protocol/acse/acse.ts'
import { associationOf } from '../../association/association.ts'
import type { Released } from '../../association/rules.ts'
import { sending, type Decisions } from '../../decisions.ts'
import { count } from '../../memory.ts'
import type { Defect } from '../defect.ts'
import { changeAssociation } from './shared.ts'

/** Another end than before, for some requests. */
const releases = (d: Decisions, change: (before: Released, rlrq: Rlrq) => Released): Decisions =>
  changeAssociation(d, ({ release }) => ({ release: (rlrq) => change(release(rlrq), rlrq) }))

const AARE = 0x61
const EXCEPTION = 0xd8
const REFUSED = 'refused-in-idle'

export const lifeDefects: readonly Defect[] = [
  {
    id: 'association.idle.served',
    breaks: ['association.idle'],
    needs: 'any',
    says: 'GET needs no association.',
    apply: (d) =>
      changeAssociation(d, ({ client }) => ({
        preEstablished(path, description) {
          const known = client(path, description)
          return known && associationOf(known, path.device, ['get'], 0)
        },
      })),
  },
  {
    id: 'association.idle.deaf-after-request',
    breaks: ['association.idle'],
    fatal: true,
    needs: 'any',
    says: 'After an exception-response no AARQ is answered any more.',
    apply: (d) =>
      sending(d, (message, memory) => {
        const tag = message.is === 'apdu' ? message.octets[0] : undefined
        if (tag === EXCEPTION) return { messages: [message], memory: { ...memory, [REFUSED]: 1 } }
        return { messages: tag === AARE && count(memory, REFUSED) > 0 ? [] : [message], memory }
      }),
  },
  {
    id: 'association.release.keeps',
    aliases: ['rlrq_ignored'],
    breaks: ['association.release'],
    needs: 'any',
    says: 'RLRE says that the association has ended, and it goes on.',
    apply: (d) => releases(d, (before) => ({ ...before, ends: false })),
  },
  {
    id: 'association.release.unanswered',
    breaks: ['association.release'],
    needs: 'any',
    says: 'RLRQ ends the association without an RLRE.',
    apply: (d) => releases(d, ({ ends }) => ({ ends })),
  },
  {
    id: 'association.release.none-unanswered',
    breaks: ['association.release'],
    needs: 'any',
    says: 'RLRQ without a reason is not answered.',
    apply: (d) => releases(d, (before, { reason }) => (reason === undefined ? { ends: false } : before)),
  },
  {
    id: 'association.release.other-reason',
    breaks: ['association.release'],
    needs: 'any',
    says: 'RLRE always has the reason user-defined.',
    apply: (d) => releases(d, (before) => ({ ...before, rlre: { reason: 'user-defined' } })),
  },
  {
    id: 'association.release.not-finished-but-gone',
    breaks: ['association.release'],
    needs: 'any',
    says: 'An urgent RLRQ is answered by not-finished, and the association is gone.',
    apply: (d) =>
      releases(d, (before, { reason }) =>
        reason === 'urgent' ? { ...before, rlre: { reason: 'not-finished' } } : before,
      ),
  },
]
