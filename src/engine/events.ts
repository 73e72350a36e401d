import type { Value } from '../codec/value.ts'

// The one append-only stream of all that happens in a run: JSON lines, a header first, a footer last. No footer: the run was cut off.
// Console, HTML, JUnit, pcapng, results and resume are readers of it. Times `at` are milliseconds since the run began, in the run's own (real or virtual) time.

export type Verdict = 'PASSED' | 'FAILED' | 'INCONCLUSIVE' | 'INAPPLICABLE' | 'ERROR'
/** `defect` unless the suite says otherwise. */
export type Severity = 'defect' | 'vulnerability' | 'security'
export type Block = 'climb' | 'control' | 'prepare' | 'steps' | 'then' | 'finally' | 'restore'

export type Event =
  | RunEvent
  | InstanceEvent
  | StepEvent
  | TrafficEvent
  | ProtectionEvent
  | NoteEvent
  | ObjectListEvent
  | ExpandedEvent
  | VerdictEvent
  | EndEvent

/** The header. */
export interface RunEvent {
  readonly event: 'run'
  readonly schema: 'events/1'
  readonly tool: { readonly name: string; readonly version: string }
  /** ISO 8601, UTC. */
  readonly started: string
  readonly seed: number
  /** The command line that repeats the run, without secrets. */
  readonly command: string
  /** Hash of each suite file's canonical content. */
  readonly suites: readonly { readonly id: string; readonly title: string; readonly hash: string }[]
  readonly meters: readonly MeterHeader[]
  /** How many instances are planned (axes that need the meter not yet expanded count once). */
  readonly planned: number
  /** Clauses that the suites cite: key → what the report prints. */
  readonly clauses: Readonly<Record<string, ClauseText>>
}

export interface MeterHeader {
  readonly meter: string
  readonly title: string
  readonly hash: string
  /** Manufacturer, type, serial number, firmware …, as declared. */
  readonly identification: Readonly<Record<string, string>>
  readonly simulated: boolean
  readonly ports: readonly { readonly name: string; readonly url: string; readonly profile: string }[]
  /** Values that were not declared but assumed: `testing.timing.responseMs` → 1500. */
  readonly assumed: Readonly<Record<string, Value>>
}

/** `clause` (the number) only where a source names it; else the section in words. */
export interface ClauseText {
  readonly book: string
  readonly edition?: string
  readonly clause?: string
  readonly section?: string
  readonly text: string
}

/** An instance begins: one case (or subtest, matrix row) on one port of one meter. */
export interface InstanceEvent {
  readonly event: 'instance'
  /** Unique in the run: `HDLC_FRAME_N8/2[frame=rr]@hdlc`. */
  readonly instance: string
  readonly meter: string
  readonly port: string
  readonly id: string
  readonly subtest?: string
  readonly suite: string
  readonly title: string
  readonly purpose?: string
  readonly proves: readonly { readonly clause: string; readonly level: string }[]
  readonly effect: string
  /** How often it was begun before (confirmation on noisy lines); 0 the first time. */
  readonly attempt: number
  readonly at: number
}

/** A step begins. */
export interface StepEvent {
  readonly event: 'step'
  readonly instance: string
  readonly block: Block
  readonly index: number
  /** The step as a sentence: "send DISC, closing flag dropped; nothing may come for 47 ms". */
  readonly text: string
  readonly on: string
  readonly why?: string
  readonly at: number
}

/** One unit on the line (a frame, WPDU, sign-on message, or stray octets), or what happened to the connection. */
export interface TrafficEvent {
  readonly event: 'traffic'
  /** Absent between instances. */
  readonly instance?: string
  readonly connection: string
  readonly port: string
  readonly direction: 'sent' | 'received'
  /** When its first octet began, and when its last had fully passed. */
  readonly at: number
  readonly end: number
  readonly is: 'hdlc' | 'wrapper' | 'sign-on' | 'octets' | 'opened' | 'closed' | 'reset' | 'refused' | 'fault'
  /** Hex, as passed; masked octets are replaced by `XX`. Empty for what happened to the connection. */
  readonly octets: string
  /** Name of the message, outermost to innermost: `i`, `aare`. */
  readonly names: readonly string[]
  /** Which side's address on a datagram or stream, for captures. */
  readonly local?: string
  readonly remote?: string
  /** Check failures seen when it was decoded (before masking): `{at, layer, expected, found}`; readers never check again. */
  readonly failures: readonly {
    readonly layer: string
    readonly at: number
    readonly expected: string
    readonly found: string
  }[]
  /** Fields damaged or wrong on purpose, as octet ranges of this unit. */
  readonly marks: readonly {
    readonly path: string
    readonly from: number
    readonly to: number
    readonly what: string
  }[]
  /** Where in the unit the part of a message lies that goes on in the next unit (`more`) or ends here. */
  readonly information?: { readonly from: number; readonly to: number }
  /** The message goes on in the next unit of this direction. */
  readonly more?: true
  /** Whole APDU that ended in this unit, when it came in several: hex. */
  readonly apdu?: string
  readonly detail?: string
}

