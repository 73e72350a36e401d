// What is beneath the protection of recorded octets, for those who have the keys.
import type { Signed } from '../client/signing.ts'
import type { Deciphered } from '../client/decipher.ts'
import { hex, type Value } from '../codec/value.ts'
import { explainApdu, type Explained } from '../protocol/explain.ts'
import { declared, type DeclaredClient } from '../vocabulary/declared.ts'
import { protectionJson } from '../vocabulary/opened.ts'
import { openRecorded } from '../vocabulary/recorded.ts'
import { materialOf } from '../vocabulary/security.ts'
import { readDeclaration } from './meter.ts'
import { secretsOf } from './secrets.ts'
import { usage } from './usage.ts'

export interface Unprotected {
  readonly protection: Value
  /** The same in words, from the outside in. */
  readonly says: readonly string[]
  readonly isWrong: boolean
  readonly within?: Uint8Array
  readonly beneath?: Explained
  /** A text without the keys, those included that stood beneath the protection. */
  readonly hidden: (text: string) => string
}

/** Undefined: nothing protects them. */
export function decipher(apdu: Uint8Array, file: string, client: string | undefined): Unprotected | undefined {
  const declaration = readDeclaration(file)
  const { get, masker } = secretsOf({ declaration })
  const material = materialOf(chosen(declared(declaration.value, '').clients, file, client), {
    declaration: declaration.value,
    secret: get,
    serverKeys: { serverKey: () => undefined },
  })
  const recorded = material && openRecorded(apdu, material)
  if (recorded === undefined) return undefined
  const { seen, signed, isSignedWithin, within, keys } = recorded
  const ciphering = seen ? [inWords(seen)] : []
  const signing = signed ? [signatureInWords(signed)] : []
  const own = keys.reduce((known, key) => known.keeping(key), masker)
  return {
    protection: protectionJson({ seen, signed }),
    says: isSignedWithin ? [...ciphering, ...signing] : [...signing, ...ciphering],
    isWrong: seen?.verified === 'wrong' || signed?.verified === 'wrong',
    ...(within === undefined ? {} : { within, beneath: explainApdu(within) }),
    hidden: (text) => own.text(text),
  }
}

function chosen(clients: readonly DeclaredClient[], file: string, name: string | undefined): DeclaredClient {
  const able = clients.filter(({ security }) => security !== undefined)
  const found = name === undefined ? able.find(({ ciphered }) => ciphered) : able.find((each) => each.name === name)
  if (found !== undefined) return found
  const names = able.map((each) => each.name).join(', ')
  return usage(
    name === undefined ? `no client in ${file} ciphers` : `there is no client ${name} with keys in ${file}`,
    names === '' ? 'Declare its security: { "suite", "systemTitle", "keys" }.' : `Clients with keys: ${names}.`,
  )
}

const VERIFIED = {
  right: 'right',
  wrong: 'not right: another key, another title, or octets that were changed',
  unknown: 'nothing that can be checked: without authentication, or the key or the title is not known',
} as const satisfies Record<Deciphered['verified'], string>

function inWords({ name, control, invocationCounter, key, verified, aad }: Deciphered): string {
  const kinds = [...(control.authentication ? ['authenticated'] : []), ...(control.encryption ? ['encrypted'] : [])]
  const how = kinds.length === 0 ? 'without authentication and encryption' : kinds.join(' and ')
  const without = aad === 'without-header' ? ', and the header is left out of what it authenticates' : ''
  return `${name}: ${how}, invocation counter ${invocationCounter}, key ${key}; the tag is ${VERIFIED[verified]}${without}`
}

const WHY_NOT = {
  'wrong-size': 'it has not the size that the suite gives',
  'r-out-of-range': 'R is not in the range of the curve',
  's-out-of-range': 'S is not in the range of the curve',
  'wrong-signature': 'another key, or octets that were changed',
} as const satisfies Record<NonNullable<Signed['why']>, string>

const INPUT = {
  standard: '',
  'content-without-length': ', and the length of the content is not signed with it',
  'with-tag': ', and the tag of the APDU is signed with it',
} as const satisfies Record<NonNullable<Signed['input']>, string>

function signatureInWords({ apdu: { header }, verified, input = 'standard', why = 'wrong-signature' }: Signed): string {
  const title = hex(header['originator-system-title'])
  const who = title === '' ? 'nobody that it names' : title
  return `general-signing: signed by ${who}, transaction-id ${hex(header['transaction-id'])}; the signature is ${worth()}`
  function worth(): string {
    switch (verified) {
      case 'right':
        return `right${INPUT[input]}`
      case 'wrong':
        return `not right: ${WHY_NOT[why]}`
      case 'unknown':
        return 'not checked: no public key of the signatory is declared'
      default:
        return verified satisfies never
    }
  }
}
