// The wrapper over TCP and UDP.
import { WRAPPER_VERSION } from '../../../protocol/wrapper/wpdu.ts'
import { createWpduStream, unwrapDatagram, type Unwrapped, type WpduStream } from '../../../protocol/wrapper/stream.ts'
import { lastEnd } from '../../../protocol/line.ts'
import type { Damages } from '../../../codec/codec.ts'
import type { Verdict } from '../../wrapper/rules.ts'
import { count, type Memory } from '../../memory.ts'
import { changeTcp, changeUdp, changeWrapper, sends, type Defect } from '../defect.ts'

const sendsDamaged = (id: string, breaks: string, says: string, damage: Damages): Defect => ({
  id: `wrapper.send.${id}`,
  breaks: [breaks],
  fatal: true,
  needs: 'wrapper',
  says,
  apply: (d) =>
    sends(d, (message) => [
      message.is === 'wpdu' && message.wpdu.information[0] !== AARE
        ? { ...message, damage: { ...message.damage, ...damage } }
        : message,
    ]),
})

const AARE = 0x61

/** A stream that looks at each piece of octets by itself. */
const aPieceAtATime =
  (cut: (stream: WpduStream, items: readonly Unwrapped[]) => readonly Unwrapped[]): (() => WpduStream) =>
  () => {
    const stream = createWpduStream()
    return { ...stream, push: (burst) => cut(stream, stream.push(burst)) }
  }

const oneReadOnePdu = (): WpduStream => ({
  push: (burst) => [unwrapDatagram(burst.octets, lastEnd(burst))],
  pending: () => false,
  flush: () => [],
})

/** A damaged WPDU that has no other failure than these. */
const served = (item: Unwrapped, memory: Memory, ...codes: readonly string[]): Verdict | undefined =>
  item.is === 'damaged' && item.wpdu !== undefined && item.failures.every(({ code }) => codes.includes(code))
    ? { is: 'served', wpdu: { ...item.wpdu, version: WRAPPER_VERSION }, memory }
    : undefined

const BLOCKED = 'blocked'

export const wrapperDefects: readonly Defect[] = [
  sendsDamaged('version-wrong', 'wrapper.version', 'Every header but that of an AARE has version 3.', {
    version: { set: '0003' },
  }),
  {
    id: 'wrapper.send.wports-not-swapped',
    breaks: ['wrapper.wports'],
    fatal: true,
    needs: 'wrapper',
    says: 'Answers carry the wPorts as they came, not swapped.',
    apply: (d) =>
      sends(d, (message) => {
        if (message.is !== 'wpdu') return [message]
        const { 'source-wport': source, 'destination-wport': destination } = message.wpdu
        return [{ ...message, wpdu: { ...message.wpdu, 'source-wport': destination, 'destination-wport': source } }]
      }),
  },
  sendsDamaged('length-wrong', 'wrapper.length', 'The length in every header but that of an AARE is one too large.', {
    length: { add: 1 },
  }),
  {
    id: 'wrapper.one-read-one-pdu',
    aliases: ['wrapper_one_read_one_pdu'],
    breaks: ['wrapper.stream'],
    needs: 'tcp',
    says: 'What one segment brings is taken for one WPDU.',
    apply: (d) =>
      changeTcp(d, () => ({
        stream: oneReadOnePdu,
        takes: (item, memory) =>
          item.is === 'wpdu' ? { is: 'served', wpdu: item.wpdu, memory } : { is: 'dropped', memory },
      })),
  },
  {
    id: 'wrapper.second-dropped',
    breaks: ['wrapper.stream'],
    remark: true,
    needs: 'tcp',
    says: 'Of several WPDUs in a segment only the first is served.',
    apply: (d) => changeTcp(d, () => ({ stream: aPieceAtATime((_stream, items) => items.slice(0, 1)) })),
  },
  {
    id: 'wrapper.split-dropped',
    breaks: ['wrapper.stream'],
    needs: 'tcp',
    says: 'A WPDU that does not end in the segment in which it begins is lost.',
    apply: (d) =>
      changeTcp(d, ({ takes }) => ({
        stream: aPieceAtATime((stream, items) => [...items, ...stream.flush()]),
        takes: (item, memory) => (item.is === 'wpdu' ? takes(item, memory) : { is: 'dropped', memory }),
      })),
  },
  {
    id: 'wrapper.version.unchecked',
    breaks: ['wrapper.version'],
    needs: 'wrapper',
    says: 'Any version is served.',
    apply: (d) =>
      changeUdp(
        changeTcp(d, ({ takes }) => ({
          takes: (item, memory) => served(item, memory, 'version') ?? takes(item, memory),
        })),
        ({ takes }) => ({ takes: (item, memory) => served(item, memory, 'version') ?? takes(item, memory) }),
      ),
  },
  {
    id: 'wrapper.length.unchecked',
    breaks: ['wrapper.length'],
    needs: 'tcp',
    says: 'The length is not looked at: what one segment brings is served.',
    apply: (d) =>
      changeTcp(d, ({ takes }) => ({
        stream: oneReadOnePdu,
        takes: (item, memory) => served(item, memory, 'length') ?? takes(item, memory),
      })),
  },
  {
    id: 'wrapper.length.alloc',
    aliases: ['wrapper_len_alloc'],
    breaks: ['wrapper.length'],
    needs: 'tcp',
    says: 'After a length that is never filled no new connection is taken, for ever.',
    apply: (d) =>
      changeTcp(d, ({ takes, admits }) => ({
        takes(item, memory) {
          const cutOff = item.is === 'damaged' && item.failures.some(({ code }) => code === 'length')
          return takes(item, cutOff ? { ...memory, [BLOCKED]: 1 } : memory)
        },
        admits: (open, limit, memory) => count(memory, BLOCKED) === 0 && admits(open, limit, memory),
      })),
  },
  {
    id: 'wrapper.length.zero-kills',
    breaks: ['wrapper.length'],
    needs: 'tcp',
    says: 'After a WPDU of length 0 no new connection is taken, and no WPDU served.',
    apply: (d) =>
      changeTcp(d, ({ takes, admits }) => ({
        takes(item, memory) {
          const dead = count(memory, BLOCKED) > 0 || (item.is === 'wpdu' && item.wpdu.information.length === 0)
          return dead ? { is: 'dropped', memory: { ...memory, [BLOCKED]: 1 } } : takes(item, memory)
        },
        admits: (open, limit, memory) => count(memory, BLOCKED) === 0 && admits(open, limit, memory),
      })),
  },
  {
    id: 'wrapper.wport.destination-ignored',
    aliases: ['wrapper_ignore_wport'],
    breaks: ['wrapper.wports'],
    needs: 'wrapper',
    says: 'Any destination wPort is taken for the management logical device.',
    apply: (d) =>
      changeWrapper(d, ({ device }) => ({ device: (wports, devices) => device(wports, devices) ?? devices[0] })),
  },
  {
    id: 'wrapper.wport.source-unknown-accepted',
    breaks: ['wrapper.wports'],
    needs: 'wrapper',
    says: 'An unknown source wPort gets the association of the management client, without a password.',
    apply: (d) => ({
      ...changeWrapper(d, () => ({ client: ({ source }) => source })),
      association: {
        ...d.association,
        client(path, description) {
          const known = d.association.client(path, description)
          const [name, most] = Object.entries(description.clients).at(-1) ?? []
          if (known !== undefined || name === undefined || most === undefined) return known
          const { secret: _secret, ...open } = most
          return { name, client: { ...open, mechanism: 'lowest' } }
        },
      },
    }),
  },
  {
    id: 'wrapper.wport.swapped-served',
    breaks: ['wrapper.wports'],
    needs: 'wrapper',
    says: 'A request with swapped wPorts is served in the association of the right ones.',
    apply: (d) =>
      changeWrapper(d, ({ device, client }) => {
        const swapped = ({ source, destination }: { readonly source: number; readonly destination: number }) => ({
          source: destination,
          destination: source,
        })
        return {
          device: (wports, devices) => device(wports, devices) ?? device(swapped(wports), devices),
          client: (wports, clients) => client(wports, clients) ?? client(swapped(wports), clients),
        }
      }),
  },
]

