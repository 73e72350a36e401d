// Proposals of SNRM that are refused, or not answered.
import { decode } from '../../../codec/codec.ts'
import type { LinkParameters } from '../../../protocol/hdlc/negotiate.ts'
import { parameterBlock, parameterName } from '../../../protocol/hdlc/parameters.ts'
import { readProposal } from '../../link/negotiation.ts'
import type { Row } from '../../link/reaction.ts'
import { ignore } from '../../link/rows.ts'
import { count } from '../../memory.ts'
import { changeLink, changeNdm, changeSnrm, type Defect } from '../defect.ts'

type Which = (information: Uint8Array, limits: LinkParameters) => boolean

const refused = (id: string, breaks: string, says: string, which: Which): Defect => ({
  id: `hdlc.negotiation.${id}`,
  breaks: [breaks],
  needs: 'hdlc',
  says,
  apply: (d) =>
    changeLink(d, ({ negotiate }) => ({
      negotiate: (limits, information) =>
        which(information, limits) ? { is: 'refused' } : negotiate(limits, information),
    })),
})

const unanswered = (id: string, breaks: string, says: string, which: Which): Defect => ({
  id: `hdlc.negotiation.${id}`,
  breaks: [breaks],
  needs: 'hdlc',
  says,
  apply: (d) =>
    changeSnrm(d, (snrm) => (state, heard, context) => {
      const row = which(heard.frame.information, context.limits) ? ignore : snrm
      return row(state, heard, context)
    }),
})

const hasLongerFields: Which = (information, limits) =>
  (readProposal(information)?.['max-information-field-length-transmit'] ?? 0) >
  limits['max-information-field-length-receive']

const hasWindow: Which = (information) => {
  const { 'window-size-transmit': transmit = 1, 'window-size-receive': receive = 1 } = readProposal(information) ?? {}
  return Math.max(transmit, receive) > 1
}

const hasUnknown: Which = (information) => {
  const block = decode(parameterBlock, information)
  return block.ok && block.value.some(({ identifier }) => parameterName(identifier).startsWith('parameter-'))
}

const hangs = 'hangs'
/** Hangs for ever once it has been told to. */
const unlessHung =
  (row: Row): Row =>
  (state, heard, context) =>
    count(state.memory, hangs) > 0 ? ignore(state, heard, context) : row(state, heard, context)

export const proposalDefects: readonly Defect[] = [
  refused(
    'refused-by-dm',
    'hdlc.negotiation.length',
    'SNRM that proposes longer fields than the meter has is answered by DM.',
    hasLongerFields,
  ),
  unanswered(
    'unanswered',
    'hdlc.negotiation.length',
    'SNRM that proposes longer fields than the meter has is not answered.',
    hasLongerFields,
  ),
  refused(
    'window-refused',
    'hdlc.negotiation.window',
    'SNRM that proposes a window above 1 is answered by DM.',
    hasWindow,
  ),
  unanswered(
    'unknown-unanswered',
    'hdlc.negotiation.coding',
    'SNRM with an unknown parameter is not answered.',
    hasUnknown,
  ),
  {
    id: 'hdlc.negotiation.bad-block-hangs',
    breaks: ['hdlc.negotiation.coding'],
    needs: 'hdlc',
    says: 'After SNRM with a block that is refused the link is dead.',
    apply: (d) =>
      changeNdm(d, ({ snrm, disc }) => ({
        snrm: unlessHung((state, heard, context) => {
          const { to, ...reaction } = snrm(state, heard, context)
          return to.mode === 'nrm' ? { to, ...reaction } : { to: { ...to, memory: { ...to.memory, [hangs]: 1 } } }
        }),
        disc: unlessHung(disc),
      })),
  },
]
