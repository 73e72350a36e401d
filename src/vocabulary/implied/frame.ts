// Rules that every frame of a meter keeps (IEC 62056-46).
import { sameAddress, type LinkAddresses } from '../../client/link.ts'
import type { Passed } from '../../client/ledger.ts'
import { parametersIn } from '../../client/link-state.ts'
import { hex } from '../../codec/value.ts'
import { LLC_RESPONSE } from '../../protocol/hdlc/llc.ts'
import { exceeded, type LinkParameter } from '../../protocol/hdlc/negotiate.ts'
import { acknowledges, distance } from '../../protocol/hdlc/sequence.ts'
import type { Breach, ImpliedRule } from './rule.ts'

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
    ofExchange: true,
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
    ofExchange: true,
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
    id: 'segmentation-only-of-information',
    clause: 'hdlc.segmentation',
    judge: ({ passed: { frame } }) =>
      frame.segmentation && frame.control.is !== 'i' && frame.control.is !== 'ui'
        ? { expected: 'S=0 in a frame that carries no part of an APDU', found: 'S=1', field: 'segmentation' }
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
