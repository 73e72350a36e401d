// Generated from schemas/suite.schema.json by scripts/generate-types.ts: change the schema, not this file.
import type { Value } from '../codec/value.ts'

/**
 * Where the case runs: on each port whose profile has one of these. Default `any`.
 *
 */
export type Ports = PortWord | readonly PortWord[]
export type PortWord = 'any' | 'hdlc' | 'wrapper' | 'tcp' | 'udp' | 'serial' | 'sign-on'
/**
 * How often: once a meter, once for each carrier (HDLC, wrapper), once a port (default), once a client.
 *
 */
export type Scope = 'meter' | 'carrier' | 'port' | 'client'
/**
 * Asks supports, testing, port, client, attribute, object or an axis; paths without `$`.
 *
 */
export type Condition = HasCondition | IsCondition | BelowCondition | NotCondition | AllCondition | AnyCondition
export type Effect = 'reads' | 'volatile' | 'persistent' | 'lockout' | 'irreversible'
/**
 * The rung that the case starts from.
 *
 */
export type Given = string | LongGiven
/**
 * Defects that the case must catch, or why there are none.
 *
 */
export type Kills = readonly string[] | NoKills
export type Severity = 'defect' | 'vulnerability' | 'security'
export type Connection = 'closed' | string | LongGiven | Listen
export type Axis = EachAxis | RangeAxis | { readonly [name: string]: Value }
export type Step = SendStep | DoStep | WaitStep | CheckStep | RequireStep | ListenStep
export type Messages = string | Message | readonly Message[]
export type Message = Again | Octets | Fill | { readonly [name: string]: Value }
/**
 * {path: value or "absent"}: well formed, protected, wrong.
 *
 */
export type Wrong = string | { readonly [path: string]: Value }
/**
 * {path: operator}: octets changed after encoding.
 *
 */
export type Damage = string | { readonly [path: string]: Operator }
/**
 * What shows that the undamaged message is answered. Absent: its twin, on a rung of its own. then, first: that later or earlier step. {send}: a harmless message. none: with a `why`.
 *
 */
export type Control = ('then' | 'first' | 'none') | ControlMessage
export type Pace = string | PauseEvery | PauseAfter | Join
/**
 * Milliseconds, a reference to such, or a part of it.
 *
 */
export type Duration = number | string | PartOf
export type Alternatives = string | readonly Alternative[]
/**
 * At most, or [least, most].
 *
 */
export type Within = Duration | readonly [Duration, Duration]
/**
 * Octets, or a body by its name where they are too many to be written out: so many arrays or structures of one element, each in the other, the innermost with null-data; so many octets 00.
 *
 */
export type OctetsOrBody = string | NestedArrays | NestedStructures | Zeros
/**
 * drop: the field is removed · repeat: doubled · zero: octets of 0 · set: any octets · flip: a mask of the field's size · add: modulo its width · keep, cut: octets at its end · insert · move-after.
 *
 */
export type Operator = ('drop' | 'repeat' | 'zero') | string | SetOctets | Flip | Add | Keep | Cut | Insert | MoveAfter
export type CutCount = number | string | CutAt

/**
 * A case file suites/<group>/<ID>.json. suites/<group>/suite.json is described by #/$defs/suite. Names of messages, fields, words, checks, axes, clauses and defects come from the vocabulary and are checked after this schema.
 */
export interface Case {
  /**
   * a case id, as HDLC_FRAME_P2
   */
  readonly id: string
  /**
   * text
   */
  readonly title: string
  /**
   * text
   */
  readonly purpose?: string
  readonly proves: readonly Proof[]
  readonly ports?: Ports
  readonly scope?: Scope
  readonly applies?: Condition
  /**
   * The claim of the declaration that is proved here: a path (`supports.hdlc.windowTransmit`, `client`, `client.conformance`), or several that hold together. FAILED under a clause that the case proves, cases that rest on it are INAPPLICABLE.
   */
  readonly claim?: string | readonly string[]
  /**
   * What the bench must be able to do: power, impair, operator …; not there: INAPPLICABLE.
   */
  readonly needs?: readonly string[]
  readonly effect: Effect
  readonly touches?: readonly ('clock' | 'supply' | 'firmware' | 'keys' | 'buffer')[]
  readonly given?: Given
  /**
   * Several connections by name; each step then says `on`.
   */
  readonly connections?: { readonly [name: string]: Connection }
  /**
   * Axes in the order of the keys; each combination of rows is an instance.
   */
  readonly matrix?: { readonly [axis: string]: Axis }
  /**
   * Values by name, read as `$name`. They may hold references themselves.
   */
  readonly with?: { readonly [name: string]: Value }
  /**
   * Subtests under the number of the official test suite; an addition of our own gets a letter. Each has its own verdict, the case gets the worst.
   */
  readonly subtests?: {
    readonly [k: string]: Subtest
  }
  readonly prepare?: readonly Step[]
  readonly steps?: readonly Step[]
  readonly then?: readonly Step[]
  readonly finally?: readonly Step[]
  readonly kills: Kills
}
/**
 * There, and neither false nor null.
 */
