// What an APDU is about, in one line.
import { className } from '../cosem/classes.ts'
import { hides, type Field } from './explain.ts'
import { attributeText, methodText } from './meaning.ts'

/** What the first descriptor of a tree asks for: `Clock 0.0.1.0.0.255, time`. Empty: there is none, or it is masked. */
export function subjectOf(tree: Field, masked: readonly boolean[]): string {
  const found = descriptorIn(tree)
  if (found === undefined || hides(masked, found)) return ''
  const { classId, instance, asked } = found
  return `${className(classId) ?? `class ${classId}`} ${instance}${asked === undefined ? '' : `, ${asked}`}`
}

interface Descriptor extends Pick<Field, 'start' | 'end'> {
  readonly classId: number
  readonly instance: string
  readonly asked: string | undefined
}

function descriptorIn({ children, start, end }: Field): Descriptor | undefined {
  const [first, second, third] = children
  const [classId, instance] = [first?.value, second?.value]
  const is = first?.name === 'class-id' && second?.name === 'instance-id'
  if (is && typeof classId === 'number' && typeof instance === 'string')
    return { start, end, classId, instance, asked: third && askedBy(classId, third) }
  for (const child of children) {
    const found = descriptorIn(child)
    if (found !== undefined) return found
  }
  return undefined
}

function askedBy(classId: number, { name, value }: Field): string | undefined {
  if (typeof value !== 'number') return undefined
  if (name === 'attribute-id') return attributeText(classId, value) ?? `attribute ${value}`
  return name === 'method-id' ? (methodText(classId, value) ?? `method ${value}`) : undefined
}
