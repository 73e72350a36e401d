// Status words that profiles capture: each tells what happened in one period, and begins anew with the next.
import type { ColumnDescription } from '../../description.ts'
import { findObject } from '../access.ts'
import type { Situation } from '../classes.ts'
import { numberOf, unsigned } from '../data.ts'

/** 0.0.96.10.e.255. */
const STATUS = /^0\.0\.96\.10\.\d+\.255$/
const VALUE = 2

/** Bits of the word. */
export const PERIOD = { clockAdjusted: 0x20 } as const

/** In every period that is running. */
export function markPeriods({ description, rules, store }: Situation, bit: number): void {
  if (!rules.marks(bit)) return
  for (const object of description.objects)
    if (STATUS.test(object['logical-name']))
      store.set(object, VALUE, unsigned((numberOf(store.get(object, VALUE), 'unsigned') ?? 0) | bit))
}

/** A period is over for the profile with these columns. */
export function beginPeriod(columns: readonly ColumnDescription[], { description, store }: Situation): void {
  for (const { 'logical-name': name } of columns) {
    const object = STATUS.test(name) ? findObject(description.objects, name) : undefined
    if (object !== undefined && numberOf(store.get(object, VALUE), 'unsigned') !== 0)
      store.set(object, VALUE, unsigned(0))
  }
}
