// For tests: services asked over a memory line, and at its other end a meter that answers as the test says.
import { hex } from '../codec/value.ts'
import type { Party } from '../protocol/line.ts'
import { HEADER_OCTETS, wpduOctets } from '../protocol/wrapper/wpdu.ts'
import { readApdu } from './association.ts'
import { wrapperCarrier } from './carrier.ts'
import { newLedger } from './ledger.ts'
import { octetsOf, scene } from './scene.ts'
import type { ServiceOutcome } from './service-outcome.ts'
import { apduOctets } from './services.ts'
import type { Agreed, Session } from './session.ts'

export interface Asking {
  readonly session: Session
  /** APDUs that the meter heard, in hex. */
  readonly heard: readonly string[]
}

/** Answers the n-th APDU (from 1) by this one in hex; undefined: by silence. */
export type Answers = (asked: string, n: number) => string | undefined

const CLIENT = 16
const SERVER = 1
const PATIENCE = { responseMs: 500, lateMs: 1000, noisy: false }

export async function asking(answers: readonly string[] | Answers, options: Partial<Session> = {}): Promise<Asking> {
  const heard: string[] = []
  const answer = typeof answers === 'function' ? answers : (_: string, n: number) => answers[n - 1]
  const { port } = scene('stream', meterThat(answer, heard), 'wrapper')
  await port.open()
  const carrier = wrapperCarrier(port, { client: CLIENT, server: SERVER })
  let id = 0
  const session: Session = {
    agreed: undefined,
    nextInvokeId: () => ++id,
    async ask(apdu) {
      const carried = await carrier.exchange(apduOctets(apdu), PATIENCE, newLedger())
      return carried.is === 'apdu' ? readApdu(carried.apdu) : undefined
    },
    ...options,
  }
  return { session, heard }
}

function meterThat(answer: Answers, heard: string[]): Party {
  return {
    receive(input) {
      if (input.is !== 'octets') return []
      const { octets, firstEnd, octetMs } = input.burst
      const asked = hex(octets.subarray(HEADER_OCTETS))
      heard.push(asked)
      const answered = answer(asked, heard.length)
      if (answered === undefined) return []
      const information = octetsOf(answered)
      const wpdu = { version: 1, 'source-wport': SERVER, 'destination-wport': CLIENT, information } as const
      const at = firstEnd + octets.length * octetMs + 20
      return [{ is: 'octets', peer: input.peer, at, octets: wpduOctets(wpdu) }]
    },
    deadline: () => Infinity,
    expire: () => [],
  }
}

/** A contract with all bits, and an APDU of any length from the meter. */
export const agreeing = (serverMaxReceivePduSize: number, without: readonly string[] = []): Agreed => ({
  conformance: (
    [
      'block-transfer-with-get-or-read',
      'block-transfer-with-set-or-write',
      'block-transfer-with-action',
      'multiple-references',
    ] as const
  ).filter((bit) => !without.includes(bit)),
  serverMaxReceivePduSize,
  clientMaxReceivePduSize: 0,
})

/** What came, shortly: `broken block-number: expected block 2, found block 3`. */
export function shortly<T>(outcome: ServiceOutcome<T>): string {
  switch (outcome.is) {
    case 'done':
      return `done in ${outcome.transfer.blocks}`
    case 'refused':
      return `refused ${outcome.result} in ${outcome.transfer.blocks}`
    case 'unlisted':
      return 'unlisted'
    case 'other':
      return `other in ${outcome.transfer.blocks}`
    case 'broken': {
      const { rule, expected, found } = outcome.breach
      return `broken ${rule}: expected ${expected}, found ${found}`
    }
    case 'impossible':
      return `impossible: ${outcome.why}`
    default:
      return outcome satisfies never
  }
}
