// Objects that are not what their class or the object list says.
import { sending } from '../../decisions.ts'
import { count } from '../../memory.ts'
import { changeModel, type Defect } from '../defect.ts'

const REGISTER = 3
const LOGICAL_NAME = 1
const SCALER_UNIT = 3
const GROUP_F = 5

/** Get-response-normal with data, a double-long-unsigned of four octets. */
const NUMBER_READ = [0xc4, 1, undefined, 0, 6, undefined, undefined, undefined, undefined]
const isLike = (octets: Uint8Array, pattern: readonly (number | undefined)[]): boolean =>
  octets.length === pattern.length && pattern.every((octet, at) => octet === undefined || octets[at] === octet)

const NUMBERS_TOLD = 'numbers-told'
const LONG64_UNSIGNED = 21
const TAG = 4
const asLong64 = (octets: Uint8Array): Uint8Array =>
  Uint8Array.of(...octets.subarray(0, TAG), LONG64_UNSIGNED, 0, 0, 0, 0, ...octets.subarray(TAG + 1))

export const objectDefects: readonly Defect[] = [
  {
    id: 'access.read.denied-served',
    breaks: ['cosem.access-rights'],
    needs: 'any',
    says: 'Attributes that object_list does not list as readable are read all the same.',
    apply: (d) => changeModel(d, ({ access }) => ({ access: { ...access, mayRead: () => true } })),
  },
  {
    id: 'access.read.listed-refused',
    breaks: ['cosem.access-rights'],
    needs: 'any',
    says: 'The scaler and unit of a register is listed as readable and refused.',
    apply: (d) =>
      changeModel(d, ({ access }) => ({
        access: {
          ...access,
          mayRead: (object, id, association) =>
            !(object['class-id'] === REGISTER && id === SCALER_UNIT) && access.mayRead(object, id, association),
        },
      })),
  },
  {
    id: 'cosem.type.wrong',
    breaks: ['cosem.attribute'],
    needs: 'any',
    says: 'The unit of a register is an unsigned instead of an enum.',
    apply: (d) =>
      changeModel(d, ({ attributeValue }) => ({
        attributeValue(object, id, value) {
          const told = attributeValue(object, id, value)
          if (object['class-id'] !== REGISTER || id !== SCALER_UNIT || told.is !== 'structure') return told
          const parts = told.value.map((part) =>
            part.is === 'enum' ? ({ is: 'unsigned', value: part.value } as const) : part,
          )
          return { is: 'structure', value: parts }
        },
      })),
  },
  {
    id: 'cosem.logical-name.wrong',
    breaks: ['cosem.logical-name'],
    needs: 'any',
    says: 'The logical name of a register ends in 254, where object_list says 255.',
    apply: (d) =>
      changeModel(d, ({ attributeValue }) => ({
        attributeValue(object, id, value) {
          const told = attributeValue(object, id, value)
          if (object['class-id'] !== REGISTER || id !== LOGICAL_NAME || told.is !== 'octet-string') return told
          return { is: 'octet-string', value: told.value.with(GROUP_F, 254) }
        },
      })),
  },
  {
    id: 'cosem.type.changing',
    breaks: ['cosem.attribute'],
    needs: 'any',
    says: 'Each second double-long-unsigned that is read is a long64-unsigned.',
    apply: (d) =>
      sending(d, (message, memory) => {
        if (message.is !== 'apdu' || !isLike(message.octets, NUMBER_READ)) return { messages: [message], memory }
        const told = count(memory, NUMBERS_TOLD) + 1
        const octets = told % 2 === 0 ? asLong64(message.octets) : message.octets
        return { messages: [{ ...message, octets }], memory: { ...memory, [NUMBERS_TOLD]: told } }
      }),
  },
]
