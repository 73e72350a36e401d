import { inOrder, type Problem, renderProblem } from '../language/problem.ts'

/** Exit code 3: the command line or a file is not as it must be. Nothing was sent to a meter. */
export const USAGE = 3

/** Thrown anywhere before a run begins; told on standard error by the entry. */
export class Usage extends Error {
  constructor(lines: readonly string[]) {
    super(lines.join('\n'))
    this.name = 'Usage'
  }
}

/** What is wrong with files, each problem with its place and the line it stands on. */
export function refuse(problems: readonly Problem[], textOf: (file: string) => string | undefined): never {
  throw new Usage(inOrder(problems).map((problem) => renderProblem(problem, textOf(problem.file))))
}

/** Something else that is wrong, and what to do. */
export function usage(wrong: string, hint?: string): never {
  throw new Usage(hint === undefined ? [wrong] : [wrong, `  ${hint}`])
}
