// `reply-to-hls`: pass 3 of HLS, with the proof that is due or with one that is faulty on purpose.
import { SWAPPED, type ProofFault } from '../../client/hls.ts'
import { applyOperator, isOperator } from '../../codec/operator.ts'
import { fail, hex, ok, unhex, type Value } from '../../codec/value.ts'
import { isRecord, valueOf, type JsonRecord } from '../../protocol/json.ts'
import { securityControl } from '../../protocol/security/security-control.ts'
import { declaredOctets } from '../changed-keys.ts'
import { proofOn } from '../handshake.ts'
import { refuse, type Context, type Made } from './outgoing.ts'
import type { Said } from './short-names.ts'

export const REPLY = 'reply-to-hls'

/** Besides the fields of an action: `proof` as octets, or as an operator on the octets that are due; or what in it is not as it should be; `swapped`: what in it is in the wrong order; `secret`: `former`, the declared one after it was changed; `signing-key`: `another`, of nobody. */
export const REPLY_FIELDS: readonly string[] = [
  'proof',
  'security-control',
  'invocation-counter',
  'system-title',
  'challenge',
  'authentication-tag',
  'swapped',
  'secret',
  'signing-key',
]

/** reply_to_HLS_authentication of the current association (IEC 62056-6-2, classes 15 and 12). */
const METHODS = {
  ln: { 'class-id': 15, 'instance-id': '0.0.40.0.0.255', 'method-id': 1 },
  sn: { 'class-id': 12, 'instance-id': '0.0.40.0.0.255', 'method-id': 8 },
} as const

/** As the action that it is. */
export function replyAsAction({ bench, connection }: Context, said: JsonRecord): Made<Said> {
  const proof = proofSaid(said['proof'], () => dueProof(said))
  if (!proof.ok) return proof
  const others = Object.fromEntries(Object.entries(said).filter(([name]) => !REPLY_FIELDS.includes(name)))
  return ok({
    name: 'action',
    said: { ...METHODS[connection.client.context], parameter: { 'octet-string': hex(proof.value) }, ...others },
  })

  function dueProof(fields: JsonRecord): Made<Uint8Array> {
    const fault = faultIn(fields)
    if (!fault.ok || fields['secret'] === undefined) return fault.ok ? proofOn(bench, connection, fault.value) : fault
    const secret =
      fields['secret'] === FORMER ? declaredOctets(connection.client, 'hls-secret', bench.setup) : undefined
    return secret === undefined
      ? fail(`secret: expected ${FORMER}, the one before a change`)
      : proofOn(bench, connection, { ...fault.value, secret })
  }
}

function proofSaid(said: Value | undefined, due: () => Made<Uint8Array>): Made<Uint8Array> {
  if (said === undefined) return due()
  if (isOperator(said)) {
    const whole = due()
    if (!whole.ok) return whole
    const changed = applyOperator(said, whole.value)
    return changed === undefined
      ? fail(`proof: ${JSON.stringify(said)} does not fit its ${whole.value.length} octets`)
      : ok(changed)
  }
  const octets = typeof said === 'string' ? unhex(said) : undefined
  return octets === undefined ? fail(`proof: expected octets in hex, found ${JSON.stringify(said)}`) : ok(octets)
}

function faultIn(fields: JsonRecord): Made<ProofFault> {
  const {
    'security-control': control,
    'invocation-counter': counter,
    'system-title': title,
    challenge,
    'authentication-tag': tag,
  } = fields
  const read =
    control === undefined
      ? undefined
      : valueOf(securityControl, isRecord(control) ? { ...NO_FLAGS, ...control } : control)
  if (read?.ok === false) return refuse(read.failure)
  const swapped = SWAPPED.find((each) => each === fields['swapped'])
  if (swapped === undefined && fields['swapped'] !== undefined)
    return fail(`swapped: expected ${SWAPPED.join(', ')}, found ${JSON.stringify(fields['swapped'])}`)
  const octets = (value: Value | undefined): Uint8Array | undefined =>
    typeof value === 'string' ? unhex(value) : undefined
  const [own, other, last] = [octets(title), octets(challenge), octets(tag)]
  return ok({
    ...(read === undefined ? {} : { control: read.value }),
    ...(typeof counter === 'number' ? { invocationCounter: counter } : {}),
    ...(own === undefined ? {} : { title: own }),
    ...(other === undefined ? {} : { challenge: other }),
    ...(last === undefined ? {} : { tag: last }),
    ...(swapped === undefined ? {} : { swapped }),
    ...(fields['signing-key'] === ANOTHER ? { another: true } : {}),
  })
}

const FORMER = 'former'
const ANOTHER = 'another'

const NO_FLAGS: JsonRecord = {
  compression: false,
  'broadcast-key-set': false,
  encryption: false,
  authentication: false,
  'security-suite-id': 0,
}
