// What every answer of a meter has to keep, whatever a case expects (LANGUAGE "What an expected message implies"): one table, each rule with its clause.
import type { LinkAddresses } from '../client/link.ts'
import { sameAddress } from '../client/link.ts'
import type { Passed } from '../client/ledger.ts'
import { parametersIn } from '../client/link-state.ts'
import { hex } from '../codec/value.ts'
import type { BrokenRule } from '../engine/vocabulary.ts'
import { LLC_RESPONSE } from '../protocol/hdlc/llc.ts'
import { exceeded, type LinkParameter } from '../protocol/hdlc/negotiate.ts'
import { acknowledges, distance } from '../protocol/hdlc/sequence.ts'
import type { Wports } from '../client/wrapper.ts'
import type { Wpdu } from '../protocol/wrapper/wpdu.ts'

/** What is wrong with an answer. `field`: inside the message, as a matcher would name it. */
export interface Breach {
  readonly expected: string
  readonly found: string
  readonly field?: string
  readonly clause?: string
  readonly remark?: true
}

export interface ImpliedRule<Case> {
  readonly id: string
  readonly clause: string
  judge(answer: Case): Breach | undefined
}

/** A frame received, and where it stands among the others. */
export interface FrameCase {
  readonly passed: Passed
  readonly addresses: LinkAddresses
  /** No other frame of the meter follows before the tester speaks. */
  readonly endsTurn: boolean
  /** Which I frame in a row this is, counted from 1. */
  readonly inRow: number
  /** The tester's last frame was an I frame that the meter has to count. */
  readonly answersI: boolean
  /** The tester has asked for a repetition. */
  readonly repetition: boolean
}

const LLC = Uint8Array.of(LLC_RESPONSE.destination, LLC_RESPONSE.source, LLC_RESPONSE.quality)
export const startsWithLlc = (information: Uint8Array): boolean => sameAddress(information.subarray(0, LLC.length), LLC)

const INFORMATION_ALLOWED = ['i', 'ui', 'ua', 'frmr', 'undefined']

const swapped = (expected: Uint8Array, found: Uint8Array, field: string): Breach | undefined =>
  sameAddress(expected, found) ? undefined : { expected: hex(expected), found: hex(found), field }

