// Protection of an APDU (IEC 62056-5-3, Cryptographic protection): what stands behind the security control and the invocation counter.
import { timingSafeEqual } from 'node:crypto'
import { encode, u32 } from '../../codec/codec.ts'
import { concat } from '../../codec/operator.ts'
import { fail, ok, type Result } from '../../codec/value.ts'
import { crypt, mac, open, seal, TAG_OCTETS, type GcmInput } from './aes-gcm.ts'
import { securityControlOctet, type SecurityControl } from './security-control.ts'

/** Keys of 16 octets, with suite 2 of 32. `encryption`: GUEK, GBEK, a dedicated or an agreed key; `authentication`: GAK. */
export interface Keys {
  readonly encryption: Uint8Array
  readonly authentication: Uint8Array
}

export interface Protection {
  readonly control: SecurityControl
  /** Of this key and direction: never twice the same. */
  readonly invocationCounter: number
  /** System title of who protects, 8 octets. */
  readonly originator: Uint8Array
  readonly keys: Keys
  /** Fields of general-ciphering, transaction-id to other-information, each with its length: authenticated with the rest. */
  readonly header?: Uint8Array
}

const TITLE_OCTETS = 8

/** The initialization vector: 8 octets of system title and 4 of invocation counter. A title of another length, which none may have, is cut or filled. */
export function initializationVector({ originator, invocationCounter }: Protection): Uint8Array {
  const title = new Uint8Array(TITLE_OCTETS)
  title.set(originator.subarray(0, TITLE_OCTETS))
  return concat([title, encode(u32, invocationCounter)])
}

/** Octets → protected octets, the tag behind them where they are authenticated. */
export function protect(protection: Protection, plain: Uint8Array): Uint8Array {
  const { authentication, encryption } = protection.control
  const input = inputOf(protection)
  if (authentication && encryption) return seal(input, plain)
  if (authentication) return concat([plain, mac(over(input, plain))])
  return encryption ? crypt(input, plain) : plain
}

/** Why protected octets are not taken. `too-short`: there is no room for the tag. */
export type Unprotectable = 'too-short' | 'wrong-tag'

/** Protected octets → octets. */
export function unprotect(protection: Protection, octets: Uint8Array): Result<Uint8Array, Unprotectable> {
  const { authentication, encryption } = protection.control
  const input = inputOf(protection)
  if (!authentication) return ok(encryption ? crypt(input, octets) : octets)
  if (octets.length < TAG_OCTETS) return fail('too-short')
  if (encryption) {
    const plain = open(input, octets)
    return plain === undefined ? fail('wrong-tag') : ok(plain)
  }
  const plain = octets.subarray(0, octets.length - TAG_OCTETS)
  const right = timingSafeEqual(mac(over(input, plain)), octets.subarray(plain.length))
  return right ? ok(plain) : fail('wrong-tag')
}

function inputOf(protection: Protection): GcmInput {
  const { control, keys, header = new Uint8Array(0) } = protection
  const aad = concat([Uint8Array.of(securityControlOctet(control)), keys.authentication, header])
  return { key: keys.encryption, iv: initializationVector(protection), aad }
}

/** What is authenticated only belongs to the additional data. */
const over = (input: GcmInput, plain: Uint8Array): GcmInput => ({ ...input, aad: concat([input.aad, plain]) })
