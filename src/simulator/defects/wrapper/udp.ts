// One WPDU a datagram, from whom it was asked.
import { createWpduStream } from '../../../protocol/wrapper/stream.ts'
import { count } from '../../memory.ts'
import { changeUdp, type Defect } from '../defect.ts'
import { boundToWports, served } from './shared.ts'

const DEAD = 'dead'

export const udpDefects: readonly Defect[] = [
  {
    id: 'udp.reply-from-other-port',
    aliases: ['udp_reply_random_port'],
    breaks: ['udp.ports'],
    needs: 'udp',
    says: 'Answers come from another port than the one asked.',
    apply: (d) => changeUdp(d, () => ({ answersFrom: 'other-port' })),
  },
  {
    id: 'udp.association-not-bound-to-peer',
    aliases: ['udp_aa_not_bound_to_peer'],
    breaks: ['udp.peer'],
    remark: true,
    needs: 'udp',
    says: 'Whoever uses the wPorts of an association is served in it.',
    apply: (d) => ({
      ...d,
      association: boundToWports(d, 'udp'),
    }),
  },
  {
    id: 'udp.length.unchecked',
    breaks: ['udp.one-wpdu-a-datagram'],
    needs: 'udp',
    says: 'A datagram is served though its length is wrong.',
    apply: (d) =>
      changeUdp(d, ({ takes }) => ({ takes: (item, memory) => served(item, memory, 'length') ?? takes(item, memory) })),
  },
  {
    id: 'udp.both-answered',
    breaks: ['udp.one-wpdu-a-datagram'],
    remark: true,
    needs: 'udp',
    says: 'All WPDUs of a datagram are served.',
    apply: (d) =>
      changeUdp(d, () => ({
        unwrap(octets, at) {
          const stream = createWpduStream()
          return [...stream.push({ octets, firstEnd: at, octetMs: 0 }), ...stream.flush()]
        },
      })),
  },
  {
    id: 'udp.repeated-action-executed',
    breaks: ['udp.repeated'],
    remark: true,
    needs: 'udp',
    says: 'An ACTION whose datagram comes twice is executed twice.',
    apply: (d) => ({ ...d, services: { ...d.services, isRepetition: () => false } }),
  },
  {
    id: 'udp.dead-after-bad-datagram',
    breaks: ['udp.one-wpdu-a-datagram'],
    needs: 'udp',
    says: 'After a datagram that is not one WPDU the port is dead.',
    apply: (d) =>
      changeUdp(d, ({ takes }) => ({
        takes(item, memory) {
          const dead = count(memory, DEAD) > 0 || item.is === 'damaged'
          return dead ? { is: 'dropped', memory: { ...memory, [DEAD]: 1 } } : takes(item, memory)
        },
      })),
  },
]
