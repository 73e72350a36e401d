// How defects change what a Security setup takes.
import type { Decisions } from '../../decisions.ts'
import type { AgreementRules } from '../../model/security-setup/agreement-rules.ts'
import type { CertificateRules } from '../../model/security-setup/certificate-rules.ts'
import type { SecuritySetupRules } from '../../model/security-setup/rules.ts'
import { changeModel } from '../defect.ts'

export const changeSecuritySetup = (
  d: Decisions,
  change: (before: SecuritySetupRules) => Partial<SecuritySetupRules>,
): Decisions =>
  changeModel(d, ({ securitySetup }) => ({ securitySetup: { ...securitySetup, ...change(securitySetup) } }))

export const changeAgreement = (d: Decisions, change: (before: AgreementRules) => Partial<AgreementRules>): Decisions =>
  changeSecuritySetup(d, ({ agreement }) => ({ agreement: { ...agreement, ...change(agreement) } }))

export const changeCertificates = (
  d: Decisions,
  change: (before: CertificateRules) => Partial<CertificateRules>,
): Decisions =>
  changeSecuritySetup(d, ({ certificates }) => ({ certificates: { ...certificates, ...change(certificates) } }))
