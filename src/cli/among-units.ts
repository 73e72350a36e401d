import type { Declaration } from '../engine/declaration.ts'
import { isRecord, type JsonRecord } from '../protocol/json.ts'
import type { Value } from '../codec/value.ts'
import { sharedWith, type Unit } from '../vocabulary/units.ts'
import { secretsOf } from './secrets.ts'

/** Meters of one run, each told what its clients have in common with the others: names of meters and of keys. */
export function amongUnits<Meter extends { readonly declaration: Declaration }>(
  meters: readonly Meter[],
): readonly Meter[] {
  const units = meters.map(({ declaration }): Unit => {
    const { meter, content } = declaration
    return { meter, content, secret: secretsOf({ declaration }).get }
  })
  return meters.map((meter, at) => {
    const own = units[at]
    return own === undefined ? meter : { ...meter, declaration: told(meter.declaration, own, units) }
  })
}

function told(declaration: Declaration, own: Unit, units: readonly Unit[]): Declaration {
  const clients = Object.entries(own.content.testing?.clients ?? {})
  const value = clients.reduce<Value>((before, [name, client]) => {
    const others = sharedWith(client, own, units)
    const otherUnits = Object.fromEntries([...others].map(([meter, shared]) => [meter, { shared: [...shared] }]))
    return others.size === 0 ? before : laid(before, ['testing', 'clients', name, 'otherUnits'], otherUnits)
  }, declaration.value)
  return { ...declaration, value }
}

function laid(value: Value | undefined, [first, ...rest]: readonly string[], what: JsonRecord): Value {
  if (first === undefined) return what
  const record = isRecord(value) ? value : {}
  return { ...record, [first]: laid(record[first], rest, what) }
}
