// Types and values in a few words, for findings.
import { hex } from '../codec/value.ts'
import type { Data } from '../protocol/data/data.ts'
import type { SimpleSpec, TypeSpec } from './definition.ts'

/** `octet-string of 6 (logical-name)`, `array`, `structure of 2 (scaler, unit)`. */
export function tellType(type: TypeSpec): string {
  switch (type.is) {
    case 'instance-specific':
      return 'any type'
    case 'choice':
      return type.of.map(tellType).join(' | ')
    case 'array':
      return 'array'
    case 'structure':
      return type.fields.length === 0
        ? 'structure'
        : `structure of ${type.fields.length} (${type.fields.map(({ name }) => name).join(', ')})`
    default:
      return tellSimple(type)
  }
}

function tellSimple({ is, size, format }: SimpleSpec): string {
  const of = size && (size[0] === size[1] ? ` of ${size[0]}` : ` of ${size[0]} to ${size[1]}`)
  return `${is}${of ?? ''}${format ? ` (${format})` : ''}`
}

/** Longer texts are cut: a meter says how long they are. */
const MOST = 40

const cut = (text: string): string => (text.length > MOST ? `${text.slice(0, MOST)}…` : text)

/** `long-unsigned 5`, `octet-string of 6 0000010000FF`, `array of 3`. */
export function tellValue(value: Data): string {
  switch (value.is) {
    case 'null-data':
    case 'dont-care':
    case 'compact-array':
      return value.is
    case 'array':
    case 'structure':
      return `${value.is} of ${value.value.length}`
    case 'octet-string':
    case 'date-time':
    case 'date':
    case 'time':
      return `${value.is} of ${value.value.length} ${cut(hex(value.value.subarray(0, MOST)))}`.trimEnd()
    case 'bit-string':
    case 'visible-string':
    case 'utf8-string':
      return `${value.is} of ${value.value.length} ${JSON.stringify(cut(value.value))}`
    default:
      return `${value.is} ${value.value}`
  }
}
