import type { Value } from '../codec/value.ts'
import { runControl } from './control.ts'
import type { PortContext } from './context.ts'
import { isGentle } from './effects.ts'
import { Elsewhere, type Beside } from './elsewhere.ts'
import type { Block, Remark } from './events.ts'
import { givenOf } from './given.ts'
import { type Instance, type InstanceResult, passed, type Step, stopped } from './instance.ts'
import { type Scope, Unresolved } from './scope.ts'
import { judgeSurplus } from './surplus.ts'
import { stoppedByClimb, stoppedByControl, stoppedByJudgement } from './stops.ts'
import { runStep, type StepResult } from './step.ts'
import { type Given, type Outcome, TesterGone } from './vocabulary.ts'

/** Ctrl-C: the instance has no verdict; `finally` and the journal have been seen to. */
export const INTERRUPTED = Symbol('interrupted')

/** What a run has for one of its instances: whether it begins on the rung that was kept, and the other ports. */
export interface Around {
  readonly onKept?: boolean
  readonly beside?: Beside
}

/** Runs one instance once: climb, controls, prepare, steps, then, finally, restore. Nothing rewrites a FAILED. */
export async function runInstance(
  context: PortContext,
  instance: Instance,
  { onKept = false, beside = () => Promise.resolve(undefined) }: Around = {},
): Promise<InstanceResult | typeof INTERRUPTED> {
  const { tester, kept, roots } = context
  const run = new InstanceRun(context, instance, beside)
  try {
    const result = await run.body(onKept)
    const ended = await run.end()
    const whole = result !== INTERRUPTED && result.verdict === 'PASSED' && !ended
    await run.elsewhere.release()
    if (!kept.keep(whole ? instance : undefined, roots, tester)) await tester.release()
    if (result === INTERRUPTED) return INTERRUPTED
    return ended && result.verdict === 'PASSED' ? ended : result
  } catch (error) {
    // What waited was broken off; what cleans up may wait again.
    if (error instanceof TesterGone) await run.end()
    await run.elsewhere.release()
    await tester.release()
    if (error instanceof Unresolved)
      return stopped('ERROR', { text: error.message, hint: error.hint }, instance.severity)
    if (error instanceof TesterGone) return INTERRUPTED
    throw error
  }
}

class InstanceRun {
  readonly elsewhere: Elsewhere
  readonly #context: PortContext
  readonly #instance: Instance
  readonly #remarks: Remark[] = []
  readonly #taken = new Set<string>()
  #saved: Record<string, Value> = {}
  #last: { block: Block; index: number } | undefined
  readonly #first: string

  constructor(context: PortContext, instance: Instance, beside: Beside) {
    this.elsewhere = new Elsewhere(context, beside)
    this.#context = context
    this.#instance = instance
    this.#first = Object.keys(instance.connections)[0] ?? 'main'
  }

  async body(onKept: boolean): Promise<InstanceResult | typeof INTERRUPTED> {
    const { blocks } = this.#instance
    const before = onKept ? this.#goOn() : ((await this.#reach()) ?? (await this.#controls()) ?? (await this.#climb()))
    if (before) return before
    for (const block of ['prepare', 'steps', 'then'] as const) {
      const result = await this.#block(block, blocks[block])
      if (result) return result
    }
    return this.#surplus(await this.#context.tester.settle()) ?? passed(this.#remarks, this.#instance.severity)
  }

