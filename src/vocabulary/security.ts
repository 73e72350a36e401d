// What a declared client proves its identity and protects its APDUs with: keys by value, taken from the secrets.
import { SecurityContext } from '../client/security-context.ts'
import type { SecurityMaterial } from '../client/security-material.ts'
import { repeatableSignature } from '../protocol/security/nonce-signature.ts'
import { policyOf } from '../protocol/security/policy.ts'
import { KEY_NAMES, type AsymmetricKeyName, type KeyName } from '../protocol/security/key-names.ts'
import { unhex } from '../codec/value.ts'
import { recordAt, type DeclaredClient } from './declared.ts'
import { countersFrom } from './invocation-counters.ts'
import type { Least } from './implied/security.ts'
import { serverKeyOf } from './server-keys.ts'
import type { TesterServerKeys, TesterSetup } from './setup.ts'

/** Undefined: it has no system title, and nothing to protect with. */
export function securityContextOf(client: DeclaredClient, setup: TesterSetup): SecurityContext | undefined {
  const material = materialOf(client, setup)
  if (client.security === undefined || material === undefined) return undefined
  const fresh = (count: number): Uint8Array => {
    const octets = setup.random.octets(count)
    setup.keepSecret(octets)
    return octets
  }
  const sign = setup.world.virtual ? { sign: repeatableSignature } : {}
  return new SecurityContext({ ...material, ...sign, fresh }, countersFrom(setup.counters, client.security))
}

/** Where declared keys are by value. */
type Keyed = Pick<TesterSetup, 'declaration' | 'secret'> & { readonly serverKeys: Pick<TesterServerKeys, 'serverKey'> }

/** What a declared client has, by value. */
export function materialOf(client: DeclaredClient, setup: Keyed): SecurityMaterial | undefined {
  const { security, ciphered } = client
  if (security === undefined) return undefined
  const keys = new Map<KeyName, Uint8Array>()
  for (const name of KEY_NAMES) {
    const secret = security.keys[name]
    const key = secret === undefined ? undefined : setup.secret(secret)
    if (key !== undefined) keys.set(name, key)
  }
  const { suite, systemTitle: title, protection: kind } = security
  const server = recordAt(setup.declaration, 'supports', 'security')['systemTitle']
  const serverTitle = typeof server === 'string' ? unhex(server) : undefined
  const signs = security.policy !== undefined && policyOf(security.policyVersion, security.policy).request.signature
  const { generalCipheringAad: aad, generalSigningInput: signedInput } = security
  const material = {
    suite,
    title,
    keys,
    kind: ciphered ? kind : 'none',
    ciphers: ciphered,
    signs,
    aad,
    signedInput,
  } as const
  return { ...material, serverKeys: serverKeysOf(client, setup), ...(serverTitle ? { serverTitle } : {}) }
}

function serverKeysOf(client: DeclaredClient, setup: Keyed): Partial<Record<AsymmetricKeyName, Uint8Array>> {
  const found: Partial<Record<AsymmetricKeyName, Uint8Array>> = {}
  for (const name of ['signing-key', 'agreement-key'] as const) {
    const key = serverKeyOf(client, name, setup)
    if (key !== undefined) found[name] = key
  }
  return found
}

/** What the declared policy asks of every answer. */
export function responsePolicyOf({ security, ciphered }: DeclaredClient): Least {
  if (security?.policy === undefined || !ciphered) return { authentication: false, encryption: false }
  return policyOf(security.policyVersion, security.policy).response
}
