// What the user-information of an AARQ brings: the InitiateRequest, deciphered where it is ciphered (rulings A16, A24).
import { decode } from '../../codec/codec.ts'
import type { Aarq } from '../../protocol/acse/acse.ts'
import { cipheredIn } from '../../protocol/security/ciphered-apdu.ts'
import type { ConfirmedServiceError } from '../../protocol/xdlms/errors.ts'
import type { InitiateRequest } from '../../protocol/xdlms/initiate.ts'
import { xdlms } from '../../protocol/xdlms/xdlms.ts'
import { unprotected } from '../protection/incoming.ts'
import type { Partners } from '../protection/partners.ts'
import type { How, ProtectionRules } from '../protection/rules.ts'

export type Initiated =
  | { readonly is: 'initiate'; readonly value: InitiateRequest; readonly how?: How }
  /** `error`: why, where that is known. */
  | { readonly is: 'none'; readonly error?: ConfirmedServiceError['service-error'] }

/** `partners`: where APDUs may be ciphered. */
export function initiateIn(
  { 'user-information': information }: Pick<Aarq, 'user-information'>,
  rules: ProtectionRules,
  partners: Partners | undefined,
): Initiated {
  if (information === undefined || information.is === 'octets') return { is: 'none' }
  if (information.is === 'initiate-request') {
    return partners === undefined || rules.servesPlain(rules.demanded(partners), 'initiate')
      ? { is: 'initiate', value: information.value }
      : { is: 'none', error: { is: 'initiate', value: 'refused-by-the-VDE-handler' } }
  }
  const ciphered = cipheredIn(information)
  if (ciphered === undefined || partners === undefined) return { is: 'none' }
  const taken = unprotected(rules, partners, ciphered)
  if (taken.is === 'refused') return { is: 'none', error: { is: 'application-reference', value: 'deciphering-error' } }
  const read = decode(xdlms, taken.octets)
  return read.ok && read.value.is === 'initiate-request'
    ? { is: 'initiate', value: read.value.value, ...(taken.how === undefined ? {} : { how: taken.how }) }
    : { is: 'none' }
}