export interface HasCondition {
  /**
   * a path, as hdlc.control.n-r
   */
  readonly has: string
}
/**
 * [path, value or list of values]: equal to one of them; a declared list has one of them.
 */
export interface IsCondition {
  readonly is: readonly [string, Value]
}
/**
 * [path, number]: a number is declared, and it is smaller.
 */
export interface BelowCondition {
  readonly below: readonly [string, number]
}
export interface NotCondition {
  readonly not: Condition
}
export interface AllCondition {
  readonly all: readonly Condition[]
}
export interface AnyCondition {
  readonly any: readonly Condition[]
}
export interface LongGiven {
  readonly rung: string
  /**
   * a name or a reference
   */
  readonly client?: string
  /**
   * a name or a reference
   */
  readonly device?: string
  /**
   * Another port of the meter.
   */
  readonly port?: string
  /**
   * Another connection whose line is shared.
   */
  readonly over?: string
  /**
   * Fields proposed when the rung is climbed.
   */
  readonly propose?: { readonly [path: string]: Value }
  /**
   * a name or a reference
   */
  readonly keys?: string
}
/**
 * What it lacks it takes from the case; `with` is merged, `applies` and `needs` add to the case's.
 *
 */
export interface Subtest {
  /**
   * text
   */
  readonly title: string
  readonly applies?: Condition
  /**
   * The claim of the declaration that is proved here: a path (`supports.hdlc.windowTransmit`, `client`, `client.conformance`), or several that hold together. FAILED under a clause that the case proves, cases that rest on it are INAPPLICABLE.
   */
  readonly claim?: string | readonly string[]
  /**
   * What the bench must be able to do: power, impair, operator …; not there: INAPPLICABLE.
   */
  readonly needs?: readonly string[]
  readonly effect?: Effect
  readonly touches?: readonly ('clock' | 'supply' | 'firmware' | 'keys' | 'buffer')[]
  readonly given?: Given
  /**
   * Several connections by name; each step then says `on`.
   */
  readonly connections?: { readonly [name: string]: Connection }
  /**
   * Axes in the order of the keys; each combination of rows is an instance.
   */
  readonly matrix?: { readonly [axis: string]: Axis }
  /**
   * Values by name, read as `$name`. They may hold references themselves.
   */
  readonly with?: { readonly [name: string]: Value }
  readonly prepare?: readonly Step[]
  readonly steps?: readonly Step[]
  readonly then?: readonly Step[]
  readonly kills?: Kills
}
export interface NoKills {
  /**
   * text
   */
  readonly none: string
}
/**
 * suites/<group>/suite.json
 *
 */
export interface Suite {
  /**
   * The name of the folder.
   */
  readonly id: string
  /**
   * text
   */
  readonly title: string
  /**
   * Every case of the folder, in the order of the report.
   */
  readonly order: readonly string[]
  /**
   * Values by name, read as `$name`. They may hold references themselves.
   */
  readonly with?: { readonly [name: string]: Value }
}
export interface Proof {
  /**
   * a clause, as hdlc.fcs
   */
  readonly clause: string
  /**
   * Words the report, never changes a verdict.
   */
  readonly level: 'MUST' | 'SHOULD' | 'MAY'
}
export interface Listen {
  /**
   * Any JSON value; a whole string `$a.b.c` is a reference, `{"add": [reference, n]}` and `{"smallest": [reference, n]}` are computed.
   */
  readonly listen: Value
}
/**
 * The rows of an axis of the vocabulary.
 */
