// change_HLS_secret of class 15, change_secret of class 12: the next association needs the new one (IEC 62056-6-2, Association LN and SN).
import type { Mechanism } from '../description.ts'
import type { Invocation, Invoked } from './behaviour.ts'

/** Mechanisms 5 and 7 prove by keys, which a Security setup has. */
const WITH_SECRET: readonly Mechanism[] = ['hls-2', 'hls-md5', 'hls-sha1', 'hls-sha256']

export function changeSecret({ parameters, situation }: Invocation): Invoked {
  const { association, rules, store } = situation
  if (parameters?.is !== 'octet-string') return { result: 'type-unmatched' }
  const changes = WITH_SECRET.includes(association.client.mechanism) && rules.isSecret(parameters.value)
  if (!changes) return { result: 'other-reason' }
  if (rules.keepsSecret) store.keepSecret(association.clientName, parameters.value)
  return { result: 'success' }
}

const SHORTEST_SECRET = 8
const LONGEST_SECRET = 64

/** Whether a client may have it as its secret. */
export const isSecret = ({ length }: Uint8Array): boolean => length >= SHORTEST_SECRET && length <= LONGEST_SECRET
