// For tests: dialogues in which each defect of the objects shows.
import { action, get, MANAGEMENT, READER, set } from '../dialogue.ts'
import { inAssociation } from './robustness-scripts.ts'
import type { Script } from './scripts.ts'

const REGISTER = '1.0.1.8.0.255'
const ASSOCIATION = '0.0.40.0.0.255'
const secrets = (...attributes: readonly string[]): string => `C003C10${attributes.length}${attributes.join('')}`
const SECRET = '000F0000280000FF0700'
const RING = '1.0.99.129.0.255'
/** capture_objects: the secret of the own association. */
const SECRET_COLUMN = '0101020412000F09060000280000FF0F07120000'
const CALENDAR = '0.0.13.0.0.255'
const CLOCK = '0.0.1.0.0.255'
const time = get(8, CLOCK, 2)
const clockMethod = (method: number, parameter: string): string =>
  `${action(8, CLOCK, method).slice(0, -2)}01${parameter}`
/** 2001-01-01 12:00, valid until 01:00 of that day. */
const PAST = '0203090C07D10101FF0C000000800000090C07D10101FF00000000800000090C07D10101FF01000000800000'
/** 12:07:50: the next quarter is nearer, and the next minute. */
const AFTER_SEVEN = '090C07EA0102FF0C073200FFC400'
/** Daylight saving is in force in July. */
const JULY = '090C07EA0701FF0C000000FFC400'
/** Ten seconds before the world began: its last row comes again. */
const BACK = '090C07EA010104003B3200FFC400'
const LOAD = '1.0.99.1.0.255'
/** From 01:00 to 01:00. */
const ONE_TIME =
  '0101' +
  '0204' +
  '020412000809060000010000FF0F02120000' +
  '090C07EA01010401000000FFC400' +
  '090C07EA01010401000000FFC400' +
  '0100'
const LAST_TWO = '0102020406000007CF0600000000120001120000'
const CONTROL = '0.0.96.3.10.255'
const NEEDS_SOMEBODY = set(70, CONTROL, 4, '1601')
const control = (method: number): string => `${action(70, CONTROL, method).slice(0, -2)}010F00`
const image = (method: number, parameter: string): string =>
  `${action(18, '0.0.44.0.0.255', method).slice(0, -2)}01${parameter}`
/** An image of so many octets: two are one block. */
const begin = (octets: string): string => image(1, `02020901410600${octets}`)
const block = (number: string, octets: string): string => image(2, `02020600000${number}09${octets}`)
const execute = (script: string): string => `${action(9, '0.0.10.0.100.255', 1).slice(0, -2)}0112${script}`
const scratch = get(1, '0.0.96.128.1.255', 2)
/** The thirteenth month. */
const NO_SUCH_TIME = '090C08330D03FF00000000800000'

/** The meter begins at 01:00:00 local time, on 1 January 2026. */
const ACTIVATION = '090C07EA010104010200' + '00FFC400'
const SOON = '010102020904010200000905FFFFFFFFFF'
const ON_ANOTHER_DAY = '0101020209040102000009050833' + '0101FF'
const SCRIPT = '090600000A0064FF120064'
const SCHEDULE = '0.0.15.0.3.255'
const LIMITER = '0.0.17.0.0.255'
const BOTH_SCRIPTS = `02020202${SCRIPT}0202${SCRIPT}`
const NO_SPECIAL_DAYS = set(11, '0.0.11.0.0.255', 2, '0100')
const TODAY_IS_SPECIAL = set(11, '0.0.11.0.0.255', 2, '0101' + '02031200010905FFFF0101FF1102')
const passive = [
  set(20, CALENDAR, 7, '01010203090131090CFFFF0101FF00000000800000090131'),
  set(20, CALENDAR, 8, '01010208090131' + '1101'.repeat(7)),
  set(20, CALENDAR, 9, `010102021101010102030904010200${'00'}${SCRIPT}`),
  `${action(20, CALENDAR, 1).slice(0, -2)}010F00`,
]

/** The last is asked so much later. */
const later = (ms: number, ...apdus: readonly string[]): Script => {
  const script = inAssociation(...apdus)
  return { ...script, steps: [...script.steps.slice(0, -2), { wait: ms }, ...script.steps.slice(-2)] }
}

