// The security context of a client: with which keys and counters it protects, and how it opens what comes protected (IEC 62056-5-3, Security context).
import { encode, toJson, u32 } from '../codec/codec.ts'
import { concat } from '../codec/operator.ts'
import { fail, ok, type Result } from '../codec/value.ts'
import { isRecord, type JsonRecord } from '../protocol/json.ts'
import { buildMessage } from '../protocol/messages.ts'
import {
  cipheredNameOf,
  headerOctets,
  protectedOctetsOf,
  type CipheredApdu,
  type CipheredForm,
} from '../protocol/security/ciphered-apdu.ts'
import { identifiedKey } from '../protocol/security/content-key.ts'
import { counterName } from '../protocol/security/counter-name.ts'
import { keyPairOf, type Curve, type KeyPair } from '../protocol/security/curves.ts'
import {
  KEY_NAMES,
  keyOctets,
  type AsymmetricKeyName,
  type KeyName,
  type SecuritySuite,
} from '../protocol/security/key-names.ts'
import { unprotect, type Keys } from '../protocol/security/protection.ts'
import { protectionLayer, type Sealing } from '../protocol/security/protection-layer.ts'
import type { SecurityControl } from '../protocol/security/security-control.ts'
import type { GeneralHeader, KeyInfo } from '../protocol/xdlms/ciphered.ts'
import {
  CONTENT_KEYS,
  contentKeyFrom,
  contentKeyName,
  keyInfoJson,
  makeContentKey,
  transactionOf,
  type ContentKeyName,
  type ContentMaterial,
  type KeyInfoKind,
} from './content-keys.ts'

/** How an APDU is protected. */
export const PROTECTIONS = ['none', 'authenticated', 'encrypted', 'authenticated-encrypted'] as const
export type ProtectionKind = (typeof PROTECTIONS)[number]

/** Gives the next value of a counter, never given before. */
export interface Counters {
  take(counter: string): Result<number, { readonly where: string; readonly detail: string }>
  /** This value was used, whoever chose it: what is given from now on is above it. */
  pass(counter: string, used: number): void
}

export interface SecurityMaterial {
  readonly suite: SecuritySuite
  /** System title of the client. */
  readonly title: Uint8Array
  readonly keys: ReadonlyMap<KeyName, Uint8Array>
  /** What is used where nothing else is said. */
  readonly kind: ProtectionKind
  /** The application context is a ciphered one. */
  readonly ciphers: boolean
  /** The server's title as declared; an AARE tells it too. */
  readonly serverTitle?: Uint8Array
  /** Public keys of the server. */
  readonly serverKeys?: Readonly<Partial<Record<AsymmetricKeyName, Uint8Array>>>
  /** Octets for keys that come up in the run: nobody foresees them, and no record shows them. */
  readonly fresh?: (octets: number) => Uint8Array
}

/** How one APDU is to go; what is not said is as the association has it. */
export interface Manner {
  readonly kind?: ProtectionKind
  readonly form?: CipheredForm
  /** The key that all clients have, with counters of its own. */
  readonly broadcast?: boolean
  /** Of general-ciphering. */
  readonly keyInfo?: KeyInfoKind
}

/** A protected APDU, as far as it could be opened. `plain`: what is beneath it. */
export interface Deciphered {
  readonly name: string
  readonly form: CipheredForm
  readonly control: SecurityControl
  readonly invocationCounter: number
  readonly title: Uint8Array
  /** Of general-ciphering. */
  readonly header?: GeneralHeader
  readonly key: KeyName | ContentKeyName
  readonly verified: 'right' | 'wrong' | 'unknown'
  readonly plain?: Uint8Array
  /** It was protected with a key that is still on its way. */
  readonly early?: true
}

/** A key that was in use before it was changed, or a dedicated key whose association has ended, goes by its name with this in front. */
const FORMER = 'former-'

