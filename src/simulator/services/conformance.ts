// The conformance bits that a request makes use of (IEC 62056-5-3 clause 7.3.1; rulings X3, B9).
import type { AccessRequestSpecification } from '../../protocol/xdlms/access.ts'
import type { CosemAttributeDescriptorWithSelection } from '../../protocol/xdlms/common.ts'
import type { ConformanceBit } from '../../protocol/xdlms/conformance.ts'
import type { Xdlms } from '../../protocol/xdlms/xdlms.ts'

/** Of each form of a service; what is not here, this meter has no service for. */
const FORMS: Readonly<Partial<Record<Xdlms['is'], readonly ConformanceBit[]>>> = {
  'get-request-normal': ['get'],
  'get-request-next': ['get', 'block-transfer-with-get-or-read'],
  'get-request-with-list': ['get', 'multiple-references'],
  'set-request-normal': ['set'],
  'set-request-with-first-datablock': ['set', 'block-transfer-with-set-or-write'],
  'set-request-with-datablock': ['set', 'block-transfer-with-set-or-write'],
  'set-request-with-list': ['set', 'multiple-references'],
  'set-request-with-list-and-first-datablock': ['set', 'multiple-references', 'block-transfer-with-set-or-write'],
  'action-request-normal': ['action'],
  'action-request-next-pblock': ['action', 'block-transfer-with-action'],
  'action-request-with-list': ['action', 'multiple-references'],
  'action-request-with-first-pblock': ['action', 'block-transfer-with-action'],
  'action-request-with-list-and-first-pblock': ['action', 'multiple-references', 'block-transfer-with-action'],
  'access-request': ['access'],
  'action-request-with-pblock': ['action', 'block-transfer-with-action'],
}

const ALL_ATTRIBUTES = 0

/** Undefined: there is no such service. */
export function neededBits(asked: Xdlms): readonly ConformanceBit[] | undefined {
  const form = FORMS[asked.is]
  if (form === undefined) return undefined
  const all = form.includes('set') ? 'attribute0-supported-with-set' : 'attribute0-supported-with-get'
  const targets = targetsOf(asked)
  const bits: ConformanceBit[] = [...form]
  if (targets.some((target) => target['access-selection'] !== undefined)) bits.push('selective-access')
  if (targets.some((target) => target['cosem-attribute-descriptor']['attribute-id'] === ALL_ATTRIBUTES)) bits.push(all)
  return bits
}

function targetsOf(asked: Xdlms): readonly CosemAttributeDescriptorWithSelection[] {
  switch (asked.is) {
    case 'get-request-normal':
    case 'set-request-normal':
    case 'set-request-with-first-datablock':
      return [asked.value]
    case 'get-request-with-list':
    case 'set-request-with-list':
    case 'set-request-with-list-and-first-datablock':
      return asked.value['attribute-descriptor-list']
    case 'access-request':
      return asked.value['access-request-specification'].flatMap(targetIn)
    default:
      return []
  }
}

const targetIn = ({ is, value }: AccessRequestSpecification): readonly CosemAttributeDescriptorWithSelection[] =>
  is === 'access-request-action' ? [] : [value]