export interface EachAxis {
  /**
   * a name, as interFrameMs
   */
  readonly each: string
  /**
   * Any JSON value; a whole string `$a.b.c` is a reference, `{"add": [reference, n]}` and `{"smallest": [reference, n]}` are computed.
   */
  readonly of?: Value
  readonly where?: Condition
}
/**
 * All integers from … to, both included.
 */
export interface RangeAxis {
  /**
   * an integer or a reference
   */
  readonly from: number | string
  /**
   * an integer or a reference
   */
  readonly to: number | string
}
/**
 * One message, exactly this (or a list of them, sent one after the other).
 *
 */
export interface SendStep {
  readonly send: Messages
  readonly wrong?: Wrong
  readonly damage?: Damage
  /**
   * A valid message in the wrong state.
   */
  readonly misplaced?: true
  readonly control?: Control
  readonly pace?: Pace
  /**
   * The addresses of another connection (spoofing).
   */
  readonly as?: string
  readonly expect?: Alternatives
  readonly never?: Alternatives
  readonly within?: Within
  /**
   * {name: what}: sent…, got…, exchange.…, or an outcome of the step.
   */
  readonly save?: { readonly [name: string]: string }
  /**
   * a name, as interFrameMs
   */
  readonly on?: string
  /**
   * a clause, as hdlc.fcs
   */
  readonly clause?: string
  /**
   * text
   */
  readonly why?: string
}
/**
 * The octets of the layer that was saved, in fresh layers below; an APDU protected anew where it is said how.
 */
export interface Again {
  /**
   * a reference, as $testing.timing.responseMs
   */
  readonly again: string
  /**
   * a name, as interFrameMs
   */
  readonly 'protection.by'?: string
  /**
   * a name, as interFrameMs
   */
  readonly 'protection.form'?: string
}
/**
 * These octets at this layer.
 */
export interface Octets {
  /**
   * octets in hex, or a reference
   */
  readonly octets: string
  readonly at: 'line' | 'hdlc' | 'apdu'
}
/**
 * A message made so long, in octets of its APDU.
 */
export interface Fill {
  readonly fill: Filling
}
export interface Filling {
  readonly from: Message
  /**
   * Any JSON value; a whole string `$a.b.c` is a reference, `{"add": [reference, n]}` and `{"smallest": [reference, n]}` are computed.
   */
  readonly length: Value
}
export interface ControlMessage {
  readonly send: Message
}
/**
 * A pause after every n octets.
 */
export interface PauseEvery {
  /**
   * an integer or a reference
   */
  readonly every: number | string
  readonly pause: Duration
}
/**
 * percent (default 100) of it, plus ms (default 0).
 */
export interface PartOf {
  readonly of: number | string
  readonly percent?: number
  readonly plus?: number
}
/**
 * One pause, behind this field.
 */
export interface PauseAfter {
  /**
   * a path, as hdlc.control.n-r
   */
  readonly after: string
  readonly pause: Duration
}
/**
 * All messages in one segment or datagram, or with shared flags.
 */
export interface Join {
  readonly join: true
}
/**
 * A procedure of the vocabulary; all other keys are its arguments. Without `expect` its normal outcome must come.
 *
 */
export interface DoStep {
  /**
   * a word, as link.up
   */
  readonly do: string
  readonly expect?: Alternatives
  readonly never?: Alternatives
  readonly within?: Within
  /**
   * {name: what}: sent…, got…, exchange.…, or an outcome of the step.
   */
  readonly save?: { readonly [name: string]: string }
  /**
   * a name, as interFrameMs
   */
  readonly on?: string
  /**
   * a clause, as hdlc.fcs
   */
  readonly clause?: string
  /**
   * text
   */
  readonly why?: string
  readonly [k: string]: unknown
}
/**
 * Stay silent for this long.
 *
 */
export interface WaitStep {
  readonly wait: Duration
  readonly never?: Alternatives
  /**
   * a name, as interFrameMs
   */
  readonly on?: string
  /**
   * a clause, as hdlc.fcs
   */
  readonly clause?: string
  /**
   * text
   */
  readonly why?: string
}
/**
 * Judge what was saved. A string names a check, `{check: argument}` gives it one; a list holds when all of it holds; anything else is a matcher.
 *
 */
