// All that the language may know of the protocol, before anything runs: what lint checks suites against.
import { isOperator } from '../codec/codec.ts'
import type { Field, Shape } from '../codec/shape.ts'
import type { Value } from '../codec/value.ts'
import type { AxisWord, CheckWord, MessageWord, OutcomeWord, StepWord, Words } from '../language/words.ts'
import { checkFault, type Carrier } from '../protocol/check-fault.ts'
import { FRAME_NAMES } from '../protocol/hdlc/control.ts'
import { LINK_PARAMETERS } from '../protocol/hdlc/negotiate.ts'
import { llc } from '../protocol/hdlc/llc.ts'
import { isRecord, type JsonRecord, type MessageFailure } from '../protocol/json.ts'
import { MESSAGE_NAMES, messageOf, type Message } from '../protocol/messages.ts'
import { SIGN_ON_NAMES } from '../protocol/sign-on/messages.ts'
import { axes } from './axes.ts'
import { checks } from './checks/index.ts'
import { stepWords } from './steps/index.ts'

export interface Catalogued {
  readonly clauses: ReadonlySet<string>
  /** Id or alias → id. */
  readonly defects: ReadonlyMap<string, string>
}

/** Rulings stand among the clauses: `H20` as `ruling.h20`. */
const RULING = 'ruling.'

export const wordsWith = ({ clauses, defects }: Catalogued): Words => ({
  messages: Object.fromEntries(MESSAGE_NAMES.flatMap((name) => messageWord(name))),
  outcomes: OUTCOMES,
  steps: Object.fromEntries(Object.entries(stepWords).map(([name, word]) => [name, stepWord(word)])),
  checks: Object.fromEntries(Object.keys(checks).map((name): [string, CheckWord] => [name, {}])),
  axes: Object.fromEntries(
    Object.entries(axes).map(([name, { fields }]): [string, AxisWord] => [
      name,
      { fields: ['name', ...withParts(fields)] },
    ]),
  ),
  roots: ROOTS,
  needs: ['power', 'impair'],
  clauses,
  rulings: new Set(
    [...clauses].flatMap((key) => (key.startsWith(RULING) ? [key.slice(RULING.length).toUpperCase()] : [])),
  ),
  defects,
  layers: LAYERS,
  checkFault: faultComplaint,
})

// Messages

const REQUESTS: readonly string[] = [
  'snrm',
  'disc',
  'aarq',
  'rlrq',
  'initiate-request',
  'request',
  'acknowledgement',
  'command',
]

function messageWord(name: string): readonly (readonly [string, MessageWord])[] {
  const message = messageOf(name)
  if (message === undefined) return []
  const fromMeter = !REQUESTS.includes(message.name) && !message.name.includes('-request')
  return [[name, { fields: fieldsOf(message), answers: answersOf(message), fromMeter }]]
}

/** A short name of the answer will do as well. */
const answersOf = ({ answers }: Message): readonly string[] =>
  answers.flatMap((answer) => [
    answer,
    ...MESSAGE_NAMES.filter((name) => name !== answer && messageOf(name)?.name === answer),
  ])

const ADDRESS = ['upper', 'lower', 'octets']
const ADDRESSES = ['destination-address', 'source-address']

/** Fields of a suite, and what lies in them. */
function fieldsOf({ name, layer, fields }: Message): readonly string[] {
  switch (layer) {
    case 'hdlc':
      return [
        ...fields,
        ...ADDRESSES.flatMap((address) => ADDRESS.map((part) => `${address}.${part}`)),
        ...['octets', ...LINK_PARAMETERS].map((parameter) => `information.${parameter}`),
        ...(name === 'i' || name === 'ui' ? ['apdu.*'] : []),
        'octets',
      ]
    case 'apdu':
      return [...withParts(fields), ...(SERVICES[name] ?? []), 'octets']
    case 'wrapper':
    case 'sign-on':
      return [...withParts(fields), 'octets']
    default:
      return layer satisfies never
  }
}

/** Ways to write a service other than by the fields of the standard. */
const SERVICES: Readonly<Record<string, readonly string[]>> = {
  'get-request-normal': ['attribute.*', 'class-id', 'instance-id', 'attribute-id', 'for', 'values', 'device', 'counts'],
  'set-request-normal': ['attribute.*', 'value.*', 'class-id', 'instance-id', 'attribute-id'],
  'action-request-normal': ['method.*', 'parameter.*', 'class-id', 'instance-id', 'method-id'],
}

const withParts = (fields: readonly string[]): readonly string[] => fields.flatMap((field) => [field, `${field}.*`])

// Layers

/** Paths below a shape, each level; groups and contents may be left out. */
function pathsIn(shape: Shape, depth = 5): readonly string[] {
  if (depth === 0) return []
  const inner = (field: Field): readonly string[] => {
    const deeper = pathsIn(field.shape, depth - 1)
    return [field.name, ...deeper.map((path) => `${field.name}.${path}`), ...(field.kind === 'field' ? [] : deeper)]
  }
  switch (shape.is) {
    case 'sequence':
      return shape.fields.flatMap(inner)
    case 'choice':
      return shape.arms.flatMap(inner)
    case 'bits':
      return shape.fields.map(({ name }) => name)
    default:
      return []
  }
}

const pathsOf = (...names: readonly string[]): readonly string[] => [
  ...new Set(names.flatMap((name) => pathsIn(messageOf(name)?.codec.shape ?? { is: 'octets' }))),
]

const FRAME_PATHS = [
  ...pathsOf(...FRAME_NAMES),
  'octets',
  'at',
  'n-s',
  'n-r',
  'poll',
  'final',
  'segmentation',
  'information.*',
]
const WPDU_PATHS = [...pathsOf('wpdu'), 'octets', 'at']

