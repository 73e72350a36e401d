// The security context of a client: with which keys and counters it protects, and how it opens what comes protected (IEC 62056-5-3, Security context).
import { encode, toJson, u32 } from '../codec/codec.ts'
import { concat } from '../codec/operator.ts'
import { fail, ok, type Result } from '../codec/value.ts'
import { isRecord, type JsonRecord } from '../protocol/json.ts'
import type { StackLayer } from '../protocol/layer.ts'
import { buildMessage } from '../protocol/messages.ts'
import { cipheredNameOf, type Aad, type CipheredApdu, type CipheredForm } from '../protocol/security/ciphered-apdu.ts'
import { identifiedKey } from '../protocol/security/content-key.ts'
import type { KeyPair } from '../protocol/security/curves.ts'
import type { SignedApdu, SignedInput } from '../protocol/security/general-signing.ts'
import { keyPairFrom, seedOctets } from '../protocol/security/key-pair.ts'
import type { KdfVariant } from '../protocol/security/kdf-variants.ts'
import { signingLayer, type SigningBy } from '../protocol/security/signing-layer.ts'
import type { KeyName } from '../protocol/security/key-names.ts'
import { protectionLayer, type Sealing } from '../protocol/security/protection-layer.ts'
import type { SecurityControl } from '../protocol/security/security-control.ts'
import type { GeneralHeader, KeyInfo } from '../protocol/xdlms/ciphered.ts'
import {
  CONTENT_KEYS,
  contentKeyFrom,
  derivationOf,
  keyInfoJson,
  makeContentKey,
  transactionOf,
  type ContentKeyName,
  type ContentMaterial,
} from './content-keys.ts'
import { decipher, encryptionKeyOf, type Deciphered } from './decipher.ts'
import { KeyRing } from './key-ring.ts'
import { OwnCounters, type Counters } from './own-counters.ts'
import { controlOf, type Manner, type ProtectionKind, type SecurityMaterial } from './security-material.ts'
import { SIGNING_KEY, signingOf, verifiedOnce, type Signed } from './signing.ts'

export class SecurityContext {
  readonly material: SecurityMaterial
  readonly ring: KeyRing
  readonly #counters: Counters
  readonly #own: OwnCounters
  /** What the server calls itself: declared, or told by an AARE. */
  serverTitle: Uint8Array
  /** The association waits for the client's proof. */
  proving = false
  /** Keys of APDUs that the client has sent, by their transactions. */
  readonly #sent = new Map<string, Uint8Array>()
  readonly #verified = verifiedOnce()

  constructor(material: SecurityMaterial, counters: Counters) {
    this.material = material
    this.ring = new KeyRing(material.suite, material.keys)
    this.#counters = counters
    this.#own = new OwnCounters(counters, material.countedAs ?? material.title, this.ring)
    this.serverTitle = material.serverTitle ?? new Uint8Array(0)
  }

  /** The key that something came under. */
  keyOf({ key, contentKey, early }: Deciphered): Uint8Array | undefined {
    if (isContentKey(key)) return contentKey
    return early ? this.ring.comingKey(key) : this.ring.key(key)
  }

