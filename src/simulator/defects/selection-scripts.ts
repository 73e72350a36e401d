// For tests: dialogues in which each defect of selective access, and of what a profile keeps, shows.
import { action, get } from '../dialogue.ts'
import { hex } from '../../codec/value.ts'
import { inAssociation } from './robustness-scripts.ts'
import type { Script } from './scripts.ts'

/** Its clock is in the second column. */
const DAILY = '1.0.99.2.0.255'
/** A ring of five rows. */
const RING = '1.0.99.129.0.255'
const buffer = (selector: number, parameters: string): string =>
  `${get(7, DAILY, 2).slice(0, -2)}01${hex(Uint8Array.of(selector))}${parameters}`

const CLOCK = '02041200080906000001' + '0000FF0F02120000'
const ENERGY = '02041200030906010001' + '0800FF0F02120000'
const UNKNOWN = '02041200030906010001' + '0800FF0F03120000'
/** Midnight of a day in December 2025: the time of a row. */
const midnight = (day: string, deviation = 'FFC400'): string => `090C07E90C${day}FF00000000${deviation}`
const range = (from: string, to: string, columns = '0100'): string => buffer(1, `0204${CLOCK}${from}${to}${columns}`)
const entry = (numbers: string, columns = '120001120000'): string => buffer(2, `0204${numbers}${columns}`)

export const selectionScripts: readonly Script[] = [
  inAssociation(range(midnight('14'), midnight('15')), range(midnight('15'), midnight('14'))),
  inAssociation(range(`090C07E00C14FF00000000FFC400`, `090C07E00C15FF00000000FFC400`)),
  inAssociation(
    range(midnight('14', '000000'), midnight('15', '000000')),
    range(midnight('14', '8000FF'), midnight('15')),
  ),
  inAssociation(
    range(midnight('14'), midnight('15'), `0102${ENERGY}${CLOCK}`),
    range(midnight('14'), midnight('15'), `0102${CLOCK}${UNKNOWN}`),
  ),
  inAssociation(entry('06000000020600000003'), entry('06000000260600000000'), entry('06000000630600000000')),
  inAssociation(entry('06000000050600000002'), entry('06000000020600000003', '120002120003'), buffer(3, '00')),
  inAssociation(...Array.from({ length: 6 }, () => action(7, RING, 2)), get(7, RING, 2)),
  inAssociation(get(15, '0.0.40.0.0.255', 2)),
  inAssociation(`${get(7, DAILY, 7).slice(0, -2)}010200`),
  inAssociation(range(midnight('14'), midnight('15'), '0184FFFFFFFF')),
  inAssociation(`${get(15, '0.0.40.0.0.255', 2).slice(0, -2)}01020101120008`),
]
