import type { Value } from '../codec/value.ts'
import type { Kept } from './kept.ts'
import type { Rungs } from './rungs.ts'
import type { Emit, Given, Tester, Tolerance, Vocabulary } from './vocabulary.ts'

/** What an instance is run with: the tester of its port, and all that does not change from instance to instance. */
export interface PortContext {
  readonly tester: Tester
  readonly vocabulary: Vocabulary
  readonly rungs: Rungs
  readonly kept: Kept
  /** The lowest rung on which something has to be answered, for a case that begins on this one; undefined: the meter speaks only by itself. */
  readonly shows: (rung: Given['rung']) => Given | undefined
  readonly emit: Emit
  readonly port: string
  readonly profile: readonly string[]
  readonly responseMs: number
  readonly tolerance: Tolerance
  /** `$supports $testing $port $unassigned …`. */
  readonly roots: Readonly<Record<string, Value>>
  /** Controls whose twin was answered normally on this port, since the last instance that did not pass. */
  readonly controls: Set<string>
  /** Clauses of rules of every message that an instance on this port FAILED by. */
  readonly shown: Set<string>
  readonly interrupted: () => boolean
}
