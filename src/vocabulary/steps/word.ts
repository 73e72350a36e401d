// What a word of the vocabulary is, and what it is done with.
import { newLedger, type Ledger } from '../../client/ledger.ts'
import type { Value } from '../../codec/value.ts'
import type { Outcome, Refusal, Window } from '../../engine/vocabulary.ts'
import type { Bench } from '../bench.ts'
import type { Connection } from '../connection.ts'
import type { Came } from '../evidence.ts'

export type Arguments = Readonly<Record<string, Value>>

/** What a word is done with. `ledger` gathers what came beside the answer. */
export interface Doing {
  readonly bench: Bench
  readonly connection: Connection
  readonly args: Arguments
  readonly window: Window
  readonly ledger: Ledger
}

/** A word of the vocabulary: a procedure that suites call by `do`. */
export interface Word {
  /** The word as a sentence begins with it: `bring the link up`. */
  readonly says: string
  /** JSON Schema of each argument. */
  readonly properties: Readonly<Record<string, Value>>
  readonly required?: readonly string[]
  /** What may come of it; the first is normal. */
  readonly outcomes: readonly string[]
  readonly saves?: readonly string[]
  /** Its normal outcome shows that the meter is alive. */
  readonly alive: boolean
  /** It is done to the meter as a whole, whatever connections there are. */
  readonly ofMeter?: true
  run(doing: Doing): Promise<Came | Refusal>
}

/** It came to what it should. Rules that were broken on the way fail it all the same. */
export const success = ({ bench, connection, ledger }: Doing, text: string, more: Partial<Outcome> = {}): Outcome => ({
  noise: false,
  broken: bench.rulesBroken(connection, ledger),
  text,
  ...more,
  names: { success: true, ...more.names },
})

/** The same word within another, with its own arguments and a ledger of its own. */
export const within = (doing: Doing, args: Arguments = {}): Doing => ({ ...doing, args, ledger: newLedger() })

export const isRefusal = (came: Came | Refusal): came is Refusal => 'refusal' in came

export const textArg = (args: Arguments, name: string): string | undefined => {
  const value = args[name]
  return typeof value === 'string' ? value : undefined
}
export const numberArg = (args: Arguments, name: string): number | undefined => {
  const value = args[name]
  return typeof value === 'number' ? value : undefined
}

// Schemas that several words share.
export const NAME: Value = { type: 'string', minLength: 1 }
/** Octets in hex. */
export const OCTETS: Value = { type: 'string', pattern: '^([0-9A-F]{2})+$' }
export const COUNT: Value = { type: 'integer', minimum: 1 }
export const DURATION: Value = { type: 'number', minimum: 0 }
export const FIELDS: Value = { type: 'object' }
