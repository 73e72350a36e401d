// For tests: what clients do to a Security setup and to protected attributes, so that each defect of these shows in what comes of it.
import { encode } from '../../codec/codec.ts'
import { hex } from '../../codec/value.ts'
import { data } from '../../protocol/data/data.ts'
import { isSignature, keyPairOf } from '../../protocol/security/curves.ts'
import { cipher } from '../../protocol/security/ciphered-apdu.ts'
import { identifiedKey, onePassKey, wrappedKey, type ContentKey } from '../../protocol/security/content-key.ts'
import { ephemeralKeyData } from '../../protocol/security/key-agreement.ts'
import { wrapKey } from '../../protocol/security/key-wrap.ts'
import type { AccessDescription } from '../description.ts'
import { action, get, octetsOf } from '../dialogue.ts'
import type { Situation } from '../model/classes.ts'
import type { ModelRules } from '../model/rules.ts'
import {
  AUTHENTICATION,
  CLIENT_PRIVATE,
  MASTER,
  securedSituation,
  SERVER_SIGNING,
  SETUP,
  UNICAST,
} from '../model/secured-situation.ts'
import { associated } from '../protection/sealed-dialogue.ts'
import { signedTranscript } from '../protection/signed-dialogue.ts'
import { glo, SACRIFICIAL } from '../protection/sealed.ts'
import type { ContentKeyRules } from '../protection/content-keys.ts'
import type { CounterRules } from '../protection/counters.ts'
import { dataProtectionTold } from './data-protection-scripts.ts'
import { signedPass3 } from './hls-scripts.ts'
import { withDefects } from './index.ts'
import { securityOf } from '../model/security-state.ts'
import { invokeMethod, readHex, situationOf, writeValue } from '../model/situation.ts'

type Act = (situation: Situation) => string

const setup = (id: number): string => `64:${SETUP}:${id}`
const invoked =
  (method: number, parameters: string): Act =>
  (situation) => {
    const { result, returned } = invokeMethod(situation, setup(method), parameters)
    return `${String(result)} ${returned === undefined ? '' : hex(encode(data, returned))}`
  }
const read: Act = (situation) => readHex(situation, setup(2))
const written =
  (value: string): Act =>
  (situation) =>
    String(writeValue(situation, setup(2), value))
const ring: Act = (situation) =>
  Object.entries(securityOf(situation, SETUP)?.keys ?? {})
    .map(([name, key]) => `${name} ${hex(key)}`)
    .join(' ')

const KEY = '000102030405060708090A0B0C0D0E0F'
const wrapped = (key: string, under = MASTER): string => hex(wrapKey(octetsOf(under), octetsOf(key)))
/** That of the reference meter. */
export const SACRIFICIAL_MASTER = '6FA2D8153C90E74BB1057D2CE9486F3A'
const BROKEN = `00${wrapped(KEY).slice(2)}`
const list = (...keys: readonly (readonly [string, string])[]): string =>
  `010${keys.length}${keys.map(([id, key]) => `020216${id}09${hex(Uint8Array.of(key.length / 2))}${key}`).join('')}`

const ephemeral = keyPairOf('P-256', octetsOf('44'.repeat(32))).publicKey
const signing = keyPairOf('P-256', octetsOf(CLIENT_PRIVATE))
const agree = (keyData: Uint8Array, id = 0): string =>
  `01010202160${id}0981${hex(Uint8Array.of(keyData.length))}${hex(keyData)}`
const signed = (publicKey: Uint8Array, id = 0): Uint8Array => ephemeralKeyData('P-256', signing, publicKey, id)
const UNSIGNED = Uint8Array.of(...ephemeral, ...new Uint8Array(64).fill(1))
/** R and S of 0. */
const ZEROS = Uint8Array.of(...ephemeral, ...new Uint8Array(64))
const SERVER_KEY = keyPairOf('P-256', octetsOf(SERVER_SIGNING)).publicKey

