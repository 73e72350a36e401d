// The APDUs in the units on the line. A unit may hold a part of one (HDLC segments): the whole is known where it ends.
import type { TrafficEvent } from '../engine/events.ts'
import { plainHex } from './words.ts'

/** Units of a connection in one direction that go on in the next. */
interface Begun {
  readonly parts: string[]
  readonly length: number
  /** The last unit: sent once more it is no further part. */
  readonly last: string
}

/** Two digits an octet. More is no message that anything could take. */
const MOST_DIGITS = 0x800000
const WRAPPER_HEADER = 16

const sideOf = ({ port, connection, direction }: TrafficEvent): string => `${port} ${connection} ${direction}`

/** Asked of each unit in its order: with the whole APDU where one ended that came in several. */
export function apduJoiner(): (event: TrafficEvent) => TrafficEvent {
  const begun = new Map<string, Begun>()
  return (event) => {
    const side = sideOf(event)
    if (event.is === 'opened') begun.clear()
    const part = partOf(event)
    if (part === undefined) {
      if (LINK.has(event.names[0] ?? '')) begun.clear()
      return event
    }
    const before = begun.get(side)
    if (before?.last === event.octets) return event
    begun.delete(side)
    const parts = before?.parts ?? []
    const length = (before?.length ?? 0) + part.length
    if (length <= MOST_DIGITS) parts.push(part)
    // What is too long is lost to its end.
    else parts.length = 0
    if (event.more === true)
      begun.set(side, { parts, length: length <= MOST_DIGITS ? length : Infinity, last: event.octets })
    const whole = event.more === true || parts.length < 2 ? undefined : withoutLlc(parts.join(''))
    return whole === undefined || event.apdu !== undefined ? event : { ...event, apdu: whole }
  }
}

/** What begins or ends a link: nothing goes on behind it. */
const LINK: ReadonlySet<string> = new Set(['snrm', 'disc', 'ua', 'dm', 'frmr'])

/** The information of a frame; one that was damaged elsewhere never arrived. */
function partOf({ octets, information, marks }: TrafficEvent): string | undefined {
  if (information === undefined) return undefined
  const { from, to } = information
  if (marks.some((mark) => mark.from < from || mark.to > to)) return undefined
  return plainHex(octets).slice(2 * from, 2 * to)
}

/** The APDU of a unit as hex, whole: in it, or ended in it. */
export function apduOf(event: TrafficEvent): string | undefined {
  if (event.apdu !== undefined) return event.apdu
  if (event.failures.length > 0 || event.more === true) return undefined
  if (event.is === 'wrapper') return plainHex(event.octets).slice(WRAPPER_HEADER)
  const part = event.is === 'hdlc' ? partOf(event) : undefined
  return part === undefined ? undefined : withoutLlc(part)
}

const withoutLlc = (information: string): string | undefined =>
  /^E6E[67]00/.test(information) ? information.slice(6) : undefined
