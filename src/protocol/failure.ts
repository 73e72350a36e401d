/**
 * A check that octets did not pass. `at` is the offset in the octets examined; `expected` and `found` are short
 * texts for a reader (hex for octets, decimal for counts). Data only: sentences are made of it elsewhere.
 */
export interface CheckFailure<Code extends string = string> {
  readonly code: Code
  readonly at: number
  readonly expected: string
  readonly found: string
}
