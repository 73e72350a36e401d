// SNRM and UA parameters as the secondary handles them (IEC 62056-46 6.4.4.4.3.2).
import { decode, encode } from '../../codec/codec.ts'
import { agree, type LinkParameters } from '../../protocol/hdlc/negotiate.ts'
import {
  fromParameters,
  parameterBlock,
  parameterName,
  parameterNumber,
  toParameters,
} from '../../protocol/hdlc/parameters.ts'

export type Negotiation =
  | { readonly is: 'agreed'; readonly agreed: LinkParameters; readonly information: Uint8Array }
  /** Unknown parameters imply rejection (ruling H23), and so does a block that cannot be read. */
  | { readonly is: 'refused' }

/** @param information of the SNRM; empty: the defaults are proposed */
export type Negotiate = (limits: LinkParameters, information: Uint8Array) => Negotiation

export const negotiate: Negotiate = (limits, information) => {
  const proposal = information.length === 0 ? {} : readProposal(information)
  return proposal === undefined ? { is: 'refused' } : agreed(agree(limits, proposal))
}

export const agreed = (parameters: LinkParameters): Negotiation => ({
  is: 'agreed',
  agreed: parameters,
  information: encode(parameterBlock, toParameters(parameters)),
})

/** What an SNRM proposes; undefined: nothing that could be agreed to. Nobody can send a field of no length, or have no window. */
export function readProposal(information: Uint8Array): Partial<LinkParameters> | undefined {
  const block = decode(parameterBlock, information)
  if (!block.ok) return undefined
  const known = block.value.every(
    ({ identifier, value }) => !parameterName(identifier).startsWith('parameter-') && (parameterNumber(value) ?? 0) > 0,
  )
  return known ? fromParameters(block.value) : undefined
}
