import type { Value } from '../codec/value.ts'
import { chooses, mayChoose } from '../language/glob.ts'
import type { SubCase } from '../language/instances.ts'
import type { PortWord } from '../language/suite.generated.ts'
import type { LoadedSuite } from '../language/suites.ts'
import type { Leave } from './effects.ts'
import type { Instance } from './instance.ts'
import { instancesOf } from './instances-of.ts'
import type { Vocabulary } from './vocabulary.ts'

/** One port that a run may use. */
export interface PortPlan {
  readonly port: string
  readonly profile: readonly string[]
  /** `$supports $testing $port $unassigned`. */
  readonly roots: Readonly<Record<string, Value>>
}

export interface Selection {
  readonly suite: string
  readonly cases: readonly SubCase[]
}

/** All cases of a suite. */
export const selectionOf = ({ id, cases }: LoadedSuite): Selection => ({
  suite: id,
  cases: cases.flatMap((one) => one.subCases),
})

export interface SelectOptions {
  readonly vocabulary: Pick<Vocabulary, 'axes' | 'listAxes' | 'whose'>
  readonly ports: readonly PortPlan[]
  /** Globs of `--case`; empty: all. */
  readonly globs: readonly string[]
  readonly leave: Leave
  /** What the bench has: power, impair, operator … */
  readonly bench: ReadonlySet<string>
}

/** All instances that a run will give a verdict, in the order of suites, cases and ports. One that waits for the meter stands for those that come of it. */
export const select = (suites: readonly Selection[], options: SelectOptions): readonly Instance[] =>
  suites
    .flatMap(({ suite, cases }) =>
      cases.flatMap((one) => portsOf(one, options.ports).flatMap((port) => instancesOf({ suite, one, port, options }))),
    )
    .flatMap((instance) => chosen(instance, options.globs))

/** What of an instance the globs choose: all, nothing, or of those that come of it later some. */
function chosen(instance: Instance, globs: readonly string[]): readonly Instance[] {
  if (globs.length === 0) return [instance]
  const { name, later } = instance
  if (!later) return globs.some((glob) => chooses(glob, name)) ? [instance] : []
  if (!globs.some((glob) => mayChoose(glob, name))) return []
  const expand: typeof later.expand = (lists) => later.expand(lists).flatMap((one) => chosen(one, globs))
  return [{ ...instance, later: { ...later, expand } }]
}

/** What APDUs travel in: a case with scope `carrier` runs once for each of these. */
const CARRIERS: readonly PortWord[] = ['hdlc', 'wrapper']

/** The ports whose profile the case is for. Where one of several is enough it is one without sign-on: an optical head is slow. */
export function portsOf(one: Pick<SubCase, 'ports' | 'scope'>, ports: readonly PortPlan[]): readonly PortPlan[] {
  const fits = (word: PortWord, port: PortPlan): boolean => word === 'any' || port.profile.includes(word)
  const fitting = ports.filter((port) => one.ports.some((word) => fits(word, port)))
  if (one.scope === 'port') return fitting
  const slow = (port: PortPlan): boolean => fits('sign-on', port)
  const quickFirst = [...fitting.filter((port) => !slow(port)), ...fitting.filter(slow)]
  if (one.scope === 'carrier')
    return CARRIERS.flatMap((carrier) => quickFirst.find((port) => fits(carrier, port)) ?? [])
  return quickFirst.slice(0, 1)
}
