// OBIS: gas.
import { count, identifier, measured, numeric, statusWord, timestamp, rule, type ObisRule } from '../obis-rule.ts'

export const obisGas: readonly ObisRule[] = [
  rule('7.0-64.0.0.0-9.255', 'Gas ID 1..10', [1, 3, 4], { types: identifier }),
  rule('7.0-64.0.0.255.255', 'Gas IDs, complete list', [7, 61]),
  rule('7.0-64.0.1.0,3,6,9.0-99,255', 'Billing period counter (1..4)', [1, 3, 4], { types: count }),
  rule('7.0-64.0.1.1,4,7,10.255', 'Number of available billing periods (1..4)', [1, 3, 4], { types: count }),
  rule('7.0-64.0.1.2,5,8,11.0-99,255', 'Time stamp of the billing period (1..4)', [1, 3, 4], { types: timestamp }),
  rule(
    '7.0-64.0.2.0-3,8,10-18.255',
    'Program entries: program/firmware/software/device version, firmware signature, sensor serial numbers, output configuration',
    [1, 3, 4],
    { types: identifier },
  ),
  rule('7.0-64.0.3,7.0-5.255', 'Output (3) / input (7) pulse constant', [3, 4], { types: measured }),
  rule('7.0-64.0.4.0-4.255', 'Conversion factor', [1, 3, 4], { types: measured }),
  rule('7.0-64.0.5.1,2.1-9,11-19', 'Threshold for over-consumption, limit / rate F', [3, 4], { types: measured }),
  rule(
    '7.0-64.0.5.3,4,11-14.255',
    'Maximum contracted consumption (3, 4), temperature and pressure limits (11..14)',
    [3, 4],
    { types: measured },
  ),
  rule('7.0-64.0.6.1-4.255', 'Nominal values of the volume sensor: pressure, temperature, Qmin, Qmax', [3, 4], {
    types: measured,
  }),
  rule('7.0-64.0.8.1-6,10-23,25-35.255', 'Measurement, averaging, process and billing period durations', [1, 3, 4], {
    types: count,
    units: [7, 6, 5, 4, 2],
  }),
  rule(
    '7.0-64.0.9.0,11,12,13,16,17,20,21,24.255',
    'Time expired since last end of billing period, clock time shift limit, reset lockout times',
    [1, 3, 4],
    { types: count },
  ),
  rule(
    '7.0-64.0.9.1,2,3,6,7,14,15,18,19,22,23.255',
    'Local time/date, start of conventional gas day, time/date of last reset',
    [1, 3, 4],
    { types: ['octet-string', 'date-time', 'date', 'time'] },
  ),
  rule('7.0-64.0.9.4.255', 'Residual time shift', [1, 3, 4], { types: numeric }),
  rule(
    '7.0-64.0.10,11.0,1,11,21,31.255',
    'Heating (10) / ambient device (11) temperature: current, averages',
    [1, 3, 4],
    { types: numeric, units: [9, 52] },
  ),
  rule('7.0-64.0.12.8-20,45,46,54,60-84.255', 'Gas characteristics and composition parameters', [1, 3, 4], {
    types: numeric,
  }),
  rule('7.0-64.0.13.1-10.255', 'Gas parameters for volume measurement (orifice, coefficients)', [1, 3, 4], {
    types: numeric,
  }),
  rule('7.0-64.0.14.1,2,10,11.255', 'Densitometer coefficients and periods', [1, 3, 4], { types: numeric }),
  rule('7.0-64.0.15.0-127.255', 'Sensor manager', [67]),
  rule(
    '7.0-64.1-8,11-16,21-26,31-36,61-66.0-3.0-63.255',
    'Gas volume / mass / energy index, current value: 0 metering, 1 corrected, 2 base conditions, 3 redundant',
    [3, 4, 7],
    { types: measured, units: [13, 14, 20, 25, 30, 19] },
  ),
  rule(
    '7.0-64.1-8,11-16,21-26,31-36,61-66.6-23,27-41,45-62,66-80,84-98.0-63.0-99,101-126,255',
    'Gas index difference / maximum, relative to measurement or billing periods',
    [3, 4, 7],
    { types: measured },
  ),
  rule(
    '7.0-64.1-8,11-16,21-26,31-36,61-66.24-26,42-44,63-65,81-83.0-63.0-99,101-126',
    'Gas index, historical value relative to billing periods 1..4',
    [3, 4, 7],
    { types: measured },
  ),
  rule('7.0-64.43.0,1,2,13.0.255', 'Gas flow rate, instantaneous', [3, 4, 7], {
    types: measured,
    units: [15, 16, 17, 18],
  }),
  rule('7.0-64.43.15-22,35-42,55-70.0.0-99,101-126,255', 'Gas flow rate, current / last average', [3, 4, 5, 7], {
    types: measured,
    units: [15, 16, 17, 18],
  }),
  rule('7.0-64.43.23-34,43-54.0.0-99,101-126,255', 'Gas flow rate, maximum of last averages', [3, 4, 7], {
    types: measured,
    units: [15, 16, 17, 18],
  }),
  rule(
    '7.0-64.41,42,44-49.0,2,3,10,11,13,15-92.0.255',
    'Gas process value: 41 temperature, 42 pressure, 44 velocity of sound, 45 density, 46 relative density, 47 gauge pressure, 48 differential pressure, 49 density of air',
    [3, 4, 7],
    { types: measured },
  ),
  rule('7.0-64.51-55.0,2,3,10,11.0,1,11-28.255', 'Gas conversion related factors and coefficients', [3, 4, 7], {
    types: measured,
  }),
  rule('7.0-64.51-55.12.0-20.255', 'Gas calculation method: 0 in use, 1..20 supported', [1, 3, 4]),
  rule('7.0-64.70.8-20,60-84.0,1,11-28.255', 'Natural gas analysis values', [3, 4, 7], { types: measured }),
  rule('7.0-64.96.5.0.255', 'Internal operating status, global', [1, 3, 4, 7, 61, 63], { types: statusWord }),
  rule('7.0-64.96.5.1-9.255', 'Internal operating status, status word E', [1, 3, 4, 63], { types: statusWord }),
  rule('7.0-64.96.50-99.*.*', 'Manufacturer specific (C = 96)', [], { leftTo: 'manufacturer' }),
  rule('7.0-64.98.1-4,11.0-127.0-99,101-126,255', 'Gas data of billing period (1..4), event triggered (11)', [7]),
  rule('7.0-64.99.1-4.4.255', 'Load profile (1, 2) / profile of maxima (3, 4) with recording interval 1 or 2', [7]),
  rule(
    '7.0-64.99.1-8,11-16,21-26,31-36,61-66,41-49.0-98.0-99,101-126,255',
    'Load profile of index, flow rate or process value: D quantity, E type',
    [7],
  ),
  rule('7.0-64.99.99.0-127.*', 'Certification data log / load profile 15 min, 60 min, day, month', [7]),
]
