// Values that can be written, and rows that have been captured. Shared by all ports of the meter.
import { fromJson } from '../../codec/codec.ts'
import { data, type Data } from '../../protocol/data/data.ts'
import type { MeterDescription, ObjectDescription } from '../description.ts'

export interface Store {
  get(object: ObjectDescription, attribute: number): Data | undefined
  set(object: ObjectDescription, attribute: number, value: Data): void
  rows(object: ObjectDescription): readonly Data[]
  setRows(object: ObjectDescription, rows: readonly Data[]): void
}

export function createStore({ objects }: MeterDescription): Store {
  const values = new Map(objects.map((object) => [object, storedValues(object)]))
  const rows = new Map<ObjectDescription, readonly Data[]>()
  return {
    get: (object, attribute) => values.get(object)?.get(attribute),
    set: (object, attribute, value) => values.get(object)?.set(attribute, value),
    rows: (object) => rows.get(object) ?? [],
    setRows: (object, kept) => rows.set(object, kept),
  }
}

function storedValues({ attributes = {} }: ObjectDescription): Map<number, Data> {
  const values = new Map<number, Data>()
  for (const [attribute, json] of Object.entries(attributes)) {
    const value = fromJson(data, json)
    if (value.ok) values.set(Number(attribute), value.value)
  }
  return values
}
