// reply_to_HLS_authentication and change_HLS_secret of the association objects, classes 12 and 15.
import type { Invocation, Invoked } from './behaviour.ts'

const REPLY_LN = 1
const CHANGE_SECRET_LN = 2
const CHANGE_SECRET_SN = 5
const REPLY_SN = 8

export const invokeAssociation = (invocation: Invocation): Invoked | undefined => {
  if (invocation.method === REPLY_LN) return reply(invocation)
  return invocation.method === CHANGE_SECRET_LN ? changeSecret(invocation) : undefined
}

export const invokeAssociationSn = (invocation: Invocation): Invoked | undefined => {
  if (invocation.method === REPLY_SN) return reply(invocation)
  return invocation.method === CHANGE_SECRET_SN ? changeSecret(invocation) : undefined
}

const reply = ({ parameters, situation }: Invocation): Invoked =>
  parameters?.is === 'octet-string'
    ? (situation.authenticate?.(parameters.value) ?? { result: 'read-write-denied' })
    : { result: 'type-unmatched' }

/** Mechanisms whose secret is octets that both parties have. */
const WITH_SECRET: readonly string[] = ['hls-2', 'hls-md5', 'hls-sha1', 'hls-sha256']

/** The new secret holds from the next association on. */
function changeSecret({ parameters, situation }: Invocation): Invoked {
  const { association, rules, store } = situation
  if (parameters?.is !== 'octet-string') return { result: 'type-unmatched' }
  if (!WITH_SECRET.includes(association.client.mechanism)) return { result: 'object-unavailable' }
  if (!rules.takesSecret(parameters.value)) return { result: 'other-reason' }
  store.keepSecret(association.clientName, Uint8Array.from(parameters.value))
  return { result: 'success' }
}
