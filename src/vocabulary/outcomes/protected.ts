// What the protection of an APDU breaks.
import type { BrokenRule } from '../../engine/vocabulary.ts'
import type { Apdu } from '../../protocol/apdu.ts'
import { brokenRules } from '../implied/rule.ts'
import { SECURITY_RULES } from '../implied/security.ts'
import type { OpenedApdu } from '../opened.ts'
import type { Question } from './outcome.ts'

/** `octets`: the APDU as it came. Nothing is asked of the APDUs of a client that does not cipher. */
export function protectionRules(
  { inner, seen, signed }: OpenedApdu,
  octets: Uint8Array,
  { protection }: Question,
): readonly BrokenRule[] {
  if (protection === undefined || !protection.security.material.ciphers) return []
  const { security, watch, policy, asked, newKeyFrom } = protection
  const read = inner !== undefined && 'apdu' in inner ? inner.apdu : undefined
  const key = seen && security.keyOf(seen)
  const fallen =
    seen === undefined || key === undefined || seen.verified === 'wrong' ? undefined : watch.judge(seen, key, octets)
  const title = read?.is === 'aare' && read.value.result === 'accepted' ? read.value['responding-AP-title'] : undefined
  return brokenRules(
    SECURITY_RULES,
    {
      seen,
      signed,
      asked,
      policy,
      exempt: isExempt(read),
      suite: security.material.suite,
      serverTitle: security.serverTitle,
      fallen,
      accepted: read?.is === 'aare' && read.value.result === 'accepted',
      title,
      newKeyFrom,
    },
    read?.is ?? seen?.name ?? 'apdu',
  )
}

/** Errors of the protocol are plain, and where there is no user-information there is nothing to protect. */
function isExempt(read: Apdu | undefined): boolean {
  switch (read?.is) {
    case undefined:
    case 'exception-response':
    case 'confirmed-service-error':
    case 'rlre':
      return true
    case 'aare':
      return read.value.result !== 'accepted' || read.value['user-information'] === undefined
    default:
      return false
  }
}
