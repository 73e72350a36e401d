// Where octets that claim to be an APDU come in, before anything is decoded: what a careless server makes of them, defects put here.
import type { Ms } from '../../protocol/line.ts'
import { NOTHING_REMEMBERED, type Memory } from '../memory.ts'
import type { Path, Upper } from '../upper.ts'

/** What is done with the octets. */
type Parsed =
  /** They are served, as they came or as they were misread; `unanswered`: what is served behind them. */
  | { readonly is: 'served'; readonly octets: Uint8Array; readonly unanswered?: Uint8Array }
  /** Nothing is answered, now or later. */
  | { readonly is: 'swallowed' }
  /** The association in which they came is gone, and nothing is answered. */
  | { readonly is: 'ended' }
  /** The server falls over: no association is left, and nothing is answered. */
  | { readonly is: 'restarted' }

/** What is done, and what the parser remembers for the octets that come next. */
export type Parsing = Parsed & { readonly memory: Memory }

export interface ParsingRules {
  /** The octets that came, and the longest APDU that the server takes. */
  readonly parse: (octets: Uint8Array, memory: Memory, maxReceivePduSize: number) => Parsing
}

export const conformantParsing: ParsingRules = {
  parse: (octets, memory) => ({ is: 'served', octets, memory }),
}

interface Restartable extends Upper {
  restart(): void
}

/** The application behind its parser. The memory is the parser's, over all ports. */
export function parsing<T extends Restartable>(application: T, { parse }: ParsingRules, maxReceivePduSize: number): T {
  let memory = NOTHING_REMEMBERED
  return {
    ...application,
    apdu(path: Path, octets: Uint8Array, now: Ms): readonly Uint8Array[] {
      const parsed = parse(octets, memory, maxReceivePduSize)
      memory = parsed.memory
      switch (parsed.is) {
        case 'served': {
          const answers = application.apdu(path, parsed.octets, now)
          if (parsed.unanswered !== undefined) application.apdu(path, parsed.unanswered, now)
          return answers
        }
        case 'swallowed':
          return []
        case 'ended':
          application.ended(path)
          return []
        case 'restarted':
          application.restart()
          return []
        default:
          return parsed satisfies never
      }
    },
  }
}
