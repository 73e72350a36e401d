// WPDUs in a stream: where one ends, and how long one may be.
import { lastEnd } from '../../../protocol/line.ts'
import { createWpduStream, unwrapDatagram, type Unwrapped, type WpduStream } from '../../../protocol/wrapper/stream.ts'
import { count } from '../../memory.ts'
import { changeTcp, type Defect } from '../defect.ts'
import { served } from './shared.ts'

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

const BLOCKED = 'blocked'

export const streamDefects: readonly Defect[] = [
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
]
