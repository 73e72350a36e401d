// Invocation counters of the tester (IEC 62056-5-3, Invocation counter): with one key and one system title none is ever used twice, from run to run.
import type { Counters } from '../client/own-counters.ts'
import { fail, ok, type Result } from '../codec/value.ts'
import { counterName } from '../protocol/security/counter-name.ts'
import type { KeyName } from '../protocol/security/key-names.ts'
import type { DeclaredSecurity } from './declared-security.ts'
import type { TesterCounters, TesterSetup } from './setup.ts'

const LARGEST = 0xffff_ffff
/** Counters that leave so few are not gone on from: a meter only says it has seen one, or a case was to show what becomes of it. */
const LEAST_LEFT = 0x1_0000

/** A key as it is used: under its name, with its octets. */
export interface CountedKey {
  readonly name: KeyName
  readonly octets: Uint8Array
}

/** The counters of a client: they begin where it is declared, and end where four octets do. */
export const countersFrom = (
  counters: TesterCounters,
  { firstCounter = 0 }: Pick<DeclaredSecurity, 'firstCounter'>,
): Counters => ({
  take(counter) {
    const raised = counters.raise(counter, firstCounter)
    const taken = raised.ok ? counters.take(counter) : raised
    if (!taken.ok || taken.value <= LARGEST) return taken
    return fail({ where: counter, detail: 'no invocation counter is left: change the key' })
  },
  pass(counter, used) {
    // what cannot be written down is told when the next one is taken
    if (used <= LARGEST - LEAST_LEFT) counters.raise(counter, used + 1)
  },
})

/** The meter has seen `last`: what comes next is above it. What speaks against that is told in words. */
export function sawCounter(
  counters: TesterCounters,
  { systemTitle }: Pick<DeclaredSecurity, 'systemTitle'>,
  key: CountedKey,
  last: number,
): Result<undefined, string> {
  if (last > LARGEST - LEAST_LEFT)
    return fail(`it says ${last}, which would leave hardly any: change the key, or declare firstCounter`)
  const raised = counters.raise(counterName(systemTitle, key.octets), last + 1)
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
