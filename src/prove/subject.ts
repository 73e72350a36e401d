import type { Declaration } from '../engine/declaration.ts'
import { createCurrent } from '../engine/current.ts'
import type { Event, VerdictEvent } from '../engine/events.ts'
import type { Instance } from '../engine/instance.ts'
import { run } from '../engine/run.ts'
import type { PortPlan } from '../engine/select.ts'
import { x509For } from '../simulator/certificates.ts'
import { type MeterDescription, secretOctets } from '../simulator/description.ts'
import { openPort } from '../vocabulary/open-port.ts'
import { vocabulary } from '../vocabulary/vocabulary.ts'
import { seededRandom } from '../world/random.ts'
import { memoryState } from '../world/state.ts'
import { memoryMeter, type MemoryMeterOptions, serialEndOf } from './memory-meter.ts'

/** A declared, simulated meter on which cases are proved. */
export interface Subject {
  readonly declaration: Declaration
  readonly description: MeterDescription
}

/** What a run on memory lines left: the last verdict of each instance, and all that passed on its lines. */
export interface MemoryRun {
  readonly verdicts: ReadonlyMap<string, VerdictEvent>
  /** Instance → units sent and received, times included. */
  readonly traffic: ReadonlyMap<string, string>
  /** Was a valid frame heard after the last verdict? */
  readonly alive: boolean
  /** All that happened, in order; without a header. */
  readonly events: readonly Event[]
}

export const portPlans = ({ declaration }: Subject): readonly PortPlan[] =>
  Object.entries(declaration.content.ports ?? {}).map(([port, { profile = [] }]) => ({
    port,
    profile,
    roots: vocabulary.roots(declaration.value, port),
  }))

const HOUR = 3_600_000

/** Runs instances against a fresh meter with these defects, in virtual time. The same every time. `between`: what stands between it and its lines; `untruth`: what it says. */
export async function runOnMemory(
  subject: Subject,
  instances: readonly Instance[],
  defects: readonly string[],
  { between, untruth }: Pick<MemoryMeterOptions, 'between' | 'untruth'> = {},
): Promise<MemoryRun> {
  const verdicts = new Map<string, VerdictEvent>()
  const traffic = new Map<string, string[]>()
  const ports = subject.declaration.content.ports ?? {}
  const bench = memoryMeter(subject.description, {
    defects,
    x509: await x509For(subject.description),
    serial: (port) => serialEndOf(ports[port]),
    ...(between === undefined ? {} : { between }),
    ...(untruth === undefined ? {} : { untruth }),
  })
  const current = createCurrent()
  // The meter remembers them whatever port they came by.
  const counters = memoryState()
  const events: Event[] = []
  let alive = false
  await run({
    meter: subject.declaration.meter,
    instances,
    ports: Object.keys(ports).map((port) => ({
      port,
      confirm: 0,
      open: async () =>
        openPort({
          declaration: subject.declaration,
          port,
          world: bench.world,
          transport: () => bench.transport(port),
          power: bench.power,
          listen: bench.listen,
          secret: (name) => secretOctets(subject.description, name),
          random: seededRandom(1, port),
          journal: memoryState(),
          counters,
          serverKeys: counters,
          policies: counters,
          keepSecret: () => undefined,
          instance: current.instance,
          emit: (event) => {
            events.push(event)
            if (event.event !== 'traffic' || event.instance === undefined) return
            const units = traffic.get(event.instance) ?? []
            units.push(`${event.direction} ${event.is} ${event.octets} ${event.at.toFixed(3)}`)
            traffic.set(event.instance, units)
          },
          interrupted: () => false,
          retryMs: HOUR,
        }),
    })),
    emit: (event) => {
      events.push(event)
      current.read(event)
      if (event.event === 'verdict') verdicts.set(event.instance, event)
      if (event.event === 'end') alive = event.ended === 'complete'
    },
    now: () => bench.world.now(),
    interrupted: () => false,
    breathe: () => Promise.resolve(),
    done: new Map(),
    rerun: (instance) => instance.name,
    deadlineMs: Infinity,
    caseDeadlineMs: 24 * HOUR,
    exitOf: () => 0,
  })
  return { verdicts, traffic: new Map([...traffic].map(([name, units]) => [name, units.join('\n')])), alive, events }
}
