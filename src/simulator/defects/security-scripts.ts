// For tests: what clients do to a Security setup and to protected attributes, so that each defect of these shows in what comes of it.
import { encode } from '../../codec/codec.ts'
import { hex } from '../../codec/value.ts'
import { data } from '../../protocol/data/data.ts'
import { isSignature, keyPairOf } from '../../protocol/security/curves.ts'
import { ephemeralKeyData } from '../../protocol/security/key-agreement.ts'
import { wrapKey } from '../../protocol/security/key-wrap.ts'
import type { AccessDescription } from '../description.ts'
import { octetsOf } from '../dialogue.ts'
import type { Situation } from '../model/classes.ts'
import type { ModelRules } from '../model/rules.ts'
import { CLIENT_PRIVATE, MASTER, securedSituation, SERVER_SIGNING, SETUP } from '../model/secured-situation.ts'
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
const wrapped = (key: string): string => hex(wrapKey(octetsOf(MASTER), octetsOf(key)))
const BROKEN = `00${wrapped(KEY).slice(2)}`
const list = (...keys: readonly (readonly [string, string])[]): string =>
  `010${keys.length}${keys.map(([id, key]) => `020216${id}09${hex(Uint8Array.of(key.length / 2))}${key}`).join('')}`

const ephemeral = keyPairOf('P-256', octetsOf('44'.repeat(32))).publicKey
const signing = keyPairOf('P-256', octetsOf(CLIENT_PRIVATE))
const agree = (keyData: Uint8Array, id = 0): string =>
  `01010202160${id}0981${hex(Uint8Array.of(keyData.length))}${hex(keyData)}`
const signed = (publicKey: Uint8Array, id = 0): Uint8Array => ephemeralKeyData('P-256', signing, publicKey, id)
const UNSIGNED = Uint8Array.of(...ephemeral, ...new Uint8Array(64).fill(1))
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
  invoked(2, list(['01', wrapped(KEY)], ['02', BROKEN])),
  ring,
  invoked(2, list(['00', wrapped(KEY)], ['02', wrapped(`${KEY.slice(2)}FF`)])),
  ring,
]
const ACTIVATIONS: readonly Act[] = [
  written('1600'),
  read,
  ...['1601', '1603', '1601', '1600'].flatMap((policy) => [invoked(1, policy), read]),
]
const AGREEMENTS: readonly Act[] = [
  agreed(signed(ephemeral)),
  ring,
  agreed(signed(ephemeral)),
  agreed(UNSIGNED),
  agreed(signed(ephemeral, 1), 0),
  agreed(signed(new Uint8Array(64))),
  agreed(signed(SERVER_KEY)),
  ring,
]

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
  const requests = [0, 0x04, 0x08, 0x0c, 0x1c].map((protection) =>
    [0x04, 0x0c, 0x14].map((bits) => value({ ...guarded(rules, { 2: bits }), protection })).join(' '),
  )
  const demanded: number[] = []
  const demands = (bits: number): void => void demanded.push(bits)
  const situation = { ...guarded(rules, { 2: 0x60 }), demands }
  return [...requests, name(situation), value(situation), `${rules.access.responseProtection(demanded)}`]
}

/** A client that sees the setup, and has no right to change it, or to change it plain. */
function weaker(rules: ModelRules, access: AccessDescription): Situation {
  const situation = securedSituation({ policy: 1 }, {}, rules)
  const objects = situation.description.objects.map((object) => ({ ...object, access: { management: access } }))
  return { ...situation, description: { ...situation.description, objects } }
}

/** All that comes of it, a line each. */
export function securityTranscript(rules: ModelRules): string {
  const all = (situation: Situation, acts: readonly Act[]): readonly string[] => acts.map((act) => act(situation))
  const change = [invoked(2, list(['00', wrapped(KEY)])), written('1600'), read]
  return [
    ...TRANSFERS.map((act) => act(securedSituation({}, {}, rules))),
    ...all(securedSituation({}, {}, rules), TRANSFERS),
    ...all(weaker(rules, { read: 'all', invoke: [1, 2] }), ACTIVATIONS),
    ...all(securedSituation({ version: 1, suite: 1 }, {}, rules), AGREEMENTS),
    ...all(weaker(rules, { read: 'all' }), change),
    ...all(weaker(rules, { read: 'all', invoke: [1, 2], protection: { methods: { 2: 4 } } }), change),
    ...protections(rules),
  ].join('\n')
}
