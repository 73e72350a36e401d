import { expect } from 'chai'
import { logicalNameOctets } from './logical-name.ts'
import { obisTitle } from './obis-title.ts'

describe('a logical name in words', () => {
  const titles: readonly (readonly [string, number, string | undefined])[] = [
    ['1.0.1.8.0.255', 3, 'Active energy import (+A), total'],
    ['1.0.2.8.1.255', 3, 'Active energy export (-A), rate 1'],
    ['1.0.1.8.0.12', 3, 'Active energy import (+A), total, billing period 12'],
    ['1.1.1.8.0.255', 3, 'Active energy import (+A), total, channel 1'],
    ['1.0.21.7.0.255', 3, 'Active power import (+A) L1, instantaneous value'],
    ['1.0.80.8.0.255', 3, 'Active energy QIV L3, total'],
    ['1.0.32.7.0.255', 3, 'Voltage L1, instantaneous value'],
    ['1.0.32.7.5.255', 3, 'Voltage L1, instantaneous value, E = 5'],
    ['1.0.14.7.0.255', 3, 'Supply frequency, instantaneous value'],
    ['1.0.91.7.0.255', 3, 'Neutral current, instantaneous value'],
    ['1.0.1.6.0.255', 4, 'Active power import (+A), maximum 1'],
    ['1.0.1.4.0.255', 5, 'Active power import (+A), current average 1'],
    ['0.0.1.0.0.255', 8, 'Clock'],
    ['0.0.1.0.0.255', 3, 'Clock'],
    ['1.0.1.8.128.255', 3, 'Manufacturer specific objects (value group E)'],
    ['2.0.1.8.0.255', 3, undefined],
  ]
  for (const [logicalName, classId, title] of titles)
    it(`${logicalName} of class ${classId} is ${title ?? 'not known'}`, () =>
      expect(obisTitle(logicalNameOctets(logicalName) ?? new Uint8Array(), classId)).to.equal(title))
})
