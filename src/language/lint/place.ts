import type { Value } from '../../codec/value.ts'
import { isList, isObject, isValue, type StepView, viewOf } from '../case.ts'
import type { StepBlock, SubCase } from '../instances.ts'
import { STEP_BLOCKS } from '../instances.ts'
import type { Path } from '../load.ts'
import { isEach, isRange } from '../matrix.ts'
import { lookup, pathOf } from '../references.ts'
import { partFindings } from '../schema.ts'
import type { Alternative, Alternatives, Step } from '../suite.generated.ts'

/** A step where it stands, in the order in which it runs. */
export interface Placed {
  readonly block: StepBlock
  readonly at: Path
  readonly view: StepView
  /** The lists of alternatives that `expect` may stand for: one, or one for each row of an axis; none where it is not known before the run. */
  readonly expect: readonly Expected[]
  readonly never: readonly Expected[]
}
export type Expected = readonly { readonly alternative: Alternative; readonly at: Path }[]

/** All steps of a sub-case. */
export const placedSteps = (sub: SubCase): readonly Placed[] =>
  STEP_BLOCKS.flatMap((block) => sub.blocks[block].map((step, i) => place(sub, block, step, [...sub.at[block], i])))

function place(sub: SubCase, block: StepBlock, step: Step, at: Path): Placed {
  const view = viewOf(step)
  const { expect, never } = listening(view)
  return {
    block,
    at,
    view,
    expect: expected(sub, expect, [...at, 'expect']),
    never: expected(sub, never, [...at, 'never']),
  }
}

function listening(view: StepView): {
  readonly expect?: Alternatives | undefined
  readonly never?: Alternatives | undefined
} {
  switch (view.is) {
    case 'send':
    case 'do':
    case 'listen':
      return view.step
    case 'wait':
      return { never: view.step.never }
    case 'check':
    case 'require':
      return {}
  }
}

function expected(sub: SubCase, written: Alternatives | undefined, at: Path): readonly Expected[] {
  if (written === undefined) return []
  if (typeof written !== 'string') return [written.map((alternative, i) => ({ alternative, at: [...at, i] }))]
  return behind(sub, written, at).flatMap(({ value, at: from }) =>
    isAlternatives(value) ? [value.map((alternative, i) => ({ alternative, at: [...from, i] }))] : [],
  )
}

const isAlternatives = (value: unknown): value is readonly Alternative[] =>
  isValue(value) && partFindings('alternatives', value).length === 0

/** What a value may stand for as far as the suite itself says it: itself, or what `with` or the rows of an axis hold. Empty: known only in the run. */
export function behind(sub: SubCase, value: Value, at: Path): readonly { readonly value: Value; readonly at: Path }[] {
  const path = pathOf(value)
  if (!path) return [{ value, at }]
  const [root = '', ...rest] = path
  const axis = sub.matrix[root]
  if (Object.hasOwn(sub.with, root)) return follow(sub, sub.with[root] ?? null, rest, sub.withAt[root] ?? at)
  if (axis === undefined || isEach(axis) || isRange(axis)) return []
  return Object.entries(axis).flatMap(([row, inner]) => follow(sub, inner, rest, [...sub.at.matrix, root, row]))
}

function follow(sub: SubCase, value: Value, rest: readonly string[], at: Path): ReturnType<typeof behind> {
  const found = isObject(value) || isList(value) ? lookup({ value }, ['value', ...rest]) : undefined
  if (rest.length === 0) return pathOf(value) ? behind(sub, value, at) : [{ value, at }]
  return found?.ok
    ? [{ value: found.value, at: [...at, ...rest.map((key) => (/^\d+$/.test(key) ? Number(key) : key))] }]
    : []
}
