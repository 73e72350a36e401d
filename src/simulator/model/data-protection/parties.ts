// Between whom Data protection (class 30) protects, and with which keys: the server and the client of an association.
import { unhex } from '../../../codec/value.ts'
import type { CipheringLayer } from '../../../protocol/security/protection-parameters.ts'
import type { ContentKey } from '../../../protocol/security/content-key.ts'
import { answerKey, conformantContentKeys, givenKey, type KeyPlace } from '../../protection/content-keys.ts'
import type { Situation } from '../classes.ts'
import { securityOf } from '../security-state.ts'

export interface Parties extends KeyPlace {
  readonly unicast: Uint8Array
  readonly authentication: Uint8Array
  readonly server: Uint8Array
  readonly client: Uint8Array
}

/** Undefined: the client has no keys, or no system title. */
export function partiesOf(situation: Situation): Parties | undefined {
  const { association, description } = situation
  const state = securityOf(situation, association.client.securitySetup ?? '')
  const { 'global-unicast-encryption-key': unicast, 'authentication-key': authentication } = state?.keys ?? {}
  const client = association.session?.client ?? association.clientTitle
  const server = description.systemTitle === undefined ? undefined : unhex(description.systemTitle)
  if (state === undefined || unicast === undefined || authentication === undefined) return undefined
  return client && server && { place: situation, state, unicast, authentication, server, client }
}

/** Of what comes; undefined: key_info means no key. */
export const keyOf = (parties: Parties, { keyInfo, header }: CipheringLayer): Uint8Array | undefined =>
  isBroadcast(keyInfo) ? undefined : givenKey(conformantContentKeys, parties, header, keyInfo)

/** Of what is given: a key of the kind that is asked for. */
export function keyFor(parties: Parties, { keyInfo, header }: CipheringLayer): ContentKey | undefined {
  if (keyInfo.is !== 'identified-key') return answerKey(conformantContentKeys, parties, header, keyInfo)
  return isBroadcast(keyInfo) ? undefined : { keyInfo, key: parties.unicast }
}

/** What all have is for none alone. */
const isBroadcast = (keyInfo: CipheringLayer['keyInfo']): boolean =>
  keyInfo.is === 'identified-key' && keyInfo.value['key-id'] !== 'global-unicast-encryption-key'
