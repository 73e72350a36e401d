import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { AnySchemaObject } from 'ajv/dist/2020.js'
import { type Declaration, loadDeclaration, type Validate } from '../engine/declaration.ts'
import { createChecker } from '../language/checker.ts'
import { problemAt } from '../language/finding.ts'
import { load } from '../language/load.ts'
import type { Problem } from '../language/problem.ts'
import { type MeterDescription } from '../simulator/description.ts'
import { unsecured } from '../vocabulary/declared-lacks.ts'
import { unserved } from '../vocabulary/declared-services.ts'
import { files, HOME, textOf } from './files.ts'
import { refuse, usage } from './usage.ts'

/** The problems of a file of this kind, against its schema in schemas/. */
export function validator(schema: 'meter' | 'simulated-meter' | 'secrets'): Validate {
  const checker = createChecker(
    JSON.parse(readFileSync(join(HOME, 'schemas', `${schema}.schema.json`), 'utf8')) as AnySchemaObject,
  )
  return (source) => checker.findings(source.value).map((finding) => problemAt(source, finding))
}

/** A declaration that can be run, with all that it extends; else exit 3. */
export function readDeclaration(file: string): Declaration {
  const loaded = loadDeclaration(file, files, validator('meter'))
  if (!loaded.ok) return refuse(loaded.failure, textOf)
  const lacks = lackProblems(loaded.value)
  return lacks.length === 0 ? loaded.value : refuse(lacks, textOf)
}

/** Clients that are declared to prove or protect something with what nobody declared, or to use services that they do not have. */
export const lackProblems = ({ content, placeOf }: Declaration): readonly Problem[] =>
  [...unsecured(content), ...unserved(content)].map(({ path, ...said }) => ({ ...placeOf(path), ...said }))

/** The simulated meter that a declaration names. */
export function readDescription(declaration: Declaration): MeterDescription {
  const file = declaration.simulated
  if (file === undefined)
    return usage(
      `${declaration.file} names no simulated meter`,
      'Add "simulated": FILE, or connect its ports: --connect PORT=URL.',
    )
  const text = textOf(file)
  if (text === undefined)
    return usage(`the simulated meter ${file} cannot be read`, `It is named by "simulated" in ${declaration.file}.`)
  const source = load(file, text)
  if (!source.ok) return refuse(source.failure, textOf)
  const problems = validator('simulated-meter')(source.value)
  if (problems.length > 0) return refuse(problems, textOf)
  // The schema has checked it, and the types say the same.
  return source.value.value as unknown as MeterDescription
}
