// Extensions that say what a certificate is for (RFC 5280, 4.2.1).
import { OctetString } from '@peculiar/asn1-schema'
import {
  AuthorityKeyIdentifier,
  BasicConstraints,
  Extension,
  Extensions,
  id_ce_authorityKeyIdentifier,
  id_ce_basicConstraints,
  id_ce_keyUsage,
  id_ce_subjectAltName,
  id_ce_subjectKeyIdentifier,
  KeyIdentifier,
  KeyUsage,
  SubjectKeyIdentifier,
} from '@peculiar/asn1-x509'
import { fail, ok, type Result } from '../../../codec/value.ts'
import { BIT_STRING, parsed, serialized } from './der.ts'
import { buffer, keyIdentifierOf } from './public-key.ts'

/** What a key may do: sign APDUs, agree on keys, or sign certificates. */
export type Purpose = 'digital-signature' | 'key-agreement' | 'authority'

/** The first octet of KeyUsage, and how many of its bits are unused. */
const KEY_USAGE: Readonly<Record<Purpose, readonly [bits: number, unused: number]>> = {
  'digital-signature': [0x80, 7],
  'key-agreement': [0x08, 3],
  // keyCertSign and cRLSign
  authority: [0x06, 1],
}
const KEY_CERT_SIGN = 0x04

/** Those without which a certificate cannot be judged: others that are critical make it unknown. */
const KNOWN: readonly string[] = [
  id_ce_keyUsage,
  id_ce_basicConstraints,
  id_ce_subjectKeyIdentifier,
  id_ce_authorityKeyIdentifier,
  id_ce_subjectAltName,
]

export interface Usage {
  /** Absent: the certificate does not say. */
  readonly purposes?: readonly Purpose[]
  readonly isAuthority: boolean
  /** How many authorities may stand below it. */
  readonly pathLength?: number
  /** OBJECT IDENTIFIERs of critical extensions that are not known here. */
  readonly unknownCritical: readonly string[]
  /** GeneralNames in DER. */
  readonly subjectAltName?: Uint8Array
}

export interface Wanted {
  readonly purpose: Purpose
  readonly keyUsage?: number
  readonly publicKey: Uint8Array
  readonly pathLength?: number
  readonly issuerKey: Uint8Array
}

const extension = (extnID: string, value: object, critical = false): Extension =>
  new Extension({ extnID, critical, extnValue: new OctetString(serialized(value)) })

export function extensionsFor({ purpose, keyUsage, publicKey, pathLength, issuerKey }: Wanted): Extensions {
  const [bits, unused] = keyUsage === undefined ? KEY_USAGE[purpose] : [keyUsage, unusedOf(keyUsage)]
  const constraints = new BasicConstraints({
    cA: true,
    ...(pathLength === undefined ? {} : { pathLenConstraint: pathLength }),
  })
  const identifier = new KeyIdentifier(keyIdentifierOf(issuerKey))
  return new Extensions([
    ...(purpose === 'authority' ? [extension(id_ce_basicConstraints, constraints, true)] : []),
    extension(id_ce_keyUsage, new KeyUsage(buffer(Uint8Array.of(bits)), unused), true),
    extension(id_ce_subjectKeyIdentifier, new SubjectKeyIdentifier(keyIdentifierOf(publicKey))),
    extension(id_ce_authorityKeyIdentifier, new AuthorityKeyIdentifier({ keyIdentifier: identifier })),
  ])
}

/** Bits behind the last one that is set. */
const unusedOf = (bits: number): number => Math.max(0, Math.log2(bits & -bits))

/** What the extensions say; a failure: one of those looked into is malformed, or stands twice. */
export function usageIn(extensions: readonly Extension[]): Result<Usage, 'extensions'> {
  const ids = extensions.map(({ extnID }) => extnID)
  if (new Set(ids).size !== ids.length) return fail('extensions')
  const contents = new Map(extensions.map(({ extnID, extnValue }) => [extnID, new Uint8Array(extnValue.buffer)]))
  const read = <T>(type: new () => T, id: string, tag?: number): T | 'absent' | undefined => {
    const found = contents.get(id)
    return found === undefined ? 'absent' : parsed(type, found, tag)
  }
  const keyUsage = read(KeyUsage, id_ce_keyUsage, BIT_STRING)
  const constraints = read(BasicConstraints, id_ce_basicConstraints)
  if (keyUsage === undefined || constraints === undefined) return fail('extensions')
  const subjectAltName = contents.get(id_ce_subjectAltName)
  const pathLength = constraints === 'absent' ? undefined : constraints.pathLenConstraint
  return ok({
    ...(keyUsage === 'absent' ? {} : { purposes: purposesOf(new Uint8Array(keyUsage.value)[0] ?? 0) }),
    isAuthority: constraints !== 'absent' && constraints.cA,
    ...(pathLength === undefined ? {} : { pathLength }),
    unknownCritical: extensions
      .filter(({ critical, extnID }) => critical && !KNOWN.includes(extnID))
      .map(({ extnID }) => extnID),
    ...(subjectAltName === undefined ? {} : { subjectAltName }),
  })
}

const purposesOf = (bits: number): readonly Purpose[] => [
  ...((bits & KEY_USAGE['digital-signature'][0]) !== 0 ? (['digital-signature'] as const) : []),
  ...((bits & KEY_USAGE['key-agreement'][0]) !== 0 ? (['key-agreement'] as const) : []),
  ...((bits & KEY_CERT_SIGN) !== 0 ? (['authority'] as const) : []),
]
