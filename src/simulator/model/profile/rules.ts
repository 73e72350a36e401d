// How a profile keeps its rows (IEC 62056-6-2, Profile generic).
import type { Row } from './rows.ts'

export interface ProfileRules {
  /** A row, when it is captured. `before`: the one before it. */
  readonly row: (row: Row, before: Row | undefined) => Row
  /** Rows with one more behind them: of more than `most` the oldest goes. */
  readonly kept: (rows: readonly Row[], most: number) => readonly Row[]
  /** Rows, the oldest first, in the order in which the buffer shows them. */
  readonly order: (rows: readonly Row[]) => readonly Row[]
}

export const conformantProfile: ProfileRules = {
  row: (row) => row,
  kept: (rows, most) => rows.slice(-most),
  order: (rows) => rows,
}
