// How a rule for logical names is written down: a pattern over the six value groups, and what objects of that name are.
import type { SimpleType } from '../protocol/data/simple-types.ts'
import type { Confidence } from './definition.ts'

/** Those to whom ranges of names are left. */
type Others = 'manufacturer' | 'utility' | 'country' | 'consortia' | 'inactive' | 'other'

export interface ObisRule {
  readonly pattern: string
  readonly groups: readonly Group[]
  readonly name: string
  /** The classes that objects of this name may have. */
  readonly classes: readonly number[]
  readonly confidence: Confidence
  /** Types of the value: attribute 2 of classes 1, 3, 4, attributes 2 and 3 of class 5. */
  readonly types?: readonly ValueType[]
  /** What scaler_unit may say. */
  readonly units?: readonly number[]
  /** Not standardized: any class. */
  readonly leftTo?: Others
}

type ValueType = SimpleType | 'array'

/** Values from least to most. */
type Group = readonly (readonly [least: number, most: number])[]

/** `0-99,255`, or `*` for any value. */
const group = (written: string): Group =>
  written === '*'
    ? [[0, 255]]
    : written.split(',').map((part) => {
        const [least = '', most = least] = part.split('-')
        return [Number(least), Number(most)]
      })

export const matches = ({ groups }: ObisRule, logicalName: Uint8Array): boolean =>
  groups.length === logicalName.length &&
  groups.every((group, index) => {
    const value = logicalName[index] ?? -1
    return group.some(([least, most]) => value >= least && value <= most)
  })

/** How many groups are one value: of several rules that fit, the one with most says most. */
export const precision = ({ groups }: ObisRule): number =>
  groups.filter(([first, ...others]) => first && others.length === 0 && first[0] === first[1]).length

/** A rule. Its pattern names the groups A to F: `1.0-64.0.1.0.0-99,255`. */
export const rule = (
  pattern: string,
  name: string,
  classes: readonly number[],
  more: Partial<Pick<ObisRule, 'types' | 'units' | 'confidence' | 'leftTo'>> = {},
): ObisRule => ({ pattern, groups: pattern.split('.').map(group), name, classes, confidence: 'high', ...more })

// Types that values of a kind may have.
export const count: readonly ValueType[] = ['unsigned', 'long-unsigned', 'double-long-unsigned']
export const longCount: readonly ValueType[] = [...count, 'long64-unsigned']
export const timestamp: readonly ValueType[] = ['octet-string', 'date-time', 'double-long-unsigned', 'long64-unsigned']
export const timeOrDate: readonly ValueType[] = ['octet-string', 'time', 'date']
export const shortIdentifier: readonly ValueType[] = [
  'octet-string',
  'visible-string',
  'utf8-string',
  'unsigned',
  'long-unsigned',
]
export const identifier: readonly ValueType[] = [...shortIdentifier, 'double-long-unsigned']
export const errorWord: readonly ValueType[] = ['bit-string', 'octet-string', ...count]
export const statusWord: readonly ValueType[] = ['boolean', ...errorWord, 'long64-unsigned']
export const numeric: readonly ValueType[] = [
  'double-long',
  'double-long-unsigned',
  'integer',
  'long',
  'unsigned',
  'long-unsigned',
  'long64',
  'long64-unsigned',
  'float32',
  'float64',
]
export const measured: readonly ValueType[] = [...numeric, 'octet-string', 'visible-string', 'bcd']
