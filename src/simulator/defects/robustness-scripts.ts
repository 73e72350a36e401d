// For tests: dialogues in which each defect of a careless parser shows.
import { action, get, MANAGEMENT, set, wpduOf, type Step } from '../dialogue.ts'
import type { Script } from './scripts.ts'

const CLOCK = get(8, '0.0.1.0.0.255', 3)
const CAPTURE = action(7, '1.0.99.128.0.255', 2)
const write = (value: string): string => set(1, '0.0.96.128.1.255', 2, value)
const SIZE = 2048
/** GET with list: attribute descriptors without a selection. */
const NAME = '00080000010000FF0100'
const NOBODY = '00080000010000FE0100'
const list = (count: string, ...attributes: readonly string[]): string => `C003C1${count}${attributes.join('')}`

/** With `multiple-references` and `attribute0-supported-with-get` proposed too. */
const PROPOSAL = MANAGEMENT.replace('001C1D', '003E1D')

/** APDUs in an association of the management, and a right GET behind them. */
export const inAssociation = (...apdus: readonly string[]): Script => ({
  meter: 'reference',
  port: 'wrapper',
  steps: [
    { connect: 'a' },
    ...[PROPOSAL, ...apdus, CLOCK].map((apdu): Step => ({ octets: wpduOf(apdu, 1), peer: 'a', octetMs: 0 })),
  ],
})

export const robustnessScripts: readonly Script[] = [
  inAssociation(write('090511223344'), write('097F11223344'), write('098011223344')),
  inAssociation(write('0984FFFFFFFF11223344')),
  inAssociation(write('0484FFFFFFFF80')),
  inAssociation(write('0182FFFF00')),
  inAssociation(write('0701'), write('FE0411223344')),
  inAssociation(write(`${'0101'.repeat(100)}00`)),
  // contents-description: an array of 65535 arrays of 65535 null-data; no contents
  inAssociation(write('1301FFFF01FFFF0000')),
  inAssociation(CLOCK, CLOCK.slice(0, 8)),
  inAssociation(CAPTURE.slice(0, 24)),
  inAssociation(`C6${CLOCK.slice(2)}`),
  inAssociation(`C07F${CLOCK.slice(4)}`),
  inAssociation(`${CLOCK}00`),
  inAssociation(CAPTURE + CAPTURE, get(7, '1.0.99.128.0.255', 7)),
  inAssociation(write(`09820800${'00'.repeat(SIZE)}`)),
  inAssociation(...Array.from({ length: 6 }, () => CLOCK.slice(0, 8))),
  inAssociation(list('03', NAME, NOBODY, NAME), list('21', ...Array.from({ length: 33 }, () => NAME))),
  inAssociation(list('7F', NAME)),
  inAssociation(`D9${'00'.repeat(SIZE / 8)}`),
]
