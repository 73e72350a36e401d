// What a declaration names among its secrets and everybody may see: public keys and certificates.
import { X509Certificate } from 'node:crypto'
import type { MeterDeclaration } from '../engine/declaration.generated.ts'
import { COORDINATE, isPoint } from '../protocol/security/curves.ts'
import type { MeterDescription } from '../simulator/description.ts'

type Get = (name: string) => Uint8Array | undefined

/** Their octets. Something else under such a name, a private key or a password by mistake, is none of them. */
export const publicOctets = (
  declaration: MeterDeclaration,
  description: MeterDescription | undefined,
  get: Get,
): readonly Uint8Array[] => [
  ...namedKeys(declaration, description)
    .flatMap((name) => get(name) ?? [])
    .filter(isPublicKey),
  ...namedCertificates(declaration, description)
    .flatMap((name) => get(name) ?? [])
    .filter(isCertificate),
]

const namedKeys = ({ testing }: MeterDeclaration, description: MeterDescription | undefined): readonly string[] => [
  ...Object.values(testing?.clients ?? {}).flatMap(({ security }) => Object.values(security?.serverKeys ?? {})),
  ...Object.values(description?.securitySetups ?? {}).flatMap(({ clientKeys = {} }) => Object.values(clientKeys)),
]

const namedCertificates = (
  { testing }: MeterDeclaration,
  description: MeterDescription | undefined,
): readonly string[] => [
  ...(testing?.certificateAuthority === undefined ? [] : [testing.certificateAuthority.certificate]),
  ...Object.values(description?.securitySetups ?? {}).flatMap(({ certificates }) =>
    certificates === undefined ? [] : [certificates.authority.certificate],
  ),
]

const isPublicKey = (octets: Uint8Array): boolean =>
  (['P-256', 'P-384'] as const).some((curve) => octets.length === 2 * COORDINATE[curve] && isPoint(curve, octets))

function isCertificate(octets: Uint8Array): boolean {
  try {
    return new X509Certificate(octets).raw.equals(octets)
  } catch {
    return false
  }
}
