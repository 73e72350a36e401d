import { Command, InvalidArgumentError } from 'commander'
import { existsSync, writeFileSync } from 'node:fs'
import { dirname, relative } from 'node:path'
import { draft } from '../declare/draft.ts'
import type { PortFindings } from '../declare/findings.ts'
import { inquire } from '../declare/inquire.ts'
import { targetOf, type Caller, type Target } from '../declare/target.ts'
import { safeJson, safeText } from '../report/safe-text.ts'
import { transportFor } from '../transport/open.ts'
import type { Transport } from '../transport/transport.ts'
import { parseUrl } from '../transport/url.ts'
import { createRealWorld, Interrupted, type RealWorld } from '../world/real.ts'
import { readSecrets, variableOf } from '../world/secrets.ts'
import { many, whole } from './run.ts'
import { usage } from './usage.ts'

interface DeclareOptions {
  readonly connect: readonly string[]
  readonly client: readonly Caller[]
  readonly server: readonly number[]
  readonly lower: readonly number[]
  readonly secrets?: string
  readonly out?: string
  readonly response: number
  readonly within: number
}

/** The meter did not answer, or not in time: the same code as a run that found only errors of the line. */
const NO_ANSWER = 4
const INTERRUPTED = 130

const PUBLIC: Caller = { sap: 16 }
/** What makers of meters use most. */
const LOWERS = [1, 16, 17] as const

const inRange = (least: number, most: number, text: string): number => {
  const number = Number(text)
  if (!Number.isInteger(number) || number < least || number > most || text.trim() === '')
    throw new InvalidArgumentError(`expected a whole number from ${least} to ${most}`)
  return number
}

const numbers =
  (least: number, most: number) =>
  (text: string, before: readonly number[]): readonly number[] => [...before, inRange(least, most, text)]

/** `N`, or `N=NAME`: opened by LLS with the secret of that name. */
function caller(text: string, before: readonly Caller[]): readonly Caller[] {
  const [number = '', secret] = text.split('=', 2)
  const sap = inRange(1, 127, number)
  if (secret === undefined) return [...before, { sap }]
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(secret))
    throw new InvalidArgumentError(
      'expected N=NAME, where NAME names a secret: the secret itself is never written here',
    )
  return [...before, { sap, secret }]
}

export const declareCommand = (exit: (code: number) => void): Command =>
  new Command('declare')
    .description('draft a declaration from a live meter; nothing is changed on it')
    .requiredOption(
      '--connect <port=url>',
      'ask over this port: optical, hdlc, wrapper, udp or any name, at tcp://HOST:PORT, udp://HOST:PORT, serial:PATH?baud=9600, rfc2217://HOST:PORT (may repeat)',
      many,
      [],
    )
    .option(
      '--client <n[=secret]>',
      'open an association as this client; with the name of a secret by LLS (may repeat; default 16)',
      caller,
      [],
    )
    .option('--server <n>', 'logical device to ask (may repeat; default 1)', numbers(1, 16382), [])
    .option('--lower <n>', 'lower HDLC address to try (may repeat; default 1, 16, 17)', numbers(1, 16381), [])
    .option('--secrets <file>', 'secrets by name, beside DLMS_SECRET_NAME of the environment')
    .option('--response <ms>', 'so long the meter may take for an answer', whole, 1500)
    .option('--within <s>', 'give up after so many seconds', whole, 900)
    .option('--out <file>', 'where to write; else standard output')
    .action(async (options: DeclareOptions) => exit(await declare(options)))

