// The frame format field: length and type.
import type { Deframed } from '../../../protocol/hdlc/deframer.ts'
import { takesAlso, type Defect } from '../defect.ts'
import { deafAfter, FOR_EVER } from './deaf.ts'
import { isShort, lastWith, onlyDamagedBy, rememberingLast, taken, UNKNOWN, withControl } from './reading.ts'

const hasWrongLength = (item: Deframed): boolean =>
  item.is === 'damaged' && item.failures.some(({ code }) => code === 'length')

export const lengthDefects: readonly Defect[] = [
  {
    id: 'hdlc.length.short-answered',
    breaks: ['hdlc.frame.shortest'],
    needs: 'hdlc',
    says: 'A frame too short to be one is answered like an unknown command.',
    apply: (d) =>
      takesAlso(rememberingLast(d), (item, memory) =>
        isShort(item) ? taken(lastWith(memory, UNKNOWN), memory) : undefined,
      ),
  },
  {
    id: 'hdlc.length.short-executed',
    breaks: ['hdlc.frame.shortest'],
    needs: 'hdlc',
    says: 'A frame too short to be one sets the link up, unanswered.',
    apply: (d) =>
      takesAlso(rememberingLast(d), (item, memory) =>
        isShort(item) ? taken(lastWith(memory, { is: 'snrm', 'poll-final': true }), memory, true) : undefined,
      ),
  },
  {
    id: 'hdlc.length.short-hangs',
    breaks: ['hdlc.frame.shortest'],
    needs: 'hdlc',
    says: 'After a frame too short to be one the receiver is dead.',
    apply: deafAfter(isShort, FOR_EVER),
  },
  {
    id: 'hdlc.length.unchecked',
    breaks: ['hdlc.frame.length'],
    needs: 'hdlc',
    says: 'A frame whose length subfield is wrong is served.',
    apply: (d) => takesAlso(d, (item, memory) => taken(onlyDamagedBy(item, 'length'), memory)),
  },
  {
    id: 'hdlc.length.waits-for-more',
    breaks: ['hdlc.frame.length'],
    needs: 'hdlc',
    says: 'A wrong length subfield makes the receiver lose the next frame, whatever the pause between them.',
    apply: deafAfter(hasWrongLength, 1),
  },
  {
    id: 'hdlc.length.overflow-dead',
    aliases: ['hdlc_len_overflow'],
    breaks: ['hdlc.frame.length'],
    fatal: true,
    needs: 'hdlc',
    says: 'A wrong length subfield kills the receiver.',
    apply: deafAfter(hasWrongLength, FOR_EVER),
  },
  {
    id: 'hdlc.type.unchecked',
    breaks: ['hdlc.frame.type'],
    needs: 'hdlc',
    says: 'A frame of another format type than 3 is served.',
    apply: (d) => takesAlso(d, (item, memory) => taken(onlyDamagedBy(item, 'format-type', 'length'), memory)),
  },
  {
    id: 'hdlc.type.answered',
    breaks: ['hdlc.frame.type'],
    needs: 'hdlc',
    says: 'A frame of another format type than 3 is answered like an unknown command.',
    apply: (d) =>
      takesAlso(d, (item, memory) => {
        const frame = onlyDamagedBy(item, 'format-type', 'length')
        return frame === undefined ? undefined : taken(withControl(frame, UNKNOWN), memory)
      }),
  },
]
