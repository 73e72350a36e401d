import { secretOctets } from '../simulator/description.ts'
import { masker, type Masker } from '../world/masker.ts'
import { readSecrets } from '../world/secrets.ts'
import type { Plan } from './plan.ts'
import { readDescription } from './meter.ts'
import { usage } from './usage.ts'

export interface RunSecrets {
  readonly get: (name: string) => Uint8Array | undefined
  readonly masker: Masker
}

/** Secrets of the environment and the declared file; for a declaration that names a simulated meter, that meter's own. A file that others may read is refused (exit 3). */
export function secretsOf({ declaration }: Pick<Plan, 'declaration'>): RunSecrets {
  const read = readSecrets(declaration.secrets, process.env)
  if (!read.ok) return usage(`${read.failure.where}: ${read.failure.detail}`, read.failure.hint)
  const description = declaration.simulated === undefined ? undefined : readDescription(declaration)
  const own =
    description === undefined ? [] : Object.keys(description.secrets).map((name) => secretOctets(description, name))
  return {
    get: (name) => read.value.get(name) ?? (description?.secrets[name] ? secretOctets(description, name) : undefined),
    masker: masker([...read.value.all(), ...own]),
  }
}
