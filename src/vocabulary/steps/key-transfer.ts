// key.transfer: new keys for a client, which are noted before they are sent; the old ones go back afterwards, or with `back` in the same association.
import type { Refusal } from '../../engine/vocabulary.ts'
import { isList } from '../../protocol/json.ts'
import type { Value } from '../../codec/value.ts'
import type { TransferredKey } from '../../protocol/security/security-setup.ts'
import { declaredKey, declaredOctets } from '../changed-keys.ts'
import { clientBy, type DeclaredClient } from '../declared.ts'
import { BLOCKS, mannerOf } from './manner.ts'
import { remembered } from './journal.ts'
import { keyChangeOf, keyEntry, oldKey } from './key-journal.ts'
import { keyNow, sendKeys, TRANSFERRED, type KeyList, type Whose } from './key-sending.ts'
import { FAULT, faultIn, wrapped, type Fault, type Wrapped } from './key-wrapping.ts'
import { NAME, textArg, type Arguments, type Doing, type Word } from './word.ts'

const MASTER_KEY = 'master-key'
const NAMES = [...TRANSFERRED, MASTER_KEY] as const

/** A master key that is lost nobody can replace: it is not changed by a case that could do without. */
const NOT_RIGHT: Refusal = { refusal: 'key.transfer: a master-key is sent only with something wrong' }

const transfer: Word = {
  says: 'transfer new keys',
  properties: {
    keys: { type: 'array', minItems: 1, uniqueItems: true, items: { enum: NAMES } },
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
    const { args } = doing
    const whose = whoseKeys(doing)
    if ('refusal' in whose) return whose
    if (namesIn(args['keys']).includes(MASTER_KEY) && args['wrong'] === undefined) return NOT_RIGHT
    const list = args['back'] === true ? oldKeys(doing, whose) : await newKeys(doing, whose)
    return 'refusal' in list ? list : sendKeys(doing, whose, list, mannerOf(args))
  },
}

/** Of the client that is named, or of the connection's own. */
export function whoseKeys({ bench, connection, args }: Doing): Whose | Refusal {
  const named = textArg(args, 'client')
  const client = named === undefined ? connection.client : clientBy(bench.declared, named)
  const object = client?.security?.setup
  return client === undefined || object === undefined
    ? { refusal: `key.transfer: no Security setup (security.setup) is declared for ${named ?? 'the client'}` }
    : { client, object }
}

/** Fresh keys for `keys`, each of them noted; what is `wrong` is so with the last. */
export async function newKeys(doing: Doing, whose: Whose): Promise<KeyList | Refusal> {
  const { args } = doing
  const list: Named[] = []
  const names = namesIn(args['keys'])
  for (const [at, name] of names.entries()) {
    const fault = at === names.length - 1 ? faultIn(args['wrong']) : undefined
    const one = await prepared(doing, whose, name, fault)
    if ('refusal' in one) return one
    list.push({ ...one, name })
  }
  return listOf(list)
}

type Named = Wrapped & { readonly name: TransferredKey }

const listOf = (list: readonly Named[]): KeyList => ({
  data: list.map(({ data }) => data),
  ring: new Map(list.map(({ name, taken }) => [name, taken])),
})

const namesIn = (said: Arguments[string] | undefined): readonly TransferredKey[] =>
  said !== undefined && isList(said) ? NAMES.filter((name) => said.includes(name)) : []

/** The declared keys, in the place of those that have been transferred. */
function oldKeys({ bench, args }: Doing, whose: Whose): KeyList | Refusal {
  const masterKey = keyNow(bench, whose.client, 'master-key')
  if (masterKey === undefined) return unknownKey(whose.client, 'master-key')
  const list: Named[] = []
  for (const name of namesIn(args['keys'])) {
    const old = declaredOctets(whose.client, name, bench.setup)
    if (old === undefined) return unknownKey(whose.client, name)
    list.push({ ...wrapped(masterKey, name, old), name })
  }
  return listOf(list)
}

/** A fresh key, wrapped and noted; the same again where one is on its way: nobody knows then which of two the meter has. */
async function prepared(
  doing: Doing,
  whose: Whose,
  name: TransferredKey,
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
  const under = fault?.under === undefined ? masterKey : keyNow(bench, client, fault.under)
  if (under === undefined) return unknownKey(client, fault?.under ?? 'master-key')
  const key = setup.random.octets(client.security?.suite === 2 ? 32 : 16)
  setup.keepSecret(key)
  const made = wrapped(masterKey, name, key, fault, under)
  setup.keepSecret(made.taken)
  if (made.otherwise) setup.keepSecret(made.otherwise)
  const otherwise = made.otherwise && { otherwise: { octets: made.otherwise } }
  const entry = keyEntry({ ...change, new: { octets: made.taken }, ...otherwise })
  const unsafe = await remembered(doing, entry, () => Promise.resolve({ value: oldKey(old), text: '' }))
  return unsafe ?? made
}

interface Again {
  readonly masterKey: Uint8Array
  readonly name: TransferredKey
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
