// Rules that every APDU of a meter keeps (IEC 62056-5-3).
import type { DecodeFailure } from '../../codec/codec.ts'
import { hex } from '../../codec/value.ts'
import type { ImpliedRule } from './rule.ts'

export interface ApduCase {
  /** The question; undefined where nothing was asked, or where it was faulty. */
  readonly question: Uint8Array | undefined
  /** What was beneath its protection. */
  readonly answer: Uint8Array
  /** As it came. */
  readonly carried: Uint8Array
  /** client-max-receive-pdu-size of the association; undefined: there is none, or it is not known; 0: no limit. */
  readonly limit?: number
  /** server-max-receive-pdu-size of an AARE that accepts. */
  readonly serverLimit?: number
  /** Octets behind the APDU. */
  readonly surplus: number
  /** What a strict reader remarks of the APDU. */
  readonly notes: readonly DecodeFailure[]
  /** Results of the APDU that stand where an error has to stand. */
  readonly errors: readonly (string | number)[]
  /** Why the octets are no APDU. */
  readonly unreadable: { readonly expected: string; readonly found: string } | undefined
}

const RESPONSES = [0xc4, 0xc5, 0xc7]
const REQUESTS = [0xc0, 0xc1, 0xc3]
const ACCESS_REQUEST = 0xd9
const ACCESS_RESPONSE = 0xda
const INVOKE_ID = 0x0f
const SHORTEST_LIMIT = 12

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
    ofExchange: true,
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
    id: 'long-invoke-id-and-priority',
    clause: 'xdlms.invoke-id',
    ofExchange: true,
    judge({ question, answer }) {
      if (question?.[0] !== ACCESS_REQUEST || answer[0] !== ACCESS_RESPONSE) return undefined
      const [asked, found] = [hex(question.subarray(1, 5)), hex(answer.subarray(1, 5))]
      if (asked === found) return undefined
      const breach = { expected: asked, found, field: 'long-invoke-id-and-priority' }
      return asked.slice(2) === found.slice(2) ? { ...breach, remark: true } : breach
    },
  },
  {
    id: 'within-client-max-receive-pdu-size',
    clause: 'xdlms.client-pdu-size',
    judge: ({ answer, carried, limit = 0 }) =>
      limit > 0 && !isAcse(answer) && carried.length > limit
        ? { expected: `${limit} octets at most`, found: `${carried.length} octets` }
        : undefined,
  },
  {
    id: 'usable-server-max-receive-pdu-size',
    clause: 'initiate.pdu-size',
    judge: ({ serverLimit = 0 }) =>
      serverLimit > 0 && serverLimit < SHORTEST_LIMIT
        ? {
            expected: `server-max-receive-pdu-size 0, or ${SHORTEST_LIMIT} at least: no request is shorter`,
            found: `${serverLimit}`,
          }
        : undefined,
  },
  {
    id: 'nothing-behind-the-apdu',
    clause: 'xdlms.nothing-behind-the-apdu',
    judge: ({ surplus }) =>
      surplus > 0 ? { expected: 'nothing behind the APDU', found: `${surplus} octets` } : undefined,
  },
  {
    id: 'defined-result-code',
    clause: 'xdlms.result-code',
    judge({ answer, notes }) {
      const note = isAcse(answer) ? undefined : notes.find(({ fault }) => fault === 'undefined')
      return note && { expected: `${note.path}: ${note.expected}`, found: note.found }
    },
  },
  {
    id: 'no-success-for-an-error',
    clause: 'xdlms.result-code',
    judge: ({ errors }) =>
      errors.includes('success')
        ? { expected: 'data, or a data-access-result that is an error', found: 'success' }
        : undefined,
  },
  {
    id: 'form-of-the-standard',
    clause: 'xdlms.form',
    judge({ notes }) {
      const note = notes.find(({ fault }) => fault === 'legacy' || fault === 'form')
      if (note === undefined) return undefined
      const { at, expected, found, path } = note
      const field = path === '' ? {} : { field: path }
      // G15 for lengths; X21, Y8 and the tag 5F over HDLC for what older editions have.
      return { expected, found: `${found}, at octet ${at}`, ...field, remark: true }
    },
  },
]

/** APDUs of ACSE have tags of the class APPLICATION, constructed: 60 and on. */
const isAcse = (octets: Uint8Array): boolean => (octets[0] ?? 0) >> 4 === 6
