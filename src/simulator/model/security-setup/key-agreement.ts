// key_agreement: both sides give an ephemeral key with a signature, and derive the same key from them (IEC 62056-6-2, Security setup; IEC 62056-5-3, C(2e, 0s)).
import { unhex } from '../../../codec/value.ts'
import type { Data } from '../../../protocol/data/data.ts'
import type { Curve, KeyPair } from '../../../protocol/security/curves.ts'
import type { Invocation, Invoked } from '../behaviour.ts'
import { array, elementsOf, enumerated, fieldsOf, numberOf, octets, structure } from '../data.ts'
import { curveOf, freshPair, ownPair } from './curve.ts'
import { keepKeys } from './key-transfer.ts'
import type { AgreedKey } from './agreement-rules.ts'
import { refused, type Setup } from './setup.ts'

/** The master key protects keys and not APDUs: it is not agreed on. */
const MASTER_KEY = 'master-key'

export function agreeKeys(setup: Setup, invocation: Invocation): Invoked {
  const { parameters, situation } = invocation
  const list = elementsOf(parameters)?.map(readKeyData)
  if (list === undefined || list.includes(undefined)) return refused('type-unmatched')
  const curve = curveOf(setup.state)
  const signing = curve && ownPair(setup, curve, 'signing-key')
  if (curve === undefined || signing === undefined) return refused('other-reason')
  const agreed = list.flatMap((each) =>
    each === undefined ? [] : [agree({ setup, invocation, curve, signing }, each)],
  )
  if (!situation.rules.securitySetup.isTaken(agreed)) return refused('other-reason')
  keepKeys(setup, agreed, situation.rules.securitySetup.outlivesPower('agreed'))
  return {
    result: 'success',
    returned: array(agreed.map(({ id, answer }) => structure(enumerated(id), octets(answer)))),
  }
}

interface KeyData {
  readonly id: number
  readonly octets: Uint8Array
}

/** key_id and key_data: the ephemeral public key, and the signature over both. */
function readKeyData(element: Data): KeyData | undefined {
  const fields = fieldsOf(element, 2) ?? []
  const id = numberOf(fields[0], 'enum')
  const keyData = fields[1]
  return id === undefined || keyData?.is !== 'octet-string' ? undefined : { id, octets: keyData.value }
}

interface Agreeing {
  readonly setup: Setup
  readonly invocation: Invocation
  readonly curve: Curve
  readonly signing: KeyPair
}

function agree({ setup, invocation: { situation }, curve, signing }: Agreeing, { id, octets }: KeyData): AgreedKey {
  const { securitySetup: rules } = situation.rules
  const named = rules.keyName(id, setup.version)
  const name = named === MASTER_KEY ? undefined : named
  const client = setup.state.clientKeys['signing-key']
  const partyU = situation.association.clientTitle
  const partyV = unhex(situation.description.systemTitle ?? '')
  const nothing: AgreedKey = { id, name, key: undefined, answer: new Uint8Array(0) }
  if (client === undefined || partyU === undefined || partyV === undefined) return nothing
  const other = rules.agreement.ephemeralKey(curve, client, octets, id)
  if (!other.ok || rules.agreement.isOwn(other.value, ownKeys(setup, curve))) return nothing
  const own = freshPair(setup, curve, situation, rules.agreement.pair)
  const agreement = { scheme: 'ephemeral-unified', curve, titles: { partyU, partyV } } as const
  const key = rules.agreement.agreed(agreement, own, other.value)
  const answer = rules.agreement.answer(curve, signing, own.publicKey, id)
  return key.ok ? { id, name, key: key.value, answer } : nothing
}

/** Public keys of the server itself. */
const ownKeys = (setup: Setup, curve: Curve): readonly Uint8Array[] =>
  (['signing-key', 'agreement-key'] as const).flatMap((name) => ownPair(setup, curve, name)?.publicKey ?? [])
