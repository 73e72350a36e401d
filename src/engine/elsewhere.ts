// The connections of a case that are on another port of the meter than the case itself.
import type { PortContext } from './context.ts'
import { stopped, type Instance, type InstanceResult } from './instance.ts'
import type { Given } from './vocabulary.ts'

/** Another port of the run, opened where it is not yet; undefined: it does not belong to the run. */
export type Beside = (port: string) => Promise<PortContext | undefined>

export class Elsewhere {
  readonly #own: PortContext
  readonly #beside: Beside
  readonly #contexts = new Map<string, PortContext>()

  constructor(own: PortContext, beside: Beside) {
    this.#own = own
    this.#beside = beside
  }

  /** Opens the port that a connection asks for, if it is another one. Undefined: it is there. */
  async reach({ severity }: Instance, connection: string, { port }: Given): Promise<InstanceResult | undefined> {
    if (port === undefined || port === this.#own.port) return undefined
    const context = await this.#beside(port)
    if (context === undefined)
      return stopped('INAPPLICABLE', { text: `the port ${port} does not belong to this run` }, severity)
    this.#contexts.set(connection, context)
    return undefined
  }

  /** What a connection is driven with. */
  of(connection: string): PortContext {
    return this.#contexts.get(connection) ?? this.#own
  }

  /** Ends all connections on other ports. */
  async release(): Promise<void> {
    for (const { tester } of this.#contexts.values()) await tester.release()
  }
}
