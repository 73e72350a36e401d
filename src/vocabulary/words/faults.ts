// Is there what a fault is done to? Composed by way of trial, in each layer that may carry the message.
import { isOperator, type Operator } from '../../codec/codec.ts'
import type { Value } from '../../codec/value.ts'
import { checkFault, type Carrier } from '../../protocol/check-fault.ts'
import { isRecord, type JsonRecord, type MessageFailure } from '../../protocol/json.ts'
import { messageOf } from '../../protocol/messages.ts'
import { writtenOut } from '../outgoing/bodies.ts'

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

/** Why a fault cannot be done to a message on any port of these profiles; undefined: it can, or only a run can tell. */
export function faultComplaint(
  message: Value,
  profiles: readonly string[],
  wrong: JsonRecord,
  damage: JsonRecord,
): string | undefined {
  const sent = faulted(message)
  if (sent === undefined) return undefined
  const operators: Record<string, Operator> = {}
  for (const [path, said] of Object.entries(damage)) {
    if (holdsReference(said)) continue
    const operator = writtenOut(said)
    if (!isOperator(operator)) return `${path}: ${JSON.stringify(operator)} is no operator`
    operators[path] = operator
  }
  const complaints = carriersOf(profiles).map((carrier) => checkFault(sent, carrier, { wrong, damage: operators }))
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

/** It stands behind "found": there the words of `failureText` would say "expected" twice. */
const complaintText = ({ path, expected, found, candidates }: MessageFailure): string =>
  `${path}: ${found}, where ${expected} was expected${candidates.length > 0 ? ` (did you mean ${candidates.join(', ')}?)` : ''}`
