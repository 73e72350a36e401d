// All that a Security setup needs of X.509. The library behind it takes its time to load: only meters with certificates have it.
import { readCertificate } from '../../../protocol/security/certificates/certificate.ts'
import { checkChain, unfitIn } from '../../../protocol/security/certificates/chain.ts'
import { issueCertificate } from '../../../protocol/security/certificates/issue.ts'
import { systemTitleIn } from '../../../protocol/security/certificates/name.ts'
import { certificationRequest } from '../../../protocol/security/certificates/request.ts'

export const x509 = { readCertificate, checkChain, unfitIn, issueCertificate, systemTitleIn, certificationRequest }
export type X509 = typeof x509