export const objectScripts: readonly Script[] = [
  inAssociation(get(3, REGISTER, 1), get(3, REGISTER, 3), get(3, REGISTER, 2), get(3, REGISTER, 2)),
  inAssociation(get(5, '1.0.1.4.0.255', 7), get(5, '1.0.1.4.0.255', 9), get(4, '1.0.1.6.0.255', 5)),
  inAssociation(get(21, '0.0.16.0.0.255', 2), get(21, '0.0.16.0.0.255', 4)),
  inAssociation(get(64, '0.0.43.0.0.255', 6), set(7, RING, 3, SECRET_COLUMN), action(7, RING, 2), get(7, RING, 2)),
  inAssociation(set(1, '0.0.96.2.0.255', 2, '120004'), get(1, '0.0.96.2.0.255', 2)),
  inAssociation(set(1, '0.0.42.0.0.255', 2, '0900'), set(1, '0.0.96.128.1.255', 2, '090411223344')),
  inAssociation(`${action(7, '1.0.99.2.0.255', 2).slice(0, -2)}010F00`),
  inAssociation(get(15, ASSOCIATION, 2)),
  inAssociation(get(8, CLOCK, 99), get(3, CLOCK, 3)),
  inAssociation(...[3, 5, 6, 8].map((id) => get(15, ASSOCIATION, id)), get(17, '0.0.41.0.0.255', 2)),
  inAssociation(get(7, '1.0.99.1.0.255', 2), get(7, '1.0.99.1.0.255', 7)),
  inAssociation(set(8, CLOCK, 2, BACK), get(7, '0.0.99.98.0.255', 7)),
  inAssociation(READER, MANAGEMENT, get(7, '0.0.99.98.0.255', 7)),
  inAssociation(time),
  later(170_000, time, time),
  inAssociation(get(1, '0.0.42.0.0.255', 2)),
  inAssociation(get(15, ASSOCIATION, 0), secrets(SECRET, SECRET)),
  inAssociation(set(1, '0.0.96.128.1.255', 2, '1111')),
  inAssociation(set(20, CALENDAR, 10, NO_SUCH_TIME), get(20, CALENDAR, 10)),
  inAssociation(NEEDS_SOMEBODY, control(1), control(2), get(70, CONTROL, 2), get(70, CONTROL, 3)),
  inAssociation(begin('000002'), image(4, '0F00'), get(18, '0.0.44.0.0.255', 6)),
  inAssociation(
    begin('000002'),
    block('000', '02AAAA'),
    image(3, '0F00'),
    image(4, '0F00'),
    get(18, '0.0.44.0.0.255', 6),
  ),
  inAssociation(
    begin('000000'),
    begin('000002'),
    block('000', '02AAAA'),
    image(3, '0F00'),
    get(18, '0.0.44.0.0.255', 6),
  ),
  inAssociation(
    begin('000102'),
    block('002', '02AAAA'),
    block('005', '02AAAA'),
    begin('000102'),
    get(18, '0.0.44.0.0.255', 3),
  ),
  ...[SOON, ON_ANOTHER_DAY].map((times) => later(150_000, set(22, SCHEDULE, 4, times), scratch)),
  later(150_000, NO_SPECIAL_DAYS, ...passive, get(20, CALENDAR, 3), scratch),
  later(150_000, set(20, CALENDAR, 10, ACTIVATION), get(20, CALENDAR, 2)),
  later(150_000, TODAY_IS_SPECIAL, ...passive, scratch),
  later(90_000, set(71, LIMITER, 11, BOTH_SCRIPTS), set(71, LIMITER, 4, '0600000000'), scratch, scratch),
  inAssociation(execute('0064'), scratch),
  inAssociation(execute('FFFF'), scratch),
  inAssociation(clockMethod(6, '100385'), time),
  inAssociation(set(8, CLOCK, 2, AFTER_SEVEN), clockMethod(1, '0F00'), time),
  inAssociation(clockMethod(5, PAST), clockMethod(4, '0F00'), time),
  later(150_000, set(8, CLOCK, 2, BACK), get(7, LOAD, 2).slice(0, -2) + LAST_TWO),
  later(150_000, set(8, CLOCK, 2, BACK), get(7, LOAD, 2).slice(0, -2) + ONE_TIME),
  inAssociation(set(8, CLOCK, 8, '0301'), set(8, CLOCK, 2, JULY), time),
]
