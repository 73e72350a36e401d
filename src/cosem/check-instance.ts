// What the logical name of an object says of its value: the types it may have, and the unit it is counted in.
import type { Data } from '../protocol/data/data.ts'
import { finding, NOTHING, remark, type Finding } from './finding.ts'
import { obisRule, type ObisRule } from './obis.ts'
import { tellValue } from './tell.ts'
import { NO_UNIT, unitText } from './units.ts'

/** Where classes 1, 3, 4 and 5 keep what they measure. */
const VALUES = ['value', 'current_average_value', 'last_average_value']
const WITH_VALUES: readonly number[] = [1, 3, 4, 5]

export function checkInstance(
  value: Data,
  classId: number,
  attribute: string,
  logicalName: Uint8Array,
): readonly Finding[] {
  const judged = WITH_VALUES.includes(classId) ? obisRule(logicalName, classId) : undefined
  if (judged?.is !== 'known') return NOTHING
  if (VALUES.includes(attribute)) return checkValueType(value, judged.rule)
  return attribute === 'scaler_unit' ? checkUnit(value, judged.rule) : NOTHING
}

/** The rules list what is usual: another type is doubtful. Null-data is no value yet. */
function checkValueType(value: Data, { name, types }: ObisRule): readonly Finding[] {
  if (!types || value.is === 'null-data' || types.some((type) => type === value.is)) return NOTHING
  return remark('type', `${types.join(' | ')} (${name})`, tellValue(value))
}

/** Scaler 0 and no unit is a placeholder, and right for texts. Quantities without a unit are counted in many ways. */
function checkUnit(value: Data, { name, units, confidence }: ObisRule): readonly Finding[] {
  const [scaler, unit] = value.is === 'structure' ? value.value : []
  if (!units || scaler?.is !== 'integer' || unit?.is !== 'enum' || units.includes(unit.value)) return NOTHING
  if (scaler.value === 0 && unit.value === NO_UNIT) return NOTHING
  const firm = confidence === 'high' && !units.includes(NO_UNIT) && unitText(unit.value) !== undefined
  return finding('unit', `${units.map((code) => unitText(code) ?? code).join(' | ')} (${name})`, told(unit.value), firm)
}

const told = (unit: number): string => `${unit}, ${unitText(unit) ?? 'not known'}`