const LAYERS: Words['layers'] = [
  { name: 'line', fields: ['octets', 'at'] },
  { name: 'sign-on', fields: [...pathsOf(...SIGN_ON_NAMES), 'octets', 'at'] },
  { name: 'hdlc', fields: FRAME_PATHS },
  { name: 'llc', fields: [...pathsIn(llc.shape), 'octets', 'at'] },
  { name: 'wrapper', fields: WPDU_PATHS },
  { name: 'frame', fields: [...FRAME_PATHS, ...WPDU_PATHS] },
  { name: 'apdu', fields: 'any' },
]

// Outcomes

const matcher = (alive: boolean, more: Partial<OutcomeWord> = {}): OutcomeWord => ({ takes: 'matcher', alive, ...more })

const OUTCOMES: Readonly<Record<string, OutcomeWord>> = {
  silent: { takes: 'duration', alive: false },
  closed: matcher(false),
  reset: matcher(false),
  garbled: matcher(false),
  fault: matcher(false),
  frame: matcher(true, { covers: [...FRAME_NAMES, 'wpdu'] }),
  refused: matcher(true),
  executed: matcher(true),
  answers: matcher(true),
  value: matcher(true),
  success: matcher(true),
}

// Procedures

const stepWord = ({
  properties,
  required = [],
  outcomes,
  saves = [],
  alive,
  ofMeter,
}: (typeof stepWords)[string]): StepWord => ({
  arguments: { type: 'object', properties, required, additionalProperties: false },
  outcomes,
  saves,
  alive,
  connection: ofMeter !== true,
})

// References

const ADDRESS_ROOT = ['no-station', 'all-station', 'calling'] as const
const CLIENT = ['name', 'role', 'sap', 'mechanism', 'context', 'devices', 'secret']
const TIMES = [
  'responseMs',
  'interOctetMs',
  'interFrameMs',
  'inactivityMs',
  'signOffMs',
  'lockoutMs',
  'tcpInactivityMs',
  'signOnReactionMs',
  'signOnReactionMs.*',
]

const ROOTS: Words['roots'] = {
  testing: { fields: [...TIMES.map((name) => `timing.${name}`), 'objects.*', 'signOn.*', 'push.*', 'clients.*'] },
  supports: { fields: ['hdlc.*', 'signOn.*', 'wrapper.*', 'services.*', 'contexts', 'mechanisms'] },
  devices: { fields: 'any' },
  port: { fields: ['name', 'profile', 'url', 'baud', 'format', 'timing.*'] },
  unassigned: { fields: ['upper', 'lower', 'wport'] },
  reserved: { fields: ['upper', 'lower', 'address'].flatMap((part) => ADDRESS_ROOT.map((name) => `${part}.${name}`)) },
  client: { fields: CLIENT },
  device: { fields: ['name', 'upper', 'sap', 'address'] },
  link: { fields: ['mode', 'v-s', 'v-r', ...LINK_PARAMETERS, 'server-address', 'client-address'] },
  association: { fields: ['negotiated-conformance', 'server-max-receive-pdu-size'] },
  identification: { fields: ['manufacturer', 'baud-rate-identification', 'identification', 'offers-hdlc', 'baud'] },
}

// Faults

/** The topmost message of what a fault is done to: the APDU where a frame carries one, what is made longer where it is filled. */
function faulted(message: Value): string | undefined {
  if (!isRecord(message)) return undefined
  const { fill } = message
  if (isRecord(fill)) return faulted(fill['from'] ?? null)
  const [name, said] = Object.entries(message).find(([key]) => messageOf(key) !== undefined) ?? []
  const inside = isRecord(said) ? said['apdu'] : undefined
  return inside === undefined ? name : faulted(inside)
}

const isReference = (value: Value): boolean => typeof value === 'string' && value.startsWith('$')
const holdsReference = (value: Value): boolean =>
  isReference(value) ||
  (isRecord(value) ? Object.values(value).some(holdsReference) : Array.isArray(value) && value.some(holdsReference))

function faultComplaint(
  message: Value,
  profiles: readonly string[],
  wrong: JsonRecord,
  damage: JsonRecord,
): string | undefined {
  const sent = faulted(message)
  if (sent === undefined) return undefined
  const operators: Record<string, Value> = {}
  for (const [path, operator] of Object.entries(damage)) {
    if (holdsReference(operator)) continue
    if (!isOperator(operator)) return `${path}: ${JSON.stringify(operator)} is no operator`
    operators[path] = operator
  }
  const fault = {
    wrong,
    damage: Object.fromEntries(
      Object.entries(operators).flatMap(([path, value]) => (isOperator(value) ? [[path, value]] : [])),
    ),
  }
  const complaints = carriersOf(profiles).map((carrier) => checkFault(sent, carrier, fault))
  const [first] = complaints
  // A case for several profiles may name a layer that only one of them has.
  return first !== undefined && complaints.every((complaint) => complaint !== undefined)
    ? complaintText(first)
    : undefined
}

const carriersOf = (profiles: readonly string[]): readonly Carrier[] => {
  const wrapper = profiles.some((profile) => ['wrapper', 'tcp', 'udp', 'any'].includes(profile))
  const hdlc = profiles.some((profile) => !['wrapper', 'udp'].includes(profile))
  return [...(hdlc ? (['hdlc'] as const) : []), ...(wrapper ? (['wrapper'] as const) : [])]
}

const complaintText = ({ path, expected, found, candidates }: MessageFailure): string =>
  `${path}: ${found}, where ${expected} was expected${candidates.length > 0 ? ` (did you mean ${candidates.join(', ')}?)` : ''}`
