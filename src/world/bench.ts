import { spawn, type ChildProcess } from 'node:child_process'
import { fail, ok, type Result } from '../codec/value.ts'
import type { Ms } from '../protocol/line.ts'
import type { RealWorld } from './real.ts'

export interface BenchFailure {
  readonly code: 'not-started' | 'not-ready' | 'ended' | 'failed' | 'not-declared'
  /** The command, as declared. */
  readonly where: string
  readonly detail: string
  readonly hint: string
}

type Done = Promise<Result<undefined, BenchFailure>>

/** What can be done to the meter itself. The simulator gives its own; for others the user declares commands. */
export interface Bench {
  readonly can: { readonly start: boolean; readonly power: boolean }
  start(): Done
  /** Also what was started with it. */
  stop(): Promise<void>
  power(to: 'on' | 'off'): Done
}

/** A program and its arguments: no shell reads them. */
export type Argv = readonly [program: string, ...args: string[]]

/** What the declaration says about the bench. */
export interface BenchDeclaration {
  /** Starts the meter (a host build of a firmware): runs as long as the meter does. */
  readonly start?: { readonly argv: Argv; readonly ready: Ready; readonly folder?: string }
  /** Ends what `start` began, where ending the program is not enough; runs to its end. */
  readonly stop?: Argv
  /** Each runs to its end; exit code 0: done. */
  readonly power?: { readonly on: Argv; readonly off: Argv }
}

/** When the meter is ready: a line on its standard output or error holds this text, or so long after the start. */
export type Ready = { readonly line: string; readonly withinMs: Ms } | { readonly afterMs: Ms }

/** How long a power command may take, and how long what is ended may take to end by itself. */
const COMMAND_MS: Ms = 30_000
const GRACE_MS: Ms = 2_000
const LOOK_MS: Ms = 10
/** Of what a program said, so much is kept for the one who must find out. */
const TAIL = 2_000

export function commandBench(declaration: BenchDeclaration, world: RealWorld): Bench {
  let target: Running | undefined

  async function start(): Done {
    const command = declaration.start
    if (command === undefined) return notDeclared('start')
    await stop()
    target = run(command.argv, world, command.folder, 'line' in command.ready ? command.ready.line : undefined)
    return ready(target, command.ready, world)
  }

  async function stop(): Promise<void> {
    const stopping = target
    target = undefined
    if (stopping && declaration.stop) await finished(run(declaration.stop, world), world)
    await stopping?.end()
  }

  return {
    can: { start: declaration.start !== undefined, power: declaration.power !== undefined },
    start,
    stop,
    power: async (to) =>
      declaration.power === undefined ? notDeclared('power') : finished(run(declaration.power[to], world), world),
  }
}

const notDeclared = (what: string): Result<undefined, BenchFailure> =>
  fail({
    code: 'not-declared',
    where: what,
    detail: `the declaration has no command for "${what}"`,
    hint: `declare bench.${what}`,
  })

interface Running {
  readonly where: string
  /** The end of what it said. */
  said(): string
  /** Has it said what shows that it is ready? */
  isReady(): boolean
  /** `undefined` while it runs; `error` when it could not be started. */
  over(): { readonly exit: number | string } | { readonly error: string } | undefined
  /** Ends it and all that it started. */
  end(): Promise<void>
  /** Leaves alone what it started. */
  release(): void
}

/** Starts a program in a process group of its own, so that it can be ended with all that it starts. */
function run(argv: Argv, world: RealWorld, folder?: string, readyLine?: string): Running {
  const [program, ...args] = argv
  let said = ''
  let isReady = false
  let over: ReturnType<Running['over']>

  const child = spawn(program, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
    ...(folder === undefined ? {} : { cwd: folder }),
  })
  const hear = (chunk: Buffer) => {
    said += chunk.toString('utf8')
    isReady ||= readyLine !== undefined && said.includes(readyLine)
    said = said.slice(-TAIL)
    world.wake()
  }
  child.stdout.on('data', hear)
  child.stderr.on('data', hear)
  child.once('error', (error) => {
    over = { error: error.message }
    world.wake()
  })
  child.once('exit', (code, signal) => {
    over ??= { exit: code ?? signal ?? 'unknown' }
    world.wake()
  })
  const atExit = () => signalGroup(child, 'SIGKILL') // this program must not leave it behind
  process.once('exit', atExit)
  const release = () => void process.off('exit', atExit)

  return {
    where: argv.join(' '),
    said: () => said.trim(),
    isReady: () => isReady,
    over: () => over,
    async end() {
      signalGroup(child, 'SIGTERM')
      for (const until = world.now() + GRACE_MS; !isGroupGone(child) && world.now() < until;) {
        await world.next(world.now() + LOOK_MS, () => undefined) // those that it started end without a word
      }
      if (!isGroupGone(child)) signalGroup(child, 'SIGKILL')
      await world.next(world.now() + GRACE_MS, () => (over === undefined ? undefined : true))
      release()
    },
    release,
  }
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals | 0): boolean {
  if (child.pid === undefined) return false
  try {
    return process.kill(-child.pid, signal)
  } catch {
    return false // nobody of it is left
  }
}

const isGroupGone = (child: ChildProcess) => !signalGroup(child, 0)

async function ready(target: Running, when: Ready, world: RealWorld): Done {
  const limit = 'line' in when ? when.withinMs : when.afterMs
  const state = await world.next(world.now() + limit, () => {
    if (target.over() !== undefined) return 'over'
    return target.isReady() ? 'ready' : undefined
  })
  if (state === 'ready' || (state === undefined && 'afterMs' in when)) return ok(undefined)
  if (state === 'over') return fail(failureOf(target))
  await target.end()
  const detail = `no line with "${'line' in when ? when.line : ''}" within ${limit} ms; it said: ${target.said()}`
  return fail({
    code: 'not-ready',
    where: target.where,
    detail,
    hint: 'check the line that tells it is ready, or give it more time',
  })
}

async function finished(command: Running, world: RealWorld): Done {
  const over = await world.next(world.now() + COMMAND_MS, () => command.over())
  if (over === undefined) await command.end()
  else command.release() // what it has left running (a power supply's service) is meant to stay
  if (over !== undefined && 'exit' in over && over.exit === 0) return ok(undefined)
  if (over !== undefined) return fail({ ...failureOf(command), code: 'error' in over ? 'not-started' : 'failed' })
  const detail = `it had not ended after ${COMMAND_MS} ms; it said: ${command.said()}`
  return fail({ code: 'failed', where: command.where, detail, hint: 'run it by hand and see what it waits for' })
}

function failureOf(command: Running): BenchFailure {
  const over = command.over()
  const { where } = command
  if (over !== undefined && 'error' in over) {
    return {
      code: 'not-started',
      where,
      detail: over.error,
      hint: 'check the path of the program and that it may be run',
    }
  }
  const detail = `it ended with ${over?.exit ?? 'nothing'}; it said: ${command.said()}`
  return { code: 'ended', where, detail, hint: 'run it by hand and see what it says' }
}
