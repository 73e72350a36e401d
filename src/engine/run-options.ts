import type { PortContext } from './context.ts'
import type { EndEvent, Verdict } from './events.ts'
import type { Instance } from './instance.ts'
import type { Emit } from './vocabulary.ts'

/** One port of one meter, ready to be opened when its first instance comes. */
export interface RunPort {
  readonly port: string
  /** How often what noise can do is repeated before it is FAILED. */
  readonly confirm: number
  open(): Promise<PortContext>
}

/** What a run is given. Times in ms. */
export interface RunOptions {
  readonly meter: string
  readonly ports: readonly RunPort[]
  readonly instances: readonly Instance[]
  readonly emit: Emit
  readonly now: () => number
  readonly interrupted: () => boolean
  /** Lets the machine see to signals and the screen: virtual time leaves it no pause of its own. */
  readonly breathe: () => Promise<void>
  /** Instances that have a verdict already (`--resume`), by name. */
  readonly done: ReadonlyMap<string, Verdict>
  readonly rerun: (instance: Instance) => string
  /** The run as a whole may last so long; what has not begun by then is INCONCLUSIVE. */
  readonly deadlineMs: number
  /** One instance may last so long, its repetitions apart. */
  readonly caseDeadlineMs: number
  readonly exitOf: (summary: Readonly<Record<Verdict, number>>, ended: EndEvent['ended']) => number
}
