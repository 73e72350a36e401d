// export_certificate and remove_certificate, each by entity and type or by serial number and issuer (IEC 62056-6-2, class 64).
import { identificationIn } from '../../../protocol/security/security-setup.ts'
import type { Invocation, Invoked } from '../behaviour.ts'
import { octets } from '../data.ts'
import { certificateIn, isMeant, isSame, type Certified } from './certificates.ts'
import { DONE, refused } from './setup.ts'

export function exportCertificate(certified: Certified, { parameters, situation }: Invocation): Invoked {
  const identification = parameters && identificationIn(parameters)
  if (identification === undefined) return refused('type-unmatched')
  // of several of one owner the one that is in use, which came last
  const found = certified.stored.filter((each) => isMeant(certified, each, identification)).at(-1)
  if (found === undefined) return refused('other-reason')
  return { result: 'success', returned: octets(situation.rules.securitySetup.certificates.exported(found)) }
}

/** Those of the server's keys that are in use stay: without them nobody could trust it. */
export function removeCertificate(certified: Certified, { parameters, situation }: Invocation): Invoked {
  const { setup, stored } = certified
  const identification = parameters && identificationIn(parameters)
  if (identification === undefined) return refused('type-unmatched')
  const meant = stored.filter((each) => isMeant(certified, each, identification))
  const { losesOwn } = situation.rules.securitySetup.certificates
  if (meant.length === 0 || (!losesOwn && meant.some((each) => isNeeded(certified, each))))
    return refused('other-reason')
  setup.change({ certificates: stored.filter((each) => !meant.includes(each)) })
  return DONE
}

/** That of the authority, and the latest of each key of the server. */
function isNeeded({ x509, authority, title, stored }: Certified, octets: Uint8Array): boolean {
  const { subject, purposes, isAuthority } = certificateIn(x509, octets)
  if (isAuthority) return isSame(octets, authority.octets)
  const owner = x509.systemTitleIn(subject)
  if (owner === undefined || !isSame(owner, title)) return false
  const latest = stored.findLast((each) => {
    const other = certificateIn(x509, each)
    return isSame(other.subject.octets, subject.octets) && other.purposes?.[0] === purposes?.[0]
  })
  return latest === octets
}
