// The keys that a client holds: those that are valid, those that were, and those on their way (IEC 62056-5-3, Cryptographic keys).
import { unhex } from '../codec/value.ts'
import { keyPairOf, type Curve, type KeyPair } from '../protocol/security/curves.ts'
import { KEY_NAMES, keyOctets, type KeyName, type SecuritySuite } from '../protocol/security/key-names.ts'
import type { Keys } from '../protocol/security/protection.ts'

/** A key that was in use before it was changed, or a dedicated key whose association has ended, goes by its name with this in front. */
const FORMER = 'former-'

/** Not any key that is declared, and the dedicated key that an AARQ has brought last, whatever became of it: for keys that must not be accepted. */
const ANOTHER = 'another'
const BROUGHT = 'brought-dedicated-key'

type Ring = ReadonlyMap<KeyName, Uint8Array>

export class KeyRing {
  readonly suite: SecuritySuite
  #valid: Ring
  /** Keys that are being transferred: an answer may come under them already. */
  #coming: Ring | undefined
  readonly #former = new Map<KeyName, Uint8Array>()
  /** Of the association that is open. */
  #dedicated: Uint8Array | undefined
  #brought: Uint8Array | undefined

  constructor(suite: SecuritySuite, keys: Ring) {
    this.suite = suite
    this.#valid = keys
  }

  key(name: KeyName): Uint8Array | undefined {
    return this.#keyOf(this.#valid, name)
  }

  /** Those that are valid. */
  get keys(): Ring {
    return this.#valid
  }

  get comes(): boolean {
    return this.#coming !== undefined
  }

  /** As it will be when the keys on their way are valid. */
  comingKey(name: KeyName): Uint8Array | undefined {
    return this.#coming && this.#keyOf(this.#coming, name)
  }

  #keyOf(keys: Ring, name: KeyName): Uint8Array | undefined {
    const key = name === 'dedicated-key' ? this.#dedicated : keys.get(name)
    return key?.length === keyOctets(this.suite, name) ? key : undefined
  }

  /** As suites name the key of an APDU, those included that must not be accepted; one that is published goes by its octets. */
  named(name: string): Uint8Array | undefined {
    if (name === ANOTHER) return this.key('global-unicast-encryption-key')?.map((octet) => octet ^ 0xff)
    if (name === BROUGHT) return this.#broughtInLength()
    const known = KEY_NAMES.find((each) => each === name)
    if (known !== undefined) return this.key(known)
    const former = KEY_NAMES.find((each) => FORMER + each === name)
    return former === undefined ? this.#published(name) : this.#former.get(former)
  }

  #published(name: string): Uint8Array | undefined {
    const octets = unhex(name)
    return octets?.length === keyOctets(this.suite, 'authentication-key') ? octets : undefined
  }

  /** From now on these are valid in the place of others of their names. */
  renew(changed: Ring): void {
    for (const [name, key] of changed) {
      const before = this.#valid.get(name)
      if (before !== undefined && Buffer.compare(before, key) !== 0) this.#former.set(name, before)
    }
    this.#valid = new Map([...this.#valid, ...changed])
  }

  /** While keys are being transferred. */
  expect(coming: Ring | undefined): void {
    this.#coming = coming && new Map([...this.#valid, ...coming])
  }

  /** A dedicated key for the association that is opened next. */
  dedicate(key: Uint8Array | undefined): void {
    if (this.#dedicated) this.#former.set('dedicated-key', this.#dedicated)
    this.#dedicated = key
  }

  /** An AARQ goes with this dedicated key. */
  brings(key: Uint8Array): void {
    this.#brought = key
  }

  /** As a careless server takes it: filled up or cut to the length that it should have. */
  #broughtInLength(): Uint8Array | undefined {
    const brought = this.#brought
    const length = keyOctets(this.suite, 'dedicated-key')
    if (brought === undefined || length === undefined) return undefined
    return Uint8Array.from({ length }, (_, at) => brought[at] ?? 0)
  }

  get curve(): Curve {
    return this.suite === 2 ? 'P-384' : 'P-256'
  }

  /** What GMAC works with. */
  get gmacKeys(): Keys | undefined {
    const encryption = this.key('global-unicast-encryption-key')
    const authentication = this.key('authentication-key')
    return encryption && authentication && { encryption, authentication }
  }

  /** What the client signs with, or agrees on keys. */
  pair(name: 'signing-key' | 'agreement-key'): KeyPair | undefined {
    const key = this.key(name)
    return key && keyPairOf(this.curve, key)
  }
}
