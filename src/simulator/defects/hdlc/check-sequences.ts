// HCS and FCS, and a 7E in them or before them.
import { FLAG } from '../../../protocol/hdlc/examine.ts'
import { takesAlso, type Defect } from '../defect.ts'
import { takesFramesBut } from './deaf.ts'
import { onlyDamagedBy, taken, UNKNOWN, withControl } from './reading.ts'

const holdsFlag = (octets: Uint8Array, from: number, to: number): boolean => octets.subarray(from, to).includes(FLAG)

export const checkSequenceDefects: readonly Defect[] = [
  {
    id: 'hdlc.hcs.unchecked',
    breaks: ['hdlc.hcs'],
    needs: 'hdlc',
    says: 'A frame with a wrong HCS is served.',
    apply: (d) => takesAlso(d, (item, memory) => taken(onlyDamagedBy(item, 'hcs'), memory)),
  },
  ...(['hcs', 'fcs'] as const).map((code): Defect => ({
    id: `hdlc.${code}.advances-v-r`,
    breaks: [`hdlc.${code}`],
    needs: 'hdlc',
    says: `An I frame with a wrong ${code.toUpperCase()} is dropped, but counted.`,
    apply: (d) =>
      takesAlso(d, (item, memory) => {
        const frame = onlyDamagedBy(item, code)
        return frame?.control.is === 'i' ? taken(withControl(frame, frame.control), memory, true) : undefined
      }),
  })),
  {
    id: 'hdlc.hcs.resets-link',
    breaks: ['hdlc.hcs'],
    needs: 'hdlc',
    says: 'An I frame with a wrong HCS ends the link.',
    apply: (d) =>
      takesAlso(d, (item, memory) => {
        const frame = onlyDamagedBy(item, 'hcs')
        const disc = frame?.control.is === 'i' ? withControl(frame, { is: 'disc', 'poll-final': true }) : undefined
        return taken(disc, memory, true)
      }),
  },
  {
    id: 'hdlc.fcs.resets-link',
    breaks: ['hdlc.fcs'],
    needs: 'hdlc',
    says: 'A frame with a wrong FCS ends the link.',
    apply: (d) =>
      takesAlso(d, (item, memory) => {
        const frame = onlyDamagedBy(item, 'fcs')
        return taken(frame && withControl(frame, { is: 'disc', 'poll-final': true }), memory, true)
      }),
  },
  {
    id: 'hdlc.fcs.unchecked',
    breaks: ['hdlc.fcs'],
    needs: 'hdlc',
    says: 'A frame with a wrong FCS is served.',
    apply: (d) => takesAlso(d, (item, memory) => taken(onlyDamagedBy(item, 'fcs'), memory)),
  },
  {
    id: 'hdlc.fcs.unchecked-with-information',
    breaks: ['hdlc.fcs'],
    needs: 'hdlc',
    says: 'Where there is a HCS, the FCS is not looked at.',
    apply: (d) =>
      takesAlso(d, (item, memory) => {
        const frame = onlyDamagedBy(item, 'fcs')
        return frame !== undefined && frame.information.length > 0 ? taken(frame, memory) : undefined
      }),
  },
  {
    id: 'hdlc.fcs.answered',
    breaks: ['hdlc.fcs'],
    needs: 'hdlc',
    says: 'A frame with a wrong FCS is answered like an unknown command.',
    apply: (d) =>
      takesAlso(d, (item, memory) => {
        const frame = onlyDamagedBy(item, 'fcs')
        return frame === undefined ? undefined : taken(withControl(frame, UNKNOWN), memory)
      }),
  },
  {
    id: 'hdlc.fcs.7e-swallowed',
    aliases: ['hdlc_fcs_7e_swallowed'],
    breaks: ['hdlc.transparency'],
    needs: 'hdlc',
    says: 'A frame is lost when an octet of its FCS is 7E.',
    apply: takesFramesBut(({ octets }) => holdsFlag(octets, octets.length - 3, octets.length - 1)),
  },
  {
    id: 'hdlc.7e-ends-frame',
    breaks: ['hdlc.transparency'],
    needs: 'hdlc',
    says: 'A 7E inside a frame ends it.',
    apply: takesFramesBut(({ octets }) => holdsFlag(octets, 1, octets.length - 3)),
  },
]
