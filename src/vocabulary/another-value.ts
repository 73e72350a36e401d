// A value that another could be taken for by nobody, and is as legal: what is written where nothing may be written.
import type { Data } from '../protocol/data/data.ts'

/** Far enough from what a register counts between two reads, near enough to do no harm where it is taken for a moment. */
const STEPS: Readonly<Record<string, readonly [step: number, most: number]>> = {
  unsigned: [16, 0xff],
  'long-unsigned': [1000, 0xffff],
  'double-long-unsigned': [1000, 0xffffffff],
  integer: [1, 0x7f],
  long: [1000, 0x7fff],
  'double-long': [1000, 0x7fffffff],
}

/** Undefined: there is none that is surely legal. Of a structure the first field that can be changed is. */
export function anotherValue(value: Data): Data | undefined {
  if (value.is === 'boolean') return { is: 'boolean', value: !value.value }
  if (value.is === 'octet-string')
    return value.value.length === 0 ? undefined : { ...value, value: flipped(value.value) }
  if (value.is === 'structure') return anotherStructure(value.value)
  const [step, most] = STEPS[value.is] ?? []
  if (step === undefined || most === undefined || !('value' in value) || typeof value.value !== 'number')
    return undefined
  return { ...value, value: value.value + step > most ? value.value - step : value.value + step }
}

const flipped = (octets: Uint8Array): Uint8Array => octets.with(-1, (octets.at(-1) ?? 0) ^ 1)

function anotherStructure(fields: readonly Data[]): Data | undefined {
  const others = fields.map(anotherValue)
  const at = others.findIndex((other) => other !== undefined)
  const changed = others[at]
  return changed && { is: 'structure', value: fields.with(at, changed) }
}