  /** `finally` always runs, whatever was found; then what was written is put back. */
  async end(): Promise<InstanceResult | undefined> {
    const { severity, effect, blocks } = this.#instance
    const failed = await this.#block('finally', blocks.finally)
    if (failed === INTERRUPTED) return undefined
    if (failed) return stopped('ERROR', { ...failed.reason, text: `finally: ${failed.reason?.text ?? ''}` }, severity)
    if (isGentle(effect)) return undefined
    const restored = await runStep(
      this.#context,
      this.#instance,
      { do: 'restore' },
      this.#first,
      this.#scope(this.#first),
      { block: 'restore', taken: this.#taken },
    )
    if (restored.judgement.is === 'pass') return undefined
    return stopped(
      'ERROR',
      { text: 'what this case wrote could not be restored', hint: 'Run `restore` once the meter answers again.' },
      severity,
    )
  }

  async #reach(): Promise<InstanceResult | undefined> {
    for (const [connection, value] of Object.entries(this.#instance.connections)) {
      const notThere = await this.elsewhere.reach(this.#instance, connection, this.#given(connection, value))
      if (notThere) return notThere
    }
    return undefined
  }

  async #controls(): Promise<InstanceResult | typeof INTERRUPTED | undefined> {
    const { blocks, connections } = this.#instance
    for (const step of [...blocks.prepare, ...blocks.steps, ...blocks.then]) {
      if (this.#context.interrupted()) return INTERRUPTED
      const on = this.#on(step)
      const notShown = await runControl(
        this.elsewhere.of(on),
        this.#instance,
        on,
        this.#given(on, connections[on] ?? 'port'),
        step,
        this.#scope(on),
      )
      if (notShown) return stoppedByControl(notShown, this.#instance.severity)
    }
    return undefined
  }

  #goOn(): undefined {
    const text = 'go on over the association of the instance before'
    this.#emitStep('climb', 0, text, this.#first)
  }

  async #climb(): Promise<InstanceResult | typeof INTERRUPTED | undefined> {
    const { connections, name, severity } = this.#instance
    for (const [connection, value] of Object.entries(connections)) {
      if (this.#context.interrupted()) return INTERRUPTED
      const { tester, rungs } = this.elsewhere.of(connection)
      this.#emitStep('climb', 0, describeGiven(value), connection)
      const climbed = await rungs.climb(tester, name, connection, this.#given(connection, value))
      const result = stoppedByClimb(climbed, severity)
      if (result) return result
    }
    return undefined
  }

  async #block(
    block: Exclude<Block, 'climb' | 'control' | 'restore'>,
    steps: readonly Step[],
  ): Promise<InstanceResult | typeof INTERRUPTED | undefined> {
    for (const [index, step] of steps.entries()) {
      if (block !== 'finally' && this.#context.interrupted()) return INTERRUPTED
      const on = this.#on(step)
      const scope = this.#scope(on)
      this.#announce(block, index, step, on)
      const context = this.elsewhere.of(on)
      const result = await runStep(context, this.#instance, step, on, scope, { block, taken: this.#taken })
      if (result.evidence?.restarted) {
        this.#context.rungs.forget()
        this.#context.controls.clear()
      }
      const surplus = this.#surplus(result.evidence?.surplus ?? [])
      if (surplus && block !== 'finally') return surplus
      this.#last = { block, index }
      this.#saved = { ...this.#saved, ...result.saved }
      const verdict = this.#judged(block, index, result)
      if (verdict) return verdict
    }
    return undefined
  }

  #judged(block: Block, index: number, { judgement }: StepResult): InstanceResult | undefined {
    if (judgement.is !== 'pass')
      return stoppedByJudgement(
        judgement,
        { block, step: index },
        this.#instance.severity,
        this.#remarks,
        this.#context.shown,
      )
    for (const remark of judgement.remarks) this.#remark(remark)
    if (judgement.taken !== undefined) this.#taken.add(judgement.taken)
    return undefined
  }

  /** What comes again in one instance is said once. */
  #remark(remark: Remark): void {
    const said = this.#remarks.some(({ text, clause }) => text === remark.text && clause === remark.clause)
    if (!said) this.#remarks.push(remark)
  }

  #surplus(outcomes: readonly Outcome[]): InstanceResult | undefined {
    const { remarks, failed } = judgeSurplus(outcomes, this.#instance, this.#last)
    for (const remark of remarks) this.#remark(remark)
    if (failed === undefined) return undefined
    const { reason, ...more } = failed
    return stopped('FAILED', reason, this.#instance.severity, { ...more, remarks: this.#remarks })
  }

  #announce(block: Block, index: number, step: Step, on: string): void {
    const { why } = step
    this.#emitStep(
      block,
      index,
      this.#context.vocabulary.describeStep(step),
      on,
      typeof why === 'string' ? { why } : undefined,
    )
  }

  #emitStep(block: Block, index: number, text: string, on: string, why?: { readonly why: string }): void {
    const { tester, emit } = this.#context
    emit({ event: 'step', instance: this.#instance.name, block, index, text, on, ...why, at: tester.now() })
  }

  #on(step: Step): string {
    const on = step['on']
    return typeof on === 'string' ? on : this.#first
  }

  #given(connection: string, value: Value): Given {
    return givenOf(value, this.#scope(connection))
  }

  #scope(connection: string): Scope {
    const { roots, tester } = this.elsewhere.of(connection)
    return {
      data: {
        ...roots,
        ...tester.scope(connection),
        ...this.#instance.rows,
        ...this.#saved,
      },
      written: this.#instance.written,
    }
  }
}

const describeGiven = (value: Value): string => `climb to ${typeof value === 'string' ? value : JSON.stringify(value)}`
