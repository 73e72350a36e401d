// Octets that are no APDU, or not one that may be sent: what should be refused, and is not.
import { lengthOctets } from '../../../codec/length.ts'
import { hex, unhex } from '../../../codec/value.ts'
import { count, text } from '../../memory.ts'
import type { Defect } from '../defect.ts'
import { failureOf, isAcse, lengthAt, misreads, misreadsFaulty, served } from './misread.ts'

const GET = 0xc0
const NORMAL = 1
const ACTION = 0xc3
const ACCESS = 0xd9
/** Of an ACTION without parameters: all but the octet that says so. */
const ACTION_HEAD = 12
const SET = 0xc1
/** Of a SET: all before the value. */
const SET_HEAD = 13
const OCTET_STRING = 9

const BUFFER = 'apdu.buffer'
const KEPT = 'apdu.kept'
const ERRORS = 'apdu.errors'
const MOST_ERRORS = 5

const octetsIn = (hexText: string): Uint8Array => unhex(hexText) ?? new Uint8Array(0)
const isShort = (fault: string): boolean => fault === 'short'
const isUndefinedTag = (fault: string, at: number): boolean => fault === 'tag' && at === 0
const isUndefinedChoice = (fault: string, at: number): boolean => fault === 'tag' && at === 1

export const robustnessDefects: readonly Defect[] = [
  {
    id: 'apdu.prefix.overread',
    aliases: ['apdu_prefix_overread'],
    breaks: ['xdlms.unreadable'],
    needs: 'any',
    says: 'What is missing of an APDU is read from the one before it, which is still in the buffer.',
    apply: (d) =>
      misreads(d, (octets, memory) => {
        const before = octetsIn(text(memory, BUFFER))
        const buffer = Uint8Array.of(...octets, ...before.subarray(octets.length))
        const isCut = failureOf(octets)?.fault === 'short'
        return { is: 'served', octets: isCut ? buffer : octets, memory: { ...memory, [BUFFER]: hex(buffer) } }
      }),
  },
  {
    id: 'apdu.truncated.unanswered',
    breaks: ['xdlms.unreadable'],
    needs: 'any',
    says: 'The rest of an APDU that is cut is waited for: no answer comes.',
    apply: (d) =>
      misreadsFaulty(d, ({ fault }, _, memory) => (isShort(fault) ? { is: 'swallowed', memory } : undefined)),
  },
  {
    id: 'apdu.truncated.ends-association',
    breaks: ['xdlms.unreadable'],
    needs: 'any',
    says: 'An APDU that is cut ends the association.',
    apply: (d) => misreadsFaulty(d, ({ fault }, _, memory) => (isShort(fault) ? { is: 'ended', memory } : undefined)),
  },
  {
    id: 'apdu.truncated.action-executed',
    breaks: ['xdlms.unreadable'],
    needs: 'any',
    says: 'An ACTION is executed though it is cut behind the method.',
    apply: (d) =>
      misreads(d, (octets, memory) =>
        octets[0] === ACTION && octets.length === ACTION_HEAD ? served(memory, octets, Uint8Array.of(0)) : undefined,
      ),
  },
  {
    id: 'apdu.tag.undefined-served',
    breaks: ['xdlms.undefined-tag'],
    needs: 'any',
    says: 'An APDU with a tag that there is not is a GET.',
    apply: (d) =>
      misreadsFaulty(d, ({ fault, at }, octets, memory) =>
        isUndefinedTag(fault, at) ? served(memory, Uint8Array.of(GET), octets.subarray(1)) : undefined,
      ),
  },
  {
    id: 'apdu.tag.undefined-ends-association',
    breaks: ['xdlms.undefined-tag'],
    needs: 'any',
    says: 'A tag that there is not ends the association.',
    apply: (d) =>
      misreadsFaulty(d, ({ fault, at }, _, memory) =>
        isUndefinedTag(fault, at) ? { is: 'ended', memory } : undefined,
      ),
  },
  {
    id: 'apdu.choice.undefined-served',
    breaks: ['xdlms.undefined-choice'],
    needs: 'any',
    says: 'A service of a kind that there is not is carried out in its normal form.',
    apply: (d) =>
      misreadsFaulty(d, ({ fault, at }, octets, memory) =>
        isUndefinedChoice(fault, at)
          ? served(memory, octets.subarray(0, 1), Uint8Array.of(NORMAL), octets.subarray(2))
          : undefined,
      ),
  },
  {
    id: 'apdu.choice.undefined-unanswered',
    breaks: ['xdlms.undefined-choice'],
    needs: 'any',
    says: 'A service of a kind that there is not is not answered.',
    apply: (d) =>
      misreadsFaulty(d, ({ fault, at }, _, memory) =>
        isUndefinedChoice(fault, at) ? { is: 'swallowed', memory } : undefined,
      ),
  },
  {
    id: 'apdu.trailing.served',
    breaks: ['xdlms.spare-octets'],
    remark: true,
    needs: 'any',
    says: 'Octets behind a request are passed over.',
    apply: (d) =>
      misreadsFaulty(d, ({ fault, at }, octets, memory) =>
        fault === 'surplus' ? served(memory, octets.subarray(0, at)) : undefined,
      ),
  },
  {
    id: 'apdu.trailing.begins-the-next',
    breaks: ['xdlms.spare-octets'],
    needs: 'any',
    says: 'Octets behind a request stay in the buffer, and the next request stands behind them.',
    apply: (d) =>
      misreads(d, (octets, memory) => {
        const kept = octetsIn(text(memory, KEPT))
        const found = failureOf(octets)
        if (kept.length > 0) return served({ ...memory, [KEPT]: '' }, kept, octets)
        if (found?.fault !== 'surplus') return undefined
        return served({ ...memory, [KEPT]: hex(octets.subarray(found.at)) }, octets.subarray(0, found.at))
      }),
  },
  {
    id: 'apdu.trailing.executed',
    breaks: ['xdlms.spare-octets'],
    needs: 'any',
    says: 'A second ACTION behind the first is executed too.',
    apply: (d) =>
      misreadsFaulty(d, ({ fault, at }, octets, memory) =>
        fault === 'surplus' && octets[0] === ACTION && octets[at] === ACTION
          ? { is: 'served', octets: octets.subarray(0, at), unanswered: octets.subarray(at), memory }
          : undefined,
      ),
  },
  {
    id: 'apdu.too-long.cut',
    breaks: ['xdlms.pdu-size'],
    needs: 'any',
    says: 'A SET that is too long is carried out with as much of its octet-string as there is room for.',
    apply: (d) =>
      misreads(d, (octets, memory, most) => {
        if (octets.length <= most || octets[0] !== SET || octets[SET_HEAD] !== OCTET_STRING) return undefined
        const { length, width } = lengthAt(octets, SET_HEAD + 1)
        const head = octets.subarray(0, SET_HEAD + 1)
        const room = octets.subarray(octets.length - length, most - width)
        return octets.length === head.length + width + length
          ? served(memory, head, lengthOctets(room.length), room)
          : undefined
      }),
  },
  {
    id: 'apdu.too-long.restarts',
    breaks: ['xdlms.pdu-size'],
    needs: 'any',
    says: 'An APDU longer than the buffer overruns it, and the meter restarts.',
    apply: (d) =>
      misreads(d, (octets, memory, most) => (octets.length > most ? { is: 'restarted', memory } : undefined)),
  },
  {
    id: 'apdu.errors.counted',
    breaks: ['xdlms.unreadable'],
    needs: 'any',
    says: 'After five APDUs that cannot be read nothing is answered any more.',
    apply: (d) => ({
      ...d,
      parsing: {
        parse(octets, memory, most) {
          const errors = isAcse(octets) ? 0 : count(memory, ERRORS) + (failureOf(octets) === undefined ? 0 : 1)
          const counted = { ...memory, [ERRORS]: errors }
          return errors > MOST_ERRORS ? { is: 'swallowed', memory: counted } : d.parsing.parse(octets, counted, most)
        },
      },
    }),
  },
  {
    id: 'apdu.random-reset',
    aliases: ['random_reset'],
    breaks: ['xdlms.unreadable'],
    needs: 'any',
    says: 'An ACCESS of more than 200 octets restarts the meter.',
    apply: (d) =>
      misreads(d, (octets, memory) =>
        octets[0] === ACCESS && octets.length > 200 ? { is: 'restarted', memory } : undefined,
      ),
  },
]
