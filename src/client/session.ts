// What a service needs of the association that it is asked in.
import type { ConformanceBit } from '../protocol/xdlms/conformance.ts'
import type { Ask, Irregularity } from './service-outcome.ts'

/** The contract that the initiation made. Sizes in octets of an APDU; 0: no limit. */
export interface Agreed {
  readonly conformance: readonly ConformanceBit[]
  readonly serverMaxReceivePduSize: number
  readonly clientMaxReceivePduSize: number
}

export interface Session {
  readonly ask: Ask
  /** 1 to 15, one after the other. */
  readonly nextInvokeId: () => number
  /** Undefined: there is no association, or what it agreed is not known. */
  readonly agreed: Agreed | undefined
  /** Long requests go in blocks of so many octets of raw data at most, even where they would fit. */
  readonly blockOctets?: number
}

/** An answer in blocks, where the contract has none of them (B9). */
export function unagreed({ agreed }: Session, bit: ConformanceBit): readonly Irregularity[] {
  if (agreed === undefined || agreed.conformance.includes(bit)) return []
  return [
    {
      rule: 'block-transfer-negotiated',
      expected: `an answer in one APDU, or a refusal: ${bit} was not negotiated`,
      found: 'blocks',
    },
  ]
}

/** Blocks for what one APDU could have held (B8). `inOne`: octets that it would have had. */
export function unneeded({ agreed }: Session, inOne: number, blocks: number): readonly Irregularity[] {
  if (agreed === undefined) return []
  const sizes = [agreed.clientMaxReceivePduSize, agreed.serverMaxReceivePduSize].filter((size) => size > 0)
  const least = Math.min(...sizes)
  if (sizes.length === 0 || inOne > least) return []
  return [
    {
      rule: 'block-transfer-needed',
      expected: `one APDU of ${inOne} octets, where ${least} may come`,
      found: blocks === 1 ? 'a block' : `${blocks} blocks`,
      remark: true,
    },
  ]
}
