import { readFileSync } from 'node:fs'
import { dirname, isAbsolute, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Files } from '../engine/declaration.ts'

/** The folder that suites, schemas, templates and built-in meters stand in. */
export const HOME = fileURLToPath(new URL('../..', import.meta.url))

export const textOf = (file: string): string | undefined => {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}

export const octetsOf = (file: string): Uint8Array | undefined => {
  try {
    return readFileSync(file)
  } catch {
    return undefined
  }
}

/** The files of this machine; a name in a file is relative to that file. */
export const files: Files = {
  read: textOf,
  resolve: (from, name) => (isAbsolute(name) ? name : join(dirname(from), name)),
}
