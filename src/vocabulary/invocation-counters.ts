// Invocation counters of the tester (IEC 62056-5-3, Invocation counter): with one key and one system title none is ever used twice, from run to run.
import { createHash } from 'node:crypto'
import { concat } from '../codec/operator.ts'
import { fail, hex, ok, type Result } from '../codec/value.ts'
import type { KeyName } from '../protocol/security/key-names.ts'
import type { DeclaredSecurity } from './declared-security.ts'
import type { TesterCounters, TesterSetup } from './setup.ts'

const LARGEST = 0xffff_ffff

/** A key as it is used: under its name, with its octets. */
export interface CountedKey {
  readonly name: KeyName
  readonly octets: Uint8Array
}

const DOMAIN = new TextEncoder().encode('dlms-conformance invocation counter')
const FINGERPRINT_DIGITS = 8

/** A key that was changed is another key: its counter begins anew. The fingerprint tells keys apart, and nothing about them. */
const fingerprint = (octets: Uint8Array): string =>
  createHash('sha256')
    .update(concat([DOMAIN, octets]))
    .digest('hex')
    .slice(0, FINGERPRINT_DIGITS)

/** What the counter of a client's key is called in the state of the tester. */
export const counterName = (systemTitle: Uint8Array, { name, octets }: CountedKey): string =>
  `${hex(systemTitle)}/${name}/${fingerprint(octets)}`

/** The invocation counter of the next APDU, safe before it is given; a failure is told in words. */
export function nextCounter(
  counters: TesterCounters,
  { systemTitle, firstCounter = 0 }: Pick<DeclaredSecurity, 'systemTitle' | 'firstCounter'>,
  key: CountedKey,
): Result<number, string> {
  const counter = counterName(systemTitle, key)
  const raised = counters.raise(counter, firstCounter)
  const taken = raised.ok ? counters.take(counter) : raised
  if (!taken.ok) return fail(`${taken.failure.where}: ${taken.failure.detail}`)
  return taken.value > LARGEST
    ? fail(`the ${key.name} has no invocation counter left: change the key`)
    : ok(taken.value)
}

/** A meter that says it has seen so many leaves too few to go on: whether that is true nobody has proved. */
const LEAST_LEFT = 0x1_0000

/** The meter has seen `last`: what comes next is above it. What speaks against that is told in words. */
export function sawCounter(
  counters: TesterCounters,
  { systemTitle }: Pick<DeclaredSecurity, 'systemTitle'>,
  key: CountedKey,
  last: number,
): Result<undefined, string> {
  if (last > LARGEST - LEAST_LEFT)
    return fail(`it says ${last}, which would leave hardly any: change the key, or declare firstCounter`)
  const raised = counters.raise(counterName(systemTitle, key), last + 1)
  return raised.ok ? ok(undefined) : fail(`${raised.failure.where}: ${raised.failure.detail}`)
}

/** The key that protects what the client sends to this meter alone; undefined: its secret is not known. */
export function unicastKey(
  { keys }: Pick<DeclaredSecurity, 'keys'>,
  secret: TesterSetup['secret'],
): CountedKey | undefined {
  const name = 'global-unicast-encryption-key'
  const octets = keys[name] === undefined ? undefined : secret(keys[name])
  return octets && { name, octets }
}

/** What invocation-counter-error says may be the last one used or the one after it (ruling Y11): advice for the reader, and nothing that is acted upon. */
export const counterAdvice = (said: number): string =>
  `The meter wants an invocation counter of about ${said}: where the tester's is below it, declare "firstCounter": ${said + 1}.`
