// The key that two parties derive from what they agreed on: the single-step function of NIST SP 800-56A.
import { createHash } from 'node:crypto'
import { concat } from '../../codec/operator.ts'
import type { Curve } from './curves.ts'

export interface Parties {
  /** Algorithm the key is for, its seven octets of object identifier. */
  readonly algorithm: Uint8Array
  readonly partyU: Uint8Array
  readonly partyV: Uint8Array
}

/** AES-GCM-128 and AES-GCM-256 as algorithm-id: with them keys for encryption are derived. */
export const ALGORITHMS: Readonly<Record<Curve, Uint8Array>> = {
  'P-256': Uint8Array.of(0x60, 0x85, 0x74, 0x05, 0x08, 0x03, 0x00),
  'P-384': Uint8Array.of(0x60, 0x85, 0x74, 0x05, 0x08, 0x03, 0x01),
}

const HASHES = { 'P-256': { hash: 'sha256', octets: 16 }, 'P-384': { hash: 'sha384', octets: 32 } } as const

/** One round is enough for both: suite 1 takes 16 octets of SHA-256, suite 2 takes 32 of SHA-384. `hash`: another one, to find out what the other party took. */
export function deriveKey(
  curve: Curve,
  z: Uint8Array,
  { algorithm, partyU, partyV }: Parties,
  hash: string = HASHES[curve].hash,
): Uint8Array {
  const input = concat([Uint8Array.of(0, 0, 0, 1), z, algorithm, partyU, partyV])
  return Uint8Array.from(createHash(hash).update(input).digest().subarray(0, HASHES[curve].octets))
}