/** Signatures are another one each time: of the answer only the ephemeral key counts, and whether it was signed with the key_id. */
const agreed =
  (keyData: Uint8Array, id = 0): Act =>
  (situation) => {
    const { result, returned } = invokeMethod(situation, setup(3), agree(keyData, id))
    const [element] = returned?.is === 'array' ? returned.value : []
    const [, answer] = element?.is === 'structure' ? element.value : []
    if (answer?.is !== 'octet-string') return String(result)
    const publicKey = answer.value.subarray(0, 64)
    const message = Uint8Array.of(id, ...publicKey)
    return `${hex(publicKey)} ${isSignature('P-256', SERVER_KEY, message, answer.value.subarray(64))}`
  }

const TRANSFERS: readonly Act[] = [
  invoked(2, list(['00', BROKEN])),
  ring,
  invoked(2, list(['00', wrapped(`${KEY}0001020304050607`)])),
  ring,
  invoked(2, list(['04', wrapped(KEY)])),
  invoked(2, list(['01', BROKEN])),
  ring,
  ...[UNICAST, AUTHENTICATION].map((under) => invoked(2, list(['00', wrapped(KEY, under)]))),
  invoked(2, list(['01', wrapped(KEY)], ['02', BROKEN])),
  ring,
  invoked(2, list(['00', wrapped(KEY)], ['02', wrapped(`${KEY.slice(2)}FF`)])),
  ring,
  invoked(2, list(['01', wrapped(KEY)])),
  ring,
]
const ACTIVATIONS: readonly Act[] = [
  written('1600'),
  read,
  ...['1601', '1603', '1601', '1600'].flatMap((policy) => [invoked(1, policy), read]),
]
/** Of version 1, too: the key that protects keys. */
const MASTERS: readonly Act[] = [invoked(2, list(['03', BROKEN])), ring]
/** Of version 1: of two policies the one with the higher number may ask for less. */
const BIT_BY_BIT: readonly Act[] = ['166C', '16C8'].flatMap((policy) => [invoked(1, policy), read])
const AGREEMENTS: readonly Act[] = [
  agreed(signed(ephemeral)),
  ring,
  agreed(signed(ephemeral)),
  agreed(UNSIGNED),
  agreed(ZEROS),
  agreed(signed(ephemeral, 1), 0),
  agreed(signed(new Uint8Array(64))),
  agreed(signed(SERVER_KEY)),
  ring,
]

/** Before the power goes, and after it has come back. */
function agreedAfterPower(rules: ModelRules, afterPower: CounterRules['afterPower']): readonly string[] {
  const situation = securedSituation({ version: 1, suite: 1 }, {}, rules)
  const act = agreed(signed(ephemeral))
  const before = act(situation)
  situation.store.changeCounters(afterPower)
  return [before, act(situation)]
}

/** A key that was transferred, and one that was agreed on, when the power has come back. */
function keysAfterPower(rules: ModelRules): readonly string[] {
  const acts = [invoked(2, list(['00', wrapped(KEY)])), agreed(signed(ephemeral))]
  return acts.map((act) => {
    const situation = securedSituation({ version: 1, suite: 1 }, {}, rules)
    act(situation)
    situation.store.losePower()
    return ring(situation)
  })
}

const SCRATCH = '0.0.96.128.1.255'
const value: Act = (situation) => readHex(situation, `1:${SCRATCH}:2`)
const name: Act = (situation) => readHex(situation, `1:${SCRATCH}:1`)

/** A client to whom an attribute asks for protected requests and responses. */
function guarded(rules: ModelRules, attributes: Readonly<Record<string, number>>): Situation {
  const situation = situationOf('reference', 'management', rules)
  const { association, description } = situation
  const access: AccessDescription = { read: [1, 2], protection: { attributes } }
  const objects = description.objects.map((object) =>
    object['logical-name'] === SCRATCH ? { ...object, access: { management: access } } : object,
  )
  return {
    ...situation,
    description: { ...description, objects },
    association: { ...association, client: { ...association.client, ciphered: true, associationVersion: 3 } },
  }
}