export const FRAME_RULES: readonly ImpliedRule<FrameCase>[] = [
  {
    id: 'known-control-field',
    clause: 'hdlc.control.unknown',
    judge: ({ passed: { frame } }) =>
      frame.control.is === 'undefined'
        ? { expected: 'a control field of the profile', found: hex(Uint8Array.of(frame.control.octet)) }
        : undefined,
  },
  {
    id: 'source-address-swapped',
    clause: 'hdlc.address.swapped',
    judge: ({ passed: { frame }, addresses }) =>
      frame.control.is === 'ui' ? undefined : swapped(addresses.server, frame['source-address'], 'source-address'),
  },
  {
    id: 'destination-address-swapped',
    clause: 'hdlc.address.swapped',
    judge: ({ passed: { frame }, addresses }) =>
      frame.control.is === 'ui'
        ? undefined
        : swapped(addresses.client, frame['destination-address'], 'destination-address'),
  },
  {
    id: 'final-bit-ends-the-turn',
    clause: 'hdlc.final-bit',
    judge: ({ passed: { frame }, endsTurn }) =>
      endsTurn && frame.control.is !== 'undefined' && frame.control.is !== 'ui' && !frame.control['poll-final']
        ? { expected: 'F=1 in the last frame of the answer', found: 'F=0', field: 'final' }
        : undefined,
  },
  {
    id: 'n-r-in-the-window',
    clause: 'hdlc.n-r',
    judge({ passed: { frame, before }, answersI }) {
      const { control } = frame
      if (!('n-r' in control) || before.mode !== 'nrm') return undefined
      const received = control['n-r']
      // An I frame that answers an I frame has taken it in: N(R) says so.
      const oldest = control.is === 'i' && answersI ? before['v-s'] : before['v-a']
      if (acknowledges(received, oldest, before['v-s'])) return undefined
      const expected = oldest === before['v-s'] ? `N(R)=${oldest}` : `N(R) from ${oldest} to ${before['v-s']}`
      return { expected, found: `N(R)=${received}`, field: 'n-r' }
    },
  },
  {
    id: 'n-s-in-sequence',
    clause: 'hdlc.i.sequence',
    judge({ passed: { frame, before }, repetition }) {
      const { control } = frame
      if (control.is !== 'i' || before.mode !== 'nrm' || control['n-s'] === before['v-r']) return undefined
      if (repetition && distance(control['n-s'], before['v-r']) <= before.parameters['window-size-receive'])
        return undefined
      return { expected: `N(S)=${before['v-r']}`, found: `N(S)=${control['n-s']}`, field: 'n-s' }
    },
  },
  {
    id: 'llc-header',
    clause: 'llc.header',
    judge({ passed: { frame, begins } }) {
      if ((frame.control.is !== 'i' && frame.control.is !== 'ui') || begins !== true) return undefined
      const header = frame.information.subarray(0, LLC.length)
      return sameAddress(header, LLC) ? undefined : { expected: hex(LLC), found: hex(header), field: 'llc' }
    },
  },
  {
    id: 'information-within-the-agreed-length',
    clause: 'hdlc.information.too-long',
    judge({ passed: { frame, before, begins } }) {
      const most = before.parameters['max-information-field-length-receive']
      if (frame.control.is !== 'i' || frame.information.length <= most) return undefined
      const segmented = frame.segmentation || begins !== true
      return {
        expected: `at most ${most} octets of information`,
        found: `${frame.information.length}`,
        field: 'information',
        ...(segmented ? { clause: 'hdlc.segmentation' } : {}),
      }
    },
  },
  {
    id: 'information-only-where-it-may-be',
    clause: 'hdlc.information.not-permitted',
    judge: ({ passed: { frame } }) =>
      frame.information.length > 0 && !INFORMATION_ALLOWED.includes(frame.control.is)
        ? { expected: 'no information field', found: hex(frame.information), field: 'information' }
        : undefined,
  },
  {
    id: 'window-within-the-agreed-size',
    clause: 'hdlc.window',
    judge({ passed: { frame, before }, inRow }) {
      const most = before.parameters['window-size-receive']
      return frame.control.is === 'i' && inRow > most
        ? { expected: `at most ${most} I frames in a row`, found: `${inRow}` }
        : undefined
    },
  },
  {
    id: 'parameter-block-readable',
    clause: 'hdlc.negotiation.coding',
    judge: ({ passed: { frame, before } }) =>
      frame.control.is === 'ua' && before.asked !== 'disc' && parametersIn(frame.information) === undefined
        ? {
            expected: 'a parameter block, or no information field',
            found: hex(frame.information),
            field: 'information',
          }
        : undefined,
  },
  negotiated('lengths-as-proposed', 'hdlc.negotiation.length', [
    'max-information-field-length-transmit',
    'max-information-field-length-receive',
  ]),
  negotiated('windows-as-proposed', 'hdlc.negotiation.window', ['window-size-transmit', 'window-size-receive']),
]

/** UA says no more than SNRM allows (H20). */
function negotiated(id: string, clause: string, parameters: readonly LinkParameter[]): ImpliedRule<FrameCase> {
  return {
    id,
    clause,
    judge({ passed: { frame, before } }) {
      if (frame.control.is !== 'ua' || before.asked !== 'snrm') return undefined
      const said = parametersIn(frame.information) ?? {}
      const larger = exceeded(before.proposal, said).find((name) => parameters.includes(name))
      if (larger === undefined) return undefined
      return {
        expected: `no more than SNRM proposes`,
        found: `${larger} ${said[larger] ?? 0}`,
        field: `information.${larger}`,
      }
    },
  }
}

export interface WpduCase {
  readonly wpdu: Wpdu
  readonly wports: Wports
  /** Who sent the datagram, and who was asked. */
  readonly from?: string
  readonly asked?: string
}

