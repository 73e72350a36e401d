import type { Path, Source } from './load.ts'
import type { Problem } from './problem.ts'

/** A problem before it has a position: where in the value it is. */
export interface Finding extends Pick<Problem, 'code' | 'expected' | 'found' | 'hint' | 'remark'> {
  readonly path: Path
  /** The key at the path is wrong, not what stands behind it. */
  readonly part?: 'key'
}

export const problemAt = (source: Source, { path, part, ...said }: Finding): Problem => ({
  file: source.file,
  ...source.positionOf(path, part),
  ...said,
})
