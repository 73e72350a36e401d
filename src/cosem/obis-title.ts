// Logical names in words, for people: `Active energy import (+A), total`. Electricity part by part, the rest as the rules name it.
import { obisRule } from './obis.ts'

/** What an object of this class and name holds; undefined where no rule knows. */
export function obisTitle(logicalName: Uint8Array, classId: number): string | undefined {
  const found = obisRule(logicalName, classId)
  if (found.is === 'unknown') return undefined
  return (found.is === 'known' && electricity(logicalName)) || found.rule.name
}

const ELECTRICITY = 1

/** Value group C, 1 to 20; 21 to 40, 41 to 60 and 61 to 80 are the same of the phases. */
const QUANTITIES = [
  'Active power import (+A)',
  'Active power export (-A)',
  'Reactive power import (+R)',
  'Reactive power export (-R)',
  'Reactive power QI',
  'Reactive power QII',
  'Reactive power QIII',
  'Reactive power QIV',
  'Apparent power import (+VA)',
  'Apparent power export (-VA)',
  'Current',
  'Voltage',
  'Power factor',
  'Supply frequency',
  'Active power, import and export added',
  'Active power, import less export',
  'Active power QI',
  'Active power QII',
  'Active power QIII',
  'Active power QIV',
]
const PHASES = ['', ' L1', ' L2', ' L3']
const MORE_QUANTITIES: Readonly<Record<number, string>> = {
  88: 'Ampere-squared hours',
  89: 'Volt-squared hours',
  90: 'Current of all phases',
  91: 'Neutral current',
  92: 'Neutral voltage',
}

/** Value group D; the first time integral is not named, as nobody does. */
const PROCESSING: Readonly<Record<number, string>> = {
  0: 'billing period average',
  1: 'cumulative minimum 1',
  2: 'cumulative maximum 1',
  3: 'minimum 1',
  4: 'current average 1',
  5: 'last average 1',
  6: 'maximum 1',
  7: 'instantaneous value',
  8: '',
  9: 'time integral 2',
  10: 'time integral 3',
  13: 'minimum 2',
  14: 'current average 2',
  15: 'last average 2',
  16: 'maximum 2',
  23: 'minimum 3',
  24: 'current average 3',
  25: 'last average 3',
  26: 'maximum 3',
  27: 'current average 5',
  28: 'current average 6',
  29: 'time integral 5',
  30: 'time integral 6',
}
const TIME_INTEGRALS: readonly number[] = [8, 9, 10, 29, 30]
const WITHOUT_RATES: readonly number[] = [7, 24]

function electricity([a, b = 0, c = 0, d = 0, e = 0, f = 0]: Uint8Array): string | undefined {
  const quantity = MORE_QUANTITIES[c] ?? (c >= 1 && c <= 80 ? phaseQuantity(c) : undefined)
  const processing = PROCESSING[d]
  if (a !== ELECTRICITY || quantity === undefined || processing === undefined) return undefined
  return [
    TIME_INTEGRALS.includes(d) ? quantity.replace('power', 'energy') : quantity,
    processing,
    rate(d, e),
    b === 0 ? '' : `channel ${b}`,
    f === 255 ? '' : `billing period ${f}`,
  ]
    .filter((part) => part !== '')
    .join(', ')
}

const phaseQuantity = (c: number): string =>
  `${QUANTITIES[(c - 1) % QUANTITIES.length] ?? ''}${PHASES[Math.floor((c - 1) / QUANTITIES.length)] ?? ''}`

/** Value group E: the rate; for instantaneous values and average 3 the harmonics of some quantities. */
function rate(d: number, e: number): string {
  if (e === 0) return TIME_INTEGRALS.includes(d) ? 'total' : ''
  return WITHOUT_RATES.includes(d) ? `E = ${e}` : `rate ${e}`
}