/**
 * A protected APDU, of which the traffic shows the octets: what protected it, and what it is beneath. Told when it is whole, behind the traffic of its
 * last unit (`at`: the end of that unit); when it is a signed or ciphered APDU within another one, both are told, the outer one first.
 */
export interface ProtectionEvent {
  readonly event: 'protection'
  readonly instance?: string
  readonly connection: string
  readonly port: string
  readonly direction: 'sent' | 'received'
  readonly at: number
  /** Name of the client whose association it is. */
  readonly client: string
  /** Name of the protected APDU: `glo-get-request`, `general-signing`. */
  readonly name: string
  /** Hex of the octet: `30`. Absent in general-signing. */
  readonly securityControl?: string
  readonly invocationCounter?: number
  /** System title of who protected it: hex. */
  readonly title: string
  /** Name of the key, never the key: `global-unicast-encryption-key`, `dedicated-key`, `signing-key`. */
  readonly key: string
  /** `unknown`: there is nothing to check (encrypted only), or no key to check it by. */
  readonly verified: 'right' | 'wrong' | 'unknown'
  /** Of general-ciphering with a tag that is right: whether its header is authenticated as well. */
  readonly aad?: 'with-header' | 'without-header'
  /** Of general-signing with a signature that is right: what is signed. */
  readonly input?: 'standard' | 'content-without-length' | 'with-tag'
  /** The APDU beneath in hex, masked as traffic is; absent where it could not be had. */
  readonly apdu?: string
}

/** Something worth telling: a control that was run, a rung rebuilt, an unsolicited frame set aside, a passed step. */
export interface NoteEvent {
  readonly event: 'note'
  readonly instance?: string
  readonly kind:
    'control' | 'rung' | 'unsolicited' | 'surplus' | 'confirm' | 'retry' | 'journal' | 'restored' | 'pass' | 'other'
  readonly text: string
  readonly at: number
}

/**
 * The objects that a client sees in a logical device, as the meter listed them: asked once, whatever the number of cases that need them. What passed on
 * the line for it stands between the instances.
 */
export interface ObjectListEvent {
  readonly event: 'object-list'
  readonly meter: string
  readonly port: string
  readonly client: string
  readonly device: string
  /** None where the list could not be used. */
  readonly objects: readonly ListedObject[]
  /** Why it could not be used. */
  readonly trouble?: Pick<Reason, 'text' | 'expected' | 'found' | 'octets'>
  /** When it was begun, and when it was there. */
  readonly at: number
  readonly end: number
}

export interface ListedObject {
  readonly 'class-id': number
  readonly version: number
  /** `1.0.1.8.0.255`. */
  readonly 'instance-id': string
  readonly attributes: readonly ListedAttribute[]
  readonly methods: readonly ListedMethod[]
}

/** `access-mode` as listed; `rights` what it means in this version of the association class. */
export interface ListedAttribute {
  readonly 'attribute-id': number
  readonly 'access-mode': number
  readonly rights: readonly string[]
  readonly selectors?: readonly number[]
}

export interface ListedMethod {
  readonly 'method-id': number
  readonly 'access-mode': number
  readonly rights: readonly string[]
}

/** An instance whose rows only the meter knew has become so many: they run in its place. */
export interface ExpandedEvent {
  readonly event: 'expanded'
  readonly instance: string
  readonly count: number
  readonly at: number
}

/** The end of an instance. The last verdict of an instance counts (confirmation repeats it). */
export interface VerdictEvent {
  readonly event: 'verdict'
  readonly instance: string
  readonly verdict: Verdict
  /** Undefined only for PASSED without remark. */
  readonly reason?: Reason
  readonly remarks: readonly Remark[]
  /** Clauses that the verdict rests on (keys of `RunEvent.clauses`). */
  readonly clauses: readonly string[]
  readonly severity: Severity
  readonly durationMs: number
  /** The command that repeats just this instance. */
  readonly rerun: string
  /** False where this is an attempt that is going to be repeated. */
  readonly final: boolean
  readonly at: number
}

/** What a meter engineer can act on. */
export interface Reason {
  /** One sentence: what is wrong. */
  readonly text: string
  readonly block?: Block
  readonly step?: number
  readonly expected?: string
  readonly found?: string
  /** What to do next. */
  readonly hint?: string
  /** Octets that show it (hex, masked). */
  readonly octets?: string
  /** Path of the wrong field in the message received: `hdlc.control.n-r`. */
  readonly field?: string
  /** Id of the alternative that matched. */
  readonly alternative?: string
}

export interface Remark {
  readonly text: string
  readonly clause?: string
  readonly ruling?: string
  readonly severity: Severity
}

/** The footer. */
export interface EndEvent {
  readonly event: 'end'
  readonly summary: Readonly<Record<Verdict, number>>
  readonly exit: number
  /** `interrupted`, or ERROR of the whole run (no valid frame from the meter at all). */
  readonly ended: 'complete' | 'interrupted' | 'error'
  readonly verdict?: 'ERROR'
  readonly error?: string
  readonly hint?: string
  readonly at: number
}
