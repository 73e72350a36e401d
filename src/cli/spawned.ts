import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Event } from '../engine/events.ts'
import { asEvent } from '../report/event-guard.ts'
import { HOME } from './files.ts'

/** For tests: the command as a user runs it, in a process of its own. */
export interface Spawned {
  /** Null: ended by a signal. */
  readonly code: number | null
  readonly out: string
  readonly err: string
}

export interface Running {
  readonly child: ChildProcess
  readonly ended: Promise<Spawned>
  /** Settles when so many lines of standard output match, or when the process has ended. */
  readonly says: (pattern: RegExp, times?: number) => Promise<void>
}

export type Environment = Readonly<Record<string, string>>

/** Starts the command and goes on. */
export function start(words: readonly string[], env: Environment = {}): Running {
  const child = spawn(process.execPath, ['--import', 'tsx', join(HOME, 'src/cli.ts'), ...words], {
    cwd: HOME,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let [out, err] = ['', '']
  let look = (): void => undefined
  child.stdout.setEncoding('utf8').on('data', (piece: string) => {
    out += piece
    look()
  })
  child.stderr.setEncoding('utf8').on('data', (piece: string) => (err += piece))
  const ended = new Promise<Spawned>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => resolve({ code, out, err }))
  })
  return {
    child,
    ended,
    says: (pattern, times = 1) =>
      new Promise((resolve) => {
        look = () => {
          if (out.split('\n').filter((line) => pattern.test(line)).length >= times) resolve()
        }
        look()
        void ended.then(() => resolve())
      }),
  }
}

/** Runs the command to its end. */
export const cli = (words: readonly string[], env: Environment = {}): Promise<Spawned> => start(words, env).ended

/** `simulate` until the process is killed: where its ports are. */
export async function simulated(
  meter: string,
  listen: readonly string[],
): Promise<{ readonly child: ChildProcess; readonly urls: readonly string[] }> {
  const { child, ended, says } = start(['simulate', '--meter', meter, ...listen.flatMap((one) => ['--listen', one])])
  const urls: string[] = []
  child.stdout?.on('data', (text: string) =>
    urls.push(...[...text.matchAll(/^listening \S+ (\S+)$/gm)].map(([, url = '']) => url)),
  )
  await says(/^listening/, listen.length)
  if (child.exitCode !== null) throw new Error((await ended).err)
  return { child, urls }
}

/** A folder that is gone when `use` has ended. */
export async function inFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'dlms-'))
  try {
    return await use(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** A declaration in a folder of its own, so that its state stands there too: what `change` says over a built-in one. */
export function declared(folder: string, meter: string, change: Readonly<Record<string, unknown>> = {}): string {
  const file = join(folder, 'meter.json')
  writeFileSync(file, JSON.stringify({ meter: 'tested', title: 'A meter', extends: join(HOME, meter), ...change }))
  return file
}

/** The stream of a run; throws at a line that is no event. */
export function eventsIn(folder: string): readonly Event[] {
  const lines = readFileSync(join(folder, 'events.jsonl'), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
  return lines.map((line) => {
    const found = asEvent(JSON.parse(line))
    if ('event' in found) return found.event
    throw new Error(`${found.lacks}: ${line}`)
  })
}

/** The last verdict of each instance. */
export const verdictsIn = (events: readonly Event[]): ReadonlyMap<string, string> =>
  new Map(events.flatMap((event) => (event.event === 'verdict' ? [[event.instance, event.verdict]] : [])))

/** How often something is there. */
export const countOf = <T>(all: Iterable<T>, one: T): number => [...all].filter((other) => other === one).length
