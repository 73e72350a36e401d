// Generated from schemas/clause.schema.json by scripts/generate-types.ts: change the schema, not this file.

/**
 * suites/clauses/<book>.json: the clauses of one book, key → what the report prints.
 */
export interface Clauses {
  readonly [k: string]: Clause
}
export interface Clause {
  /**
   * As IEC 62056-46.
   */
  readonly book: string
  readonly edition?: string
  /**
   * The number, only where a source names it.
   */
  readonly clause?: string
  /**
   * Where in the book, in words.
   */
  readonly section?: string
  /**
   * What it demands, in our words.
   */
  readonly text: string
  readonly testable: boolean
  /**
   * Why it is not testable.
   */
  readonly why?: string
}