  /** Somebody else with the keys of this client: another title, another pair to sign with. A server may count by the key: the counters go on. */
  impostor(title: Uint8Array, { privateKey }: KeyPair): SecurityContext {
    const { material, serverTitle } = this
    const keys = new Map([...this.ring.keys, [SIGNING_KEY, privateKey] as const])
    return new SecurityContext({ ...material, title, countedAs: material.title, keys, serverTitle }, this.#counters)
  }

  /** A dedicated key for the association that is opened next. */
  dedicate(key: Uint8Array | undefined): void {
    this.ring.dedicate(key)
  }

  /** The form that the association uses where nothing is said. No clause says which key pass 3 of HLS comes under: clients in the field take the global one, and it is the one that every server knows. */
  get form(): CipheredForm {
    return this.proving || this.ring.key('dedicated-key') === undefined ? 'glo' : 'ded'
  }

  control(kind: ProtectionKind): SecurityControl {
    return controlOf(kind, this.material.suite)
  }

  nextCounter(name: KeyName): Result<number, string> {
    return this.#own.next(name)
  }

  /** An APDU leaves under this counter. */
  passCounter({ key, invocationCounter }: Pick<Deciphered, 'key' | 'invocationCounter'>): void {
    if (!isContentKey(key)) this.#own.pass(key, invocationCounter)
  }

  /** What protects an APDU with this tag; undefined: it goes as it is. */
  sealing(tag: number | undefined, manner: Manner = {}): Result<Sealing | undefined, string> {
    const kind = manner.kind ?? this.material.kind
    if (kind === 'none') return ok(undefined)
    const asked = manner.form ?? this.form
    // A service that has no ciphered APDU of its own goes in the general one with the same key.
    const form = cipheredNameOf(asked, tag) === undefined ? GENERAL[asked] : asked
    const name = cipheredNameOf(form, tag)
    if (name === undefined) return fail(`there is no ciphered form of an APDU with the tag ${tag ?? 'of nothing'}`)
    const broadcast = manner.broadcast === true
    const encryptionKey = broadcast ? 'global-broadcast-encryption-key' : encryptionKeyOf(form)
    const counter = this.nextCounter(encryptionKey)
    if (!counter.ok) return counter
    const sealing: Sealing = {
      name,
      control: { ...this.control(kind), 'broadcast-key-set': broadcast },
      invocationCounter: counter.value,
      title: this.material.title,
      encryptionKey,
      authenticationKey: 'authentication-key',
      keyOf: (key) => this.ring.named(key),
    }
    return form === 'general-ciphering' ? this.#general(sealing, manner) : ok(sealing)
  }

  /** The counter of the unicast key makes the transaction-id: none comes twice, and with static keys no key does. A new key begins at 0. */
  #general(
    sealing: Sealing,
    { keyInfo: kind = 'identified-key', derivation, aad = this.aad }: Manner,
  ): Result<Sealing, string> {
    const header: GeneralHeader = {
      'transaction-id': concat([new Uint8Array(4), encode(u32, sealing.invocationCounter)]),
      'originator-system-title': this.material.title,
      'recipient-system-title': this.serverTitle,
      'date-time': NOTHING,
      'other-information': NOTHING,
    }
    const plain = toJson(header)
    const fields: JsonRecord = { ...(isRecord(plain) ? plain : {}), aad }
    const said = (info: KeyInfo): JsonRecord => ({ ...fields, 'key-info': keyInfoJson(info) })
    if (kind === 'identified-key')
      return ok({ ...sealing, header: said(identifiedKey('global-unicast-encryption-key')) })
    const made = makeContentKey({ kind, ...(derivation ? { derivation } : {}) }, header, this.content)
    if (!made.ok) return made
    const { key, keyInfo } = made.value
    this.#sent.set(transactionOf(header), key)
    return ok({
      ...sealing,
      invocationCounter: 0,
      encryptionKey: keyInfo.is,
      header: said(keyInfo),
      keyOf: (name) => (name === keyInfo.is ? key : this.ring.named(name)),
    })
  }

  /** What general-ciphering authenticates where nothing is said. */
  get aad(): Aad {
    return this.material.aad ?? 'with-header'
  }

  /** What general-signing signs where nothing is said. */
  get signedInput(): SignedInput {
    return this.material.signedInput ?? 'standard'
  }

  /** What keys of general-ciphering and of Data protection are made of. */
  get content(): ContentMaterial {
    const { suite, serverKeys: server = {}, fresh } = this.material
    const { curve } = this.ring
    return {
      curve,
      keyOctets: suite === 2 ? 32 : 16,
      signing: suite === 0 ? undefined : this.ring.pair('signing-key'),
      agreement: suite === 0 ? undefined : this.ring.pair('agreement-key'),
      masterKey: this.ring.key('master-key'),
      server,
      fresh,
    }
  }

  /** One whose public key no server has. */
  anotherPair(): KeyPair {
    const { curve } = this.ring
    return keyPairFrom(curve, this.material.fresh?.(seedOctets(curve)) ?? new Uint8Array(seedOctets(curve)).fill(1))
  }

  /** What signs an APDU. */
  signing(input: SignedInput = this.signedInput): Result<SigningBy, string> {
    const { suite, title, sign } = this.material
    if (suite === 0) return fail('suite 0 has no signatures')
    const { curve } = this.ring
    return signingOf({
      curve,
      title,
      serverTitle: this.serverTitle,
      pair: this.ring.pair(SIGNING_KEY),
      sign,
      input,
      next: () => this.nextCounter(SIGNING_KEY),
      another: () => this.anotherPair(),
    })
  }

