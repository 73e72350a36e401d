import type { Value } from '../codec/value.ts'
import type { Event, ListedObject } from './events.ts'

// What the engine is given: all that knows a protocol, as one value. The engine names no PDU; it plans windows, drives a Tester through them,
// and judges what came as plain names and values.

/** How far to climb before a case's steps: the long form of `given`. */
export interface Given {
  readonly rung: 'closed' | 'listen' | 'port' | 'sign-on' | 'ndm' | 'link' | 'pending' | 'association'
  /** Role or name of the client; absent: `public`, else the first declared. */
  readonly client?: string
  readonly device?: string
  /** Another port of the meter than the one that the case runs on. */
  readonly port?: string
  /** Shares the line of that connection. */
  readonly over?: string
  /** HDLC parameters to propose in SNRM, or fields of the AARQ. */
  readonly propose?: Readonly<Record<string, Value>>
  readonly keys?: string
  /** Where to listen (rung `listen`). */
  readonly listen?: Value
}

/** What came of a climb. `down`: the rung could not be reached; evidence as for a step. `inapplicable`: nobody of that role, no such device. */
export type Climb =
  | { readonly is: 'up' }
  | {
      readonly is: 'down'
      readonly expected: string
      readonly found: string
      readonly outcome?: Outcome
      readonly rung: Given['rung']
    }
  | { readonly is: 'inapplicable'; readonly why: string }
  | { readonly is: 'fault'; readonly fault: Fault }

/** The line or the machine failed, never the meter. */
export interface Fault {
  readonly code: string
  readonly text: string
  readonly hint: string
}

/** Layers from the line upwards. The lowest layer that a step names is the one that is driven; nothing at or below it answers by itself. */
export const LAYERS = ['line', 'sign-on', 'hdlc', 'wrapper', 'apdu'] as const
export type LayerName = (typeof LAYERS)[number]

/** A listening window (pure, made by the plan from the step's alternatives). Times count from when the last octet had left to when the answer begins. */
export interface Window {
  /** An answer that begins earlier is too early. */
  readonly leastMs: number
  readonly mostMs: number
  /** Listen on until here so that a late answer is told from none (G14); equals mostMs where silence is one of the alternatives. */
  readonly lateMs: number
  /** `first`: closes at the first thing that is not unsolicited. `all`: takes all that comes until the end, as one outcome `answers`. */
  readonly collect: 'first' | 'all'
  readonly layer: LayerName
  /** Names that the alternatives ask for: unsolicited messages with such a name are answers here. */
  readonly asked: readonly string[]
}

/** One thing that happened, as every name it answers to → what a matcher may look at: `{frame: 'i', i: {…}, aare: {…}, refused: 'aare'}`. */
export interface Outcome {
  /** e.g. `ua`, `silent: {ms}`, `closed`, `reset`, `garbled: {octets}`, `frame: NAME`, `refused: WHAT`, `executed: WHAT`, `answers: n`, `value`, `success`, `associated`. */
  readonly names: Readonly<Record<string, Value>>
  /** Rules that hold for every such message and that this one breaks. */
  readonly broken: readonly BrokenRule[]
  /** From the end of what was sent to the beginning of this; undefined where nothing was sent. */
  readonly afterMs?: number
  /** Noise on the line can do this: silence, garbled octets, close. Confirmed before it is FAILED. */
  readonly noise: boolean
  /** Octets that show it, hex. */
  readonly octets?: string
  /** One short phrase for a reader: `DM`, `RR N(R)=1 F=1`, `silence for 1 500 ms`. */
  readonly text: string
  /** Nothing was asked of the meter, for what the declaration names is not there: whoever wrote it looks here first. */
  readonly advice?: string
  /** In which frames of the stream it shows (for the report's marks): layer path prefix such as `hdlc`. */
  readonly layer?: LayerName
}

export interface BrokenRule {
  /** Id in the table of implied rules. */
  readonly rule: string
  readonly clause: string
  /** Name and field (`ua.final`) which, when a matcher names it, replaces this rule. */
  readonly field?: string
  readonly expected: string
  readonly found: string
  /** A ruling leaves only a remark. */
  readonly remark?: true
  /** The one that decides it: `Y28`. */
  readonly ruling?: string
  /** It is about what was just asked, not about how the meter always is: it fails wherever it is broken. */
  readonly ofExchange?: true
  /** What it is about, where there are several of the kind: the counter of one key. */
  readonly of?: string
}

/** A rule of every message, by which an instance FAILED. */
export type RuleShown = Pick<BrokenRule, 'clause' | 'of'>

export interface Evidence {
  /** What closed the window. */
  readonly outcome: Outcome
  /** All that came in the window, the outcome included (for `never`). */
  readonly during: readonly Outcome[]
  /** Came before this step had spoken, or after its answer was complete: belongs to the step before (H46). */
  readonly surplus: readonly Outcome[]
  /** Set aside (G16). */
  readonly unsolicited: readonly Outcome[]
  /** What `save` may take: `sent`, `got`, `exchange`, and what a word gives. */
  readonly saved: Readonly<Record<string, Value>>
  readonly fault?: Fault
  /** The meter was switched off and on: every rung may be there again, and no control holds any more. */
  readonly restarted?: true
}

