// Association objects, logical devices and their names that say what is not.
import type { Data } from '../../../protocol/data/data.ts'
import { changeModel, type Defect } from '../defect.ts'
import type { Decisions } from '../../decisions.ts'

const ASSOCIATION_LN = 15
const SAP_ASSIGNMENT = 17
const LOGICAL_DEVICE_NAME = '0.0.42.0.0.255'
/** XYZ */
const OTHER_MANUFACTURER = [0x58, 0x59, 0x5a]

/** The value of one attribute of a class, changed wherever it is read. */
const tells = (d: Decisions, classId: number, attribute: number, change: (value: Data) => Data): Decisions =>
  changeModel(d, ({ attributeValue }) => ({
    attributeValue(object, id, value) {
      const told = attributeValue(object, id, value)
      return object['class-id'] === classId && id === attribute ? change(told) : told
    },
  }))

/** A structure with one of its fields changed. */
const withField = (value: Data, at: number, change: (field: Data) => Data): Data =>
  value.is === 'structure'
    ? { is: 'structure', value: value.value.map((field, index) => (index === at ? change(field) : field)) }
    : value

export const identityDefects: readonly Defect[] = [
  {
    id: 'cosem.association.partners',
    breaks: ['cosem.association'],
    needs: 'any',
    says: 'The associated_partners_id always names the public client.',
    apply: (d) => tells(d, ASSOCIATION_LN, 3, (value) => withField(value, 0, () => ({ is: 'integer', value: 17 }))),
  },
  {
    id: 'cosem.association.context-info',
    breaks: ['cosem.association'],
    needs: 'any',
    says: 'The conformance in xDLMS_context_info is all zeros.',
    apply: (d) =>
      tells(d, ASSOCIATION_LN, 5, (value) => withField(value, 0, () => ({ is: 'bit-string', value: '0'.repeat(24) }))),
  },
  {
    id: 'cosem.association.pdu-size',
    breaks: ['cosem.association'],
    needs: 'any',
    says: 'The max_receive_pdu_size in xDLMS_context_info is not the one of the AARE.',
    apply: (d) =>
      tells(d, ASSOCIATION_LN, 5, (value) => withField(value, 1, () => ({ is: 'long-unsigned', value: 128 }))),
  },
  {
    id: 'cosem.association.mechanism',
    breaks: ['cosem.association'],
    needs: 'any',
    says: 'The authentication_mechanism_name is always that of high level security.',
    apply: (d) =>
      tells(d, ASSOCIATION_LN, 6, (value) =>
        value.is === 'octet-string' ? { is: 'octet-string', value: value.value.with(-1, 2) } : value,
      ),
  },
  {
    id: 'cosem.association.status',
    breaks: ['cosem.association'],
    needs: 'any',
    says: 'The association_status is non-associated inside the association.',
    apply: (d) => tells(d, ASSOCIATION_LN, 8, () => ({ is: 'enum', value: 0 })),
  },
  {
    id: 'cosem.sap-assignment.twice',
    breaks: ['cosem.sap-assignment'],
    needs: 'any',
    says: 'The SAP_assignment_list names its first logical device again at its end.',
    apply: (d) =>
      tells(d, SAP_ASSIGNMENT, 2, (value) =>
        value.is === 'array' ? { is: 'array', value: [...value.value, ...value.value.slice(0, 1)] } : value,
      ),
  },
  {
    id: 'cosem.sap-assignment.device-missing',
    breaks: ['declaration.devices', 'cosem.sap-assignment'],
    needs: 'any',
    says: 'The SAP_assignment_list leaves its last logical device out.',
    apply: (d) =>
      tells(d, SAP_ASSIGNMENT, 2, (value) =>
        value.is === 'array' ? { is: 'array', value: value.value.slice(0, -1) } : value,
      ),
  },
  {
    id: 'cosem.logical-device-name.other-manufacturer',
    breaks: ['declaration.identification'],
    needs: 'any',
    says: 'The logical device name begins with the letters of another manufacturer.',
    apply: (d) =>
      changeModel(d, ({ attributeValue }) => ({
        attributeValue(object, id, value) {
          const told = attributeValue(object, id, value)
          return object['logical-name'] === LOGICAL_DEVICE_NAME && id === 2 && told.is === 'octet-string'
            ? { is: 'octet-string', value: Uint8Array.of(...OTHER_MANUFACTURER, ...told.value.subarray(3)) }
            : told
        },
      })),
  },
  {
    id: 'cosem.logical-device-name.long',
    breaks: ['cosem.logical-device-name'],
    needs: 'any',
    says: 'The logical device name has an octet too many.',
    apply: (d) =>
      changeModel(d, ({ attributeValue }) => ({
        attributeValue(object, id, value) {
          const told = attributeValue(object, id, value)
          return object['logical-name'] === LOGICAL_DEVICE_NAME && id === 2 && told.is === 'octet-string'
            ? { is: 'octet-string', value: Uint8Array.of(...told.value, 0x30) }
            : told
        },
      })),
  },
  {
    id: 'cosem.logical-device-name.missing',
    breaks: ['cosem.logical-device-name'],
    needs: 'any',
    says: 'The logical device name is not there.',
    apply: (d) =>
      changeModel(d, ({ isThere }) => ({
        isThere: (object) => object['logical-name'] !== LOGICAL_DEVICE_NAME && isThere(object),
      })),
  },
  {
    id: 'cosem.sap-assignment.missing',
    breaks: ['cosem.sap-assignment'],
    needs: 'any',
    says: 'There is no SAP assignment, though there are several logical devices.',
    apply: (d) =>
      changeModel(d, ({ isThere }) => ({
        isThere: (object) => object['class-id'] !== SAP_ASSIGNMENT && isThere(object),
      })),
  },
]
