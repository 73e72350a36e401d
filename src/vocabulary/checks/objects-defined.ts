// The objects of object_list against the tables: may a class bear such a name, is its version known, has it such attributes (rulings C6, C7)?
import type { Value } from '../../codec/value.ts'
import { checkObject } from '../../cosem/check-object.ts'
import type { Finding } from '../../cosem/finding.ts'
import { logicalNameOctets } from '../../cosem/logical-name.ts'
import type { ListedObject } from '../../engine/events.ts'
import type { Checked } from '../../engine/vocabulary.ts'
import { fails, PASS } from './exchange.ts'
import { nameOf, objectsIn } from './object-list.ts'

/** So many doubtful objects are told of one list. */
const TOLD = 5

interface Told {
  readonly object: string
  readonly finding: Finding
}

export function objectsDefined(value: Value): Checked {
  const listed = objectsIn(value)
  if (listed.is === 'fails') return { ...listed, clause: 'cosem.object-list' }
  const found = listed.objects.flatMap(findingsOf)
  const firm = found.filter(({ finding }) => finding.firm)
  const [first] = firm
  if (first) {
    const { object, finding } = first
    const others = firm.length > 1 ? `; and ${firm.length - 1} more` : ''
    return fails(`${object}: ${finding.expected}`, `${finding.found}${others}`, clauseOf(finding))
  }
  if (found.length === 0) return PASS
  const told = found.slice(0, TOLD).map(({ object, finding }) => `${object}: ${finding.expected} expected`)
  const more = found.length > TOLD ? `; and ${found.length - TOLD} more` : ''
  return { is: 'remark', text: `${told.join('; ')}${more}`, ruling: 'C6' }
}

function findingsOf(object: ListedObject): readonly Told[] {
  const logicalName = logicalNameOctets(object['instance-id'])
  if (logicalName === undefined) return []
  const findings = checkObject({
    classId: object['class-id'],
    version: object.version,
    logicalName,
    attributes: object.attributes.map((each) => each['attribute-id']),
    methods: object.methods.map((each) => each['method-id']),
  })
  return findings.map((finding) => ({ object: nameOf(object), finding }))
}

/** Attributes of a later version belong to the class, not to the name. */
const clauseOf = ({ is }: Finding): string => (is === 'class' ? 'cosem.object-definitions' : 'cosem.attribute')