/** Not any key that is declared, and the dedicated key that an AARQ has brought last, whatever became of it: for keys that must not be accepted. */
const ANOTHER = 'another'
const BROUGHT = 'brought-dedicated-key'

export class SecurityContext {
  readonly material: SecurityMaterial
  readonly #counters: Counters
  /** What the server calls itself: declared, or told by an AARE. */
  serverTitle: Uint8Array
  /** Of the association that is open. */
  dedicatedKey: Uint8Array | undefined
  #broughtKey: Uint8Array | undefined
  #dedicatedCounter = 0
  /** Keys of APDUs that the client has sent, by their transactions. */
  readonly #sent = new Map<string, Uint8Array>()
  #keys: ReadonlyMap<KeyName, Uint8Array>
  readonly #former = new Map<KeyName, Uint8Array>()
  /** Keys that are being transferred: an answer may come under them already. */
  #coming: ReadonlyMap<KeyName, Uint8Array> | undefined

  constructor(material: SecurityMaterial, counters: Counters) {
    this.material = material
    this.#keys = material.keys
    this.#counters = counters
    this.serverTitle = material.serverTitle ?? new Uint8Array(0)
  }

  key(name: KeyName | ContentKeyName): Uint8Array | undefined {
    return this.#keyOf(this.#keys, name)
  }

