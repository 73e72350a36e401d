// Values that were read one after the other: numbers may move, types do not.
import type { Value } from '../../codec/value.ts'
import type { Checked } from '../../engine/vocabulary.ts'
import { isList, isRecord } from '../../protocol/json.ts'
import { fails, PASS } from './exchange.ts'

/** The types of a tagged value, without what they hold; an array is as its first element. */
function typeOf(value: Value): string {
  const [tag = 'none', inner] = (isRecord(value) ? Object.entries(value)[0] : undefined) ?? []
  if (inner === undefined || !isList(inner)) return tag
  return `${tag} {${(tag === 'array' ? inner.slice(0, 1) : inner).map(typeOf).join(', ')}}`
}

/** `first`, `second`: what was read before. */
export function typedLike(value: Value, argument: Value | undefined): Checked {
  const before = argument !== undefined && isRecord(argument) ? Object.values(argument) : []
  const type = typeOf(value)
  const other = before.map(typeOf).find((one) => one !== type)
  return other === undefined ? PASS : fails(`${other}, as it was read before`, type)
}
