// How defects change the protection of APDUs, and HLS.
import type { HlsRules } from '../../association/hls-rules.ts'
import type { Decisions } from '../../decisions.ts'
import type { CounterRules } from '../../protection/counters.ts'
import type { ProtectionCheck, ProtectionRules } from '../../protection/rules.ts'

export const changeProtection = (
  d: Decisions,
  change: (before: ProtectionRules) => Partial<ProtectionRules>,
): Decisions => ({ ...d, protection: { ...d.protection, ...change(d.protection) } })

export const changeCounters = (d: Decisions, change: (before: CounterRules) => Partial<CounterRules>): Decisions =>
  changeProtection(d, ({ counters }) => ({ counters: { ...counters, ...change(counters) } }))

/** Some checks are not made. */
export const unprotectedBy = (d: Decisions, names: readonly ProtectionCheck[]): Decisions =>
  changeProtection(d, ({ checks }) => ({
    checks: { ...checks, ...Object.fromEntries(names.map((name) => [name, () => undefined])) },
  }))

export const changeHls = (d: Decisions, change: (before: HlsRules) => Partial<HlsRules>): Decisions => ({
  ...d,
  association: { ...d.association, hls: { ...d.association.hls, ...change(d.association.hls) } },
})
