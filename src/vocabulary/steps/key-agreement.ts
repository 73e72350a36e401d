// key.agree: a key is agreed on with a Security setup (class 64, key_agreement), and the old one is transferred back at once.
import type { SecurityContext } from '../../client/security-context.ts'
import { fromJson } from '../../codec/codec.ts'
import { hex, unhex } from '../../codec/value.ts'
import type { Refusal } from '../../engine/vocabulary.ts'
import { data } from '../../protocol/data/data.ts'
import { isList } from '../../protocol/json.ts'
import { agreedKey, ephemeralKeyOf } from '../../protocol/security/key-agreement.ts'
import { wrapKey } from '../../protocol/security/key-wrap.ts'
import { KEY_ID, keyDataArray, keyDataIn } from '../../protocol/security/security-setup.ts'
import { agreementRequest, PUBLIC_KEYS, SIGNATURE_FAULTS } from '../agreement-request.ts'
import { declaredKey } from '../changed-keys.ts'
import type { Came } from '../evidence.ts'
import { serverKeyOf } from '../server-keys.ts'
import { invokeMethod, readAttribute } from './attribute-services.ts'
import { remembered } from './journal.ts'
import { keyEntry, oldKey } from './key-journal.ts'
import { carryCounters } from './key-sending.ts'
import { attributeOf } from './objects.ts'
import { COUNT, FIELDS, isRefusal, numberArg, OCTETS, success, textArg, within, type Doing, type Word } from './word.ts'

const AGREED = ['global-unicast-encryption-key', 'global-broadcast-encryption-key', 'authentication-key'] as const
type AgreedName = (typeof AGREED)[number]

const CLASS_ID = 64
const KEY_TRANSFER = 2
const KEY_AGREEMENT = 3

interface Agreeing {
  readonly doing: Doing
  readonly security: SecurityContext
  readonly setup: string
  readonly name: AgreedName
  readonly old: Uint8Array
  readonly masterKey: Uint8Array
  readonly signingKey: Uint8Array
}

/** A refusal that says what is missing. */
function agreeing(doing: Doing): Agreeing | Refusal {
  const { args, bench, connection } = doing
  const { security, client, device } = connection
  const name = AGREED.find((each) => each === args['key']) ?? 'global-broadcast-encryption-key'
  const setup = client.security?.setup
  const signingKey = serverKeyOf(client, 'signing-key', bench.setup)
  const [old, masterKey] = [security?.ring.key(name), security?.ring.key('master-key')]
  if (security === undefined || setup === undefined) return { refusal: 'the client is declared without security.setup' }
  if (client.security?.forTest !== true) return { refusal: 'the keys of the client are not declared as forTest' }
  if (old === undefined || masterKey === undefined) return { refusal: `the ${name} or the master-key is not known` }
  if (signingKey === undefined) return { refusal: 'the signing-key of the server is not known' }
  const { key: noted } = keyEntry({
    client: client.name,
    device: device.name,
    object: setup,
    name,
    new: { octets: old },
  })
  if (args['keep'] === true && bench.setup.journal.journal().some(({ key }) => key === noted))
    return { refusal: `key.agree: a ${name} is on its way already: another one belongs into a subtest of its own` }
  return { doing, security, setup, name, old, masterKey, signingKey }
}

const invoked = ({ doing, setup }: Agreeing, method: number, name: AgreedName, octets: Uint8Array) =>
  invokeMethod(within(doing), {
    method: { 'class-id': CLASS_ID, 'instance-id': setup, 'method-id': method },
    parameter: keyDataArray([{ keyId: KEY_ID[name], data: octets }]),
  })

/** What one agreement came to. `key`: the one that both have now, if the answer is right. */
interface Once {
  readonly came: Came
  readonly answer?: Uint8Array
  readonly sent?: Uint8Array
  readonly key?: Uint8Array
  readonly wrong?: string
}

async function once(agreement: Agreeing): Promise<Once | Refusal> {
  const { doing, security, name, signingKey } = agreement
  const { args, bench, connection } = doing
  const again = unhex(textArg(args, 'keyData') ?? '')
  const asked = {
    keyId: KEY_ID[name],
    publicKey: textArg(args, 'publicKey'),
    signature: textArg(args, 'signature'),
    other: textArg(args, 'other'),
  }
  const request = agreementRequest(bench, connection, security, asked)
  if (!request.ok) return { refusal: request.failure }
  const sent = again?.length ? again : request.value.keyData
  const came = await invoked(agreement, KEY_AGREEMENT, name, sent)
  if (isRefusal(came)) return came
  if (!('success' in came.outcome.names)) return { came }
  const read = fromJson(data, came.saves?.['value'] ?? null)
  const [given, ...more] = (read.ok && keyDataIn(read.value)) || []
  if (given?.keyId !== KEY_ID[name] || more.length > 0)
    return { came, sent, wrong: 'not one key_data with this key_id' }
  const answer = given.data.subarray(0, given.data.length / 2)
  const ephemeral = ephemeralKeyOf(security.ring.curve, signingKey, given.data, given.keyId)
  if (!ephemeral.ok) return { came, sent, answer, wrong: ephemeral.failure }
  const titles = { partyU: security.material.title, partyV: security.serverTitle }
  const key = agreedKey(
    { scheme: 'ephemeral-unified', curve: security.ring.curve, titles },
    request.value.own,
    ephemeral.value,
  )
  return { came, sent, answer, ...(key.ok ? { key: key.value } : { wrong: key.failure }) }
}

