// How an AARE is encoded.
import { concat } from '../../../codec/operator.ts'
import type { Decisions } from '../../decisions.ts'
import { sends, type Defect } from '../defect.ts'

const AARE = 0x61
const USER_INFORMATION = 0xbe

/** The outer length in two octets where one is enough. */
const longLength = (octets: Uint8Array): Uint8Array => concat([Uint8Array.of(AARE, 0x81), octets.subarray(1)])

const CONFORMANCE = [0x5f, 0x1f, 0x04]

/** The conformance block under the tag of one octet that it had before [APPLICATION 31] was written in two. */
function oldTag(octets: Uint8Array): Uint8Array {
  const information = octets.lastIndexOf(USER_INFORMATION)
  const at = octets.findIndex((_, from) => CONFORMANCE.every((octet, i) => octets[from + i] === octet))
  if (information < 0 || at < information) return octets
  // each length around it is one less
  const lengths = [1, information + 1, information + 3]
  const shorter = octets.map((octet, from) => (lengths.includes(from) ? octet - 1 : octet))
  return concat([shorter.subarray(0, at + 1), shorter.subarray(at + 2)])
}

const answers = (decisions: Decisions, rewritten: (octets: Uint8Array) => Uint8Array): Decisions =>
  sends(decisions, (message) => [
    message.is === 'apdu' && message.octets[0] === AARE ? { ...message, octets: rewritten(message.octets) } : message,
  ])

export const formDefects: readonly Defect[] = [
  {
    id: 'acse.length.long-form',
    breaks: ['xdlms.form'],
    needs: 'any',
    remark: true,
    says: 'The length of an AARE stands in two octets, where one is enough.',
    apply: (d) => answers(d, longLength),
  },
  {
    id: 'initiate.response.old-conformance-tag',
    breaks: ['xdlms.form'],
    needs: 'any',
    remark: true,
    says: 'The negotiated conformance has the tag of one octet of old editions.',
    apply: (d) => answers(d, oldTag),
  },
]
