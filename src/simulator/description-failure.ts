/** What is wrong with a description. `path`: a JSON pointer into it. */
export interface DescriptionFailure {
  readonly path: string
  readonly expected: string
  readonly found: string
}

/** A name that should be one of these. */
export const named = (path: string, name: string, known: object): readonly DescriptionFailure[] =>
  Object.hasOwn(known, name) ? [] : [{ path, expected: `one of ${Object.keys(known).join(', ')}`, found: name }]
