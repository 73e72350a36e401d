// key_data of key_agreement as the client sends them, right or with one thing wrong: its ephemeral key, and the signature over key_id and key.
import type { SecurityContext } from '../client/security-context.ts'
import { concat } from '../codec/operator.ts'
import { fail, ok, unhex, type Result } from '../codec/value.ts'
import { keyPairOf, signature, type KeyPair } from '../protocol/security/curves.ts'
import { INVALID_POINTS, invalidPoint } from '../protocol/security/invalid-points.ts'
import { keyPairFrom, keyPairIn, seedOctets } from '../protocol/security/key-pair.ts'
import { wrongSignature } from '../protocol/security/wrong-signatures.ts'
import type { Bench } from './bench.ts'
import type { Connection } from './connection.ts'
import { serverKeyOf } from './server-keys.ts'

/** What is wrong with a signature. `other-client`, `agreement-key`: by a key that is not the client's signing key. */
export const SIGNATURE_FAULTS = [
  'damaged',
  'zeros',
  'other-key-id',
  'without-key-id',
  'other-client',
  'agreement-key',
] as const
type SignatureFault = (typeof SIGNATURE_FAULTS)[number]

/** A public key of the server, in the place of the client's. */
export const SERVER_KEYS = ['server-signing-key', 'server-agreement-key'] as const
export const PUBLIC_KEYS = [...INVALID_POINTS, ...SERVER_KEYS] as const

export interface AskedAgreement {
  readonly keyId: number
  /** One of PUBLIC_KEYS, or octets in hex. */
  readonly publicKey: string | undefined
  readonly signature: string | undefined
  /** The name of the client that signs with `other-client`. */
  readonly other: string | undefined
}

export interface AgreementRequest {
  readonly own: KeyPair
  readonly keyData: Uint8Array
}

export function agreementRequest(
  bench: Bench,
  { client }: Connection,
  security: SecurityContext,
  { keyId, publicKey: said, signature: fault, other: otherName }: AskedAgreement,
): Result<AgreementRequest, string> {
  const { curve } = security.ring
  const signing = security.ring.pair('signing-key')
  if (signing === undefined) return fail('the signing-key is not known')
  const own = keyPairFrom(curve, bench.setup.random.octets(seedOctets(curve)))
  const publicKey = publicKeyFor(said)
  const wrong = SIGNATURE_FAULTS.find((each) => each === fault)
  if (!publicKey.ok) return publicKey
  const signed = signedBy(wrong, publicKey.value, signing)
  return signed.ok ? ok({ own, keyData: concat([publicKey.value, signed.value]) }) : signed

  function publicKeyFor(name: string | undefined): Result<Uint8Array, string> {
    if (name === undefined) return ok(own.publicKey)
    const invalid = INVALID_POINTS.find((each) => each === name)
    if (invalid !== undefined) return ok(invalidPoint(invalid, curve, own.publicKey))
    const server = SERVER_KEYS.find((each) => each === name)
    if (server === undefined) return known(unhex(name), 'publicKey')
    const key = server === 'server-signing-key' ? 'signing-key' : 'agreement-key'
    return known(serverKeyOf(client, key, bench.setup), server)
  }

  function signedBy(is: SignatureFault | undefined, key: Uint8Array, pair: KeyPair): Result<Uint8Array, string> {
    const right = (by: KeyPair, id: readonly number[] = [keyId]): Result<Uint8Array, string> =>
      ok(signature(curve, by, concat([Uint8Array.from(id), key])))
    switch (is) {
      case undefined:
        return right(pair)
      case 'damaged': {
        const octets = right(pair)
        return octets.ok ? ok(octets.value.map((octet, at) => (at === 0 ? octet ^ 1 : octet))) : octets
      }
      case 'zeros': {
        const octets = right(pair)
        return octets.ok ? ok(wrongSignature('zeros', curve, octets.value)) : octets
      }
      case 'other-key-id':
        return right(pair, [keyId === 0 ? 1 : 0])
      case 'without-key-id':
        return right(pair, [])
      case 'agreement-key': {
        const private_ = security.ring.key('agreement-key')
        return private_ === undefined ? fail('the agreement-key is not known') : right(keyPairOf(curve, private_))
      }
      case 'other-client': {
        const other = otherSigner(bench, otherName, security)
        return other === undefined ? fail(`the client ${otherName ?? ''} has no signing-key of ${curve}`) : right(other)
      }
      default:
        return is satisfies never
    }
  }
}

const known = (octets: Uint8Array | undefined, what: string): Result<Uint8Array, string> =>
  octets === undefined ? fail(`the ${what} is not known`) : ok(octets)

/** The signing key of another declared client. */
function otherSigner(
  bench: Bench,
  name: string | undefined,
  { ring: { curve } }: SecurityContext,
): KeyPair | undefined {
  const secret = bench.declared.clients.find((each) => each.name === name)?.security?.keys['signing-key']
  const octets = secret === undefined ? undefined : bench.setup.secret(secret)
  return octets && keyPairIn(curve, octets)
}
