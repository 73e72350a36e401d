// What a certificate is worth: whether authorities that are trusted stand behind it, and whether it is for what it is used for.
import { fail, ok, type Result } from '../../../codec/value.ts'
import type { Curve } from '../curves.ts'
import { isSignedBy, type Certificate } from './certificate.ts'
import type { Purpose } from './extensions.ts'
import { systemTitleIn, type DistinguishedName } from './name.ts'

/** Those that are trusted without another, and those between; the order does not matter. */
export interface Authorities {
  readonly roots: readonly Certificate[]
  readonly between: readonly Certificate[]
}

export type Untrusted =
  | 'unknown-issuer'
  | 'wrong-signature'
  | 'not-yet-valid'
  | 'expired'
  | 'issuer-is-no-authority'
  | 'too-many-authorities'
  | 'unknown-critical-extension'

/** Longer chains are not followed. */
const MAX_CHAIN = 8

/** The certificates from this one to a root; `at`: milliseconds since 1970. */
export function checkChain(
  certificate: Certificate,
  authorities: Authorities,
  at: number,
): Result<readonly Certificate[], Untrusted> {
  const chain: Certificate[] = []
  let current = certificate
  while (chain.length < MAX_CHAIN) {
    const own = ownFault(current, at)
    if (own !== undefined) return fail(own)
    chain.push(current)
    if (authorities.roots.some((root) => isSame(root.octets, current.octets))) return ok(chain)
    const issuer = issuerOf(current, authorities)
    if (!issuer.ok) return issuer
    // the certificate itself does not count, only authorities below the issuer do
    if (issuer.value.pathLength !== undefined && chain.length - 1 > issuer.value.pathLength)
      return fail('too-many-authorities')
    current = issuer.value
  }
  return fail('too-many-authorities')
}

function ownFault(certificate: Certificate, at: number): Untrusted | undefined {
  if (certificate.unknownCritical.length > 0) return 'unknown-critical-extension'
  if (at < certificate.notBefore) return 'not-yet-valid'
  return at > certificate.notAfter ? 'expired' : undefined
}

/** Of several with the name of the issuer, the one whose key signed. */
function issuerOf(certificate: Certificate, { roots, between }: Authorities): Result<Certificate, Untrusted> {
  const named = [...roots, ...between].filter(({ subject }) => isNamed(subject, certificate.issuer))
  if (named.length === 0) return fail('unknown-issuer')
  const signing = named.find((issuer) => isSignedBy(certificate, issuer))
  if (signing === undefined) return fail('wrong-signature')
  const mayIssue = signing.isAuthority && (signing.purposes?.includes('authority') ?? true)
  return mayIssue ? ok(signing) : fail('issuer-is-no-authority')
}

export type Unfit = 'common-name' | 'key-usage' | 'curve'

/** What a certificate must be to be used here. */
export interface Fitness {
  readonly systemTitle: Uint8Array
  readonly purpose: Purpose
  readonly curve: Curve
}

/** Everything in which the certificate is not that which is expected. */
export function unfitIn(certificate: Certificate, { systemTitle, purpose, curve }: Fitness): readonly Unfit[] {
  const title = systemTitleIn(certificate.subject)
  const purposes = certificate.purposes ?? []
  return [
    ...(title !== undefined && isSame(title, systemTitle) ? [] : (['common-name'] as const)),
    ...(purposes.length === 1 && purposes[0] === purpose ? [] : (['key-usage'] as const)),
    ...(certificate.curve === curve ? [] : (['curve'] as const)),
  ]
}

const isSame = (one: Uint8Array, other: Uint8Array): boolean => Buffer.compare(one, other) === 0
const isNamed = (one: DistinguishedName, other: DistinguishedName): boolean => isSame(one.octets, other.octets)
