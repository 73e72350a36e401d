import { readFileSync } from 'node:fs'
import { dirname, isAbsolute, join, relative } from 'node:path'
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

/** The files of this machine; a name in a file is relative to that file. */
export const files: Files = {
  read: textOf,
  resolve: (from, name) => (isAbsolute(name) ? name : join(dirname(from), name)),
}

/** A path as a person wants to read it: relative to where he stands, if that is shorter. */
export function shortPath(path: string): string {
  const near = relative(process.cwd(), path)
  return near.length < path.length ? near : path
}
