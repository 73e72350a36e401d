import type { Event, ProtectionEvent, TrafficEvent } from '../engine/events.ts'
import { footer, GET, GLO_GET, header, HOSTILE, instance, protection, step, traffic, verdict } from './fixture.ts'

// A made-up run of a client that ciphers, for the tests of the readers.

export const READ = 'SEC_GET_P1[client=ciphered]@wrapper'
export const REPLAYED = 'SEC_REPLAY_1[client=ciphered]@wrapper'

/** The golden glo-get-response, and the APDU beneath. */
export const GLO_VALUE = 'CC1A300000000234CA3FF2CBE0659B6FC1203701D7E76FC374C2F395'
export const VALUE = 'C401C1000600001391'
const METER = '53494D0012345678'

export const wpdu = (name: string, apdu: string, part: Partial<TrafficEvent> = {}): TrafficEvent => {
  const length = (apdu.length / 2).toString(16).toUpperCase().padStart(4, '0')
  return traffic(name, { is: 'wrapper', octets: `000100010010${length}${apdu}`, names: ['wpdu'], ...part })
}

/** A request and its answer, each with what lay beneath. */
export const exchange = (
  name: string,
  asked: Partial<ProtectionEvent>,
  came: Partial<ProtectionEvent> = {},
): readonly Event[] => [
  wpdu(name, GLO_GET, { names: ['wpdu', 'glo-get-request'] }),
  protection(name, asked),
  wpdu(name, GLO_VALUE, { direction: 'received', names: ['wpdu', 'glo-get-response'], at: 20, end: 30 }),
  protection(name, {
    direction: 'received',
    at: 30,
    name: 'glo-get-response',
    title: METER,
    invocationCounter: 2,
    apdu: VALUE,
    ...came,
  }),
]

/** What was not had: neither the APDU nor a tag that is right, and all texts as bad as can be. */
const { apdu: _, ...unread } = protection(REPLAYED, {
  direction: 'received',
  at: 90,
  client: HOSTILE,
  name: HOSTILE,
  title: HOSTILE,
  key: HOSTILE,
  securityControl: HOSTILE,
  verified: 'unknown',
})

/** A case that passed, and one in which both sides use a counter twice. */
export const secured = (): readonly Event[] => [
  header(),
  instance(READ, { suite: 'wrapper', port: 'wrapper' }),
  step(READ),
  ...exchange(READ, {}),
  ...exchange(READ, { invocationCounter: 0x01234568 }, { invocationCounter: 3, apdu: 'C401C10009040000XXXX' }),
  verdict(READ),
  instance(REPLAYED, { suite: 'wrapper', port: 'wrapper' }),
  step(REPLAYED),
  ...exchange(REPLAYED, { verified: 'wrong', apdu: GET }, { invocationCounter: 3, verified: 'wrong' }),
  ...exchange(REPLAYED, {}, { invocationCounter: 2 }),
  unread,
  verdict(REPLAYED, {
    verdict: 'FAILED',
    reason: { text: 'a replayed request was answered', block: 'steps', step: 0, field: 'get-response-normal.result' },
  }),
  footer(),
]