async function declare(options: DeclareOptions): Promise<number> {
  const targets = targetsOf(options.connect)
  const secrets = readSecrets(options.secrets, process.env)
  if (!secrets.ok) return usage(`${secrets.failure.where}: ${secrets.failure.detail}`, secrets.failure.hint)
  const callers = options.client.length > 0 ? options.client : [PUBLIC]
  for (const { secret } of callers)
    if (secret !== undefined && secrets.value.get(secret) === undefined)
      return usage(`the secret ${secret} is not known`, `Give it by ${variableOf(secret)}, or in a file by --secrets.`)
  if (options.out !== undefined && existsSync(options.out))
    return usage(`${options.out} is there already`, 'Nothing is overwritten: give another --out FILE.')
  const inquiry = {
    callers,
    servers: options.server.length > 0 ? options.server : [1],
    lowers: options.lower.length > 0 ? options.lower : LOWERS,
    responseMs: options.response,
    secret: (name: string) => secrets.value.get(name),
  }
  const world = createRealWorld()
  const stop = stopping(world, options.within)
  const ports: PortFindings[] = []
  try {
    for (const target of targets)
      ports.push(
        await inquire(target, inquiry, { world, transport: transportOf(target, world), tell: telling(target) }),
      )
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error
    process.stderr.write(stop.late() ? `given up after ${options.within} s\n` : '')
    return stop.late() ? NO_ANSWER : INTERRUPTED
  } finally {
    stop.end()
  }
  if (!ports.some(({ answered }) => answered)) return unanswered(ports)
  const here = options.secrets === undefined ? {} : { secrets: relative(dirname(options.out ?? '.'), options.secrets) }
  return written(draft(ports, here), options.out)
}

const targetsOf = (connect: readonly string[]): readonly Target[] =>
  connect.map((text, at) => {
    const [name = '', url = ''] = [text.slice(0, text.indexOf('=')), text.slice(text.indexOf('=') + 1)]
    if (!/^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(name)) return usage(`expected PORT=URL, found ${text}`)
    if (connect.findIndex((other) => other.startsWith(`${name}=`)) !== at) return usage(`${name} is named twice`)
    const parsed = parseUrl(url)
    if (!parsed.ok) return usage(`${parsed.failure.where}: ${parsed.failure.detail}`, parsed.failure.hint)
    return targetOf(name, url)
  })

function transportOf({ url }: Target, world: RealWorld): Transport {
  const made = transportFor(url, world)
  return made.ok ? made.value : usage(`${made.failure.where}: ${made.failure.detail}`, made.failure.hint)
}

const telling =
  ({ name }: Target) =>
  (text: string): void =>
    void process.stderr.write(`${name}: ${safeText(text)}\n`)

/** Ctrl-C and the end of the time given: whoever waits leaves, links are ended, and a second Ctrl-C ends at once. */
function stopping(world: RealWorld, withinS: number): { readonly late: () => boolean; readonly end: () => void } {
  const controller = new AbortController()
  world.interrupt(controller.signal)
  let late = false
  const timer = setTimeout(() => {
    late = true
    controller.abort()
  }, withinS * 1000)
  const stop = (): void => {
    if (controller.signal.aborted) process.exit(INTERRUPTED)
    process.stderr.write('\ninterrupted: ending what is open (once more ends at once)\n')
    controller.abort()
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
  return {
    late: () => late,
    end: () => {
      clearTimeout(timer)
      process.off('SIGINT', stop)
      process.off('SIGTERM', stop)
    },
  }
}

function unanswered(ports: readonly PortFindings[]): number {
  for (const { target, notes } of ports)
    process.stderr.write(
      `${target.name}: ${target.url}: the meter answers nothing${notes.map((note) => `\n  ${safeText(note)}`).join('')}\n`,
    )
  process.stderr.write(
    '  Check cable, rate and port; the client (--client), the logical device (--server) and the lower HDLC address (--lower); ' +
      'and the name of the port: "hdlc" speaks HDLC over TCP, "wrapper" the wrapper, "optical" signs on first.\n',
  )
  return NO_ANSWER
}

function written(declaration: ReturnType<typeof draft>, out: string | undefined): number {
  const text = `${safeJson(declaration, 2)}\n`
  if (out === undefined) process.stdout.write(text)
  else {
    try {
      writeFileSync(out, text, { flag: 'wx' })
    } catch (error) {
      return usage(`${out} cannot be written: ${error instanceof Error ? error.message : String(error)}`)
    }
    process.stdout.write(`${out}: ${declaration.todo?.length ?? 0} TODOs are open in it\n`)
  }
  return 0
}
