// What a list of key_transfer holds: each key under the master key, and the last one with what is to be wrong with it.
import type { Value } from '../../codec/value.ts'
import { concat } from '../../codec/operator.ts'
import { isRecord } from '../../protocol/json.ts'
import { unwrapUnchecked } from '../../protocol/security/unwrap-unchecked.ts'
import { wrapKey } from '../../protocol/security/key-wrap.ts'
import type { KeyData, TransferredKey } from '../../protocol/security/security-setup.ts'
import { keyIdOf, TRANSFERRED, type Transferred } from './key-sending.ts'

/** What is wrong with the last key of a list. */
export interface Fault {
  /** Wrapped under a key that is not the master key, or changed in one bit afterwards. */
  readonly wrap?: 'another-key' | 'damaged'
  /** The key of the client under which it is wrapped, in the place of the master key. */
  readonly under?: Transferred
  /** Octets of key_wrapped: cut off, or zeros behind it. */
  readonly wrappedOctets?: number
  /** Octets of the key itself, which is wrapped as it should be. */
  readonly keyOctets?: number
  readonly keyId?: number
}

const WRAPS = ['another-key', 'damaged'] as const
const OCTETS: Value = { type: 'integer', minimum: 16, maximum: 64 }

export const FAULT: Value = {
  type: 'object',
  additionalProperties: false,
  minProperties: 1,
  properties: {
    wrap: { enum: WRAPS },
    under: { enum: TRANSFERRED },
    wrappedOctets: { type: 'integer', minimum: 0, maximum: 64 },
    keyOctets: OCTETS,
    keyId: { type: 'integer', minimum: 0, maximum: 255 },
  },
}

export function faultIn(said: Value | undefined): Fault | undefined {
  if (!isRecord(said)) return undefined
  const { wrappedOctets, keyOctets, keyId } = said
  const wrap = WRAPS.find((each) => each === said['wrap'])
  const under = TRANSFERRED.find((each) => each === said['under'])
  return {
    ...(wrap === undefined ? {} : { wrap }),
    ...(under === undefined ? {} : { under }),
    ...(typeof wrappedOctets === 'number' ? { wrappedOctets } : {}),
    ...(typeof keyOctets === 'number' ? { keyOctets } : {}),
    ...(typeof keyId === 'number' ? { keyId } : {}),
  }
}

/** A key of the list, and what a meter has that takes it as it comes. */
export interface Wrapped {
  readonly data: KeyData
  readonly taken: Uint8Array
  /** What one has that unwraps it with the master key all the same, and does not look at what comes of it. */
  readonly otherwise?: Uint8Array
}

/** `under`: the key that `fault` names, where it names one. */
export function wrapped(
  masterKey: Uint8Array,
  name: TransferredKey,
  key: Uint8Array,
  fault: Fault = {},
  under: Uint8Array = masterKey,
): Wrapped {
  const { wrap, wrappedOctets, keyOctets, keyId = keyIdOf(name) } = fault
  const sent = keyOctets === undefined ? key : sized(key, keyOctets)
  const right = wrapKey(wrap === 'another-key' ? masterKey.map((octet) => octet ^ 0xff) : under, sent)
  const changed = wrap === 'damaged' ? right.map((octet, at) => (at === right.length - 1 ? octet ^ 1 : octet)) : right
  const data = wrappedOctets === undefined ? changed : sized(changed, wrappedOctets)
  const unwrapped = unwrapUnchecked(masterKey, data)
  const unchecked = unwrapped === undefined ? key : sized(unwrapped, key.length)
  return under === masterKey
    ? { data: { keyId, data }, taken: unchecked }
    : { data: { keyId, data }, taken: key, otherwise: unchecked }
}

/** Cut off, or with zeros behind it. */
const sized = (octets: Uint8Array, length: number): Uint8Array =>
  concat([octets.subarray(0, length), new Uint8Array(Math.max(0, length - octets.length))])
