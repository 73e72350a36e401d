import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { fail, ok, type Result } from '../codec/value.ts'
import type { StateFailure } from './state.ts'

interface Owner {
  readonly pid: number
  readonly host: string
  /** When the process was started, in the system's own count; empty where it does not tell. Numbers of processes are used again. */
  readonly born: string
}

/** Makes a file that says: in use by this process. One left behind by a process that is gone is taken over. */
export function lock(file: string): Result<{ release(): void }, StateFailure> {
  for (const last of [false, true]) {
    try {
      const me: Owner = { pid: process.pid, host: hostname(), born: bornOf(process.pid) }
      writeFileSync(file, JSON.stringify(me), { flag: 'wx', mode: 0o600 })
      return ok({ release: () => rmSync(file, { force: true }) })
    } catch (error) {
      const taken = error instanceof Error && 'code' in error && error.code === 'EEXIST'
      if (!taken) {
        const detail = error instanceof Error ? error.message : String(error)
        return fail({ code: 'unwritable', where: file, detail, hint: 'check who owns the folder' })
      }
    }
    const owner = ownerOf(file)
    if (last || owner === undefined || isAlive(owner) || !setAside(file, owner)) return fail(locked(file, owner))
  }
  return fail(locked(file, undefined))
}

/** Takes away what a dead process left: unless another run was quicker and the file is its own by now. */
function setAside(file: string, dead: Owner): boolean {
  const aside = `${file}.${process.pid}`
  try {
    renameSync(file, aside)
    const moved = ownerOf(aside)
    const right = moved?.pid === dead.pid && moved.born === dead.born
    if (right) rmSync(aside)
    else renameSync(aside, file)
    return right
  } catch {
    return false
  }
}

const locked = (file: string, owner: Owner | undefined): StateFailure => ({
  code: 'locked',
  where: file,
  detail: owner === undefined ? 'another run uses this meter' : `process ${owner.pid} on ${owner.host} uses this meter`,
  hint: `wait until it has ended; if you are sure that nothing runs, delete ${file}`,
})

function ownerOf(file: string): Owner | undefined {
  try {
    const content: unknown = JSON.parse(readFileSync(file, 'utf8'))
    return isOwner(content) ? content : undefined
  } catch {
    return undefined // just being written, or of another kind: not ours to delete
  }
}

const isOwner = (value: unknown): value is Owner =>
  typeof value === 'object' &&
  value !== null &&
  'pid' in value &&
  Number.isSafeInteger(value.pid) &&
  'host' in value &&
  typeof value.host === 'string' &&
  'born' in value &&
  typeof value.born === 'string'

/** A process of another machine (a shared folder) cannot be looked at: it counts as alive. */
function isAlive(owner: Owner): boolean {
  if (owner.host !== hostname()) return true
  try {
    process.kill(owner.pid, 0)
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM' // it is there, but somebody else's
  }
  return owner.born === bornOf(owner.pid)
}

/** Linux tells the start of a process as the 22nd field, counted behind the name in parentheses. */
function bornOf(pid: number): string {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1')
    return text.slice(text.lastIndexOf(')') + 2).split(' ')[19] ?? ''
  } catch {
    return ''
  }
}
