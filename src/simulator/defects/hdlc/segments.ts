// Long APDUs: segments both ways, and the window.
import { LLC_OCTETS } from '../../../protocol/hdlc/llc.ts'
import { segments as cut } from '../../../protocol/hdlc/segment.ts'
import { count } from '../../memory.ts'
import { changeNrm, changeNdm, changeTransmission, type Defect } from '../defect.ts'
import type { Row } from '../../link/reaction.ts'

const SEGMENTED = 'segmented'

const keepingSegments =
  (row: Row): Row =>
  (state, heard, context) => {
    const reaction = row(state, heard, context)
    return { ...reaction, to: { ...reaction.to, assembly: state.assembly } }
  }

export const segmentDefects: readonly Defect[] = [
  {
    id: 'hdlc.segment.first-only',
    aliases: ['hdlc_segment_first_only'],
    breaks: ['hdlc.segmentation'],
    needs: 'hdlc',
    says: 'The first segment of a request is taken for the whole.',
    apply: (d) =>
      changeNrm(d, ({ i }) => ({
        i: (state, heard, context) => i(state, { ...heard, frame: { ...heard.frame, segmentation: false } }, context),
      })),
  },
  {
    id: 'hdlc.segment.not-acknowledged',
    breaks: ['hdlc.segmentation'],
    needs: 'hdlc',
    says: 'A segment that is not the last is not answered.',
    apply: (d) =>
      changeNrm(d, ({ i }) => ({
        i(state, heard, context) {
          const reaction = i(state, heard, context)
          return heard.frame.segmentation ? { ...reaction, turn: false } : reaction
        },
      })),
  },
  {
    id: 'hdlc.segment.answered-twice',
    breaks: ['hdlc.segmentation'],
    needs: 'hdlc',
    says: 'A request that came in segments is answered twice.',
    apply: (d) =>
      changeTransmission(
        changeNrm(d, ({ i }) => ({
          i(state, heard, context) {
            const reaction = i(state, heard, context)
            if (!heard.frame.segmentation) return reaction
            return { ...reaction, to: { ...reaction.to, memory: { ...reaction.to.memory, [SEGMENTED]: 1 } } }
          },
        })),
        ({ segments }) => ({
          segments(state, llcAndApdu) {
            const once = segments(state, llcAndApdu)
            return count(state.memory, SEGMENTED) > 0 ? [...once, ...once] : once
          },
        }),
      ),
  },
  {
    id: 'hdlc.segment.stale-buffer',
    aliases: ['hdlc_stale_segment_buffer'],
    breaks: ['hdlc.segmentation'],
    needs: 'hdlc',
    says: 'Segments of a request that was broken off survive DISC and SNRM, in front of the next request.',
    apply: (d) => {
      const connectedAlso = changeNrm(d, ({ snrm, disc }) => ({
        snrm: keepingSegments(snrm),
        disc: keepingSegments(disc),
      }))
      return changeNdm(connectedAlso, ({ snrm }) => ({ snrm: keepingSegments(snrm) }))
    },
  },
  {
    id: 'hdlc.segment.llc-repeated',
    aliases: ['hdlc_llc_every_segment'],
    breaks: ['hdlc.segmentation', 'llc.header'],
    needs: 'hdlc',
    says: 'Every segment has an LLC header.',
    apply: (d) =>
      changeTransmission(d, () => ({
        segments(state, llcAndApdu) {
          const header = llcAndApdu.subarray(0, LLC_OCTETS)
          const maximum = state.agreed['max-information-field-length-transmit'] - LLC_OCTETS
          return cut(llcAndApdu.subarray(LLC_OCTETS), maximum).map((segment) => ({
            ...segment,
            information: Uint8Array.of(...header, ...segment.information),
          }))
        },
      })),
  },
  {
    id: 'hdlc.segment.last-has-s',
    breaks: ['hdlc.segmentation'],
    needs: 'hdlc',
    says: 'The last segment has S = 1 as well.',
    apply: (d) =>
      changeTransmission(d, ({ segments }) => ({
        segments(state, llcAndApdu) {
          const all = segments(state, llcAndApdu)
          return all.length === 1 ? all : all.map((segment) => ({ ...segment, segmentation: true }))
        },
      })),
  },
  {
    id: 'hdlc.segment.too-long',
    breaks: ['hdlc.segmentation', 'hdlc.information.too-long'],
    needs: 'hdlc',
    says: 'Segments are one octet longer than agreed.',
    apply: (d) =>
      changeTransmission(d, ({ segments }) => ({
        segments: (state, llcAndApdu) =>
          llcAndApdu.length <= state.agreed['max-information-field-length-transmit']
            ? segments(state, llcAndApdu)
            : cut(llcAndApdu, state.agreed['max-information-field-length-transmit'] + 1),
      })),
  },
  {
    id: 'hdlc.window.final-bit-on-each',
    breaks: ['hdlc.window', 'hdlc.final-bit'],
    needs: 'window',
    says: 'Every frame of a window has F = 1.',
    apply: (d) =>
      changeTransmission(d, ({ frame }) => ({ frame: (state, segment, nS) => frame(state, segment, nS, true) })),
  },
  {
    id: 'hdlc.window.too-many',
    breaks: ['hdlc.window'],
    needs: 'hdlc',
    says: 'One frame more than the window allows is sent.',
    apply: (d) =>
      changeTransmission(d, () => ({
        burst: ({ agreed, sent, waiting }) =>
          [...sent, ...waiting].slice(0, Math.min(7, agreed['window-size-transmit'] + 1)),
      })),
  },
  {
    id: 'hdlc.window.frame-lost',
    breaks: ['hdlc.window', 'hdlc.i.sequence'],
    needs: 'window',
    says: 'The second frame of a window is never sent.',
    apply: (d) =>
      changeTransmission(d, ({ turn }) => ({
        turn(state, rules) {
          const { to, say } = turn(state, rules)
          return { to, say: say.length > 1 ? say.filter((_, index) => index !== 1 || index === say.length - 1) : say }
        },
      })),
  },
]