export interface CheckStep {
  /**
   * a reference, as $testing.timing.responseMs
   */
  readonly check: string
  /**
   * A literal, a list (one of), an object of fields, or an object of operators that all must hold.
   */
  readonly is: Value
  readonly otherwise?: Otherwise
  readonly severity?: Severity
  /**
   * a name, as interFrameMs
   */
  readonly on?: string
  /**
   * a clause, as hdlc.fcs
   */
  readonly clause?: string
  /**
   * text
   */
  readonly why?: string
}
/**
 * Not so: a remark, not FAILED.
 */
export interface Otherwise {
  /**
   * text
   */
  readonly remark: string
  /**
   * a name, as interFrameMs
   */
  readonly id?: string
  /**
   * a clause, as hdlc.fcs
   */
  readonly clause?: string
  /**
   * a ruling, as G8
   */
  readonly ruling?: string
}
/**
 * Not so: INAPPLICABLE.
 *
 */
export interface RequireStep {
  /**
   * a reference, as $testing.timing.responseMs
   */
  readonly require: string
  /**
   * A literal, a list (one of), an object of fields, or an object of operators that all must hold.
   */
  readonly is: Value
  /**
   * a name, as interFrameMs
   */
  readonly on?: string
  /**
   * text
   */
  readonly why?: string
}
/**
 * Listen without sending.
 *
 */
export interface ListenStep {
  readonly expect: Alternatives
  readonly never?: Alternatives
  readonly within?: Within
  /**
   * {name: what}: sent…, got…, exchange.…, or an outcome of the step.
   */
  readonly save?: { readonly [name: string]: string }
  /**
   * a name, as interFrameMs
   */
  readonly on?: string
  /**
   * a clause, as hdlc.fcs
   */
  readonly clause?: string
  /**
   * text
   */
  readonly why?: string
}
export interface NestedArrays {
  /**
   * an integer or a reference
   */
  readonly 'nested-arrays': number | string
}
export interface NestedStructures {
  /**
   * an integer or a reference
   */
  readonly 'nested-structures': number | string
}
export interface Zeros {
  /**
   * an integer or a reference
   */
  readonly zeros: number | string
}
export interface SetOctets {
  readonly set: OctetsOrBody
}
export interface Flip {
  /**
   * octets in hex, or a reference
   */
  readonly flip: string
}
export interface Add {
  /**
   * an integer or a reference
   */
  readonly add: number | string
}
export interface Keep {
  /**
   * an integer or a reference
   */
  readonly keep: number | string
}
export interface Cut {
  readonly cut: CutCount
}
export interface CutAt {
  /**
   * an integer or a reference
   */
  readonly at: number | string
  /**
   * an integer or a reference
   */
  readonly count: number | string
}
export interface Insert {
  readonly insert: Insertion
}
export interface Insertion {
  /**
   * an integer or a reference
   */
  readonly at: number | string
  /**
   * octets in hex, or a reference
   */
  readonly octets: string
}
export interface MoveAfter {
  /**
   * a path, as hdlc.control.n-r
   */
  readonly 'move-after': string
}
/**
 * Exactly one outcome (a message or a word such as silent, closed, refused) with what it must look like. First match wins.
 *
 */
export interface Alternative {
  /**
   * A companion profile may change what a named alternative means.
   */
  readonly id?: string
  /**
   * a clause, as hdlc.fcs
   */
  readonly clause?: string
  /**
   * a ruling, as G8
   */
  readonly ruling?: string
  /**
   * text
   */
  readonly why?: string
  readonly severity?: Severity
  /**
   * PASSED with this remark.
   */
  readonly remark?: string
  /**
   * FAILED for this reason.
   */
  readonly fails?: string
  /**
   * INCONCLUSIVE for this reason.
   */
  readonly undecided?: string
  /**
   * Only where an earlier step took the alternative of this id.
   */
  readonly after?: string
  readonly silent?: Duration
  /**
   * The meter ended the connection.
   */
  readonly closed?: true
  /**
   * The meter reset the connection.
   */
  readonly reset?: true
  /**
   * Octets came that make no frame.
   */
  readonly garbled?: true
  /**
   * Any frame.
   */
  readonly frame?: 'any'
  /**
   * So many answers came within the window.
   */
  readonly answers?: Value
  /**
   * The normal answer to the n-th message of the step, to a message that was saved, or to each.
   */
  readonly answerTo?: number | string
  /**
   * A literal, a list (one of), an object of fields, or an object of operators that all must hold.
   */
  readonly [k: string]: Value | string | Severity | Duration | true | 'any' | number | undefined
}
