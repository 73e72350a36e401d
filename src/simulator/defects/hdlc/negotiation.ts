// What the UA says, and what is then held to.
import { encode } from '../../../codec/codec.ts'
import { segments as cut } from '../../../protocol/hdlc/segment.ts'
import {
  agree,
  DEFAULT_PARAMETERS,
  LINK_PARAMETERS,
  mirrored,
  type LinkParameter,
  type LinkParameters,
} from '../../../protocol/hdlc/negotiate.ts'
import { parameterBlock, toParameters } from '../../../protocol/hdlc/parameters.ts'
import { agreed, readProposal, type Negotiate, type Negotiation } from '../../link/negotiation.ts'
import { changeLink, changeTransmission, type Defect } from '../defect.ts'

const LENGTHS = 'hdlc.negotiation.length'
const WINDOWS = 'hdlc.negotiation.window'

/** What the right meter would say, said otherwise. */
const saying = (
  id: string,
  breaks: readonly string[],
  says: string,
  change: (right: LinkParameters, limits: LinkParameters, proposal: LinkParameters) => LinkParameters,
  more: { readonly aliases?: readonly string[]; readonly remark?: true } = {},
): Defect => ({
  id: `hdlc.negotiation.${id}`,
  ...more,
  breaks,
  needs: 'hdlc',
  says,
  apply: (d) =>
    changeLink(d, ({ negotiate }) => ({
      negotiate(limits, information): Negotiation {
        const right = negotiate(limits, information)
        if (right.is === 'refused') return right
        const proposal = { ...DEFAULT_PARAMETERS, ...readProposal(information) }
        return agreed(change(right.agreed, limits, proposal))
      },
    })),
})

const lengths = (parameters: LinkParameters, change: (length: number) => number): LinkParameters => ({
  ...parameters,
  'max-information-field-length-transmit': change(parameters['max-information-field-length-transmit']),
  'max-information-field-length-receive': change(parameters['max-information-field-length-receive']),
})
const windows = (parameters: LinkParameters, transmit: number, receive: number): LinkParameters => ({
  ...parameters,
  'window-size-transmit': transmit,
  'window-size-receive': receive,
})

/** Positions of the values where each length has one octet, each window four. */
const AT = { transmit: 5, receive: 8, windowTransmit: 14, windowReceive: 20 }

const atFixedOffsets: (negotiate: Negotiate) => Negotiate = (negotiate) => (limits, information) => {
  if (information.length === 0) return negotiate(limits, information)
  const at = (index: number): number => information[index] ?? 0
  return agreed({
    'max-information-field-length-transmit': at(AT.receive),
    'max-information-field-length-receive': at(AT.transmit),
    'window-size-transmit': at(AT.windowReceive),
    'window-size-receive': at(AT.windowTransmit),
  })
}

const withDefaultForLess: (negotiate: Negotiate) => Negotiate = (negotiate) => (limits, information) => {
  const right = negotiate(limits, information)
  if (right.is === 'refused') return right
  const proposal = mirrored({ ...DEFAULT_PARAMETERS, ...readProposal(information) })
  const isLess = (name: LinkParameter): boolean => proposal[name] < DEFAULT_PARAMETERS[name]
  const valuesOf = (from: LinkParameters, names: readonly LinkParameter[]): Partial<LinkParameters> =>
    Object.fromEntries(names.map((name) => [name, from[name]]))
  const said = valuesOf(
    right.agreed,
    LINK_PARAMETERS.filter((name) => !isLess(name)),
  )
  return {
    is: 'agreed',
    agreed: { ...right.agreed, ...valuesOf(DEFAULT_PARAMETERS, LINK_PARAMETERS.filter(isLess)) },
    information: encode(parameterBlock, toParameters(said)),
  }
}

const GREATEST_LENGTH = 2030
const TOO_GREAT_LENGTH = 4000

export const negotiationDefects: readonly Defect[] = [
  saying(
    'exceeds-proposal',
    [LENGTHS, WINDOWS],
    'UA gives the own limits, whatever was proposed.',
    (_right, limits) => limits,
    {
      aliases: ['hdlc_ua_ignores_request'],
    },
  ),
  saying(
    'exceeds-declaration',
    [LENGTHS],
    'UA agrees to whatever is proposed, beyond the own limits.',
    (right, _limits, proposal) => ({
      ...right,
      'max-information-field-length-transmit': Math.min(
        GREATEST_LENGTH,
        proposal['max-information-field-length-receive'],
      ),
      'max-information-field-length-receive': Math.min(
        GREATEST_LENGTH,
        proposal['max-information-field-length-transmit'],
      ),
    }),
  ),
  saying('above-2030', [LENGTHS], 'UA gives lengths above 2030.', (right) => lengths(right, () => TOO_GREAT_LENGTH)),
  saying('zero', [LENGTHS], 'UA gives lengths of 0.', (right) => lengths(right, () => 0)),
  {
    id: 'hdlc.negotiation.malformed-block',
    breaks: ['hdlc.negotiation.coding'],
    fatal: true,
    needs: 'hdlc',
    says: 'The parameter block of the UA ends before its group length says.',
    apply: (d) =>
      changeLink(d, ({ negotiate }) => ({
        negotiate(limits, information) {
          const right = negotiate(limits, information)
          return right.is === 'refused' ? right : { ...right, information: right.information.slice(0, -2) }
        },
      })),
  },
  saying('window-zero', [WINDOWS], 'UA gives windows of 0.', (right) => windows(right, 0, 0)),
  saying('window-above-7', [WINDOWS], 'UA gives windows of 8.', (right) => windows(right, 8, 8)),
  saying('window-exceeds', [WINDOWS], 'UA gives the own windows, whatever was proposed.', (right) =>
    windows(right, 7, 7),
  ),
  saying(
    'below-both',
    [LENGTHS, 'declaration.hdlc'],
    'UA gives half of what both sides can.',
    (right) => lengths(right, (length) => length >> 1),
    { remark: true },
  ),
  saying(
    'swapped',
    [LENGTHS],
    'UA takes transmit for receive.',
    (_right, limits, proposal) => agree(limits, mirrored(proposal)),
    { aliases: ['hdlc_swap_tx_rx'] },
  ),
  {
    id: 'hdlc.negotiation.default-above-proposal',
    breaks: [LENGTHS, 'hdlc.information.too-long', 'hdlc.segmentation'],
    needs: 'hdlc',
    says: 'Where lengths below 128 are proposed UA says nothing of them, and 128 is used.',
    apply: (d) => changeLink(d, ({ negotiate }) => ({ negotiate: withDefaultForLess(negotiate) })),
  },
  {
    id: 'hdlc.negotiation.fixed-offset',
    aliases: ['hdlc_param_fixed_offset'],
    breaks: ['hdlc.negotiation.coding'],
    needs: 'hdlc',
    says: 'The parameters of SNRM are read at fixed offsets, whatever their coding.',
    apply: (d) => changeLink(d, ({ negotiate }) => ({ negotiate: atFixedOffsets(negotiate) })),
  },
  {
    id: 'hdlc.i.longer-than-agreed',
    breaks: ['hdlc.information.too-long', 'hdlc.segmentation'],
    needs: 'hdlc',
    says: 'I frames are sixteen octets longer than agreed.',
    apply: (d) =>
      changeTransmission(d, () => ({
        segments: (state, llcAndApdu) => cut(llcAndApdu, state.agreed['max-information-field-length-transmit'] + 16),
      })),
  },
]
