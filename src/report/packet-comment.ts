import type { ProtectionEvent, TrafficEvent } from '../engine/events.ts'
import { hides, unitKind, unmasked, type Explain, type Field } from './explain.ts'
import { valueText } from './fields.ts'
import { meanings } from './meaning.ts'
import { apduJoiner } from './messages.ts'
import { checkWords, protectionWords } from './protection-words.ts'
import { remembered } from '../codec/remembered.ts'
import { linesOf } from './rows.ts'
import { safeText } from './safe-text.ts'
import { plainHex } from './words.ts'

/** So many fields are told; the octets are beside. */
const FIELDS_TOLD = 120

/** What a unit is, decoded, as the comment of its packet; asked of each unit in its order. The same octets are decoded once. */
export function packetComments(explain: Explain): (event: TrafficEvent) => string {
  const known = remembered<string>()
  const withApdu = apduJoiner()
  return (passed) => {
    const event = withApdu(passed)
    const key = `${event.is} ${event.direction} ${event.octets} ${event.apdu ?? ''}`
    const told = known(key, () => decoded(event, explain).map(safeText).join('\n'))
    return [...about(event).map(safeText), ...(told === '' ? [] : [told])].join('\n')
  }
}

/** What lay beneath a protection, told behind the packet that it ended in: how it was protected, its name and its octets. */
export function beneathComment(explain: Explain): (event: ProtectionEvent) => string {
  const known = remembered<string>()
  return (event) => {
    const { apdu, direction } = event
    const head = safeText(`beneath ${protectionWords(event)}, ${checkWords(event)}`)
    if (apdu === undefined) return head
    const told = known(`${direction} ${apdu}`, () => {
      const [only] = explain.apdu(unmasked(apdu).octets, direction).tree.children
      return safeText(`  ${only?.name ?? 'octets'}: ${plainHex(apdu)}`)
    })
    return `${head}\n${told}`
  }
}

function about(event: TrafficEvent): readonly string[] {
  const hidden = hiddenIn(event.octets)
  return [
    `${event.direction} ${event.names.join(' > ') || event.is}${event.instance === undefined ? '' : ` in ${event.instance}`}`,
    ...event.marks.map(({ path, what }) => `damaged ${path}: ${what}`),
    ...event.failures.map(
      ({ layer, at, expected, found }) => `${layer} at ${at}: expected ${expected}, found ${found}`,
    ),
    ...(event.detail === undefined ? [] : [event.detail]),
    ...(hidden === 0 ? [] : [`${hidden} octets of a secret are shown as 00`]),
  ]
}

const hiddenIn = (hex: string): number => (hex.includes('X') ? unmasked(hex).masked.filter(Boolean).length : 0)

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
  const table = linesOf(tree)
  const meant = meanings(tree)
  const lines = table.slice(0, FIELDS_TOLD).map(({ field, worth, name, depth }) => {
    const hidden = hides(masked, field)
    const value = hidden ? (worth === undefined ? '' : 'masked') : valueText(worth?.value)
    const meaning = hidden ? undefined : meant.get(field)
    return `${'  '.repeat(depth + 1)}${name}${value === '' ? '' : `: ${value}`}${meaning === undefined ? '' : ` (${meaning})`}`
  })
  return table.length > lines.length ? [...lines, `  … and ${table.length - lines.length} more fields`] : lines
}