/** From now on the client protects with this one. */
function use({ doing, security, name }: Agreeing, key: Uint8Array): void {
  doing.bench.watch.forget(security.serverTitle, key)
  security.ring.renew(new Map([[name, key]]))
}

/** Noted as soon as it is known: nobody knows it before. */
async function kept(agreement: Agreeing, key: Uint8Array): Promise<Came | Refusal> {
  const { doing, setup: object, name } = agreement
  const { bench, connection } = doing
  const { client, device } = connection
  const old = declaredKey(client, name)
  if (old === undefined) return { refusal: `the ${name} of ${client.name} is not declared` }
  const entry = keyEntry({ client: client.name, device: device.name, object, name, new: { octets: key } })
  const unsafe = await remembered(doing, entry, () => Promise.resolve({ value: oldKey(old), text: '' }))
  if (unsafe !== undefined) return unsafe
  const ring = new Map([[name, key]])
  const uncounted = carryCounters(bench, client, ring)
  if (uncounted !== undefined) return { refusal: uncounted }
  bench.changed.keep(client, ring)
  use(agreement, key)
  return { outcome: success(doing, `agreed on the ${name}`) }
}

/** Undefined: it is back. */
async function putBack(agreement: Agreeing): Promise<string | undefined> {
  const { name, old, masterKey } = agreement
  const came = await invoked(agreement, KEY_TRANSFER, name, wrapKey(masterKey, old))
  if (isRefusal(came)) return came.refusal
  return 'success' in came.outcome.names ? undefined : came.outcome.text
}

/**
 * `publicKey`, `signature`: what is wrong in the request; `keyData`: all of it as it was before. `use`: an attribute that is read under the
 * unicast key that was agreed on. `unlike`: ephemeral keys of the server that must not come again. `keep`: the old key does not go back before
 * the end of the case, as one that was transferred.
 */
const agree: Word = {
  says: 'agree on a key',
  properties: {
    key: { enum: AGREED },
    publicKey: { anyOf: [{ enum: PUBLIC_KEYS }, OCTETS] },
    signature: { enum: SIGNATURE_FAULTS },
    other: { type: 'string' },
    keyData: OCTETS,
    use: FIELDS,
    times: COUNT,
    unlike: { type: 'array', items: OCTETS },
    keep: { const: true },
  },
  outcomes: ['success', 'refused', 'wrong-answer', 'repeated', 'unusable'],
  saves: ['keys', 'keyData'],
  alive: true,
  async run(doing) {
    const agreement = agreeing(doing)
    if ('refusal' in agreement) return agreement
    const { args } = doing
    const before = args['unlike'] !== undefined && isList(args['unlike']) ? args['unlike'] : []
    const keys: string[] = []
    let last: Once | undefined
    for (let n = 0; n < (numberArg(args, 'times') ?? 1); n++) {
      const found = await once(agreement)
      if ('refusal' in found) return found
      last = found
      if (found.answer === undefined || found.wrong !== undefined) break
      keys.push(hex(found.answer))
    }
    if (last === undefined || !('success' in last.came.outcome.names))
      return last?.came ?? { refusal: 'nothing was sent' }
    const attribute = attributeOf(args['use'])
    let read: Came | Refusal | undefined
    if (last.key) {
      doing.bench.setup.keepSecret(last.key)
      if (args['keep'] === true) return kept(agreement, last.key)
      use(agreement, last.key)
    }
    if (attribute !== undefined) read = await readAttribute(within(doing), { attribute })
    const lost = await putBack(agreement)
    use(agreement, agreement.old)
    const all = [...before, ...keys]
    const saves = { keys: all, ...(last.sent ? { keyData: hex(last.sent) } : {}) }
    const told = (name: string, text: string): Came => ({
      outcome: success(doing, text, { names: { [name]: text } }),
      saves,
    })
    if (read !== undefined && !isRefusal(read) && !('value' in read.outcome.names))
      return notAsAgreed(doing, 'unusable', `what is protected with the key is not served: ${read.outcome.text}`)
    if (lost !== undefined) return { refusal: `the ${agreement.name} that was there before is not back: ${lost}` }
    if (last.wrong !== undefined) return notAsAgreed(doing, 'wrong-answer', last.wrong)
    if (new Set(all).size < all.length)
      return notAsAgreed(doing, 'repeated', 'an ephemeral key of the server came again')
    return told('success', `agreed on the ${agreement.name}`)
  },
}

const notAsAgreed = (doing: Doing, name: string, text: string): Came => {
  const { names: _, ...outcome } = success(doing, text)
  return { outcome: { ...outcome, names: { [name]: text } } }
}

export const agreementWords: Readonly<Record<string, Word>> = { 'key.agree': agree }
