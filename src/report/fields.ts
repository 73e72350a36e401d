import type { Value } from '../codec/value.ts'
import type { Field } from './explain.ts'

/** A field in the order of a table: its path from the outermost layer, and how deep it lies. */
export interface Placed {
  readonly field: Field
  readonly path: string
  readonly depth: number
}

/** A tree as a table: every field before its children. The root is left out where it has no name. */
export function placed(tree: Field): readonly Placed[] {
  const table: Placed[] = []
  const walk = (field: Field, above: string, depth: number): void => {
    const path = above === '' ? field.name : `${above}.${field.name}`
    if (field.name !== '') table.push({ field, path, depth })
    for (const child of field.children) walk(child, path, field.name === '' ? depth : depth + 1)
  }
  walk(tree, '', 0)
  return table
}

/**
 * The field that a path of a suite or verdict means: `hdlc.control.n-r`, `n-r`, `get-response-normal.result`. Paths name the
 * layer they count from, and may leave out what lies between: of several candidates the one with the least left out.
 */
export function fieldAt(table: readonly Placed[], path: string): Placed | undefined {
  const wanted = path.split('.')
  return table
    .filter((row) => leads(row.path.split('.'), wanted))
    .sort((a, b) => a.path.length - b.path.length)
    .at(0)
}

/** The innermost field with whole octets of its own that holds octet `at`: a check failed there. */
export function fieldHolding(table: readonly Placed[], at: number): Placed | undefined {
  return table.filter(({ field }) => field.mask === undefined && field.start <= at && at < field.end).at(-1)
}

/** So much of a value is told; the octets stand beside it. */
const VALUE_TOLD = 400

/** What a field is worth, in one line: a number, a name, octets. */
export function valueText(value: Value | undefined): string {
  if (value === undefined) return ''
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return text.length <= VALUE_TOLD ? text : `${text.slice(0, VALUE_TOLD)}…`
}

/** All wanted names occur in this order, and the last is the last. */
function leads(names: readonly string[], wanted: readonly string[]): boolean {
  if (names.at(-1) !== wanted.at(-1)) return false
  let next = 0
  for (const name of names) if (name === wanted[next]) next += 1
  return next === wanted.length
}
