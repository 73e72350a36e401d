// For tests: a meter that lies in its answers. What it would have said → what goes on the line instead.
import { concat } from '../codec/operator.ts'
import { unhex } from '../codec/value.ts'
import { examine, type Frame } from '../protocol/hdlc/examine.ts'
import { frameOctets } from '../protocol/hdlc/frame.ts'
import { begin, lastEnd, type Ms, type Party, type PartyInput, type PartyOutput } from '../protocol/line.ts'
import { HEADER_OCTETS, wpduOctets } from '../protocol/wrapper/wpdu.ts'

/** The WPDU with the answer of a service, this answer, and how many blocks of it were asked for before. */
export type Lie = (wpdu: Uint8Array, apdu: Uint8Array, before: number) => Uint8Array

const octetsOf = (text: string): Uint8Array => unhex(text) ?? new Uint8Array(0)
const filled = (octets: string, times: number): Uint8Array => octetsOf(octets.repeat(times))

/** Get-, set- and action-responses and exception-responses; ACSE passes, or nothing would ever be asked. */
const SERVICE_ANSWERS = [0xc4, 0xc5, 0xc7, 0xd8]
const INVOKE_ID_AT = 2

/** The WPDU with another APDU in it. */
const carrying = (wpdu: Uint8Array, apdu: Uint8Array): Uint8Array =>
  wpduOctets({ version: 1, 'source-wport': wpdu[3] ?? 0, 'destination-wport': wpdu[5] ?? 0, information: apdu })

/** A get-response with these data, and the invoke-id of the answer. */
const data =
  (...parts: readonly Uint8Array[]): Lie =>
  (wpdu, apdu) =>
    carrying(wpdu, concat([octetsOf('C401'), idOf(apdu), Uint8Array.of(0), ...parts]))
const idOf = (apdu: Uint8Array): Uint8Array => apdu.subarray(INVOKE_ID_AT, INVOKE_ID_AT + 1)

/** A block of a long answer that is never the last one. */
const block =
  (number: (before: number) => number, raw = octetsOf('041122AABB')): Lie =>
  (wpdu, apdu, before) => {
    const octets = new Uint8Array(4)
    new DataView(octets.buffer).setUint32(0, number(before))
    return carrying(wpdu, concat([octetsOf('C402'), idOf(apdu), octetsOf('00'), octets, octetsOf('00'), raw]))
  }

const changed = (octets: Uint8Array, at: number, change: (octet: number) => number): Uint8Array =>
  octets.map((octet, index) => (index === at ? change(octet) : octet))

/** Answers that are cut behind so many octets. */
const cutTo =
  (length: number): Lie =>
  (wpdu, apdu) =>
    carrying(wpdu, apdu.subarray(0, length))

export const LIES: Readonly<Record<string, Lie>> = {
  'the tag of another service': (wpdu, apdu) =>
    carrying(
      wpdu,
      changed(apdu, 0, () => 0xc6),
    ),
  'a tag that there is not': (wpdu, apdu) =>
    carrying(
      wpdu,
      changed(apdu, 0, () => 0xff),
    ),
  'a form of the service that there is not': (wpdu, apdu) =>
    carrying(
      wpdu,
      changed(apdu, 1, () => 0x7f),
    ),
  'a request instead': (wpdu) => carrying(wpdu, octetsOf('C001C100080000010000FF0300')),
  'an APDU of no octets': (wpdu) => carrying(wpdu, new Uint8Array(0)),
  'another invoke-id': (wpdu, apdu) =>
    carrying(
      wpdu,
      changed(apdu, INVOKE_ID_AT, (id) => id ^ 0x05),
    ),
  'an octet-string of 4 GB': data(octetsOf('0984FFFFFFFF00')),
  'a length of 126 octets': data(octetsOf('09FE00')),
  'a text of 2 GB': data(octetsOf('0C847FFFFFFF00')),
  '4 G bits': data(octetsOf('0484FFFFFFFF00')),
  'an array of 4 G elements': data(octetsOf('0184FFFFFFFF00')),
  'a structure of 4 G elements, and many there': data(octetsOf('0284FFFFFFFF'), filled('00', 60_000)),
  'arrays in each other, 30 000 times': data(filled('0101', 30_000)),
  'a compact-array whose type lies in itself, 20 000 times': data(octetsOf('13'), filled('0201', 20_000)),
  'a date that is none': data(octetsOf('19FFFFFFFF')),
  'text that is no UTF-8': data(octetsOf('0C02C328')),
  'block numbers that go back': block((before) => (before < 5 ? before + 1 : 9 - before)),
  'blocks of nothing, without an end': block((before) => before + 1, octetsOf('00')),
  'blocks without an end': block((before) => before + 1, concat([octetsOf('82EA60'), filled('5A', 60_000)])),
  'a block that says it has 4 GB': block((before) => before + 1, octetsOf('84FFFFFFFF')),
  'the same block for ever': block(() => 1),
  'a WPDU that says it is longer': (wpdu) => changed(wpdu, 6, () => 0xff),
  'a WPDU that says it is empty': (wpdu) =>
    changed(
      changed(wpdu, 6, () => 0),
      7,
      () => 0,
    ),
  'another version of the wrapper': (wpdu) => changed(wpdu, 1, () => 2),
  'the wPort of somebody else': (wpdu) => changed(wpdu, 3, () => 77),
  'one octet of an answer': cutTo(1),
  'two octets of an answer': cutTo(2),
  'three octets of an answer': cutTo(3),
  'an answer without data': cutTo(4),
  'data without a value': cutTo(5),
  nothing: () => new Uint8Array(0),
  'the answer a thousand times': (wpdu) => concat(Array.from({ length: 1000 }, () => wpdu)),
  '60 000 octets of noise': () => filled('55AA', 30_000),
}

