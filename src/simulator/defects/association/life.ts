// How associations begin without being opened, and how they end.
import { decode, encode } from '../../../codec/codec.ts'
import type { Rlrq } from '../../../protocol/acse/acse.ts'
import { apdu } from '../../../protocol/apdu.ts'
import { associationOf } from '../../association/association.ts'
import type { Released } from '../../association/rules.ts'
import { sending, type Decisions } from '../../decisions.ts'
import { count, text, type Memory } from '../../memory.ts'
import type { Defect } from '../defect.ts'
import { changeAssociation } from './shared.ts'

/** Another end than before, where there is something to end. */
const releases = (d: Decisions, change: (before: Released, rlrq: Rlrq) => Released): Decisions =>
  changeAssociation(d, ({ release }) => ({
    release(rlrq, open) {
      const before = release(rlrq, open)
      return open ? change(before, rlrq) : before
    },
  }))

/** Whether octets are this APDU of a client. */
const asked = (octets: Uint8Array): 'aarq' | 'rlrq' | undefined => {
  const tag = octets[0]
  return tag === AARQ ? 'aarq' : tag === RLRQ ? 'rlrq' : undefined
}

/** The same AARQ with response-allowed TRUE. */
function confirmed(octets: Uint8Array): Uint8Array {
  const read = decode(apdu, octets)
  if (!read.ok || read.value.is !== 'aarq') return octets
  const information = read.value.value['user-information']
  if (information?.is !== 'initiate-request') return octets
  const value = { ...information.value, 'response-allowed': true }
  return encode(apdu, { is: 'aarq', value: { ...read.value.value, 'user-information': { ...information, value } } })
}

/** Nothing is answered any more, once something was asked. */
const deafOnce = (d: Decisions, name: string, when: (octets: Uint8Array, memory: Memory) => boolean): Decisions => {
  const { parse } = d.parsing
  return {
    ...d,
    parsing: {
      parse(octets, memory, most) {
        if (count(memory, name) > 0) return { is: 'swallowed', memory }
        const parsed = parse(octets, memory, most)
        const deaf = when(octets, memory) ? { [name]: 1 } : {}
        return { ...parsed, memory: { ...parsed.memory, ...deaf, [LAST]: asked(octets) ?? text(memory, LAST) } }
      },
    },
  }
}

const AARE = 0x61
const EXCEPTION = 0xd8
const REFUSED = 'refused-in-idle'
const LAST = 'acse.last'
const AARQ = 0x60
const RLRQ = 0x62

/** An AARQ whose InitiateRequest has response-allowed FALSE: the presence octet, and 00. */
const isUnconfirmed = (octets: Uint8Array): boolean => {
  const read = decode(apdu, octets)
  const information = read.ok && read.value.is === 'aarq' ? read.value.value['user-information'] : undefined
  return information?.is === 'initiate-request' && !information.value['response-allowed']
}

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
  {
    id: 'association.release.answered-in-idle',
    breaks: ['association.release'],
    remark: true,
    needs: 'any',
    says: 'RLRQ is answered by RLRE where there is no association.',
    apply: (d) =>
      changeAssociation(d, ({ release }) => ({
        release: (rlrq, open) => (open ? release(rlrq, open) : { rlre: { reason: 'normal' }, ends: false }),
      })),
  },
  {
    id: 'association.release.second-deafens',
    breaks: ['association.release'],
    fatal: true,
    needs: 'any',
    says: 'After two RLRQ in a row no APDU is answered any more.',
    apply: (d) =>
      deafOnce(d, 'deaf-to-all', (octets, memory) => asked(octets) === 'rlrq' && text(memory, LAST) === 'rlrq'),
  },
  {
    id: 'association.ends-all',
    aliases: ['aa_shared_state'],
    breaks: ['association.concurrent'],
    needs: 'wrapper',
    says: 'The release of one association ends all others.',
    apply: (d) => changeAssociation(d, () => ({ endsWith: () => true })),
  },
  {
    id: 'association.unconfirmed.answered',
    breaks: ['association.unconfirmed'],
    remark: true,
    needs: 'any',
    says: 'An AARE comes though response-allowed is FALSE.',
    apply: (d) => {
      const { parse } = d.parsing
      return {
        ...d,
        parsing: {
          parse: (octets, memory, most) => parse(isUnconfirmed(octets) ? confirmed(octets) : octets, memory, most),
        },
      }
    },
  },
  {
    id: 'association.unconfirmed.deafens',
    breaks: ['association.unconfirmed'],
    fatal: true,
    needs: 'any',
    says: 'After an AARQ with response-allowed FALSE no APDU is answered any more.',
    apply: (d) => deafOnce(d, 'deaf-to-all', isUnconfirmed),
  },
]