export interface SendRequest {
  readonly messages: readonly Value[]
  readonly wrong: Readonly<Record<string, Value>>
  readonly damage: Readonly<Record<string, Value>>
  readonly pace?: Value
  readonly as?: string
}

/** The tester's side of one port of one meter, for one run. All waiting and all traffic goes through it. */
export interface Tester {
  /** Ensures the rung for the named connection, built afresh. */
  climb(connection: string, given: Given): Promise<Climb>
  /** Sends one message (or several) exactly as asked and listens. A request that cannot be composed is refused: `composition`. */
  send(connection: string, request: SendRequest, window: Window): Promise<Evidence | Refusal>
  /** A word of the vocabulary. `args` are resolved. */
  perform(
    connection: string,
    word: string,
    args: Readonly<Record<string, Value>>,
    window: Window,
  ): Promise<Evidence | Refusal>
  listen(connection: string, window: Window): Promise<Evidence>
  /** Stays silent; whatever comes is in `during`. */
  wait(connection: string, ms: number): Promise<Evidence>
  /** Reads the objects that the client of a connection sees, with what it may do to them. */
  objects(connection: string): Promise<Listing>
  /** Is what was climbed to still there, as far as is known without asking? */
  stands(connection: string): boolean
  /** What has come since the last window closed and was asked by nobody. Waits one inter-frame time-out. */
  settle(): Promise<readonly Outcome[]>
  /** An instance FAILED by this rule, and its reason tells it: what had to be shown is shown. */
  shown(rule: RuleShown): void
  /** Live references of a connection: `$link …`, `$association …`, `$identification …`, `$client`, `$device`. */
  scope(connection: string): Readonly<Record<string, Value>>
  /** Ends all connections of an instance; the port itself may stay open. Never throws. */
  release(): Promise<void>
  close(): Promise<void>
  /** Milliseconds since the run began. */
  now(): number
  /** Valid frames or messages heard from the meter so far, in the whole run. */
  heard(): number
}

/** What came of asking for the objects that a client sees. `noise`: as of an outcome. */
export type Listing =
  | { readonly is: 'listed'; readonly objects: readonly ListedObject[] }
  | {
      readonly is: 'unlisted'
      readonly expected: string
      readonly found: string
      readonly octets?: string
      readonly noise: boolean
    }
  | { readonly is: 'fault'; readonly fault: Fault }

/** A message that cannot be built, or a word that cannot be done, as asked: the suite's fault (ERROR), not the meter's. */
export interface Refusal {
  readonly refusal: string
  /** It can be built, but what the declaration names is not there: nobody's fault is shown (INCONCLUSIVE). */
  readonly advice?: string
}

/** What a named check says of a saved value. */
export type Checked =
  | { readonly is: 'pass' }
  | { readonly is: 'remark'; readonly text: string; readonly clause?: string; readonly ruling?: string }
  | {
      readonly is: 'fails'
      readonly expected: string
      readonly found: string
      readonly clause?: string
      /** Claims of the declaration that are false, where the check knows better than the case which. */
      readonly claims?: readonly string[]
    }

export interface Axis {
  /** Rows; each has `name` (used in the instance's name) and the fields a condition may ask. */
  readonly rows: (
    scope: Readonly<Record<string, Value>>,
    of: Value | undefined,
  ) => readonly Readonly<Record<string, Value>>[]
  readonly fields: readonly string[]
}

/** A client of a logical device, by their names. */
export interface Whose {
  readonly client: string
  readonly device: string
}

/** Rows that only the meter knows: made of the objects that a client sees. */
export interface ListAxis {
  readonly rowsIn: (objects: readonly ListedObject[]) => readonly Readonly<Record<string, Value>>[]
  readonly fields: readonly string[]
}

/** What the line tolerates when a time limit is judged (G13): percent of the limit, plus milliseconds. */
export interface Tolerance {
  readonly percent: number
  readonly plusMs: number
}

export interface Vocabulary {
  /** Names of the answers a meter normally gives to this message, e.g. snrm → ua. Empty: none is due. */
  readonly normalAnswers: (message: Value) => readonly string[]
  /** The layer that a step drives, from the messages, faults and outcome names it holds. */
  readonly layerOf: (names: readonly string[], context: { readonly profile: readonly string[] }) => LayerName
  readonly checks: Readonly<Record<string, (value: Value, argument: Value | undefined) => Checked>>
  readonly axes: Readonly<Record<string, Axis>>
  readonly listAxes: Readonly<Record<string, ListAxis>>
  /** The declared client and device that are meant (by role or name, as a row, or the defaults); undefined: there is no such. */
  readonly whose: (
    roots: Readonly<Record<string, Value>>,
    client: Value | undefined,
    device: Value | undefined,
  ) => Whose | undefined
  /** `$unassigned …` and other roots that follow from the declaration alone. */
  readonly roots: (declaration: Value, port: string) => Readonly<Record<string, Value>>
  readonly describeStep: (step: Value) => string
}

/** Thrown by a tester whose run was interrupted while it waited. */
export class TesterGone extends Error {}

export type Emit = (event: Event) => void