const KEEPING_ALL = (): boolean => false

export const tcpDefects: readonly Defect[] = [
  {
    id: 'wrapper.association-survives-tcp',
    aliases: ['wrapper_aa_survives_tcp'],
    breaks: ['wrapper.connection-ends-association'],
    needs: 'tcp',
    says: 'An association is bound to the wPorts alone, and survives its connection.',
    apply: (d) => ({
      ...changeTcp(d, () => ({ endsAssociations: KEEPING_ALL })),
      association: {
        ...d.association,
        key: (path) =>
          path.carrier === 'tcp' ? `${path.port}/${path.client}/${path.device.key}` : d.association.key(path),
      },
    }),
  },
  {
    id: 'wrapper.association-survives-reset',
    breaks: ['wrapper.connection-ends-association'],
    needs: 'tcp',
    says: 'An association survives when its connection is reset.',
    apply: (d) => ({
      ...changeTcp(d, ({ endsAssociations }) => ({
        endsAssociations: (how) => how !== 'reset' && endsAssociations(how),
      })),
      association: {
        ...d.association,
        key: (path) =>
          path.carrier === 'tcp' ? `${path.port}/${path.client}/${path.device.key}` : d.association.key(path),
      },
    }),
  },
  {
    id: 'wrapper.idle.never-closed',
    breaks: ['wrapper.connections'],
    remark: true,
    needs: 'tcp',
    says: 'An idle connection is never closed.',
    apply: (d) => changeTcp(d, () => ({ inactivityMs: () => Infinity })),
  },
  {
    id: 'tcp.half-open.blocks',
    aliases: ['tcp_half_open_blocks'],
    breaks: ['wrapper.half-open'],
    needs: 'tcp',
    says: 'A connection whose other end has vanished is never given up, and no other is taken beside it.',
    apply: (d) => changeTcp(d, () => ({ admits: (open) => open < 1, inactivityMs: () => Infinity })),
  },
  {
    id: 'tcp.slow-sender.blocks',
    aliases: ['tcp_slowloris'],
    breaks: ['wrapper.connections'],
    remark: true,
    needs: 'tcp',
    says: 'A WPDU may take for ever: octets that drip in keep a connection open.',
    apply: (d) => changeTcp(d, () => ({ unfinishedMs: () => Infinity })),
  },
  {
    id: 'tcp.connections.too-few',
    breaks: ['wrapper.connections'],
    needs: 'tcp',
    says: 'One connection less is taken than declared.',
    apply: (d) => changeTcp(d, ({ admits }) => ({ admits: (open, limit, memory) => admits(open, limit - 1, memory) })),
  },
]

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
      association: {
        ...d.association,
        key: (path) =>
          path.carrier === 'udp' ? `${path.port}/${path.client}/${path.device.key}` : d.association.key(path),
      },
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