const GET = 0xc0
const NEXT = 2

/** The meter behind somebody who changes its answers. */
export function lying(party: Party, lie: Lie): Party {
  let before = 0
  const told = (outputs: readonly PartyOutput[]): readonly PartyOutput[] =>
    outputs.map((output) => {
      if (output.is !== 'octets' || !SERVICE_ANSWERS.includes(output.octets[HEADER_OCTETS] ?? 0)) return output
      return { ...output, octets: lie(output.octets, output.octets.subarray(HEADER_OCTETS), before++) }
    })
  return {
    receive(input) {
      const [tag, choice] = input.is === 'octets' ? input.burst.octets.subarray(HEADER_OCTETS) : []
      if (tag !== GET || choice !== NEXT) before = 0
      return told(party.receive(input))
    },
    deadline: () => party.deadline(),
    expire: (now) => told(party.expire(now)),
  }
}

const NOTIFICATION = octetsOf('0F0000000100090401020304')
const EVERY_MS = 50

/** From the first answer of a service on it never says anything but notifications, and never stops. */
export function notifying(party: Party): Party {
  let wpdu: Uint8Array | undefined
  let peer = ''
  let next = Infinity
  const timeOf = (input: PartyInput): Ms => (input.is === 'octets' ? begin(input.burst) : input.at)
  const told = (outputs: readonly PartyOutput[], now: Ms): readonly PartyOutput[] =>
    outputs.filter((output) => {
      if (output.is !== 'octets' || !SERVICE_ANSWERS.includes(output.octets[HEADER_OCTETS] ?? 0)) return true
      wpdu = carrying(output.octets, NOTIFICATION)
      peer = output.peer
      next = now + EVERY_MS
      return false
    })
  return {
    receive(input) {
      if (input.is === 'closed' || input.is === 'reset') next = Infinity
      return told(party.receive(input), timeOf(input))
    },
    deadline: () => Math.min(next, party.deadline()),
    expire(now) {
      const outputs = now >= party.deadline() ? told(party.expire(now), now) : []
      if (now < next || wpdu === undefined) return outputs
      next = now + EVERY_MS
      return [...outputs, { is: 'octets', peer, at: now, octets: wpdu }]
    },
  }
}

const LLC_AND_DATA = octetsOf('E6E700C401C10009')
const SEGMENT = filled('5A', 100)
const REACTION_MS = 20

/** HDLC: the AARQ is answered; each frame behind it by a segment of an APDU that never ends. */
export function segmenting(party: Party): Party {
  let answered = 0
  let asked = 0
  return {
    deadline: () => (answered > 1 ? Infinity : party.deadline()),
    expire: (now) => party.expire(now),
    receive(input) {
      const question = input.is === 'octets' ? examine(input.burst.octets).frame : undefined
      const control = question?.control
      if (input.is !== 'octets' || question === undefined || (control?.is !== 'i' && control?.is !== 'rr')) {
        asked = answered = 0
        return party.receive(input)
      }
      if (control.is === 'i') asked++
      if (answered++ === 0) return party.receive(input)
      const segment: Frame = {
        segmentation: true,
        'destination-address': question['source-address'],
        'source-address': question['destination-address'],
        control: { is: 'i', 'n-s': (answered - 1) % 8, 'n-r': asked % 8, 'poll-final': true },
        information: answered === 2 ? LLC_AND_DATA : SEGMENT,
      }
      return [{ is: 'octets', peer: input.peer, at: lastEnd(input.burst) + REACTION_MS, octets: frameOctets(segment) }]
    },
  }
}
