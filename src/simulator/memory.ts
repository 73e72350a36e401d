import type { Value } from '../codec/value.ts'

/** What a defect must remember from one input to the next. A conformant meter leaves it empty. */
export type Memory = Readonly<Record<string, Value>>

export const NOTHING_REMEMBERED: Memory = {}

/** A number that a defect has remembered, or 0. */
export const count = (memory: Memory, name: string): number => {
  const value = memory[name]
  return typeof value === 'number' ? value : 0
}

/** Octets that a defect has remembered as hex, or ''. */
export const text = (memory: Memory, name: string): string => {
  const value = memory[name]
  return typeof value === 'string' ? value : ''
}
