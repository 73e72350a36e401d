// Layers of Data protection that sign (IEC 62056-6-2, Data protection; IEC 62056-5-3, Digital signature): what the server signs, and what it takes as signed by the client.
import { keyPairOf } from '../../../protocol/security/curves.ts'
import type { GeneralHeader } from '../../../protocol/xdlms/ciphered.ts'
import { CURVE_OF } from '../../../protocol/security/key-names.ts'
import { repeatableSignature } from '../../../protocol/security/nonce-signature.ts'
import { foundSigned } from '../../../protocol/security/signed-data.ts'
import type { Parties } from './parties.ts'
import type { DataProtectionRules } from './rules.ts'

/** Undefined: the server has no key to sign with. */
export function signed(
  { sign, signingKey }: DataProtectionRules,
  { state }: Parties,
  header: GeneralHeader,
  plain: Uint8Array,
): Uint8Array | undefined {
  const curve = CURVE_OF[state.suite]
  const key = state.keys[signingKey]
  return curve && key && sign({ header, curve, pair: keyPairOf(curve, key), sign: repeatableSignature }, plain)
}

/** What was signed; undefined: not by this client. */
export function withoutSignature(
  { isSigned }: DataProtectionRules,
  { state }: Parties,
  header: GeneralHeader,
  octets: Uint8Array,
): Uint8Array | undefined {
  const curve = CURVE_OF[state.suite]
  const publicKey = state.clientKeys['signing-key']
  const found = curve && foundSigned(curve, octets)
  if (curve === undefined || publicKey === undefined || found === undefined) return undefined
  return isSigned({ curve, publicKey, header, found }) ? found.content : undefined
}
