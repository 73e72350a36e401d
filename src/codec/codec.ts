// The public API of this room.
export type { Codec, Of, OptionalCodec, SilentCodec } from './definition.ts'
export type { BitField, Field, Kind, Shape } from './shape.ts'
export { fieldsOf } from './shape.ts'
export type { DecodeFailure, Fault } from './failure.ts'
export type { Node, Scope } from './tree.ts'
export type { DamageFailure, Operator } from './operator.ts'
export type { Damages, Mark } from './damage.ts'
export type { Sink } from './sink.ts'
export type { Source } from './source.ts'
export { isOperator } from './operator.ts'
export { checkDamage } from './check.ts'
export { build, decode, decodeNoting, encode, explain, type Built, type Explanation } from './run.ts'
export {
  allBut,
  constant,
  float32,
  float64,
  i16,
  i32,
  i64,
  i8,
  octets,
  rest,
  text,
  u16,
  u32,
  u64,
  u8,
} from './fixed.ts'
export { bits, flag, nameBits, type BitsValue } from './bits.ts'
export { enumerated, type Names } from './enumerated.ts'
export { group, sequence, type SequenceValue } from './sequence.ts'
export { derived, derivedFrom, type Derived } from './derived.ts'
export { bitString, boolean, lengthPrefixed, list, octetString, optional, utf8String, withDefault } from './axdr.ts'
export { ifTag, tagged } from './ber.ts'
export { named, preceded } from './part.ts'
export { arm, choice, nothing, type Arm, type Choice, type ChoiceValue } from './choice.ts'
export { lazy } from './lazy.ts'
export { fromJson, toJson, type ValueFailure } from './json.ts'
