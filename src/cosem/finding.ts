// What is wrong with a value, as data.

export type Fault =
  /** Another type than the class says. */
  | 'type'
  /** Fields of a structure missing or to spare. */
  | 'count'
  | 'size'
  | 'range'
  /** A number that an enum does not define. */
  | 'enum'
  /** A date or time with parts that mean nothing. */
  | 'format'
  /** A placeholder that is filled in part. */
  | 'dummy'
  /** A logical name that is not that of the object. */
  | 'name'
  /** A unit that does not measure what the logical name tells. */
  | 'unit'
  /** An attribute or method that the class does not have. */
  | 'attribute'
  | 'method'
  /** A class or version that is not known, or not one for the logical name. */
  | 'class'
  | 'version'

export interface Finding {
  readonly is: Fault
  /** Where in the value: `[3].script_identifier`, elements counted from 1; empty for the value itself. */
  readonly path: string
  readonly expected: string
  readonly found: string
  /** Sure enough for FAILED; a remark otherwise. */
  readonly firm: boolean
}

export const NOTHING: readonly Finding[] = []

export const finding = (is: Fault, expected: string, found: string, firm = true): readonly Finding[] => [
  { is, path: '', expected, found, firm },
]

export const remark = (is: Fault, expected: string, found: string): readonly Finding[] =>
  finding(is, expected, found, false)

/** The findings of a part, seen from the whole: `at` is `[3]` or the name of a field. */
export const below = (at: string, findings: readonly Finding[]): readonly Finding[] =>
  findings.map((one) => ({
    ...one,
    path: one.path === '' || one.path.startsWith('[') ? at + one.path : `${at}.${one.path}`,
  }))

export const asRemarks = (findings: readonly Finding[]): readonly Finding[] =>
  findings.some(({ firm }) => firm) ? findings.map((one) => ({ ...one, firm: false })) : findings
