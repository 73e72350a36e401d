// Public keys and signatures as certificates have them: a point with its tag, R and S as integers in DER.
import { createHash } from 'node:crypto'
import { ECDSASigValue, id_ecdsaWithSHA256, id_ecdsaWithSHA384, id_ecPublicKey } from '@peculiar/asn1-ecc'
import { AlgorithmIdentifier, SubjectPublicKeyInfo } from '@peculiar/asn1-x509'
import { concat } from '../../../codec/operator.ts'
import { COORDINATE, signature, type Curve, type KeyPair } from '../curves.ts'
import { parsed, serialized } from './der.ts'

/** prime256v1 and secp384r1 as an OBJECT IDENTIFIER in DER: parameters of the algorithm id-ecPublicKey. */
const NAMED_CURVE: Readonly<Record<Curve, Uint8Array>> = {
  'P-256': Uint8Array.of(0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07),
  'P-384': Uint8Array.of(0x06, 0x05, 0x2b, 0x81, 0x04, 0x00, 0x22),
}
const SIGNED_WITH: Readonly<Record<Curve, string>> = { 'P-256': id_ecdsaWithSHA256, 'P-384': id_ecdsaWithSHA384 }
export const CURVES: readonly Curve[] = ['P-256', 'P-384']

/** An uncompressed point. */
const POINT = Uint8Array.of(0x04)

/** ecdsa-with-SHA256 for P-256, ecdsa-with-SHA384 for P-384. */
export const signatureAlgorithm = (curve: Curve): AlgorithmIdentifier =>
  new AlgorithmIdentifier({ algorithm: SIGNED_WITH[curve] })

export const curveOfSignature = ({ algorithm }: AlgorithmIdentifier): Curve | undefined =>
  CURVES.find((curve) => SIGNED_WITH[curve] === algorithm)

export interface PublicKey {
  readonly curve: Curve
  readonly publicKey: Uint8Array
}

export const publicKeyInfo = ({ curve, publicKey }: PublicKey): SubjectPublicKeyInfo =>
  new SubjectPublicKeyInfo({
    algorithm: new AlgorithmIdentifier({ algorithm: id_ecPublicKey, parameters: buffer(NAMED_CURVE[curve]) }),
    subjectPublicKey: buffer(concat([POINT, publicKey])),
  })

/** Undefined: the key is of another algorithm or curve, or no uncompressed point. Whether it is on the curve is not looked at here. */
export function publicKeyIn({ algorithm, subjectPublicKey }: SubjectPublicKeyInfo): PublicKey | undefined {
  const parameters = new Uint8Array(algorithm.parameters ?? new ArrayBuffer(0))
  const curve = CURVES.find((name) => Buffer.compare(NAMED_CURVE[name], parameters) === 0)
  const point = new Uint8Array(subjectPublicKey)
  if (algorithm.algorithm !== id_ecPublicKey || curve === undefined) return undefined
  return point[0] === POINT[0] && point.length === 1 + 2 * COORDINATE[curve]
    ? { curve, publicKey: point.subarray(1) }
    : undefined
}

/** Key identifier: SHA-1 of the point with its tag (RFC 5280, 4.2.1.2, method 1). */
export const keyIdentifierOf = (publicKey: Uint8Array): Uint8Array =>
  Uint8Array.from(
    createHash('sha1')
      .update(concat([POINT, publicKey]))
      .digest(),
  )

/** A signature in DER. */
export function signatureOver(curve: Curve, pair: KeyPair, octets: Uint8Array): ArrayBuffer {
  const plain = signature(curve, pair, octets)
  const size = COORDINATE[curve]
  return buffer(
    serialized(new ECDSASigValue({ r: integer(plain.subarray(0, size)), s: integer(plain.subarray(size)) })),
  )
}

/** R and S of a signature in DER, each as long as a coordinate; undefined: it is none. */
export function plainSignature(curve: Curve, der: Uint8Array): Uint8Array | undefined {
  const value = parsed(ECDSASigValue, der)
  const r = value && coordinate(curve, new Uint8Array(value.r))
  const s = value && coordinate(curve, new Uint8Array(value.s))
  return r && s && concat([r, s])
}

/** An INTEGER without a sign: the shortest octets of which the first bit is 0. */
function integer(octets: Uint8Array): ArrayBuffer {
  const first = octets.findIndex((octet) => octet !== 0)
  const shortest = octets.subarray(first === -1 ? octets.length - 1 : first)
  return buffer((shortest[0] ?? 0) < 0x80 ? shortest : concat([Uint8Array.of(0), shortest]))
}

function coordinate(curve: Curve, octets: Uint8Array): Uint8Array | undefined {
  const unsigned = octets[0] === 0 ? octets.subarray(1) : octets
  const whole = new Uint8Array(COORDINATE[curve])
  if (unsigned.length > whole.length || (octets[0] ?? 0) >= 0x80) return undefined
  whole.set(unsigned, whole.length - unsigned.length)
  return whole
}

/** Octets as the library takes them. */
export const buffer = (octets: Uint8Array): ArrayBuffer => Uint8Array.from(octets).buffer
