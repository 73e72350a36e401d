import type { Value } from '../codec/value.ts'
import type { Declaration } from '../engine/declaration.ts'
import type { Instance } from '../engine/instance.ts'
import { select, selectionOf } from '../engine/select.ts'
import type { MeterDescription } from '../simulator/description.ts'
import { vocabulary } from '../vocabulary/vocabulary.ts'
import { readDeclaration, readDescription } from './meter.ts'
import { choosePorts, type ChosenPort, connected } from './ports.ts'
import { chooseSuites, type ChosenSuites } from './suites.ts'

export interface PlanOptions {
  readonly connect: readonly string[]
  readonly port: readonly string[]
  readonly case: readonly string[]
  readonly allow: readonly string[]
}

/** All that is known of a run before the meter is asked anything. */
export interface Plan {
  readonly declaration: Declaration
  /** The simulated meter, where all ports are simulated. */
  readonly description?: MeterDescription
  readonly ports: readonly ChosenPort[]
  readonly chosen: ChosenSuites
  readonly instances: readonly Instance[]
}

/** Reads declaration and suites, and chooses the instances. Whatever is wrong is refused here (exit 3). */
export const readMeter = async (file: string, suites: readonly string[], options: PlanOptions): Promise<Plan> =>
  planned(connectedMeter(file, options), suites, options)

/** A declaration, and the ports of it that a run uses. */
export type ConnectedMeter = Pick<Plan, 'declaration' | 'ports'>

export function connectedMeter(file: string, options: PlanOptions): ConnectedMeter {
  const declared = readDeclaration(file)
  const open = declared.content.todo?.length ?? 0
  if (open > 0) process.stderr.write(`${file}: ${open} ${open === 1 ? 'TODO is' : 'TODOs are'} open in it ("todo")\n`)
  const ports = choosePorts(declared, options.connect, options.port)
  return { declaration: connected(declared, ports), ports }
}

export async function planned(
  { declaration, ports }: ConnectedMeter,
  suites: readonly string[],
  options: PlanOptions,
): Promise<Plan> {
  const chosen = await chooseSuites(suites)
  const simulated = ports.every(({ url }) => url === 'simulated')
  const instances = select(chosen.suites.map(selectionOf), {
    vocabulary,
    ports: ports.map(({ name, profile }) => ({ port: name, profile, roots: rootsOf(declaration, name) })),
    globs: options.case,
    leave: {
      allowed: new Set(options.allow),
      everything: simulated,
      never: new Set(declaration.content.testing?.never ?? []),
    },
    bench: benchOf(declaration, simulated),
  })
  return { declaration, ports, chosen, instances, ...(simulated ? { description: readDescription(declaration) } : {}) }
}

/** `$supports $testing $port $unassigned …` of one port. */
export const rootsOf = (declaration: Declaration, port: string): Readonly<Record<string, Value>> =>
  vocabulary.roots(declaration.value, port)

/** What the bench can do: all of it on the memory line; the power where the declaration says how. */
function benchOf(declaration: Declaration, simulated: boolean): ReadonlySet<string> {
  if (simulated) return new Set(['power', 'impair'])
  return new Set(declaration.content.managed?.powerOff && declaration.content.managed.powerOn ? ['power'] : [])
}
