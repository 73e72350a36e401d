import type { Declaration } from '../engine/declaration.ts'
import type { Result } from '../codec/value.ts'
import { ok } from '../codec/value.ts'
import type { Finding } from '../language/finding.ts'
import type { Problem } from '../language/problem.ts'
import { secretOctets } from '../simulator/description.ts'
import { namesKeys, wrongKeys } from '../vocabulary/declared-keys.ts'
import { masker, type Masker } from '../world/masker.ts'
import { readSecrets, type Secrets, type SecretsFailure } from '../world/secrets.ts'
import type { Plan } from './plan.ts'
import { textOf } from './files.ts'
import { readDescription } from './meter.ts'
import { publicOctets } from './public-keys.ts'
import { refuse, usage } from './usage.ts'

export interface RunSecrets {
  readonly get: (name: string) => Uint8Array | undefined
  readonly masker: Masker
}

/**
 * Secrets of the environment and the declared file; for a declaration that names a simulated meter, that meter's own. A file that others may read is
 * refused (exit 3), and a key that is too short or too long.
 */
export function secretsOf({ declaration }: Pick<Plan, 'declaration'>): RunSecrets {
  const read = readDeclared(declaration)
  if (!read.ok) return usage(`${read.failure.where}: ${read.failure.detail}`, read.failure.hint)
  const { get, all, open } = read.value
  const long = wrongKeys(declaration.content, get).filter(({ code }) => code === 'key-length')
  if (long.length > 0) return refuse(long.map(at(declaration)), textOf)
  return { get, masker: masker(all().filter((octets) => !open.some((each) => Buffer.compare(each, octets) === 0))) }
}

/** What is wrong with the secrets that clients name as their keys. */
export function keyProblems(declaration: Declaration): readonly Problem[] {
  if (!namesKeys(declaration.content)) return []
  const read = readDeclared(declaration)
  if (read.ok) return wrongKeys(declaration.content, read.value.get).map(at(declaration))
  const { where, detail, hint } = read.failure
  const found = `${where}: ${detail}`
  return [{ ...declaration.placeOf(['secrets']), code: 'secrets', expected: 'secrets that can be read', found, hint }]
}

interface Declared extends Secrets {
  /** Those of `all` that everybody may see. */
  readonly open: readonly Uint8Array[]
}

function readDeclared(declaration: Declaration): Result<Declared, SecretsFailure> {
  const { content } = declaration
  const read = readSecrets(declaration.secrets, process.env)
  if (!read.ok) return read
  const { get, all } = read.value
  if (declaration.simulated === undefined) return ok({ get, all, open: publicOctets(content, undefined, get) })
  const description = readDescription(declaration)
  const own = (name: string): Uint8Array | undefined =>
    Object.hasOwn(description.secrets, name) ? secretOctets(description, name) : undefined
  const known = (name: string): Uint8Array | undefined => get(name) ?? own(name)
  return ok({
    get: known,
    open: publicOctets(content, description, known),
    all: () => [...all(), ...Object.keys(description.secrets).flatMap((name) => own(name) ?? [])],
  })
}

const at =
  (declaration: Declaration) =>
  ({ path, ...said }: Finding): Problem => ({ ...declaration.placeOf(path), ...said })
