// What is beneath the protection of recorded octets, for those who have the keys.
import type { Value } from '../codec/value.ts'
import { explainApdu, type Explained } from '../protocol/explain.ts'
import { declared, type DeclaredClient } from '../vocabulary/declared.ts'
import { protectionJson } from '../vocabulary/opened.ts'
import { openRecorded, type Recorded } from '../vocabulary/recorded.ts'
import { materialOf } from '../vocabulary/security.ts'
import { readDeclaration } from './meter.ts'
import { secretsOf } from './secrets.ts'
import { usage } from './usage.ts'

export interface Unprotected {
  readonly protection: Value
  /** The same in words. */
  readonly says: string
  readonly verified: Recorded['seen']['verified']
  readonly plain?: Uint8Array
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
  const { seen, keys } = recorded
  const { plain, verified } = seen
  const own = keys.reduce((known, key) => known.keeping(key), masker)
  return {
    protection: protectionJson({ seen }),
    says: inWords(seen),
    verified,
    ...(plain === undefined ? {} : { plain, beneath: explainApdu(plain) }),
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
} as const satisfies Record<Recorded['seen']['verified'], string>

function inWords({ name, control, invocationCounter, key, verified }: Recorded['seen']): string {
  const kinds = [...(control.authentication ? ['authenticated'] : []), ...(control.encryption ? ['encrypted'] : [])]
  const how = kinds.length === 0 ? 'without authentication and encryption' : kinds.join(' and ')
  return `${name}: ${how}, invocation counter ${invocationCounter}, key ${key}; the tag is ${VERIFIED[verified]}`
}
