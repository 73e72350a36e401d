import { readFileSync } from 'node:fs'
import type { AnySchemaObject } from 'ajv/dist/2020.js'
import { fail, ok, type Result, type Value } from '../codec/value.ts'
import { type Checker, createChecker } from './checker.ts'
import type { Clauses } from './clause.generated.ts'
import { type Finding, problemAt } from './finding.ts'
import type { Source } from './load.ts'
import type { Problem } from './problem.ts'
import type { Case, Suite } from './suite.generated.ts'

/** A loaded file → a case (a suite, clauses), or what is wrong with it, at the place where it stands. */
export const caseIn = (source: Source): Result<Case, readonly Problem[]> => checked(source, suites(), '')
export const suiteIn = (source: Source): Result<Suite, readonly Problem[]> => checked(source, suites(), SUITE)
export const clausesIn = (source: Source): Result<Clauses, readonly Problem[]> => checked(source, clauses(), '')

/** A part of a case against its definition (`alternatives`, `wrong` …): for what stands behind a reference. */
export const partFindings = (definition: string, value: Value): readonly Finding[] =>
  suites().findings(value, `/$defs/${definition}`)

/** A value against a schema of the vocabulary: the arguments of a word, the argument of a check. */
export function argumentFindings(schema: AnySchemaObject, value: Value): readonly Finding[] {
  const checker = checkers.get(schema) ?? createChecker(schema)
  checkers.set(schema, checker)
  return checker.findings(value)
}

const checkers = new WeakMap<object, Checker>()

/** The schemas are files of the package, for editors too; they are read and compiled when first needed. */
function schemaFile(name: string): () => Checker {
  let checker: Checker | undefined
  return () => {
    const schema: unknown =
      checker ?? JSON.parse(readFileSync(new URL(`../../schemas/${name}`, import.meta.url), 'utf8'))
    return (checker ??= createChecker(schema as AnySchemaObject))
  }
}

const suites = schemaFile('suite.schema.json')
const clauses = schemaFile('clause.schema.json')
const SUITE = '/$defs/suite'

function checked<T>(source: Source, checker: Checker, pointer: string): Result<T, readonly Problem[]> {
  const value: unknown = source.value
  const findings = checker.findings(source.value, pointer)
  return isShaped<T>(value, findings) ? ok(value) : fail(findings.map((finding) => problemAt(source, finding)))
}

/** The types are generated from these very schemas. */
const isShaped = <T>(_value: unknown, findings: readonly Finding[]): _value is T => findings.length === 0
