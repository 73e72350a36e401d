// key.transfer: new keys for a client, which are noted before they are sent; the old ones go back afterwards, or with `back` in the same association.
import type { Refusal } from '../../engine/vocabulary.ts'
import { isList } from '../../protocol/json.ts'
import type { Value } from '../../codec/value.ts'
import { declaredKey, declaredOctets } from '../changed-keys.ts'
import { clientBy, type DeclaredClient } from '../declared.ts'
import type { Came } from '../evidence.ts'
import { BLOCKS, mannerOf } from './attribute.ts'
import { remembered } from './journal.ts'
import { keyChangeOf, keyEntry, oldKey } from './key-journal.ts'
import { keyNow, sendKeys, TRANSFERRED, type Transferred, type Whose } from './key-sending.ts'
import { FAULT, faultIn, wrapped, type Fault, type Wrapped } from './key-wrapping.ts'
import { NAME, textArg, type Arguments, type Doing, type Word } from './word.ts'

const transfer: Word = {
  says: 'transfer new keys',
  properties: {
    keys: { type: 'array', minItems: 1, uniqueItems: true, items: { enum: TRANSFERRED } },
    client: NAME,
    wrong: FAULT,
    back: { const: true },
    ...BLOCKS,
  },
  required: ['keys'],
  outcomes: ['success', 'refused', 'unlisted'],
  saves: ['request'],
  alive: true,
  async run(doing) {
    const { bench, connection, args } = doing
    const named = textArg(args, 'client')
    const client = named === undefined ? connection.client : clientBy(bench.declared, named)
    const object = client?.security?.setup
    if (client === undefined || object === undefined)
      return { refusal: `key.transfer: no Security setup (security.setup) is declared for ${named ?? 'the client'}` }
    const sending = { client, object, fault: faultIn(args['wrong']) }
    const list: (Wrapped & { readonly name: Transferred })[] = []
    const names = namesIn(args['keys'])
    if (args['back'] === true) return sendBack(doing, sending, names)
    for (const [at, name] of names.entries()) {
      const fault = at === names.length - 1 ? sending.fault : undefined
      const one = await prepared(doing, sending, name, fault)
      if ('refusal' in one) return one
      list.push({ ...one, name })
    }
    const ring = new Map(list.map(({ name, taken }) => [name, taken]))
    return sendKeys(doing, sending, { data: list.map(({ data }) => data), ring }, mannerOf(args))
  },
}

const namesIn = (said: Arguments[string] | undefined): readonly Transferred[] =>
  said !== undefined && isList(said) ? TRANSFERRED.filter((name) => said.includes(name)) : []

/** The declared keys, in the place of those that have been transferred. */
async function sendBack(doing: Doing, whose: Whose, names: readonly Transferred[]): Promise<Came | Refusal> {
  const { bench } = doing
  const masterKey = keyNow(bench, whose.client, 'master-key')
  if (masterKey === undefined) return unknownKey(whose.client, 'master-key')
  const list: (Wrapped & { readonly name: Transferred })[] = []
  for (const name of names) {
    const old = declaredOctets(whose.client, name, bench.setup)
    if (old === undefined) return unknownKey(whose.client, name)
    list.push({ ...wrapped(masterKey, name, old), name })
  }
  const ring = new Map(list.map(({ name, taken }) => [name, taken]))
  return sendKeys(doing, whose, { data: list.map(({ data }) => data), ring }, mannerOf(doing.args))
}

/** A fresh key, wrapped and noted; the same again where one is on its way: nobody knows then which of two the meter has. */
async function prepared(
  doing: Doing,
  whose: Whose,
  name: Transferred,
  fault: Fault | undefined,
): Promise<Wrapped | Refusal> {
  const { bench, connection } = doing
  const { client, object } = whose
  const { setup } = bench
  const [old, masterKey] = [declaredKey(client, name), keyNow(bench, client, 'master-key')]
  if (old === undefined || keyNow(bench, client, name) === undefined || masterKey === undefined)
    return unknownKey(client, masterKey === undefined ? 'master-key' : name)
  const change = { client: client.name, device: connection.device.name, object, name, old }
  const { key: noted } = keyEntry({ ...change, new: old })
  const known = setup.journal.journal().find(({ key }) => key === noted)
  if (known !== undefined) return again(known, { masterKey, name, fault })
  const key = setup.random.octets(client.security?.suite === 2 ? 32 : 16)
  setup.keepSecret(key)
  const made = wrapped(masterKey, name, key, fault)
  setup.keepSecret(made.taken)
  const entry = keyEntry({ ...change, new: { octets: made.taken } })
  const unsafe = await remembered(doing, entry, () => Promise.resolve({ value: oldKey(old), text: '' }))
  return unsafe ?? made
}

interface Again {
  readonly masterKey: Uint8Array
  readonly name: Transferred
  readonly fault: Fault | undefined
}

function again(
  known: { readonly how: Value; readonly old: Value },
  { masterKey, name, fault }: Again,
): Wrapped | Refusal {
  const change = keyChangeOf(known.how, known.old)
  return fault === undefined && change !== undefined && 'octets' in change.new
    ? wrapped(masterKey, name, change.new.octets)
    : { refusal: `key.transfer: a ${name} is on its way already: another one belongs into a subtest of its own` }
}

const unknownKey = (client: DeclaredClient, name: string): Refusal => ({
  refusal: `the ${name} of ${client.name} is not known`,
  advice:
    'Look at security.keys of the client, and whether the secrets have them: without the master key no key can be transferred or put back.',
})

export const keyWords: Readonly<Record<string, Word>> = { 'key.transfer': transfer }
