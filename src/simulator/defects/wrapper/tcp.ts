// Connections of TCP: what they end, how many there may be, and for how long.
import { changeTcp, type Defect } from '../defect.ts'
import { boundToWports } from './shared.ts'

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
      association: boundToWports(d, 'tcp'),
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
      association: boundToWports(d, 'tcp'),
    }),
  },
  {
    id: 'wrapper.idle.never-closed',
    breaks: ['wrapper.half-open'],
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
    id: 'tcp.place-lost-by-reset',
    aliases: ['session_leak'],
    breaks: ['wrapper.connections'],
    needs: 'tcp',
    says: 'The place of a connection that was reset is never free again.',
    apply: (d) => changeTcp(d, () => ({ freesPlace: (how) => how !== 'reset' })),
  },
  {
    id: 'tcp.connections.too-few',
    breaks: ['wrapper.connections'],
    needs: 'tcp',
    says: 'One connection less is taken than declared.',
    apply: (d) => changeTcp(d, ({ admits }) => ({ admits: (open, limit, memory) => admits(open, limit - 1, memory) })),
  },
  {
    id: 'tcp.answers-on-newest',
    breaks: ['wrapper.connections'],
    needs: 'tcp',
    says: 'Answers go out on the newest connection, whichever one asked.',
    apply: (d) => changeTcp(d, () => ({ answersOn: (asked, open) => open.at(-1) ?? asked })),
  },
]
