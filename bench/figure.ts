/** One thing that was measured, and what it is set against. */
export interface Figure {
  readonly name: string
  /** As this machine measured it: printed, never kept. */
  readonly value: number
  readonly unit: string
  readonly ratio: Ratio
}

/** A cost as a multiple of something that every machine has: less is better. */
interface Ratio {
  readonly value: number
  /** What counts as 1. */
  readonly of: string
  /** What is aimed at; benchmarks measure, nobody is refused for missing it. */
  readonly atMost?: number
}

/** Figures that belong together. */
export interface Group {
  readonly title: string
  readonly figures: readonly Figure[]
  /** How they were come by, and what could not be measured here. */
  readonly notes: readonly string[]
}
