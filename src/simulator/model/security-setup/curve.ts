// The asymmetric keys of a setup: those of the server, and pairs that it makes.
import { createHash } from 'node:crypto'
import { concat } from '../../../codec/operator.ts'
import { encode, u32 } from '../../../codec/codec.ts'
import { keyPairOf, type Curve, type KeyPair } from '../../../protocol/security/curves.ts'
import type { Situation } from '../classes.ts'
import type { SecuritySetupState } from '../security-state.ts'
import type { Setup } from './setup.ts'

/** Undefined: suite 0 has no curve. */
export function curveOf({ suite }: SecuritySetupState): Curve | undefined {
  if (suite === 0) return undefined
  return suite === 1 ? 'P-256' : 'P-384'
}

/** A pair of the server; undefined: it has no private key for that. */
export function ownPair({ state }: Setup, curve: Curve, name: 'signing-key' | 'agreement-key'): KeyPair | undefined {
  const key = state.keys[name]
  return key && keyPairOf(curve, key)
}

/** What the numbers of pairs are kept under, with the name of their setup. */
export const PAIRS = 'pairs '

/** A pair that was never before: the number of those that were is kept over power cycles. */
export function freshPair({ name, state }: Setup, curve: Curve, { store }: Situation, make: typeof pairOf): KeyPair {
  const counter = `${PAIRS}${name}`
  const count = (store.counter(counter) ?? 0) + 1
  store.keepCounter(counter, count)
  return make(curve, state.keys['signing-key'] ?? new Uint8Array(0), count)
}

const HASH: Readonly<Record<Curve, string>> = { 'P-256': 'sha256', 'P-384': 'sha384' }

/** It follows from a secret of the server: a simulated world is the same each time. */
export const pairOf = (curve: Curve, secret: Uint8Array, count: number): KeyPair =>
  keyPairOf(
    curve,
    Uint8Array.from(
      createHash(HASH[curve])
        .update(concat([secret, encode(u32, count)]))
        .digest(),
    ),
  )
