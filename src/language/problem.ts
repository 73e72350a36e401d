/** Something wrong in a file, as data. Lines and columns count from 1; a column is a UTF-16 unit. */
export interface Problem {
  readonly file: string
  readonly line: number
  readonly column: number
  /** What kind of thing is wrong: `unknown-key`, `unknown-word`, `silence-without-sign-of-life` … */
  readonly code: string
  readonly expected: string
  readonly found: string
  /** What to do, or the nearest right word. */
  readonly hint?: string
  /** Worth a look, but no reason to refuse the file. */
  readonly remark?: true
}

/** The only prose about problems. With the text of the file, the line is shown with a caret under the place. */
export function renderProblem(problem: Problem, sourceText?: string): string {
  const { file, line, column, expected, found, hint } = problem
  const kind = problem.remark ? 'remark' : 'error'
  const head = `${file}:${line}:${column}: ${kind}: expected ${expected}, found ${found} [${problem.code}]`
  const shown = sourceText === undefined ? [] : excerpt(sourceText, line, column)
  return [head, ...(hint === undefined ? [] : [`  ${hint}`]), ...shown].join('\n')
}

const WIDTH = 100

/** The line, cut around the place where it is long, and a caret below it. Control characters are shown as `·`. */
function excerpt(sourceText: string, line: number, column: number): readonly string[] {
  const text = sourceText.split(/\r\n|\n|\r/)[line - 1]
  if (text === undefined) return []
  const from = Math.max(0, column - 1 - WIDTH / 2)
  const to = from + WIDTH
  const cutBefore = from > 0 ? '…' : ''
  const cutAfter = to < text.length ? '…' : ''
  const margin = `${line} | `
  // whatever would move the caret or talk to the terminal
  const visible = text
    .slice(from, to)
    .replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '·')
  const caret = ' '.repeat(margin.length + cutBefore.length + column - 1 - from) + '^'
  return [`${margin}${cutBefore}${visible}${cutAfter}`, caret]
}

/** By file, line and column; the same thing said twice only once. */
export function inOrder(problems: readonly Problem[]): readonly Problem[] {
  const seen = new Set<string>()
  return [...problems]
    .sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line || a.column - b.column))
    .filter((problem) => {
      const key = JSON.stringify(problem)
      return !seen.has(key) && Boolean(seen.add(key))
    })
}

/** A wrong value as a problem shows it: short, on one line. */
export function shown(value: unknown): string {
  if (value === undefined) return 'nothing'
  const text = JSON.stringify(value)
  return text.length <= 60 ? text : `${text.slice(0, 57)}…`
}
