import { STAGES, type Draft, type Scope } from './tree.ts'
import type { Derived } from './derived.ts'

interface Span {
  readonly name: string
  readonly start: number
  end: number
  readonly codec: Derived<unknown> | undefined
  readonly draft: Draft | undefined
}

type DerivedSpan = Span & { readonly codec: Derived<unknown> }

const isDerived = (span: Span): span is DerivedSpan => span.codec !== undefined && span.end > span.start

/** Where the fields of a sequence lie while it is written or read. */
export class Spans implements Scope {
  octets: Uint8Array = new Uint8Array(0)
  readonly #spans = new Map<string, Span>()

  /** `codec` for a derived field, `draft` where it is recorded. */
  open(name: string, start: number, codec?: Derived<unknown>, draft?: Draft): void {
    this.#spans.set(name, { name, start, end: start, codec, draft })
  }

  close(name: string, end: number): void {
    const span = this.#spans.get(name)
    if (span) span.end = end
  }

  start(field: string): number {
    return this.#spans.get(field)?.start ?? 0
  }

  end(field: string): number {
    return this.#spans.get(field)?.end ?? 0
  }

  count(): number {
    throw new TypeError('counts are derived by lists themselves')
  }

  /** The derived fields that are there, in the order in which they settle. */
  derived(): readonly DerivedSpan[] {
    const found: DerivedSpan[] = []
    for (const stage of STAGES)
      for (const span of this.#spans.values()) if (isDerived(span) && span.codec.stage === stage) found.push(span)
    return found
  }
}
