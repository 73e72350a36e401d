import { readFileSync } from 'node:fs'
import type { HdlcAddress } from '../hdlc/address.ts'
import type { Control } from '../hdlc/control.ts'

export interface FcsVector {
  readonly id: string
  readonly from: string
  readonly over: string
  readonly fcs: string
}
export interface AddressVector {
  readonly id: string
  readonly from: string
  readonly address: HdlcAddress
  readonly octets: string
}
export interface FrameVector {
  readonly id: string
  readonly what: string
  readonly from: string
  readonly octets: string
  readonly segmentation: boolean
  readonly destination: string
  readonly source: string
  readonly control: Control
  readonly information: string
}
/** What a deframer says of it. No failures: the frame is well formed, and wrong only for the link that receives it. */
export interface InvalidVector {
  readonly id: string
  readonly what: string
  readonly from: string
  readonly octets: string
  readonly failures: readonly string[]
}

/** Two frames that share a flag. */
export interface SharedFlagVector {
  readonly id: string
  readonly from: string
  readonly octets: string
  readonly frames: readonly string[]
}

/** Examples of the HDLC layer; README.md beside them says where they come from. */
export const hdlcVectors = JSON.parse(readFileSync(new URL('./hdlc.json', import.meta.url), 'utf8')) as {
  readonly fcs: readonly FcsVector[]
  readonly addresses: readonly AddressVector[]
  readonly frames: readonly FrameVector[]
  readonly 'shared-flags': readonly SharedFlagVector[]
  readonly invalid: readonly InvalidVector[]
}
