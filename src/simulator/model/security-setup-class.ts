// Class 64, Security setup: what protects the associations that name it, and the methods that change it.
import { unhex } from '../../codec/value.ts'
import type { Data } from '../../protocol/data/data.ts'
import type { DataAccessResult } from '../../protocol/xdlms/common.ts'
import type { ObjectDescription } from '../description.ts'
import type { Invocation, Invoked, Writing } from './behaviour.ts'
import type { Situation } from './classes.ts'
import { array, enumerated, numberOf, octets } from './data.ts'
import { certificatesAttribute, certifiedOf, type Certified } from './security-setup/certificates.ts'
import { generatePair, requestCertificate } from './security-setup/generated-keys.ts'
import { importCertificate } from './security-setup/import-certificate.ts'
import { agreeKeys } from './security-setup/key-agreement.ts'
import { transferKeys } from './security-setup/key-transfer.ts'
import { activate } from './security-setup/policy.ts'
import { setupOf, type Setup } from './security-setup/setup.ts'
import { exportCertificate, removeCertificate } from './security-setup/stored-certificates.ts'

const POLICY = 2

const SECURITY_ACTIVATE = 1
const KEY_TRANSFER = 2
const KEY_AGREEMENT = 3

type Certifying = (certified: Certified, invocation: Invocation) => Invoked

/** What only a setup with certificates can carry out. */
const CERTIFYING: Readonly<Record<number, Certifying>> = {
  4: generatePair,
  5: requestCertificate,
  6: importCertificate,
  7: exportCertificate,
  8: removeCertificate,
}

export function securitySetupAttribute(
  object: ObjectDescription,
  attribute: number,
  situation: Situation,
): Data | undefined {
  const setup = setupOf({ object, situation })
  if (setup === undefined) return undefined
  switch (attribute) {
    case POLICY:
      return enumerated(setup.state.policy)
    case 3:
      return enumerated(setup.state.suite)
    case 4:
      return octets(clientTitle(setup, situation))
    case 5:
      return octets(unhex(situation.description.systemTitle ?? '') ?? new Uint8Array(0))
    case 6: {
      const certified = certifiedOf(setup, situation)
      // keys that have no certificates are known by themselves
      return certified === undefined ? array([]) : certificatesAttribute(certified)
    }
    default:
      return undefined
  }
}

/** That of the client that is here: of others the setup knows none (ruling C14). */
function clientTitle({ name }: Setup, { association: { client, clientTitle: told } }: Situation): Uint8Array {
  return client.securitySetup === name && told !== undefined ? told : new Uint8Array(0)
}

/** Who has the right to write it sets the policy to whatever it may be, also to a weaker one. */
export function writeSecuritySetup({ object, attribute, value, situation }: Writing): DataAccessResult {
  const policy = numberOf(value, 'enum')
  const setup = setupOf({ object, situation })
  if (setup === undefined || attribute !== POLICY || policy === undefined) return 'read-write-denied'
  setup.change({ policy })
  return 'success'
}

export function invokeSecuritySetup(invocation: Invocation): Invoked | undefined {
  const setup = setupOf(invocation)
  if (setup === undefined) return undefined
  switch (invocation.method) {
    case SECURITY_ACTIVATE:
      return activate(setup, invocation)
    case KEY_TRANSFER:
      return transferKeys(setup, invocation)
    case KEY_AGREEMENT:
      return agreeKeys(setup, invocation)
    default: {
      const certified = certifiedOf(setup, invocation.situation)
      return certified && CERTIFYING[invocation.method]?.(certified, invocation)
    }
  }
}
