import { createHash } from 'node:crypto'
import type { Value } from '../codec/value.ts'
import { isList, isObject } from './case.ts'

/** The same text for the same value, however it was written: keys sorted by their UTF-16 units, no blanks (RFC 8785). */
export function canonical(value: Value): string {
  if (isList(value)) return `[${value.map(canonical).join(',')}]`
  if (!isObject(value)) return JSON.stringify(value)
  const members = Object.keys(value)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonical(value[key] ?? null)}`)
  return `{${members.join(',')}}`
}

/** SHA-256 of the canonical text, hex. */
export const canonicalHash = (value: Value): string => createHash('sha256').update(canonical(value)).digest('hex')
