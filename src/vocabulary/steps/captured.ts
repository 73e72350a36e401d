// profile.registers: what the registers that a profile captures hold now (IEC 62056-6-2, class 7).
import type { Value } from '../../codec/value.ts'
import type { CaptureObject } from '../../client/selection.ts'
import type { BrokenRule, Refusal } from '../../engine/vocabulary.ts'
import type { Came } from '../evidence.ts'
import { columnRow } from '../profile/columns.ts'
import { readReference } from '../profile/reference.ts'
import { readAttribute } from './attribute-services.ts'
import { FIELDS, isRefusal, within, type Doing, type Word } from './word.ts'

const REGISTERS: readonly number[] = [3, 4, 5]
const VALUE = 2
const SCALER_UNIT = 3

const isOfRegister = (column: CaptureObject): boolean =>
  REGISTERS.includes(column['class-id']) && [VALUE, SCALER_UNIT].includes(column['attribute-index'])

/** Of columns that may not be read nothing is told. `of`: what the profile holds. */
async function registersOf(doing: Doing): Promise<Came | Refusal> {
  const reference = readReference(doing.args['of'])
  if (reference === undefined) return { refusal: 'of: expected what profile.reference tells' }
  const registers: Value[] = []
  const broken: BrokenRule[] = []
  for (const [at, column] of reference.columns.entries()) {
    if (!isOfRegister(column)) continue
    const attribute = {
      'class-id': column['class-id'],
      'instance-id': column['logical-name'].join('.'),
      'attribute-id': column['attribute-index'],
    }
    const came = await readAttribute(within(doing), { attribute })
    if (isRefusal(came)) return came
    broken.push(...came.outcome.broken)
    const { value, refused, unlisted } = came.outcome.names
    if (value === undefined && refused === undefined && unlisted === undefined) return came
    if (value !== undefined) registers.push({ at, column: columnRow(column), value })
  }
  const text = `${registers.length} registers`
  return { outcome: { names: { registers }, broken, noise: false, text } }
}

export const capturedWords: Readonly<Record<string, Word>> = {
  'profile.registers': {
    says: 'read the registers that the profile captures',
    properties: { of: FIELDS },
    required: ['of'],
    outcomes: ['registers'],
    alive: true,
    run: registersOf,
  },
}
