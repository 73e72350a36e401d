// import_certificate: what is stored must be of an authority that is trusted, and fit its owner (IEC 62056-6-2, class 64; RFC 5280, 6).
import type { Certificate } from '../../../protocol/security/certificates/certificate.ts'
import { keyPairOf } from '../../../protocol/security/curves.ts'
import type { AsymmetricKeyName } from '../../../protocol/security/key-names.ts'
import type { Invocation, Invoked } from '../behaviour.ts'
import type { Situation } from '../classes.ts'
import { instantAt } from '../clock/clock.ts'
import type { SecuritySetupState } from '../security-state.ts'
import type { Objection } from './certificate-rules.ts'
import { isMeant, isSame, type Certified } from './certificates.ts'
import { DONE, refused } from './setup.ts'

const KEYS = { 'digital-signature': 'signing-key', 'key-agreement': 'agreement-key' } as const

export function importCertificate(certified: Certified, { parameters, situation }: Invocation): Invoked {
  const { setup, stored, described, x509 } = certified
  const { certificates: rules, outlivesPower } = situation.rules.securitySetup
  if (parameters?.is !== 'octet-string') return refused('type-unmatched')
  const read = x509.readCertificate(parameters.value)
  if (!read.ok) {
    setup.change({ certificates: rules.afterRubbish(stored) })
    return refused('other-reason')
  }
  const certificate = read.value
  if (objections(certified, certificate, situation).some((each) => rules.heeds(each, certificate)))
    return refused('other-reason')
  const others = rules.replacesSame ? stored.filter((each) => !isMeant(certified, each, certificate)) : stored
  const after = rules.stored(others, certificate.octets, described.room)
  if (after === undefined) return refused('other-reason')
  const change = { ...takenIntoUse(certified, certificate, situation), certificates: after }
  setup.change(change, outlivesPower('imported'))
  return DONE
}

function objections(certified: Certified, certificate: Certificate, situation: Situation): readonly Objection[] {
  const { x509, curve, authority } = certified
  const authorities = { roots: [authority], between: [] }
  const chain = x509.checkChain(certificate, authorities, instantAt(situation, situation.now))
  const untrusted: readonly Objection[] = chain.ok ? [] : [chain.failure]
  if (certificate.isAuthority) return [...untrusted, 'authority']
  const unfit = x509.unfitIn(certificate, {
    systemTitle: x509.systemTitleIn(certificate.subject) ?? new Uint8Array(0),
    purpose: certificate.purposes?.find((each) => each !== 'authority') ?? 'digital-signature',
    curve,
  })
  return [...untrusted, ...unfit, ...(isRightOwner(certified, certificate) ? [] : (['foreign-key'] as const))]
}

/** The server has a certificate only for a key of its own, and nobody else has one for such a key. */
function isRightOwner({ setup: { state }, x509, curve, title }: Certified, certificate: Certificate): boolean {
  const owner = x509.systemTitleIn(certificate.subject)
  const name = keyNameOf(certificate)
  const isOwn = (key: Uint8Array | undefined): boolean =>
    key !== undefined && isSame(keyPairOf(curve, key).publicKey, certificate.publicKey)
  if (owner !== undefined && isSame(owner, title))
    return name !== undefined && (isOwn(state.generated?.[name]) || isOwn(state.keys[name]))
  return !(['signing-key', 'agreement-key'] as const).some(
    (each) => isOwn(state.generated?.[each]) || isOwn(state.keys[each]),
  )
}

function keyNameOf({ purposes = [] }: Certificate): AsymmetricKeyName | undefined {
  const purpose = purposes.find((each) => each !== 'authority')
  return purpose && KEYS[purpose]
}

/** A key pair that has its certificate takes the place of the one before it; a client is known by its new key. */
function takenIntoUse(
  { setup: { state }, x509, curve, title }: Certified,
  certificate: Certificate,
  { association: { clientTitle }, rules }: Situation,
): Partial<SecuritySetupState> {
  const name = keyNameOf(certificate)
  const owner = x509.systemTitleIn(certificate.subject)
  if (name === undefined || owner === undefined || certificate.curve !== curve) return {}
  if (clientTitle !== undefined && isSame(owner, clientTitle))
    return { clientKeys: { ...state.clientKeys, [name]: certificate.publicKey } }
  const key = state.generated?.[name]
  if (key === undefined || !isSame(owner, title) || !isSame(keyPairOf(curve, key).publicKey, certificate.publicKey))
    return {}
  const { [name]: _, ...generated } = state.generated ?? {}
  const { takesIntoUse } = rules.securitySetup.certificates
  return { ...(takesIntoUse(name) ? { keys: { ...state.keys, [name]: key } } : {}), generated }
}