  /** Whether an APDU is signed. One that is to go in clear is not, unless that is said. */
  isSigned({ signed, kind }: Manner): boolean {
    return signed ?? (this.material.signs === true && kind !== 'none')
  }

  /** An APDU, protected; as it is where nothing protects. */
  protect(plain: Uint8Array, manner: Manner = {}): Result<Uint8Array, string> {
    if (!this.isSigned(manner)) return this.#sealed(plain, manner)
    const signing = this.signing(manner.signedInput)
    if (!signing.ok) return signing
    const signed = builtOf(signingLayer(signing.value), plain)
    return signed.ok ? this.#sealed(signed.value, manner) : signed
  }

  #sealed(plain: Uint8Array, manner: Manner): Result<Uint8Array, string> {
    const sealing = this.sealing(plain[0], manner)
    if (!sealing.ok) return sealing
    return sealing.value === undefined ? ok(plain) : builtOf(protectionLayer(sealing.value), plain)
  }

  /** Of an APDU that came, or that the client has sent. */
  verify(signed: SignedApdu, by: 'client' | 'server'): Signed {
    const { suite, serverKeys } = this.material
    const publicKey = by === 'client' ? this.ring.pair(SIGNING_KEY)?.publicKey : serverKeys?.[SIGNING_KEY]
    return this.#verified(signed, this.ring.curve, suite === 0 ? undefined : publicKey)
  }

  /** `sender`: whose title stands in the IV where the APDU names none. */
  open(found: CipheredApdu, sender: Uint8Array): Deciphered {
    const content = (): Uint8Array | undefined => this.#contentKey(found)
    const seen = decipher(found, sender, (name) => (isContentKey(name) ? content() : this.ring.key(name)))
    if (seen.verified !== 'wrong' || !this.ring.comes) return seen
    const early = decipher(found, sender, (name) => (isContentKey(name) ? content() : this.ring.comingKey(name)))
    return early.verified === 'wrong' ? seen : { ...early, early: true }
  }

  /** How the key of an APDU that came is derived; undefined: by no derivation that is known. */
  derivationOf(found: CipheredApdu): KdfVariant | undefined {
    const authentication = this.ring.key('authentication-key')
    return authentication && derivationOf(found, authentication, this.content)
  }

  /** Octets that protection adds to an APDU, at most. */
  get overhead(): number {
    const { kind, signs } = this.material
    return (kind === 'none' ? 0 : MOST_ADDED) + (signs === true ? MOST_SIGNED : 0)
  }

  /** Of an APDU that came, or that the client has sent. */
  #contentKey({ header, keyInfo }: CipheredApdu): Uint8Array | undefined {
    if (header === undefined || keyInfo === undefined) return undefined
    return this.#sent.get(transactionOf(header)) ?? contentKeyFrom(keyInfo, header, this.content)
  }
}

function builtOf(layer: StackLayer, payload: Uint8Array): Result<Uint8Array, string> {
  const built = buildMessage(layer.message, layer.records(payload)[0] ?? {}, {})
  if (built.ok) return ok(built.value.octets)
  const { path, expected, found } = built.failure
  return fail(`${path}: expected ${expected}, found ${found}`)
}

/** Tag, length of three octets, system title, security control, invocation counter and authentication tag. */
const MOST_ADDED = 1 + 3 + 9 + 5 + 12
/** Tag, transaction-id, two titles, two empty fields, length of three octets, and the signature of suite 2 with its length. */
const MOST_SIGNED = 1 + 9 + 9 + 9 + 2 + 3 + 1 + 96

const NOTHING = new Uint8Array(0)

const isContentKey = (name: KeyName | ContentKeyName): name is ContentKeyName =>
  CONTENT_KEYS.some((each) => each === name)

const GENERAL: Readonly<Record<CipheredForm, CipheredForm>> = {
  glo: 'general-glo',
  ded: 'general-ded',
  'general-glo': 'general-glo',
  'general-ded': 'general-ded',
  'general-ciphering': 'general-ciphering',
}