export const WPDU_RULES: readonly ImpliedRule<WpduCase>[] = [
  {
    id: 'wports-swapped',
    clause: 'wrapper.wports',
    judge({ wpdu, wports }) {
      const found = `${wpdu['source-wport']} → ${wpdu['destination-wport']}`
      const expected = `${wports.server} → ${wports.client}`
      const field = wpdu['source-wport'] === wports.server ? 'destination-wport' : 'source-wport'
      return found === expected ? undefined : { expected, found, field }
    },
  },
  {
    id: 'datagram-from-the-port-asked',
    clause: 'udp.ports',
    judge: ({ from, asked }) =>
      from !== undefined && asked !== undefined && from !== asked
        ? { expected: `from ${asked}`, found: `from ${from}` }
        : undefined,
  },
]

export interface ApduCase {
  /** The question; undefined where nothing was asked, or where it was faulty. */
  readonly question: Uint8Array | undefined
  readonly answer: Uint8Array
  /** Octets behind the APDU. */
  readonly surplus: number
  /** Why the octets are no APDU. */
  readonly unreadable: { readonly expected: string; readonly found: string } | undefined
}

const RESPONSES = [0xc4, 0xc5, 0xc7]
const REQUESTS = [0xc0, 0xc1, 0xc3]
const INVOKE_ID = 0x0f

export const APDU_RULES: readonly ImpliedRule<ApduCase>[] = [
  {
    id: 'readable-association',
    clause: 'acse.answer',
    judge: ({ answer, unreadable }) => (unreadable && isAcse(answer) ? unreadable : undefined),
  },
  {
    id: 'readable-answer',
    clause: 'xdlms.answer',
    judge: ({ answer, unreadable }) => (unreadable && !isAcse(answer) ? unreadable : undefined),
  },
  {
    id: 'invoke-id-and-priority',
    clause: 'xdlms.invoke-id',
    judge({ question, answer }) {
      const asked = question !== undefined && REQUESTS.includes(question[0] ?? 0) ? question[2] : undefined
      const found = RESPONSES.includes(answer[0] ?? 0) ? answer[2] : undefined
      if (asked === undefined || found === undefined || asked === found) return undefined
      const breach = {
        expected: hex(Uint8Array.of(asked)),
        found: hex(Uint8Array.of(found)),
        field: 'invoke-id-and-priority',
      }
      return (asked & INVOKE_ID) === (found & INVOKE_ID) ? { ...breach, remark: true } : breach
    },
  },
  {
    id: 'nothing-behind-the-apdu',
    clause: 'xdlms.nothing-behind-the-apdu',
    judge: ({ surplus }) =>
      surplus > 0 ? { expected: 'nothing behind the APDU', found: `${surplus} octets` } : undefined,
  },
]

const isAcse = (octets: Uint8Array): boolean => (octets[0] ?? 0) >> 4 === 6

/** The checks of the receiver, and which clause each belongs to. */
export const CHECK_CLAUSES: Readonly<Record<string, string>> = {
  'hdlc.closing-flag': 'hdlc.flags',
  'hdlc.format-type': 'hdlc.frame.type',
  'hdlc.length': 'hdlc.frame.length',
  'hdlc.too-short': 'hdlc.frame.shortest',
  'hdlc.destination-address': 'hdlc.address.length',
  'hdlc.source-address': 'hdlc.address.length',
  'hdlc.hcs': 'hdlc.hcs',
  'hdlc.fcs': 'hdlc.fcs',
  'wrapper.version': 'wrapper.version',
  'wrapper.length': 'wrapper.length',
  'wrapper.too-short': 'wrapper.length',
  'sign-on.bcc': 'sign-on.bcc',
  'sign-on.form': 'sign-on.identification',
  'sign-on.parity': 'sign-on.identification',
}

/** All rules of a table that an answer breaks. `names`: how a matcher may call the message. */
export function brokenRules<Case>(
  rules: readonly ImpliedRule<Case>[],
  answer: Case,
  name: string,
): readonly BrokenRule[] {
  const broken: BrokenRule[] = []
  for (const rule of rules) {
    const breach = rule.judge(answer)
    if (breach === undefined) continue
    const { expected, found, field, clause = rule.clause, remark } = breach
    broken.push({
      rule: rule.id,
      clause,
      expected,
      found,
      ...(field === undefined ? {} : { field: `${name}.${field}` }),
      ...(remark ? { remark } : {}),
    })
  }
  return broken
}
