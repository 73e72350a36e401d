// For tests: in place of the meter a party on the wrapper that opens every association and answers services as the test says.
import { hex, unhex } from '../codec/value.ts'
import type { Party } from '../protocol/line.ts'
import { vectors } from '../protocol/vectors/load.ts'
import { HEADER_OCTETS, wpduOctets } from '../protocol/wrapper/wpdu.ts'

const octetsOf = (text: string): Uint8Array => unhex(text) ?? new Uint8Array(0)
const AARE = vectors('acse').find(({ id }) => id === 'aare-ln-ok')?.octets ?? ''

/** APDUs in hex that answer the n-th service (from 1), 20 ms apart; none: silence. */
export function answeringServices(answers: (asked: string, n: number) => readonly string[]): Party {
  let services = 0
  return {
    receive(input) {
      if (input.is !== 'octets') return []
      const { octets, firstEnd, octetMs } = input.burst
      const asked = hex(octets.subarray(HEADER_OCTETS))
      const end = firstEnd + octets.length * octetMs
      return (asked.startsWith('60') ? [AARE] : answers(asked, ++services)).map((answer, index) => ({
        is: 'octets',
        peer: input.peer,
        at: end + 20 * (index + 1),
        octets: wpduOctets({
          version: 1,
          'source-wport': octets[5] ?? 0,
          'destination-wport': octets[3] ?? 0,
          information: octetsOf(answer),
        }),
      }))
    },
    deadline: () => Infinity,
    expire: () => [],
  }
}