function protections(rules: ModelRules): readonly string[] {
  const requests = [0, 0x04, 0x08, 0x0c, 0x1c, 0x10].map((protection) =>
    [0x04, 0x0c, 0x14, 0x10].map((bits) => value({ ...guarded(rules, { 2: bits }), protection })).join(' '),
  )
  const demanded: number[] = []
  const demands = (bits: number): void => void demanded.push(bits)
  const situation = { ...guarded(rules, { 2: 0xe0 }), demands }
  return [...requests, name(situation), value(situation), `${rules.access.responseProtection(demanded)}`]
}

/** A client that sees the setup, and has no right to change it, or to change it plain. */
function weaker(rules: ModelRules, access: AccessDescription): Situation {
  const situation = securedSituation({ policy: 1 }, {}, rules)
  const objects = situation.description.objects.map((object) => ({ ...object, access: { management: access } }))
  return { ...situation, description: { ...situation.description, objects } }
}

const PUSH = '40:0.0.25.9.0.255'
const RING = '7:1.0.99.129.0.255'
/** The own association's secret: attribute 7, which nobody may read. */
const OWN_SECRET = '020412000F09060000280000FF0F07120000'

/** Script 1: writes 5 to a threshold of the limiter, which only management may. */
const FORBIDDEN_SCRIPT = '0202120001' + '01010205' + '160112004709060000110000FF0F060600000005'

/** What clients reach through other objects, and where pushes go. */
const indirect = (rules: ModelRules): readonly string[] => {
  const management = situationOf('reference', 'management', rules)
  return [
    writeValue(management, `${PUSH}:2`, `0101${OWN_SECRET}`),
    writeValue(management, `${RING}:3`, `0101${OWN_SECRET}`),
    writeValue(situationOf('reference', 'hls', rules), '9:0.1.10.0.100.255:2', `0101${FORBIDDEN_SCRIPT}`),
    writeValue(management, `${PUSH}:3`, `020316000928${'31'.repeat(40)}1600`),
    writeValue(situationOf('reference', 'reader', rules), `${PUSH}:3`, '02031600090E3139322E302E322E313A343035391600'),
    invokeMethod(situationOf('reference', 'hls', rules), '15:0.0.40.0.0.255:2', '0900').result,
  ].map(String)
}

/** Images that the maker has not signed, of another type, or of an older version: what becomes of each. */
const IMAGES = [
  '53494D490154574F320003A403A0DEB6669E0F977278C1C8EF3C3C',
  '53494D490154574F3200031E633BB36E78063634797CB7696D660F',
  '53494D490054574F320003',
  '53494D490154574F320001505CE08D60B926B942A208C0008086C9',
  '53494D49014F4E453100033BCBBFB63795F426E9F371B522A451A3',
]
const images = (rules: ModelRules): readonly string[] =>
  IMAGES.map((octets) => {
    const meter = situationOf('two-octet', 'management', rules)
    const length = hex(Uint8Array.of(octets.length / 2))
    const image = (id: number): string => `18:0.0.44.0.0.255:${id}`
    invokeMethod(meter, image(1), `020209014106000000${length}`)
    invokeMethod(meter, image(2), `0202060000000009${length}${octets}`)
    return String(invokeMethod(meter, image(3)).result)
  })

/** The answer to a key transfer in an association. */
function changedKey(defects: readonly string[]): string {
  const { ask } = associated(defects)
  const parameters = list(['00', hex(wrapKey(octetsOf(SACRIFICIAL_MASTER), octetsOf(KEY)))])
  return ask(glo('CB', SACRIFICIAL, 4, `${action(64, '0.0.43.0.2.255', 2).slice(0, -2)}01${parameters}`))
}

