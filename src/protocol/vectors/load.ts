import { readFileSync } from 'node:fs'
import type { Value } from '../../codec/value.ts'

/** A golden vector; README.md beside it says where they come from. */
export interface Vector {
  readonly id: string
  readonly what: string
  readonly octets: string
  readonly value: Value
}

/** All vectors of one file. */
export const vectors = (name: string): readonly Vector[] =>
  JSON.parse(readFileSync(new URL(`./${name}.json`, import.meta.url), 'utf8')) as readonly Vector[]
