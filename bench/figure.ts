/** One thing that was measured. */
export interface Figure {
  readonly name: string
  readonly value: number
  readonly unit: string
  /** What was aimed at, in words; benchmarks measure, tests judge. */
  readonly goal?: string
}
