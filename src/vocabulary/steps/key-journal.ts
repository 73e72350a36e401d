// Keys that a case changes: both the old and the new one are noted before anything is sent, for after an abort nobody knows which of them the meter has.
import { hex, unhex, type Value } from '../../codec/value.ts'
import { isRecord, type JsonRecord } from '../../protocol/json.ts'
import { KEY_NAMES, type KeyName } from '../../protocol/security/key-names.ts'
import type { TesterSetup } from '../setup.ts'
import type { Entry } from './journal.ts'

/** By the name of its secret, or, where it came up in the run, as octets: these stand in the state of the tester and nowhere else. */
export type StoredKey = { readonly secret: string } | { readonly octets: Uint8Array }

/** The HLS secret of an association is changed as keys are. */
export type ChangedName = KeyName | 'hls-secret'
const CHANGED_NAMES: readonly ChangedName[] = [...KEY_NAMES, 'hls-secret']

/** One key, on its way from old to new. */
export interface KeyChange {
  readonly client: string
  readonly device: string
  /** Logical name of the Security setup, or of the association whose HLS secret it is. */
  readonly object: string
  readonly name: ChangedName
  readonly old: StoredKey
  readonly new: StoredKey
  /** In the place of `new`, where a meter has taken in another way what it should not have taken. */
  readonly otherwise?: StoredKey
}

const WORDS = { key: 'key.transfer', secret: 'change-hls-secret' } as const

const stored = (key: StoredKey): JsonRecord => ('secret' in key ? { secret: key.secret } : { octets: hex(key.octets) })

/** What is journalled before the change; the old key goes beside it, as the value before. */
export const keyEntry = ({ client, device, object, name, new: next, otherwise }: Omit<KeyChange, 'old'>): Entry => ({
  key: `keys/${device}/${object}/${name}`,
  word: name === 'hls-secret' ? WORDS.secret : WORDS.key,
  client,
  device,
  object,
  name,
  new: stored(next),
  ...(otherwise ? { otherwise: stored(otherwise) } : {}),
})

/** The value before, as the journal has it. */
export const oldKey = (key: StoredKey): Value => stored(key)

/** What the journal says; undefined: it is no entry of a key, or cannot be read. */
export function keyChangeOf(how: Value, old: Value): KeyChange | undefined {
  if (!isRecord(how) || (how['word'] !== WORDS.key && how['word'] !== WORDS.secret)) return undefined
  const { client, device, object } = how
  const name = CHANGED_NAMES.find((each) => each === how['name'])
  const [before, next] = [storedIn(old), storedIn(how['new'])]
  if (typeof client !== 'string' || typeof device !== 'string' || typeof object !== 'string') return undefined
  if (name === undefined || before === undefined || next === undefined) return undefined
  const otherwise = storedIn(how['otherwise'])
  return { client, device, object, name, old: before, new: next, ...(otherwise ? { otherwise } : {}) }
}

function storedIn(value: Value | undefined): StoredKey | undefined {
  if (!isRecord(value)) return undefined
  const { secret, octets } = value
  if (typeof secret === 'string') return { secret }
  const found = typeof octets === 'string' ? unhex(octets) : undefined
  return found && { octets: found }
}

/** Keys that the meter may have now. */
export type Ring = ReadonlyMap<ChangedName, Uint8Array>

/** Changes of more keys at once than that are not tried in all mixtures. */
const MOST_MIXED = 4

/** Without the old ones nothing can be put back. */
export interface Rings {
  readonly old: Ring | undefined
  /** Those with a new key at least. */
  readonly others: readonly Ring[]
}

/**
 * Which keys the meter may have after changes of which nobody knows how far they came, the likeliest first: all old (nothing was taken), all new
 * (all was), then mixtures, in which what was changed first is new first. Keys that came up in the run are hidden from now on.
 */
export function ringsToTry(
  changes: readonly KeyChange[],
  { secret, keepSecret }: Pick<TesterSetup, 'secret' | 'keepSecret'>,
): Rings {
  const octetsOf = (key: StoredKey): Uint8Array | undefined => {
    if ('secret' in key) return secret(key.secret)
    keepSecret(key.octets)
    return key.octets
  }
  const known = changes.map((change) => ({
    name: change.name,
    old: octetsOf(change.old),
    next: octetsOf(change.new),
    otherwise: change.otherwise && octetsOf(change.otherwise),
  }))
  const ring = (taken: number, isOtherwise = false): Ring | undefined => {
    const found = new Map<ChangedName, Uint8Array>()
    for (const [at, { name, old, next, otherwise }] of known.entries()) {
      const octets = taken & (1 << at) ? (isOtherwise && otherwise) || next : old
      if (octets === undefined) return undefined
      found.set(name, octets)
    }
    return found
  }
  const all = 2 ** Math.min(changes.length, 30) - 1
  const mixtures = changes.length <= MOST_MIXED ? Array.from({ length: Math.max(0, all - 1) }, (_, at) => at + 1) : []
  const takens = [...(all > 0 ? [all] : []), ...mixtures]
  const others = takens.flatMap((taken) => ring(taken) ?? [])
  const otherwise = known.some((each) => each.otherwise) ? takens.flatMap((taken) => ring(taken, true) ?? []) : []
  return { old: ring(0), others: [...others, ...otherwise] }
}

/** What putting keys back needs of the one who sends. */
export interface KeySending {
  /** Does the meter open an association for the client with these keys? `text`: what came instead; `answered`: the meter has said so. */
  readonly opens: (
    change: KeyChange,
    ring: Ring,
  ) => Promise<
    { readonly is: 'open' } | { readonly is: 'not-open'; readonly text: string; readonly answered?: boolean }
  >
  /** Transfers these keys in the association that is open; undefined: done. */
  readonly transferKeys: (change: KeyChange, keys: Ring) => Promise<string | undefined>
}

/** An association opens whichever of them the meter has: that shows where a transfer succeeds. */
const UNSEEN: readonly ChangedName[] = ['global-broadcast-encryption-key', 'master-key']

/**
 * Finds out which keys the meter has and gives it the old ones again: undefined, or why they are not back. `known`: those that it took last. Where
 * no transfer of an unseen key succeeds, and none was seen to, the meter takes none of this client: it has the old one.
 */
export async function putBackKeys(
  change: KeyChange,
  { old, others }: Rings,
  { opens, transferKeys }: KeySending,
  known: Ring = new Map(),
): Promise<string | undefined> {
  if (old === undefined)
    return `the old keys of ${change.object} are not known: the file of secrets does not have them any more`
  let text = ''
  // A failed attempt may count for a lock-out.
  const isKnown = ([name, key]: readonly [ChangedName, Uint8Array]): boolean =>
    Buffer.compare(known.get(name) ?? new Uint8Array(0), key) === 0
  const likely = others.filter((ring) => [...ring].every(isKnown))
  const unseen = UNSEEN.some((name) => old.has(name))
  let refused: string | undefined
  for (const ring of new Set([...likely, old, ...others])) {
    const opened = await opens(change, ring)
    if (opened.is !== 'open') {
      text = opened.text
      continue
    }
    if (ring === old && !unseen) return undefined
    const failed = await transferKeys(change, old)
    if (failed === undefined || !unseen) return failed
    refused ??= failed
  }
  if (refused !== undefined) return likely.length > 0 ? refused : undefined
  return `no association opens with the old keys or the new ones of ${change.object}: ${text}`
}
