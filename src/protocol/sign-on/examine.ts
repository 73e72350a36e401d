// What a run of characters is: which message, and what is wrong with it.
import { decode, explain, type Codec } from '../../codec/codec.ts'
import { hex } from '../../codec/value.ts'
import type { CheckFailure } from '../failure.ts'
import { ACK, NAK, signOn, SOH, STX, type SignOnMessage, type SignOnName } from './messages.ts'

export type SignOnFailure = CheckFailure<'bcc' | 'form' | 'parity'>

/** `message`: what could be read, also where checks failed. No `name`: these characters begin no message. */
export interface SignOnExamination {
  readonly name?: SignOnName
  readonly failures: readonly SignOnFailure[]
  readonly message?: SignOnMessage
}

/** Total. Bit 7 of a character says that its parity is wrong; the message is then read from the seven bits. */
export function examineSignOn(octets: Uint8Array): SignOnExamination {
  const name = nameOf(octets)
  if (name === undefined) return { failures: [] }
  const characters = octets.map((octet) => octet & 0x7f)
  const parity = Array.from(octets.keys()).filter((at) => (octets[at] ?? 0) > 0x7f)
  const { failures, value } = read(signOn[name], characters)
  const all: readonly SignOnFailure[] = [
    ...parity.map((at): SignOnFailure => ({
      code: 'parity',
      at,
      expected: 'even parity',
      found: hex(octets.subarray(at, at + 1)),
    })),
    ...failures,
  ]
  // The value was read by the codec of this very name.
  return value === undefined
    ? { name, failures: all }
    : { name, failures: all, message: { is: name, value } as SignOnMessage }
}

function read(
  codec: Codec<unknown>,
  characters: Uint8Array,
): { readonly failures: readonly SignOnFailure[]; readonly value?: unknown } {
  const decoded = decode(codec, characters)
  if (decoded.ok) return { failures: [], value: decoded.value }
  const { notes, failure, value } = explain(codec, characters, { lenient: true })
  if (failure !== undefined) {
    const { at, expected, found } = failure
    return { failures: [{ code: 'form', at, expected, found }] }
  }
  return { failures: notes.map(({ at, expected, found }) => ({ code: 'bcc', at, expected, found })), value }
}

const character = (text: string): number => text.charCodeAt(0)

/** Told by the first characters; a data message whose data begin with `(ER` is an error message (6.4.1). */
function nameOf(octets: Uint8Array): SignOnName | undefined {
  const [first, second, third, fourth] = octets.map((octet) => octet & 0x7f)
  switch (first) {
    case character('/'):
      return second === character('?') ? 'request' : 'identification'
    case SOH:
      return second === character('B') && third === character('0') ? 'break' : 'command'
    case STX:
      return second === character('(') && third === character('E') && fourth === character('R')
        ? 'error-message'
        : 'data-readout'
    case ACK:
      return octets.length === 1 ? 'ack' : 'acknowledgement'
    case NAK:
      return 'nak'
    case 0:
      return 'wake-up'
    case character('\r'):
      return 'plain-readout'
    default:
      return undefined
  }
}
