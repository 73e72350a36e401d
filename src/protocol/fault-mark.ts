// Where the fault of a message stands, as ranges of octets: in the layer it is done to, and in those that carry it.
import type { Built, Node, Operator } from '../codec/codec.ts'
import type { Value } from '../codec/value.ts'
import { findNode, type Assigned } from './fault.ts'
import type { Message } from './messages.ts'

/** A field that is faulty on purpose, as a range of octets; where octets are missing `from` = `to`. */
export interface FaultMark {
  /** As the suite writes it. */
  readonly path: string
  readonly from: number
  readonly to: number
  /** `flip FF00`, `wrong 1`, `absent`. */
  readonly what: string
}

/** The mark of one fault in its own layer. */
export function markOf(message: Message, { path, inside, fault }: Assigned, { tree, octets, marks }: Built): FaultMark {
  if ('damage' in fault) {
    const mark = marks.find((each) => each.path === inside)
    return { path, from: mark?.from ?? 0, to: mark?.to ?? octets.length, what: describe(fault.damage) }
  }
  const node = findNode(tree, inside) ?? findNode(tree, fieldName(message, inside))
  const what = fault.wrong === 'absent' ? 'absent' : `wrong ${JSON.stringify(fault.wrong satisfies Value)}`
  return { path, from: node?.start ?? 0, to: node?.end ?? octets.length, what }
}

/** The name that the standard has for a field that suites may call otherwise: `poll` is `poll-final`. */
function fieldName(message: Message, inside: string): string {
  const [, first = '', others = ''] = /^([^.[]*)(.*)$/.exec(inside) ?? []
  const [known] = Object.keys(message.canonical({ [first]: null }))
  return `${known ?? first}${others}`
}

/** `{flip: 'FF00'}` → `flip FF00`. */
export function describe(operator: Operator): string {
  if (typeof operator === 'string') return operator
  return Object.entries(operator)
    .map(([name, argument]) => `${name} ${typeof argument === 'object' ? JSON.stringify(argument) : String(argument)}`)
    .join(' ')
}

/** A mark of the layer above, where this piece carries it. */
export function carried(
  mark: FaultMark,
  { tree, carries }: { readonly tree: Node; readonly carries: { readonly from: number; readonly to: number } },
): readonly FaultMark[] {
  const field = findNode(tree, 'information')
  const touched =
    mark.from === mark.to
      ? mark.from >= carries.from && mark.from <= carries.to
      : mark.from < carries.to && mark.to > carries.from
  if (field === undefined || !touched) return []
  const shift = field.start - carries.from
  const from = Math.max(mark.from, carries.from) + shift
  const to = Math.min(mark.to, carries.to) + shift
  return [{ ...mark, from: Math.min(from, field.end), to: Math.min(to, field.end) }]
}
