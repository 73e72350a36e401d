import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { HOME } from './files.ts'

const about: unknown = JSON.parse(readFileSync(join(HOME, 'package.json'), 'utf8'))

/** As package.json says it; it stands in the header of every stream. */
export const VERSION = typeof about === 'object' && about !== null && 'version' in about ? String(about.version) : '0'
