import type { Event } from '../engine/events.ts'

// A stream may come from a disk, another version or another hand: a line is an event only when what readers rely on is there.

type Kind = 'string' | 'number' | 'number?' | 'boolean' | 'list' | 'record' | 'text?' | 'strings'
type Fields = Readonly<Record<string, Kind>>

/** The fields that readers use without asking, for each event. */
const FIELDS: Readonly<Record<Event['event'], Fields>> = {
  run: {
    tool: 'record',
    started: 'string',
    command: 'string',
    seed: 'number',
    suites: 'list',
    meters: 'list',
    planned: 'number',
    clauses: 'record',
  },
  instance: {
    instance: 'string',
    meter: 'string',
    port: 'string',
    id: 'string',
    subtest: 'text?',
    suite: 'string',
    title: 'string',
    purpose: 'text?',
    proves: 'list',
    effect: 'string',
    attempt: 'number',
    at: 'number',
  },
  step: {
    instance: 'string',
    block: 'string',
    index: 'number',
    text: 'string',
    on: 'string',
    why: 'text?',
    at: 'number',
  },
  traffic: {
    instance: 'text?',
    connection: 'string',
    port: 'string',
    direction: 'string',
    is: 'string',
    octets: 'string',
    names: 'strings',
    at: 'number',
    end: 'number',
    failures: 'list',
    marks: 'list',
    detail: 'text?',
    apdu: 'text?',
    local: 'text?',
    remote: 'text?',
  },
  protection: {
    instance: 'text?',
    connection: 'string',
    port: 'string',
    direction: 'string',
    at: 'number',
    client: 'string',
    name: 'string',
    securityControl: 'text?',
    invocationCounter: 'number?',
    title: 'string',
    key: 'string',
    verified: 'string',
    aad: 'text?',
    input: 'text?',
    apdu: 'text?',
  },
  note: { instance: 'text?', kind: 'string', text: 'string', at: 'number' },
  'object-list': {
    meter: 'string',
    port: 'string',
    client: 'string',
    device: 'string',
    objects: 'list',
    at: 'number',
    end: 'number',
  },
  expanded: { instance: 'string', count: 'number', at: 'number' },
  verdict: {
    instance: 'string',
    verdict: 'string',
    remarks: 'list',
    clauses: 'strings',
    severity: 'string',
    durationMs: 'number',
    rerun: 'string',
    final: 'boolean',
    at: 'number',
  },
  end: { summary: 'record', exit: 'number', ended: 'string', error: 'text?', hint: 'text?', at: 'number' },
}

/** The records inside an event, and what each must have. */
const INSIDE: Readonly<Record<string, Fields>> = {
  suites: { id: 'string', title: 'string', hash: 'string' },
  meters: {
    meter: 'string',
    title: 'string',
    hash: 'string',
    identification: 'record',
    simulated: 'boolean',
    ports: 'list',
    assumed: 'record',
  },
  ports: { name: 'string', url: 'string', profile: 'string' },
  proves: { clause: 'string', level: 'string' },
  failures: { layer: 'string', at: 'number', expected: 'string', found: 'string' },
  marks: { path: 'string', from: 'number', to: 'number', what: 'string' },
  objects: { 'class-id': 'number', version: 'number', 'instance-id': 'string', attributes: 'list', methods: 'list' },
  attributes: { 'attribute-id': 'number', 'access-mode': 'number', rights: 'strings' },
  methods: { 'method-id': 'number', 'access-mode': 'number', rights: 'strings' },
  remarks: { text: 'string', clause: 'text?', severity: 'string' },
}

const REASON: Fields = {
  text: 'string',
  block: 'text?',
  expected: 'text?',
  found: 'text?',
  hint: 'text?',
  octets: 'text?',
  field: 'text?',
  alternative: 'text?',
}
const CLAUSE: Fields = { book: 'string', edition: 'text?', clause: 'text?', section: 'text?', text: 'string' }

