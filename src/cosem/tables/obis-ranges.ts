// OBIS: ranges of logical names that are left to others.
import { rule, type ObisRule } from '../obis-rule.ts'

export const obisRanges: readonly ObisRule[] = [
  rule('0,1,4,5,6,7,8,9.0-64.94.*.*.*', 'Country specific identifiers (D = country code)', [], { leftTo: 'country' }),
  rule('0,1,4,5,6,7,8,9.0-64.93.*.*.*', 'Consortia specific identifiers', [], { leftTo: 'consortia' }),
  rule('0,1,4,5,6,7,8,9.0-64.127.*.*.*', 'Inactive objects', [], { leftTo: 'inactive' }),
  rule('0,1,4,5,6,7,8,9.65-127.*.*.*.*', 'Utility specific objects', [], { leftTo: 'utility' }),
  rule('0,1,4,5,6,7,8,9.128-199.*.*.*.*', 'Manufacturer specific objects (value group B)', [], {
    leftTo: 'manufacturer',
  }),
  rule('0,1,4,5,6,7,8,9.*.128-199,240.*.*.*', 'Manufacturer specific objects (value group C)', [], {
    leftTo: 'manufacturer',
  }),
  rule('0,1,4,5,6,7,8,9.*.*.128-254.*.*', 'Manufacturer specific objects (value group D)', [], {
    leftTo: 'manufacturer',
  }),
  rule('0,1,4,5,6,7,8,9.*.*.*.128-254.*', 'Manufacturer specific objects (value group E)', [], {
    leftTo: 'manufacturer',
  }),
  rule('0,1,4,5,6,7,8,9.*.*.*.*.128-254', 'Manufacturer specific objects (value group F)', [], {
    leftTo: 'manufacturer',
  }),
  rule('15.*.*.*.*.*', 'Other media', [], { confidence: 'low', leftTo: 'other' }),
]
