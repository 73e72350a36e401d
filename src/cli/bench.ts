import { dirname, join } from 'node:path'
import type { Declaration } from '../engine/declaration.ts'
import type { PortContext } from '../engine/context.ts'
import type { Emit } from '../engine/vocabulary.ts'
import { memoryMeter, serialEndOf } from '../prove/memory-meter.ts'
import type { Listen } from '../transport/calls.ts'
import { listen as listenAt } from '../transport/listener.ts'
import { x509For } from '../simulator/certificates.ts'
import { transportFor } from '../transport/open.ts'
import type { Transport } from '../transport/transport.ts'
import type { Power } from '../vocabulary/setup.ts'
import { openPort } from '../vocabulary/open-port.ts'
import { commandBench } from '../world/bench.ts'
import { seededRandom, systemRandom } from '../world/random.ts'
import { createRealWorld } from '../world/real.ts'
import { openState } from '../world/state-file.ts'
import { memoryState, type TesterState } from '../world/state.ts'
import type { World } from '../world/world.ts'
import { files, octetsOf } from './files.ts'
import type { Plan } from './plan.ts'
import type { RunSecrets } from './secrets.ts'
import { usage } from './usage.ts'

/** All that a run reaches for, real or simulated. */
export interface RunBench {
  now(): number
  /** Starts the target where the declaration says how; else nothing. */
  start(): Promise<void>
  open(port: string): Promise<PortContext>
  /** All that waits gives up. */
  interrupt(): void
  close(): Promise<void>
}

export interface BenchOptions {
  readonly seed: number
  readonly secrets: RunSecrets
  readonly emit: Emit
  readonly keepSecret: (octets: Uint8Array) => void
  readonly instance: () => string | undefined
  readonly retryMs: number
}

export const benchFor = async (plan: Plan, options: BenchOptions): Promise<RunBench> =>
  plan.description ? simulatedBench(plan, plan.description, options) : realBench(plan, options)

async function simulatedBench(
  plan: Plan,
  description: NonNullable<Plan['description']>,
  options: BenchOptions,
): Promise<RunBench> {
  const { declaration } = plan
  const ports = declaration.content.ports ?? {}
  const memory = memoryMeter(description, {
    serial: (name) => serialEndOf(ports[name]),
    x509: await x509For(description),
  })
  const state = memoryState()
  let interrupted = false
  return {
    now: () => memory.world.now(),
    start: async () => undefined,
    interrupt: () => (interrupted = true),
    close: async () => undefined,
    open: async (port) =>
      opened(
        declaration,
        port,
        memory.world,
        () => memory.transport(port),
        memory.listen,
        memory.power,
        state,
        seededRandom(options.seed, port),
        options,
        () => interrupted,
      ),
  }
}

function realBench({ declaration, ports }: Plan, options: BenchOptions): RunBench {
  const world = createRealWorld()
  const stop = new AbortController()
  world.interrupt(stop.signal)
  const opening = openState(join(dirname(declaration.file), '.state', declaration.meter))
  if (!opening.ok) return usage(`${opening.failure.where}: ${opening.failure.detail}`, opening.failure.hint)
  const state = opening.value
  const { managed } = declaration.content
  const target = commandBench(
    {
      ...(managed?.start
        ? {
            start: {
              argv: managed.start,
              ready:
                managed.ready === undefined
                  ? { afterMs: managed.readyMs ?? 1000 }
                  : { line: managed.ready, withinMs: managed.readyMs ?? 30_000 },
            },
          }
        : {}),
      ...(managed?.powerOn && managed.powerOff ? { power: { on: managed.powerOn, off: managed.powerOff } } : {}),
      ...(managed?.stop ? { stop: managed.stop } : {}),
    },
    world,
  )
  return {
    now: () => world.now(),
    async start() {
      if (!target.can.start) return
      const started = await target.start()
      if (!started.ok) usage(`${started.failure.where}: ${started.failure.detail}`, started.failure.hint)
    },
    interrupt: () => stop.abort(),
    async close() {
      await target.stop()
      state.close()
    },
    open: async (port) => {
      const chosen = ports.find(({ name }) => name === port)
      const line = chosen?.declared.line
      const make = (): Transport => {
        const made = transportFor(
          chosen?.url ?? '',
          world,
          typeof line === 'object' && line.echo === true ? { echo: true } : {},
        )
        return made.ok ? made.value : usage(`${made.failure.where}: ${made.failure.detail}`, made.failure.hint)
      }
      const { from } = declaration.content.testing?.push ?? {}
      const listen: Listen = (address) =>
        listenAt(address, world, {
          admits: (host) => from === undefined || from.includes(host),
          onForeign: (caller) =>
            options.emit({ event: 'note', kind: 'surplus', text: `a call of ${caller} was refused`, at: world.now() }),
        })
      const power = target.can.power ? (to: 'on' | 'off') => target.power(to) : undefined
      return opened(
        declaration,
        port,
        world,
        make,
        listen,
        power,
        state,
        systemRandom(),
        options,
        () => stop.signal.aborted,
      )
    },
  }
}

const opened = (
  declaration: Declaration,
  port: string,
  world: World,
  transport: () => Transport,
  listen: Listen,
  power: Power | undefined,
  state: TesterState,
  random: ReturnType<typeof systemRandom>,
  { secrets, emit, keepSecret, instance, retryMs }: BenchOptions,
  interrupted: () => boolean,
): PortContext =>
  openPort({
    declaration,
    port,
    world,
    transport,
    listen,
    ...(power ? { power } : {}),
    secret: secrets.get,
    file: (name) => octetsOf(files.resolve(declaration.file, name)),
    random,
    journal: state,
    counters: state,
    serverKeys: state,
    policies: state,
    keepSecret,
    emit,
    instance,
    interrupted,
    retryMs,
  })