  #keyOf(keys: ReadonlyMap<KeyName, Uint8Array>, name: KeyName | ContentKeyName): Uint8Array | undefined {
    if (name === 'wrapped-key' || name === 'agreed-key') return undefined
    const key = name === 'dedicated-key' ? this.dedicatedKey : keys.get(name)
    return key?.length === keyOctets(this.material.suite, name) ? key : undefined
  }

  /** From now on these are valid in the place of others of their names. */
  renew(changed: ReadonlyMap<KeyName, Uint8Array>): void {
    for (const [name, key] of changed) {
      const before = this.#keys.get(name)
      if (before !== undefined && Buffer.compare(before, key) !== 0) this.#former.set(name, before)
    }
    this.#keys = new Map([...this.#keys, ...changed])
  }

  /** While keys are being transferred. */
  expect(coming: ReadonlyMap<KeyName, Uint8Array> | undefined): void {
    this.#coming = coming && new Map([...this.#keys, ...coming])
  }

  /** The key that something came under. */
  keyOf({ key, early }: Deciphered): Uint8Array | undefined {
    return early && this.#coming ? this.#keyOf(this.#coming, key) : this.key(key)
  }

  get curve(): Curve {
    return this.material.suite === 2 ? 'P-384' : 'P-256'
  }

  /** What GMAC works with. */
  get gmacKeys(): Keys | undefined {
    const encryption = this.key('global-unicast-encryption-key')
    const authentication = this.key('authentication-key')
    return encryption && authentication && { encryption, authentication }
  }

  /** What the client signs with. */
  get signingPair(): KeyPair | undefined {
    const key = this.#keys.get('signing-key')
    return key && keyPairOf(this.curve, key)
  }

  /** A dedicated key for the association that is opened next; its counter begins anew. */
  dedicate(key: Uint8Array | undefined): void {
    if (this.dedicatedKey) this.#former.set('dedicated-key', this.dedicatedKey)
    this.dedicatedKey = key
    this.#dedicatedCounter = 0
  }

  /** An AARQ goes with this dedicated key. */
  brings(key: Uint8Array): void {
    this.#broughtKey = key
  }

  /** The form that the association uses where nothing is said. */
  get form(): CipheredForm {
    return this.key('dedicated-key') === undefined ? 'glo' : 'ded'
  }

  control(kind: ProtectionKind): SecurityControl {
    return {
      compression: false,
      'broadcast-key-set': false,
      encryption: kind === 'encrypted' || kind === 'authenticated-encrypted',
      authentication: kind === 'authenticated' || kind === 'authenticated-encrypted',
      'security-suite-id': this.material.suite,
    }
  }

  /** Taken before the APDU is sent, and never given back. */
  nextCounter(name: KeyName): Result<number, string> {
    // Whoever has no dedicated key may say which other one is to protect.
    if (name === 'dedicated-key') return ok(this.#dedicatedCounter++)
    const key = this.key(name)
    if (key === undefined) return fail(`the ${name} is not known`)
    const taken = this.#counters.take(counterName(this.material.title, key))
    return taken.ok ? taken : fail(`${taken.failure.where}: ${taken.failure.detail}`)
  }

  /** An APDU leaves under a counter that a case has chosen: none comes twice, and none that the server would take for a lower one. */
  passCounter({ key: name, invocationCounter }: Pick<Deciphered, 'key' | 'invocationCounter'>): void {
    if (name === 'dedicated-key') {
      this.#dedicatedCounter = Math.max(this.#dedicatedCounter, invocationCounter + 1)
      return
    }
    const key = this.key(name)
    if (key !== undefined) this.#counters.pass(counterName(this.material.title, key), invocationCounter)
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
    const encryptionKey = broadcast ? 'global-broadcast-encryption-key' : keyFor(form)
    const counter = this.nextCounter(encryptionKey)
    if (!counter.ok) return counter
    const sealing: Sealing = {
      name,
      control: { ...this.control(kind), 'broadcast-key-set': broadcast },
      invocationCounter: counter.value,
      title: this.material.title,
      encryptionKey,
      authenticationKey: 'authentication-key',
      keyOf: (key) => this.#keyNamed(key),
    }
    return form === 'general-ciphering' ? this.#general(sealing, manner.keyInfo ?? 'identified-key') : ok(sealing)
  }

  /** The counter of the unicast key makes the transaction-id: none comes twice, and with static keys no key does. A new key begins at 0. */
  #general(sealing: Sealing, kind: KeyInfoKind): Result<Sealing, string> {
    const header: GeneralHeader = {
      'transaction-id': concat([new Uint8Array(4), encode(u32, sealing.invocationCounter)]),
      'originator-system-title': this.material.title,
      'recipient-system-title': this.serverTitle,
      'date-time': NOTHING,
      'other-information': NOTHING,
    }
    const plain = toJson(header)
    const said = (info: KeyInfo): JsonRecord => ({ ...(isRecord(plain) ? plain : {}), 'key-info': keyInfoJson(info) })
    if (kind === 'identified-key')
      return ok({ ...sealing, header: said(identifiedKey('global-unicast-encryption-key')) })
    const made = makeContentKey(kind, header, this.#content)
    if (!made.ok) return made
    const { key, keyInfo } = made.value
    this.#sent.set(transactionOf(header), key)
    return ok({
      ...sealing,
      invocationCounter: 0,
      encryptionKey: keyInfo.is,
      header: said(keyInfo),
      keyOf: (name) => (name === keyInfo.is ? key : this.#keyNamed(name)),
    })
  }

  get #content(): ContentMaterial {
    const { suite, serverKeys: server = {}, fresh } = this.material
    const agreement = suite === 0 ? undefined : this.key('agreement-key')
    return {
      curve: this.curve,
      keyOctets: suite === 2 ? 32 : 16,
      signing: suite === 0 ? undefined : this.signingPair,
      agreement: agreement && keyPairOf(this.curve, agreement),
      masterKey: this.key('master-key'),
      server,
      fresh,
    }
  }

  /** An APDU, protected; as it is where nothing protects. */
  protect(plain: Uint8Array, manner: Manner = {}): Result<Uint8Array, string> {
    const sealing = this.sealing(plain[0], manner)
    if (!sealing.ok) return sealing
    if (sealing.value === undefined) return ok(plain)
    const layer = protectionLayer(sealing.value)
    const built = buildMessage(layer.message, layer.records(plain)[0] ?? {}, {})
    if (built.ok) return ok(built.value.octets)
    const { path, expected, found } = built.failure
    return fail(`${path}: expected ${expected}, found ${found}`)
  }

  /** `sender`: whose title stands in the IV where the APDU names none. */
  open(found: CipheredApdu, sender: Uint8Array): Deciphered {
    const seen = this.#open(found, sender, this.#keys)
    if (seen.verified !== 'wrong' || this.#coming === undefined) return seen
    const early = this.#open(found, sender, this.#coming)
    return early.verified === 'wrong' ? seen : { ...early, early: true }
  }

  #open(found: CipheredApdu, sender: Uint8Array, keys: ReadonlyMap<KeyName, Uint8Array>): Deciphered {
    const { name, form, ciphered, title: named, header, keyInfo } = found
    const { 'security-control': control, 'invocation-counter': invocationCounter } = ciphered
    const title = named === undefined || named.length === 0 ? sender : named
    const key =
      contentKeyName(keyInfo) ?? (control['broadcast-key-set'] ? 'global-broadcast-encryption-key' : keyFor(form))
    const seen = { name, form, control, invocationCounter, title, key, ...(header ? { header } : {}) } as const
    const encryption = isContentKey(key) ? this.#contentKey(found) : this.#keyOf(keys, key)
    const authentication = this.#keyOf(keys, 'authentication-key')
    // Without a title there is no initialization vector: nobody can tell whether the tag is right.
    if (encryption === undefined || authentication === undefined || title.length === 0)
      return { ...seen, verified: 'unknown' }
    const plain = unprotect(
      {
        control,
        invocationCounter,
        originator: title,
        keys: { encryption, authentication },
        ...(header === undefined ? {} : { header: headerOctets(header) }),
      },
      protectedOctetsOf(ciphered),
    )
    if (!plain.ok) return { ...seen, verified: 'wrong' }
    return { ...seen, verified: control.authentication ? 'right' : 'unknown', plain: plain.value }
  }

  /** Octets that protection adds to an APDU, at most. */
  get overhead(): number {
    return this.material.kind === 'none' ? 0 : MOST_ADDED
  }

  #keyNamed(name: string): Uint8Array | undefined {
    if (name === ANOTHER) return this.key('global-unicast-encryption-key')?.map((octet) => octet ^ 0xff)
    if (name === BROUGHT) return this.#broughtInLength()
    const known = KEY_NAMES.find((each) => each === name)
    if (known !== undefined) return this.key(known)
    const former = KEY_NAMES.find((each) => FORMER + each === name)
    return former && this.#former.get(former)
  }

  /** As a careless server takes it: filled up or cut to the length that it should have. */
  #broughtInLength(): Uint8Array | undefined {
    const brought = this.#broughtKey
    const length = keyOctets(this.material.suite, 'dedicated-key')
    if (brought === undefined || length === undefined) return undefined
    return Uint8Array.from({ length }, (_, at) => brought[at] ?? 0)
  }

  /** Of an APDU that came, or that the client has sent. */
  #contentKey({ header, keyInfo }: CipheredApdu): Uint8Array | undefined {
    if (header === undefined || keyInfo === undefined) return undefined
    return this.#sent.get(transactionOf(header)) ?? contentKeyFrom(keyInfo, header, this.#content)
  }
}

/** Tag, length of three octets, system title, security control, invocation counter and authentication tag. */
const MOST_ADDED = 1 + 3 + 9 + 5 + 12

const NOTHING = new Uint8Array(0)

const isContentKey = (name: KeyName | ContentKeyName): name is ContentKeyName =>
  CONTENT_KEYS.some((each) => each === name)

const keyFor = (form: CipheredForm): KeyName =>
  form === 'ded' || form === 'general-ded' ? 'dedicated-key' : 'global-unicast-encryption-key'

const GENERAL: Readonly<Record<CipheredForm, CipheredForm>> = {
  glo: 'general-glo',
  ded: 'general-ded',
  'general-glo': 'general-glo',
  'general-ded': 'general-ded',
  'general-ciphering': 'general-ciphering',
}
