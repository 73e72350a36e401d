// What a live meter has told, port by port. Nothing in it is trusted: what goes into a declaration is checked there.
import type { Referencing } from '../client/services.ts'
import type { Data } from '../protocol/data/data.ts'
import type { LinkParameters } from '../protocol/hdlc/negotiate.ts'
import type { Identification } from '../protocol/sign-on/messages.ts'
import type { ConformanceBit } from '../protocol/xdlms/conformance.ts'
import type { Caller, Target } from './target.ts'

export type Addressing = 1 | 2 | 4

export interface PortFindings {
  readonly target: Target
  /** Something that can be read came from the meter. */
  readonly answered: boolean
  readonly identification?: Identification
  readonly hdlc?: HdlcFindings
  readonly associations: readonly AssociationFindings[]
  /** What went otherwise than expected, in words. */
  readonly notes: readonly string[]
}

export interface HdlcFindings {
  readonly addressing: Addressing
  readonly lower?: number
  /** What UA said to the largest proposal, as the meter sees it; undefined: no link was opened. */
  readonly parameters?: LinkParameters
}

export interface AssociationFindings {
  readonly caller: Caller
  readonly server: number
  readonly context: Referencing
  readonly came: Opened | Refused
}

export interface Opened {
  readonly is: 'open'
  readonly conformance: readonly ConformanceBit[]
  readonly pduSize: number | undefined
  /** RLRQ was answered by RLRE. */
  readonly released: boolean
  /** What could be read. */
  readonly values: readonly Reading[]
  /** All that is read of a meter was asked for. */
  readonly complete: boolean
}

export interface Reading {
  readonly name: string
  readonly value: Data
  /** Octets of its encoding. */
  readonly octets: number
}

export interface Refused {
  readonly is: 'refused'
  readonly why: string
  /** The mechanism that the AARE asks for. */
  readonly mechanism: string | undefined
  /** What the AARE sounds as if it asked for. */
  readonly wants?: 'hls' | 'ciphering'
}
