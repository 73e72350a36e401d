// For tests: signed requests to a server of suite 1 and its answers, without links and services. The client signs by the system, in octets written by hand.
import { encode } from '../../codec/codec.ts'
import { hex } from '../../codec/value.ts'
import { keyPairOf, signature, type KeyPair } from '../../protocol/security/curves.ts'
import { WRONG_SIGNATURES, wrongSignature } from '../../protocol/security/wrong-signatures.ts'
import { exceptionResponse } from '../../protocol/xdlms/errors.ts'
import { describedMeter, octetsOf } from '../dialogue.ts'
import { createStore } from '../model/store.ts'
import { incoming, type Incoming } from './incoming.ts'
import { outgoing } from './outgoing.ts'
import type { Partners } from './partners.ts'
import type { ProtectionRules } from './rules.ts'

export const CLIENT_PAIR = keyPairOf('P-256', new Uint8Array(32).fill(0x21))
export const SERVER_PAIR = keyPairOf('P-256', new Uint8Array(32).fill(0x22))
const CLIENT = '5443530000000001'
const SERVER = '53494D0000BC614E'
/** GET of a clock's attribute 3, and what it answers. */
export const GET = 'C001C100080000010000FF0300'
export const VALUE = 'C401C10010FFC4'
const TIME = '07EA0101FF0C0000FF800000'

export function signedPartners(policy = 0): Partners {
  return {
    place: { description: describedMeter('reference'), store: createStore() },
    path: {
      port: 'wrapper',
      peer: 'a',
      carrier: 'tcp',
      client: 3,
      device: { key: 'management', upper: 1, sap: 1, name: '' },
    },
    state: {
      suite: 1,
      policy,
      keys: {
        'signing-key': SERVER_PAIR.privateKey,
        'global-unicast-encryption-key': octetsOf('54222EAF4CBB22A4D92D9409E3837C29'),
        'authentication-key': octetsOf('DB6FFC080AD547561B95898B224EBE6A'),
      },
      clientKeys: { 'signing-key': CLIENT_PAIR.publicKey },
    },
    version: 1,
    start: 0,
    dedicatedKeys: false,
    server: octetsOf(SERVER),
    client: octetsOf(CLIENT),
    association: 1,
  }
}

export interface Written {
  readonly transaction: string
  readonly originator: string
  readonly recipient: string
  readonly time: string
  readonly other: string
  readonly content: string
}

const RIGHT: Written = {
  transaction: '0000000000000001',
  originator: CLIENT,
  recipient: SERVER,
  time: '',
  other: '',
  content: GET,
}

const string = (octets: string): string => hex(Uint8Array.of(octets.length / 2)) + octets
const written = ({ transaction, originator, recipient, time, other, content }: Written): string =>
  [transaction, originator, recipient, time, other, content].map(string).join('')

/** Signed as `was`, sent as `is`. */
export function signedRequest(
  was: Partial<Written> = {},
  is: Partial<Written> = {},
  { pair = CLIENT_PAIR, wrong = (right) => right }: Signed = {},
): Uint8Array {
  const right = signature('P-256', pair, octetsOf(written({ ...RIGHT, ...was })))
  return octetsOf(`DF${written({ ...RIGHT, ...was, ...is })}${string(hex(wrong(right)))}`)
}

interface Signed {
  readonly pair?: KeyPair
  readonly wrong?: (right: Uint8Array) => Uint8Array
}

export const told = (found: Incoming): string =>
  found.is === 'taken' ? hex(found.octets) : `D8${hex(encode(exceptionResponse, found.why))}`

export const signedAnswerTo = (rules: ProtectionRules, partners: Partners, request: Uint8Array): Uint8Array => {
  const taken = incoming(rules, partners, request)
  return taken.is === 'refused'
    ? octetsOf(told(taken))
    : outgoing({ rules, partners, how: taken.how, signed: taken.signed, demanded: 0 }, octetsOf(VALUE))
}

/** What comes of requests that are rightly signed, or wrongly in one thing, and of answers. */
export function signedTranscript(rules: ProtectionRules): readonly string[] {
  const requests: readonly Uint8Array[] = [
    signedRequest(),
    signedRequest({}, { content: GET.replace('C1', '41') }),
    signedRequest({}, { transaction: '0100000000000001' }),
    signedRequest({}, { originator: CLIENT.replace(/1$/, '0') }),
    signedRequest({}, { recipient: SERVER.replace(/E$/, 'F') }),
    signedRequest({ time: TIME }, { time: TIME.replace('FF8000', 'FE8000') }),
    signedRequest({}, { other: 'AA' }),
    signedRequest({ originator: '58595A0000000001' }),
    signedRequest({ recipient: '58595A0000000001' }),
    signedRequest({}, {}, { pair: SERVER_PAIR }),
    ...WRONG_SIGNATURES.map((is) => signedRequest({}, {}, { wrong: (right) => wrongSignature(is, 'P-256', right) })),
  ]
  const replayed = signedPartners()
  const { store } = replayed.place
  const asked = [1, 2].map((n) => signedRequest({ transaction: `000000000000000${n}` }))
  const answers = [...asked, ...asked].map((request) => hex(signedAnswerTo(rules, replayed, request)))
  store.changeCounters(rules.counters.afterPower)
  const afterwards = hex(signedAnswerTo(rules, replayed, signedRequest({ transaction: '00' })))
  const demanded = `${rules.demanded(signedPartners(0xfc))}`
  return [
    ...requests.map((request) => told(incoming(rules, signedPartners(), request))),
    ...answers,
    afterwards,
    demanded,
  ]
}
