// How units on the line are named for whoever records them. By tags alone: nothing is decoded twice for it.
import { hex } from '../codec/value.ts'
import { readControl } from '../protocol/hdlc/control.ts'
import { FLAG } from '../protocol/hdlc/examine.ts'
import { addressLength } from '../protocol/hdlc/address.ts'
import { LLC_OCTETS } from '../protocol/hdlc/llc.ts'
import type { Ms } from '../protocol/line.ts'
import { examineSignOn } from '../protocol/sign-on/examine.ts'
import { HEADER_OCTETS } from '../protocol/wrapper/wpdu.ts'
import type { Ending, Opening } from '../transport/transport.ts'
import { apduNameOf } from './apdu-name.ts'
import type { Heard, Language } from './receiver.ts'
import type { Traffic, TrafficMark } from './traffic.ts'

type Unit = Pick<Traffic, 'is' | 'names' | 'information' | 'more'>

export function sentTraffic(
  language: Language,
  octets: Uint8Array,
  at: Ms,
  end: Ms,
  marks: readonly TrafficMark[],
): Traffic {
  return { direction: 'sent', at, end, octets: hex(octets), failures: [], marks, ...unitSent(language, octets) }
}

/** The tester opened the connection, or tried to from `begun` on. */
export function openingTraffic(opening: Opening, begun: Ms): Traffic {
  switch (opening.is) {
    case 'open': {
      const { at, local, remote } = opening
      return { ...happened('opened', begun, at), local, remote }
    }
    case 'refused':
      return happened('refused', begun, opening.at)
    case 'timed-out':
      return { ...happened('refused', begun, opening.at), detail: 'timed out' }
    case 'fault':
      return { ...happened('fault', begun, opening.at), detail: opening.fault.detail }
    default:
      return opening satisfies never
  }
}

/** The tester ended the connection. */
export function endingTraffic(how: Ending, at: Ms): Traffic {
  const ended = happened(how === 'reset' ? 'reset' : 'closed', at, at)
  return how === 'vanish' ? { ...ended, detail: 'vanished' } : ended
}

const happened = (is: Traffic['is'], at: Ms, end: Ms): Traffic => ({
  direction: 'sent',
  at,
  end,
  is,
  octets: '',
  names: [],
  failures: [],
  marks: [],
})

export function receivedTraffic(heard: Heard): Traffic {
  const { octets, begin, end, from } = heard
  const failures =
    heard.is === 'damaged'
      ? heard.failures.map(({ at, expected, found }) => ({ layer: heard.kind, at, expected, found }))
      : []
  const remote = from === undefined ? {} : { remote: from }
  return {
    direction: 'received',
    at: begin,
    end,
    octets: hex(octets),
    failures,
    marks: [],
    ...remote,
    ...unitReceived(heard),
  }
}

function unitReceived(heard: Heard): Unit & Pick<Traffic, 'detail'> {
  switch (heard.is) {
    case 'frame':
      return hdlcUnit(heard.octets)
    case 'wpdu':
      return wrapperUnit(heard.octets)
    case 'message':
      return { is: 'sign-on', names: [heard.message.is] }
    case 'damaged':
      return damagedUnit(heard)
    case 'noise':
      return { is: 'octets', names: [] }
    case 'closed':
    case 'reset':
      return { is: heard.is, names: [] }
    case 'fault':
      return { is: 'fault', names: [], detail: heard.fault.detail }
    default:
      return heard satisfies never
  }
}

function damagedUnit(heard: Heard & { readonly is: 'damaged' }): Unit {
  const { frame, wpdu, message, kind } = heard
  const names = frame ? [frame.control.is] : wpdu ? ['wpdu'] : message ? [message.is] : []
  return { is: kind, names }
}

function unitSent(language: Language, octets: Uint8Array): Unit {
  switch (language) {
    case 'hdlc':
      return hdlcUnit(octets)
    case 'wrapper':
      return wrapperUnit(octets)
    case 'sign-on':
    case 'programming': {
      const { name } = examineSignOn(octets)
      return name === undefined ? { is: 'octets', names: [] } : { is: 'sign-on', names: [name] }
    }
    default:
      return language satisfies never
  }
}

/** The octets may be damaged: only what lies where it should is named. */
function hdlcUnit(octets: Uint8Array): Unit {
  if (octets[0] !== FLAG || octets.length < 9) return { is: 'octets', names: [] }
  const destination = addressLength(octets, 3)
  const source = addressLength(octets, 3 + destination)
  if (destination === 0 || source === 0) return { is: 'hdlc', names: [] }
  const controlAt = 3 + destination + source
  const control = readControl(octets[controlAt] ?? 0)
  const from = controlAt + 3
  const to = octets.length - 3
  if ((control.is !== 'i' && control.is !== 'ui') || to <= from) return { is: 'hdlc', names: [control.is] }
  const more = ((octets[1] ?? 0) & 0x08) !== 0
  const header = octets[from] === 0xe6 && octets[from + 2] === 0x00
  const apdu = header && !more ? apduNameOf(octets[from + LLC_OCTETS]) : undefined
  const names = apdu === undefined ? [control.is] : [control.is, apdu]
  return { is: 'hdlc', names, information: { from, to }, ...(more ? { more: true as const } : {}) }
}

function wrapperUnit(octets: Uint8Array): Unit {
  const apdu = apduNameOf(octets[HEADER_OCTETS])
  const names = apdu === undefined ? ['wpdu'] : ['wpdu', apdu]
  return octets.length < HEADER_OCTETS ? { is: 'octets', names: [] } : { is: 'wrapper', names }
}
