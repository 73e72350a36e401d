// OBIS: heat cost allocators, heat, cooling and water (EN 13757-1).
import { count, errorWord, identifier, measured, statusWord, timeOrDate, rule, type ObisRule } from '../obis-rule.ts'

export const obisThermal: readonly ObisRule[] = [
  rule('4.0-64.0.0.0-9.255', 'HCA ID 1..10', [1, 3, 4], { types: identifier, confidence: 'medium' }),
  rule('4.0-64.0.0.255.255', 'HCA IDs, complete list', [7, 61], { confidence: 'medium' }),
  rule('4.0-64.0.1.0,1,3,4.0-99,255', 'Billing period counters / number of available periods', [1, 3, 4], {
    types: count,
    confidence: 'medium',
  }),
  rule('4.0-64.0.1.2,5,10,11.0-99,255', 'Time stamp / due date of the billing period', [1, 3, 4], {
    types: ['octet-string', 'date-time', 'double-long-unsigned', 'long64-unsigned', 'date'],
    confidence: 'medium',
  }),
  rule('4.0-64.0.2.0-127.255', 'Program entries (program, firmware, software, device version)', [1, 3, 4], {
    types: identifier,
    confidence: 'medium',
  }),
  rule('4.0-64.0.9.1,2.255', 'Local time (1) / local date (2)', [1, 3, 4], { types: timeOrDate, confidence: 'medium' }),
  rule('4.0-64.97.97.0-9.255', 'Error register', [1, 3, 4], { types: errorWord, confidence: 'medium' }),
  rule('4.0-64.97.97.255.255', 'Error profile / table', [7, 61], { confidence: 'medium' }),
  rule('4.0-64.96.5.0-9.255', 'Internal operating status', [1, 3, 4, 7, 61, 63], {
    types: statusWord,
    confidence: 'medium',
  }),
  rule('4.0-64.96.50-99.*.*', 'Manufacturer specific (C = 96)', [], { leftTo: 'manufacturer' }),
  rule('4.0-64.98.1,2.0-127,255.0-99,101-126,255', 'Data of billing period', [7], { confidence: 'medium' }),
  rule('4.0-64.99.1,2,3.0-127.255', 'Load / consumption profile', [7], { confidence: 'medium' }),
  rule('4.0-64.99.98,99.0-127.255', 'Event log (98) / certification data log (99)', [7], { confidence: 'medium' }),
  rule('4.0-64.0.4.0-9.255', 'HCA parameters: rating factors K, KQ, KC, KT, ...', [1, 3, 4], {
    types: measured,
    confidence: 'medium',
  }),
  rule(
    '4.0-64.1,2.0,1,2,3.0.0-99,101-126,255',
    'Unrated (C = 1) / rated (C = 2) integral: 0 current, 1 periodical, 2 set date, 3 billing date value',
    [3, 4, 7],
    { types: measured, units: [255], confidence: 'medium' },
  ),
  rule(
    '4.0-64.3-7.0-6.0.0-99,101-126,255',
    'Temperature: 3 radiator surface, 4 heating medium, 5 flow, 6 return, 7 room',
    [3, 4, 7],
    { types: measured, units: [9, 52], confidence: 'medium' },
  ),
  rule('5,6.0-64.0.0.0-9.255', 'Heat/cooling ID 1..10', [1, 3, 4], { types: identifier, confidence: 'medium' }),
  rule('5,6.0-64.0.0.255.255', 'Heat/cooling IDs, complete list', [7, 61], { confidence: 'medium' }),
  rule('5,6.0-64.0.1.0,1,3,4.0-99,255', 'Billing period counters / number of available periods', [1, 3, 4], {
    types: count,
    confidence: 'medium',
  }),
  rule('5,6.0-64.0.1.2,5,10,11.0-99,255', 'Time stamp / due date of the billing period', [1, 3, 4], {
    types: ['octet-string', 'date-time', 'double-long-unsigned', 'long64-unsigned', 'date'],
    confidence: 'medium',
  }),
  rule('5,6.0-64.0.2.0-127.255', 'Program entries (program, firmware, software, device version)', [1, 3, 4], {
    types: identifier,
    confidence: 'medium',
  }),
  rule('5,6.0-64.0.9.1,2.255', 'Local time (1) / local date (2)', [1, 3, 4], {
    types: timeOrDate,
    confidence: 'medium',
  }),
  rule('5,6.0-64.97.97.0-9.255', 'Error register', [1, 3, 4], { types: errorWord, confidence: 'medium' }),
  rule('5,6.0-64.97.97.255.255', 'Error profile / table', [7, 61], { confidence: 'medium' }),
  rule('5,6.0-64.96.5.0-9.255', 'Internal operating status', [1, 3, 4, 7, 61, 63], {
    types: statusWord,
    confidence: 'medium',
  }),
  rule('5,6.0-64.96.50-99.*.*', 'Manufacturer specific (C = 96)', [], { leftTo: 'manufacturer' }),
  rule('5,6.0-64.98.1,2.0-127,255.0-99,101-126,255', 'Data of billing period', [7], { confidence: 'medium' }),
  rule('5,6.0-64.99.1,2,3.0-127.255', 'Load / consumption profile', [7], { confidence: 'medium' }),
  rule('5,6.0-64.99.98,99.0-127.255', 'Event log (98) / certification data log (99)', [7], { confidence: 'medium' }),
  rule('5,6.0-64.0.4.1-20.255', 'Configuration: heat coefficient, measuring unit/inlet settings etc.', [1, 3, 4], {
    types: measured,
    confidence: 'medium',
  }),
  rule('5,6.0-64.0.5.1-24.255', 'Thresholds and pulse values', [1, 3, 4], { types: measured, confidence: 'medium' }),
  rule('5,6.0-64.0.8.0-36.255', 'Measurement, recording and billing period durations', [1, 3, 4], {
    types: measured,
    units: [7, 6, 5, 4, 2],
    confidence: 'medium',
  }),
  rule(
    '5,6.0-64.1.0-10,12-20.0-63.0-99,101-126,255',
    'Heat/cooling, energy: 0 current, 1 periodical, 2 set date, 3 billing date, 4 minimum, 5 maximum, 6 test, 7.. further',
    [3, 4, 5, 7],
    { types: measured, units: [30, 25], confidence: 'medium' },
  ),
  rule(
    '5,6.0-64.2.0-10,12-20.0-63.0-99,101-126,255',
    'Heat/cooling, accounted volume: 0 current, 1 periodical, 2 set date, 3 billing date, 4 minimum, 5 maximum, 6 test, 7.. further',
    [3, 4, 5, 7],
    { types: measured, units: [13, 19], confidence: 'medium' },
  ),
  rule(
    '5,6.0-64.3.0-10,12-20.0-63.0-99,101-126,255',
    'Heat/cooling, accounted mass: 0 current, 1 periodical, 2 set date, 3 billing date, 4 minimum, 5 maximum, 6 test, 7.. further',
    [3, 4, 5, 7],
    { types: measured, units: [20], confidence: 'medium' },
  ),
  rule(
    '5,6.0-64.4,6.0-10,12-20.0-63.0-99,101-126,255',
    'Heat/cooling, flow (4) / return (6) volume: 0 current, 1 periodical, 2 set date, 3 billing date, 4 minimum, 5 maximum, 6 test, 7.. further',
    [3, 4, 5, 7],
    { types: measured, units: [13, 19], confidence: 'medium' },
  ),
  rule(
    '5,6.0-64.5,7.0-10,12-20.0-63.0-99,101-126,255',
    'Heat/cooling, flow (5) / return (7) mass: 0 current, 1 periodical, 2 set date, 3 billing date, 4 minimum, 5 maximum, 6 test, 7.. further',
    [3, 4, 5, 7],
    { types: measured, units: [20], confidence: 'medium' },
  ),
  rule(
    '5,6.0-64.8.0-10,12-20.0-63.0-99,101-126,255',
    'Heat/cooling, power: 0 current, 1 periodical, 2 set date, 3 billing date, 4 minimum, 5 maximum, 6 test, 7.. further',
    [3, 4, 5, 7],
    { types: measured, units: [27, 26], confidence: 'medium' },
  ),
  rule(
    '5,6.0-64.9.0-10,12-20.0-63.0-99,101-126,255',
    'Heat/cooling, flow rate: 0 current, 1 periodical, 2 set date, 3 billing date, 4 minimum, 5 maximum, 6 test, 7.. further',
    [3, 4, 5, 7],
    { types: measured, units: [15], confidence: 'medium' },
  ),
  rule(
    '5,6.0-64.10,11.0-10,12-20.0-63.0-99,101-126,255',
    'Heat/cooling, flow (10) / return (11) temperature: 0 current, 1 periodical, 2 set date, 3 billing date, 4 minimum, 5 maximum, 6 test, 7.. further',
    [3, 4, 5, 7],
    { types: measured, units: [9], confidence: 'medium' },
  ),
  rule(
    '5,6.0-64.12.0-10,12-20.0-63.0-99,101-126,255',
    'Heat/cooling, differential temperature: 0 current, 1 periodical, 2 set date, 3 billing date, 4 minimum, 5 maximum, 6 test, 7.. further',
    [3, 4, 5, 7],
    { types: measured, units: [52, 9], confidence: 'medium' },
  ),
  rule(
    '5,6.0-64.13.0-10,12-20.0-63.0-99,101-126,255',
    'Heat/cooling, media pressure: 0 current, 1 periodical, 2 set date, 3 billing date, 4 minimum, 5 maximum, 6 test, 7.. further',
    [3, 4, 5, 7],
    { types: measured, units: [23, 24], confidence: 'medium' },
  ),
  rule('8,9.0-64.0.0.0-9.255', 'Water ID 1..10', [1, 3, 4], { types: identifier, confidence: 'medium' }),
  rule('8,9.0-64.0.0.255.255', 'Water IDs, complete list', [7, 61], { confidence: 'medium' }),
  rule('8,9.0-64.0.1.0,1,3,4.0-99,255', 'Billing period counters / number of available periods', [1, 3, 4], {
    types: count,
    confidence: 'medium',
  }),
  rule('8,9.0-64.0.1.2,5,10,11.0-99,255', 'Time stamp / due date of the billing period', [1, 3, 4], {
    types: ['octet-string', 'date-time', 'double-long-unsigned', 'long64-unsigned', 'date'],
    confidence: 'medium',
  }),
  rule('8,9.0-64.0.2.0-127.255', 'Program entries (program, firmware, software, device version)', [1, 3, 4], {
    types: identifier,
    confidence: 'medium',
  }),
  rule('8,9.0-64.0.9.1,2.255', 'Local time (1) / local date (2)', [1, 3, 4], {
    types: timeOrDate,
    confidence: 'medium',
  }),
  rule('8,9.0-64.97.97.0-9.255', 'Error register', [1, 3, 4], { types: errorWord, confidence: 'medium' }),
  rule('8,9.0-64.97.97.255.255', 'Error profile / table', [7, 61], { confidence: 'medium' }),
  rule('8,9.0-64.96.5.0-9.255', 'Internal operating status', [1, 3, 4, 7, 61, 63], {
    types: statusWord,
    confidence: 'medium',
  }),
  rule('8,9.0-64.96.50-99.*.*', 'Manufacturer specific (C = 96)', [], { leftTo: 'manufacturer' }),
  rule('8,9.0-64.98.1,2.0-127,255.0-99,101-126,255', 'Data of billing period', [7], { confidence: 'medium' }),
  rule('8,9.0-64.99.1,2,3.0-127.255', 'Load / consumption profile', [7], { confidence: 'medium' }),
  rule('8,9.0-64.99.98,99.0-127.255', 'Event log (98) / certification data log (99)', [7], { confidence: 'medium' }),
  rule('8,9.0-64.0.3.0-1.255', 'Output pulse constant / volume per pulse', [1, 3, 4], {
    types: measured,
    confidence: 'medium',
  }),
  rule('8,9.0-64.0.5,7.0-11.255', 'Thresholds / input pulse constants', [1, 3, 4], {
    types: measured,
    confidence: 'medium',
  }),
  rule('8,9.0-64.0.8.1,6.255', 'Measurement / recording period durations', [1, 3, 4], {
    types: measured,
    units: [7, 6, 5, 4, 2],
    confidence: 'medium',
  }),
  rule(
    '8,9.0-64.1.0,1,2,3,6.0-12.0-99,101-126,255',
    'Water, accumulated volume: 0 current, 1 periodical, 2 set date, 3 billing date, 6 test; E tariff rate',
    [3, 4, 7],
    { types: measured, units: [13, 19], confidence: 'medium' },
  ),
  rule(
    '8,9.0-64.2.0,1,2,4,5,6.0-12.0-99,101-126,255',
    'Water, flow rate: 0 current, 4 minimum, 5 maximum',
    [3, 4, 5, 7],
    { types: measured, units: [15], confidence: 'medium' },
  ),
  rule('8,9.0-64.3.0,1,2,4,5,6.0-12.0-99,101-126,255', 'Water, forward temperature', [3, 4, 7], {
    types: measured,
    units: [9, 52],
    confidence: 'medium',
  }),
]
