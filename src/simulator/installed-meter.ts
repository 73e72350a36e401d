import type { Decisions } from './decisions.ts'
import type { SecurityPlace } from './model/security-state.ts'

/** What a meter is described as, what it holds, and how it decides. */
export interface InstalledMeter extends SecurityPlace {
  readonly decisions: Decisions
}
