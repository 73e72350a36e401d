// generate_key_pair and generate_certificate_request: a new pair waits for its certificate, and signs the request for it (IEC 62056-6-2, class 64).
import { hex } from '../../../codec/value.ts'
import { keyPairOf } from '../../../protocol/security/curves.ts'
import type { AsymmetricKeyName } from '../../../protocol/security/key-names.ts'
import type { Invocation, Invoked } from '../behaviour.ts'
import { numberOf, octets } from '../data.ts'
import type { Certified } from './certificates.ts'
import { freshPair } from './curve.ts'
import { DONE, refused } from './setup.ts'

/** By the number of the key pair; the third, of TLS, this meter does not have. */
const PAIRS: readonly AsymmetricKeyName[] = ['signing-key', 'agreement-key']

export function generatePair({ setup, curve }: Certified, { parameters, situation }: Invocation): Invoked {
  const id = numberOf(parameters, 'enum')
  const name = PAIRS[id ?? -1]
  if (id === undefined) return refused('type-unmatched')
  if (name === undefined) return refused('other-reason')
  const { awaitsCertificate, pair } = situation.rules.securitySetup.certificates
  const { privateKey } = freshPair(setup, curve, situation, pair)
  const { keys, generated } = setup.state
  setup.change({
    generated: { ...generated, [name]: privateKey },
    ...(awaitsCertificate(name) ? {} : { keys: { ...keys, [name]: privateKey } }),
  })
  return DONE
}

export function requestCertificate(
  { setup: { state }, x509, curve, title }: Certified,
  { parameters, situation }: Invocation,
): Invoked {
  const id = numberOf(parameters, 'enum')
  const name = PAIRS[id ?? -1]
  if (id === undefined) return refused('type-unmatched')
  const rules = situation.rules.securitySetup.certificates
  const key = name && rules.requestedKey(state.generated?.[name], state.keys[name])
  if (key === undefined) return refused('other-reason')
  const commonName = rules.requested(hex(title))
  return {
    result: 'success',
    returned: octets(x509.certificationRequest(curve, keyPairOf(curve, key), commonName)),
  }
}
