// A value against the class, version and object of its attribute.
import { fromJson } from '../../codec/codec.ts'
import type { Value } from '../../codec/value.ts'
import { check, type Finding } from '../../cosem/check.ts'
import { interfaceClass } from '../../cosem/classes.ts'
import { logicalNameOctets } from '../../cosem/logical-name.ts'
import type { Checked } from '../../engine/vocabulary.ts'
import { data } from '../../protocol/data/data.ts'
import { isRecord } from '../../protocol/json.ts'
import { fails, PASS } from './exchange.ts'

const LOGICAL_NAME = 1
/** Every class begins with the logical name, also one that is not known here. */
const ANY_CLASS = interfaceClass(1, 0)

/** So many findings are told of one value. */
const TOLD = 3

export function cosemValueOf(value: Value, attribute: Value | undefined): Checked {
  const row = attribute !== undefined && isRecord(attribute) ? attribute : {}
  const { 'class-id': classId, version, 'attribute-id': id, 'instance-id': name } = row
  const read = fromJson(data, value)
  if (!read.ok) return fails('a value of COSEM', JSON.stringify(value).slice(0, 80))
  if (typeof classId !== 'number' || typeof version !== 'number' || typeof id !== 'number')
    return fails('a row of the axis attributes', JSON.stringify(row).slice(0, 80))
  const known = interfaceClass(classId, version)
  const of = known ?? (id === LOGICAL_NAME ? ANY_CLASS : undefined)
  if (!of)
    return {
      is: 'remark',
      text: `class ${classId} version ${version} is not known here: its value is not judged`,
      ruling: 'C7',
    }
  return checkedBy(check(read.value, of, id, typeof name === 'string' ? logicalNameOctets(name) : undefined))
}

function checkedBy(findings: readonly Finding[]): Checked {
  const firm = findings.find((finding) => finding.firm)
  if (firm) return fails(at(firm, firm.expected), at(firm, firm.found), clauseOf(firm))
  if (findings.length === 0) return PASS
  const told = findings
    .slice(0, TOLD)
    .map((finding) => `${at(finding, finding.expected)} expected, ${finding.found} found`)
  const more = findings.length > TOLD ? `; and ${findings.length - TOLD} more` : ''
  return { is: 'remark', text: `${told.join('; ')}${more}`, ruling: 'C8' }
}

const at = ({ path }: Finding, text: string): string => (path === '' ? text : `${path}: ${text}`)

const clauseOf = ({ is }: Finding): string => (is === 'name' ? 'cosem.logical-name' : 'cosem.attribute')
