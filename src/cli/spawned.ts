import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { HOME } from './files.ts'

/** For tests: the command as a user runs it, in a process of its own. */
export interface Spawned {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

export interface SpawnOptions {
  readonly env?: Readonly<Record<string, string>>
  /** Asked after every piece of output; what it does (a signal …) is part of the test. */
  readonly watch?: (child: ChildProcess, out: string) => void
}

export function cli(words: readonly string[], { env = {}, watch }: SpawnOptions = {}): Promise<Spawned> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--import', 'tsx', join(HOME, 'src/cli.ts'), ...words], {
      cwd: HOME,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let [out, err] = ['', '']
    child.stdout.setEncoding('utf8').on('data', (piece: string) => {
      out += piece
      watch?.(child, out)
    })
    child.stderr.setEncoding('utf8').on('data', (piece: string) => (err += piece))
    child.once('error', reject)
    child.once('close', (code) => resolve({ code, out, err }))
  })
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
