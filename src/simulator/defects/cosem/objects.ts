// Objects that are not what their class or the object list says.
import { changeModel, type Defect } from '../defect.ts'

const REGISTER = 3
const LOGICAL_NAME = 1
const SCALER_UNIT = 3
const GROUP_F = 5

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
]