/** Requests in general-ciphering with a key that they bring, one twice and one with another tag, and with one of the setup: the answers. */
function contentKeyAgain(defects: readonly string[]): string {
  const { ask } = associated(defects)
  const wrappedAnew = wrappedKey(octetsOf(SACRIFICIAL_MASTER), octetsOf(KEY))
  const unicast = {
    key: octetsOf(SACRIFICIAL.key),
    keyInfo: identifiedKey('global-unicast-encryption-key'),
  }
  const title = octetsOf(SACRIFICIAL.title)
  const header = {
    'transaction-id': octetsOf('0000000000000001'),
    'originator-system-title': title,
    'recipient-system-title': octetsOf('53494D0000BC614E'),
    'date-time': new Uint8Array(0),
    'other-information': new Uint8Array(0),
  }
  const control = {
    compression: false,
    'broadcast-key-set': false,
    encryption: true,
    authentication: true,
    'security-suite-id': 0,
  }
  const request = (invocationCounter: number, { key, keyInfo }: ContentKey = wrappedAnew): string => {
    const keys = { encryption: key, authentication: octetsOf(SACRIFICIAL.authentication) }
    const protection = { control, invocationCounter, originator: title, keys }
    return hex(cipher({ name: 'general-ciphering', protection, header, keyInfo }, octetsOf(get(8, '0.0.1.0.0.255', 3))))
  }
  const damaged = `${request(1).slice(0, -24)}${'00'.repeat(12)}`
  return [request(0), request(0), damaged, request(2), request(9, unicast)].map((octets) => ask(octets)).join(' ')
}

/** The key of a request in general-ciphering, and that of its answer, with static keys. */
function contentKeys({ given, answered }: ContentKeyRules): readonly string[] {
  const [own, other] = [7, 9].map((octet) => keyPairOf('P-256', new Uint8Array(32).fill(octet)))
  if (own === undefined || other === undefined) return []
  const header = {
    'transaction-id': octetsOf('0000000000000001'),
    'originator-system-title': octetsOf('5443530000000001'),
    'recipient-system-title': octetsOf('53494D0000BC614E'),
    'date-time': new Uint8Array(0),
    'other-information': new Uint8Array(0),
  }
  const answer = answered(header, 'P-256', own, other.publicKey)
  if (!answer.ok) return [answer.failure]
  const asymmetric = { curve: 'P-256', 'agreement-key': own, other: { 'agreement-key': other.publicKey } } as const
  const key = given(answer.value.keyInfo, { keys: {}, asymmetric }, header)
  const pass = onePassKey(header, { curve: 'P-256', ephemeral: other, signing: own, other: own.publicKey })
  const signedByAnother = { ...asymmetric, other: { 'signing-key': other.publicKey } }
  const unsigned = pass.ok ? given(pass.value.keyInfo, { keys: {}, asymmetric: signedByAnother }, header) : pass
  return [hex(answer.value.key), ...[key, unsigned].map((each) => (each.ok ? hex(each.value) : each.failure))]
}

/** All that comes of it, a line each. */
export function securityTranscript(defects: readonly string[] = []): string {
  const { model: rules, protection, association } = withDefects(defects)
  const all = (situation: Situation, acts: readonly Act[]): readonly string[] => acts.map((act) => act(situation))
  const change = [invoked(2, list(['00', wrapped(KEY)])), written('1600'), read]
  return [
    ...indirect(rules),
    ...images(rules),
    ...dataProtectionTold(rules),
    JSON.stringify(protection.response(undefined, 0x20, false) ?? 'plain'),
    ...TRANSFERS.map((act) => act(securedSituation({}, {}, rules))),
    ...all(securedSituation({}, {}, rules), TRANSFERS),
    ...all(weaker(rules, { read: 'all', invoke: [1, 2] }), ACTIVATIONS),
    ...all(securedSituation({ version: 1, suite: 1 }, {}, rules), BIT_BY_BIT),
    ...all(securedSituation({ version: 1 }, {}, rules), MASTERS),
    ...all(securedSituation({ version: 1, suite: 1 }, {}, rules), AGREEMENTS),
    ...agreedAfterPower(rules, protection.counters.afterPower),
    ...keysAfterPower(rules),
    ...all(weaker(rules, { read: 'all' }), change),
    ...all(weaker(rules, { read: 'all', invoke: [1, 2], protection: { methods: { 2: 4 } } }), change),
    ...protections(rules),
    changedKey(defects),
    contentKeyAgain(defects),
    ...contentKeys(protection.contentKeys),
    ...signedTranscript(protection),
    ...signedPass3(association.hls),
  ].join('\n')
}
