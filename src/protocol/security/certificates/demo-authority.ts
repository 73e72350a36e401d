// A root and an authority below it for simulated worlds and tests: made anew from random octets each time, never for real meters.
import { hex } from '../../../codec/value.ts'
import type { Curve, KeyPair } from '../curves.ts'
import { keyPairFrom, seedOctets } from '../key-pair.ts'
import { readCertificate, type Certificate } from './certificate.ts'
import type { Authorities } from './chain.ts'
import type { Purpose } from './extensions.ts'
import { issueCertificate, type CertificateContents, type Issuer } from './issue.ts'

export interface DemoAuthority {
  readonly authorities: Authorities
  readonly issuer: Issuer
  /** A certificate for a key of this system title. */
  readonly issue: (systemTitle: Uint8Array, purpose: Purpose, publicKey: Uint8Array) => Certificate
}

export interface DemoWorld {
  readonly curve: Curve
  /** Octets that come from the world's random source. */
  readonly random: (count: number) => Uint8Array
  readonly notBefore: number
  readonly notAfter: number
}

const SERIAL_NUMBER = 8

export function demoAuthority({ curve, random, notBefore, notAfter }: DemoWorld): DemoAuthority {
  const pair = (): KeyPair => keyPairFrom(curve, random(seedOctets(curve)))
  const contents = (
    subject: string,
    purpose: Purpose,
    publicKey: Uint8Array,
  ): Omit<CertificateContents, 'pathLength'> => ({
    // 01 in front: positive, and never shorter
    serialNumber: Uint8Array.of(1, ...random(SERIAL_NUMBER - 1)),
    subject,
    purpose,
    curve,
    publicKey,
    notBefore,
    notAfter,
  })
  const root: Issuer = { name: 'DEMO-ROOT-CA', curve, pair: pair() }
  const issuer: Issuer = { name: 'DEMO-SUB-CA', curve, pair: pair() }
  const rootContents = contents('DEMO-ROOT-CA', 'authority', root.pair.publicKey)
  const subContents = { ...contents('DEMO-SUB-CA', 'authority', issuer.pair.publicKey), pathLength: 0 }
  return {
    authorities: {
      roots: [read(issueCertificate(rootContents, root))],
      between: [read(issueCertificate(subContents, root))],
    },
    issuer,
    issue: (systemTitle, purpose, publicKey) =>
      read(issueCertificate(contents(hex(systemTitle), purpose, publicKey), issuer)),
  }
}

function read(octets: Uint8Array): Certificate {
  const certificate = readCertificate(octets)
  if (!certificate.ok) throw new TypeError(`a certificate just made is none: ${certificate.failure}`)
  return certificate.value
}