const VERDICTS: readonly unknown[] = ['PASSED', 'FAILED', 'INCONCLUSIVE', 'INAPPLICABLE', 'ERROR']
const UNITS: readonly unknown[] = [
  'hdlc',
  'wrapper',
  'sign-on',
  'octets',
  'opened',
  'closed',
  'reset',
  'refused',
  'fault',
]

const CHECKED: readonly unknown[] = ['right', 'wrong', 'unknown']

/** The event that a JSON value is, or what it lacks to be one. */
export function asEvent(value: unknown): { readonly event: Event } | { readonly lacks: string } {
  const lacks = missing(value)
  return lacks === undefined ? { event: value as Event } : { lacks }
}

function missing(value: unknown): string | undefined {
  if (!isRecord(value)) return 'expected an object'
  const kind = value['event']
  if (typeof kind !== 'string' || !isKind(kind)) return 'expected "event" to be the name of an event'
  return absentField(value, FIELDS[kind]) ?? absentInside(value) ?? absentNamed(value) ?? unknownName(value)
}

function absentField(value: Readonly<Record<string, unknown>>, fields: Fields): string | undefined {
  const name = Object.keys(fields).find((field) => !has(value[field], fields[field] ?? 'record'))
  return name === undefined ? undefined : `"${name}" is missing or of the wrong kind`
}

function absentInside(value: Readonly<Record<string, unknown>>): string | undefined {
  for (const [name, fields] of Object.entries(INSIDE)) {
    const list: unknown = value[name]
    if (!Array.isArray(list)) continue
    for (const element of list as readonly unknown[]) {
      const lacks = isRecord(element) ? (absentField(element, fields) ?? absentInside(element)) : 'no object'
      if (lacks !== undefined) return `in "${name}": ${lacks}`
    }
  }
  return undefined
}

function absentNamed(value: Readonly<Record<string, unknown>>): string | undefined {
  const reason = value['reason']
  if (reason !== undefined && !isRecord(reason)) return '"reason" is no object'
  const trouble = value['trouble']
  if (trouble !== undefined && (!isRecord(trouble) || absentField(trouble, REASON) !== undefined))
    return '"trouble" is no reason'
  const clauses = value['event'] === 'run' && isRecord(value['clauses']) ? Object.entries(value['clauses']) : []
  const clause = clauses.find(([, text]) => !isRecord(text) || absentField(text, CLAUSE) !== undefined)
  if (clause !== undefined) return `clause "${clause[0]}" has no book or text`
  return reason === undefined ? undefined : absentField(reason, REASON)
}

function unknownName(value: Readonly<Record<string, unknown>>): string | undefined {
  if (value['event'] === 'run' && value['schema'] !== 'events/1') return '"schema" is not events/1'
  if (value['event'] === 'run' && Number.isNaN(Date.parse(String(value['started'])))) return '"started" is no time'
  if (value['event'] === 'verdict' && !VERDICTS.includes(value['verdict'])) return '"verdict" is not a verdict'
  if (value['event'] === 'traffic' && !UNITS.includes(value['is'])) return '"is" is no kind of unit'
  if (value['event'] === 'protection' && !CHECKED.includes(value['verified'])) return '"verified" is no outcome'
  return undefined
}

function has(value: unknown, kind: Kind): boolean {
  switch (kind) {
    case 'list':
      return Array.isArray(value)
    case 'strings':
      return Array.isArray(value) && value.every((element) => typeof element === 'string')
    case 'record':
      return isRecord(value)
    case 'text?':
      return value === undefined || typeof value === 'string'
    case 'number?':
      return value === undefined || typeof value === 'number'
    case 'string':
    case 'number':
    case 'boolean':
      return typeof value === kind
    default:
      return kind satisfies never
  }
}

const isKind = (kind: string): kind is Event['event'] => Object.hasOwn(FIELDS, kind)

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
