// What a logical name says of the object that bears it (IEC 62056-6-1, IEC 62056-6-2 clause 6).
import { matches, precision, type ObisRule } from './obis-rule.ts'
import { obisAbstract } from './tables/obis-abstract.ts'
import { obisElectricity } from './tables/obis-electricity.ts'
import { obisGas } from './tables/obis-gas.ts'
import { obisRanges } from './tables/obis-ranges.ts'
import { obisThermal } from './tables/obis-thermal.ts'

export type { ObisRule } from './obis-rule.ts'

export const obisRules: readonly ObisRule[] = [
  ...obisAbstract,
  ...obisElectricity,
  ...obisThermal,
  ...obisGas,
  ...obisRanges,
]

export type ObisJudgement =
  /** Standardized, and this is one of its classes. */
  | { readonly is: 'known'; readonly rule: ObisRule }
  /** In a range that the standard leaves to manufacturers, utilities and others. */
  | { readonly is: 'left-to-others'; readonly rule: ObisRule }
  /** Standardized for other classes. `firm`: sure enough for FAILED, a remark otherwise. */
  | { readonly is: 'other-class'; readonly rule: ObisRule; readonly classes: readonly number[]; readonly firm: boolean }
  /** Reserved, or newer than the tables. */
  | { readonly is: 'unknown' }

/** Classes from here on belong to manufacturers and user groups: no rule can know where they belong. */
const FIRST_PRIVATE_CLASS = 8192

/** What is said of an object of this class under this name. */
export function obisRule(logicalName: Uint8Array, classId: number): ObisJudgement {
  const { standardized, others } = rulesFor(logicalName)
  const known = standardized.find(({ classes }) => classes.includes(classId))
  if (known) return { is: 'known', rule: known }
  if (others[0]) return { is: 'left-to-others', rule: others[0] }
  if (!standardized[0]) return { is: 'unknown' }
  return {
    is: 'other-class',
    rule: standardized[0],
    classes: [...new Set(standardized.flatMap(({ classes }) => classes))].sort((a, b) => a - b),
    firm: classId < FIRST_PRIVATE_CLASS && standardized.every(({ confidence }) => confidence === 'high'),
  }
}

/** Those that fit a name, what says most first. */
function rulesFor(logicalName: Uint8Array): {
  readonly standardized: readonly ObisRule[]
  readonly others: readonly ObisRule[]
} {
  const hits = obisRules.filter((rule) => matches(rule, logicalName))
  return {
    standardized: hits.filter(({ leftTo }) => !leftTo).sort((a, b) => precision(b) - precision(a)),
    others: hits.filter(({ leftTo }) => leftTo),
  }
}
