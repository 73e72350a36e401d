import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs'
import { fail, ok, unhex, type Result } from '../codec/value.ts'

/** Keys and passwords by name. They are kept in a closure: printing the object shows none. */
export interface Secrets {
  /** The octets of a secret, or undefined: neither the environment nor the file knows the name. */
  get(this: void, name: string): Uint8Array | undefined
  /** Those of the file and those of the environment, for the masker. */
  all(this: void): readonly Uint8Array[]
}

/** Why the secrets cannot be had. Never holds any of them. */
export interface SecretsFailure {
  readonly code: 'missing' | 'open-to-others' | 'unreadable' | 'malformed'
  /** The file, or the variable of the environment. */
  readonly where: string
  readonly detail: string
  readonly hint: string
}

type Known = Map<string, Uint8Array>

const PREFIX = 'DLMS_SECRET_'
const GROUP_AND_OTHERS = 0o077

/** The variable that gives a secret, before any file: `reader-password` → `DLMS_SECRET_READER_PASSWORD`. */
export const variableOf = (name: string): string => PREFIX + name.toUpperCase().replaceAll('-', '_')

/**
 * Secrets of a file (JSON: name → `{"hex": …}` or `{"ascii": …}`), if one is named, and of the environment (`hex:…` or `ascii:…`).
 * The environment goes first.
 */
export function readSecrets(
  file: string | undefined,
  environment: Readonly<Record<string, string | undefined>>,
): Result<Secrets, SecretsFailure> {
  const fromFile = file === undefined ? ok<Known>(new Map()) : readFile(file)
  if (!fromFile.ok) return fromFile
  const fromEnvironment = readEnvironment(environment)
  if (!fromEnvironment.ok) return fromEnvironment
  return ok({
    get: (name) => fromEnvironment.value.get(variableOf(name)) ?? fromFile.value.get(name),
    all: () => [...fromEnvironment.value.values(), ...fromFile.value.values()],
  })
}

function readEnvironment(environment: Readonly<Record<string, string | undefined>>): Result<Known, SecretsFailure> {
  const known: Known = new Map()
  for (const [variable, text] of Object.entries(environment)) {
    if (!variable.startsWith(PREFIX) || text === undefined) continue
    const [, form, content] = /^(hex|ascii):(.*)$/s.exec(text) ?? []
    const octets = content === undefined ? undefined : octetsOf(form, content)
    // Without the word a password of digits could be meant either way: a wrong guess could lock the meter.
    if (octets === undefined) return malformed(variable, 'write hex:00112233… or ascii:…')
    known.set(variable, octets)
  }
  return ok(known)
}

function readFile(file: string): Result<Known, SecretsFailure> {
  const text = readPrivately(file)
  if (!text.ok) return text
  const hint = 'write {"name": {"hex": "00112233…"}, "other-name": {"ascii": "…"}}'
  const content = parsed(text.value)
  if (!isRecord(content)) return malformed(file, hint)
  const known: Known = new Map()
  for (const [name, given] of Object.entries(content)) {
    const [form, ...more] = isRecord(given) ? Object.entries(given) : []
    const octets = form !== undefined && more.length === 0 ? octetsOf(...form) : undefined
    if (octets === undefined) return malformed(`${file}: ${name}`, hint)
    known.set(name, octets)
  }
  return ok(known)
}

/** The rights are those of the very file that is read, not of a name that may change meanwhile. Windows knows no such rights. */
function readPrivately(file: string): Result<string, SecretsFailure> {
  let descriptor: number | undefined
  try {
    descriptor = openSync(file, 'r')
    const mode = fstatSync(descriptor).mode & 0o777
    if (process.platform !== 'win32' && (mode & GROUP_AND_OTHERS) !== 0) {
      const detail = `others may use it too: mode ${mode.toString(8)}`
      return fail({ code: 'open-to-others', where: file, detail, hint: `chmod 600 ${file}` })
    }
    return ok(readFileSync(descriptor, 'utf8'))
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT'
    const detail = error instanceof Error ? error.message : String(error)
    return fail({
      code: missing ? 'missing' : 'unreadable',
      where: file,
      detail,
      hint: 'check "secrets" of the declaration',
    })
  } finally {
    if (descriptor !== undefined) closeSync(descriptor)
  }
}

/** The error of the parser is not passed on: it quotes what it read. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const malformed = (where: string, hint: string) =>
  fail({ code: 'malformed', where, detail: 'a secret is not in a form that is understood', hint } as const)

function octetsOf(form: string | undefined, content: unknown): Uint8Array | undefined {
  if (typeof content !== 'string' || content === '') return undefined
  if (form === 'hex') return unhex(content)
  if (form === 'ascii' && /^[\x20-\x7e]*$/.test(content)) return new TextEncoder().encode(content)
  return undefined
}
