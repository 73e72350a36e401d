import type { TrafficEvent } from '../engine/events.ts'
import { unitKind, unmasked, type Explain, type Field } from './explain.ts'
import { placed, valueText } from './fields.ts'
import { safeText } from './safe-text.ts'

/** So many fields are told; the octets are beside. */
const FIELDS_TOLD = 120

/** What a unit is, decoded, as the comment of its packet. */
export function packetComment(event: TrafficEvent, explain: Explain): string {
  const { masked } = unmasked(event.octets)
  const hidden = masked.filter(Boolean).length
  const lines = [
    `${event.direction} ${event.names.join(' > ') || event.is}${event.instance === undefined ? '' : ` in ${event.instance}`}`,
    ...event.marks.map(({ path, what }) => `damaged ${path}: ${what}`),
    ...event.failures.map(
      ({ layer, at, expected, found }) => `${layer} at ${at}: expected ${expected}, found ${found}`,
    ),
    ...(event.detail === undefined ? [] : [event.detail]),
    ...(hidden === 0 ? [] : [`${hidden} octets of a secret are shown as 00`]),
    ...decoded(event, explain),
  ]
  return lines.map(safeText).join('\n')
}

function decoded(event: TrafficEvent, explain: Explain): readonly string[] {
  const kind = unitKind(event)
  if (kind === undefined) return []
  const { octets, masked } = unmasked(event.octets)
  const apdu = event.apdu === undefined ? undefined : unmasked(event.apdu)
  return [
    ...fieldLines(explain.unit(octets, kind, event.direction).tree, masked),
    ...(apdu === undefined ? [] : fieldLines(explain.apdu(apdu.octets, event.direction).tree, apdu.masked)),
  ]
}

function fieldLines(tree: Field, masked: readonly boolean[]): readonly string[] {
  const table = placed(tree)
  const lines = table.slice(0, FIELDS_TOLD).map(({ field, depth }) => {
    const value = masked.slice(field.start, field.end).includes(true) ? 'masked' : valueText(field.value)
    return `${'  '.repeat(depth + 1)}${field.name}${field.children.length > 0 || value === '' ? '' : `: ${value}`}`
  })
  return table.length > lines.length ? [...lines, `  … and ${table.length - lines.length} more fields`] : lines
}
