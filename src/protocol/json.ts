// What suites say of messages, as plain JSON, and how it can be wrong. Octets are hex, alternatives `{name: value}`.
import { fromJson, type Codec, type DamageFailure } from '../codec/codec.ts'
import { fail, type Result, type Value } from '../codec/value.ts'

export type JsonRecord = { readonly [name: string]: Value }

/** A message that cannot be made of what a suite says, or a fault that cannot be done to it. */
export interface MessageFailure {
  readonly is: DamageFailure['is'] | 'wrong-value' | 'no-such-layer' | 'no-such-message'
  readonly path: string
  readonly expected: string
  readonly found: string
  /** The nearest right words. */
  readonly candidates: readonly string[]
}

export const isRecord = (value: Value | undefined): value is JsonRecord =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export const isList = (value: Value | undefined): value is readonly Value[] => Array.isArray(value)

export const wrongValue = (
  path: string,
  expected: string,
  found: Value,
): { readonly ok: false; readonly failure: MessageFailure } =>
  fail({ is: 'wrong-value', path, expected, found: JSON.stringify(found).slice(0, 80), candidates: [] })

/** JSON → a value of the codec. */
export function valueOf<T>(codec: Codec<T>, json: Value): Result<T, MessageFailure> {
  const read = fromJson(codec, json)
  return read.ok ? read : fail({ is: 'wrong-value', ...read.failure })
}

/**
 * What is said, and for what is not said the default. Records are joined, but an alternative `{name: value}` replaces another:
 * it is no second part of it.
 */
export function completed(defaults: JsonRecord, said: JsonRecord): JsonRecord {
  const joined: Record<string, Value> = { ...defaults, ...said }
  for (const [name, value] of Object.entries(said)) {
    const other = defaults[name]
    if (isRecord(value) && isRecord(other) && !excludes(value, other)) joined[name] = completed(other, value)
  }
  return joined
}

function excludes(a: JsonRecord, b: JsonRecord): boolean {
  const [name, ...more] = Object.keys(a)
  const [other, ...others] = Object.keys(b)
  return more.length === 0 && others.length === 0 && name !== other
}
