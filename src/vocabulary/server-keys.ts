// Public keys of the server as a client knows them: the declared one, until a case has made the server take a new key pair into use.
import { hex, unhex } from '../codec/value.ts'
import type { AsymmetricKeyName } from '../protocol/security/key-names.ts'
import type { DeclaredClient } from './declared.ts'
import type { TesterServerKeys, TesterSetup } from './setup.ts'

type Known = Pick<TesterSetup, 'secret'> & { readonly serverKeys: Pick<TesterServerKeys, 'serverKey'> }
type Client = Pick<DeclaredClient, 'name' | 'security'>

/** Clients of one Security setup have the same. */
const placeOf = ({ name, security }: Client, key: AsymmetricKeyName): string => `${security?.setup ?? name}/${key}`

const declaredOf = ({ security }: Client, key: AsymmetricKeyName, { secret }: Known): Uint8Array | undefined => {
  const name = security?.serverKeys[key]
  return name === undefined ? undefined : secret(name)
}

/** Undefined: none is declared, or its secret is not known. */
export function serverKeyOf(client: Client, key: AsymmetricKeyName, setup: Known): Uint8Array | undefined {
  const declared = declaredOf(client, key, setup)
  const renewed = setup.serverKeys.serverKey(placeOf(client, key))
  const holds = declared !== undefined && renewed?.instead === hex(declared)
  return holds ? unhex(renewed.now) : declared
}

/** The server has this one for good; undefined: it is noted, else why not. */
export function renewServerKey(
  client: Client,
  key: AsymmetricKeyName,
  publicKey: Uint8Array,
  setup: Pick<TesterSetup, 'secret' | 'serverKeys'>,
): string | undefined {
  const declared = declaredOf(client, key, setup)
  if (declared === undefined) return undefined
  const noted = setup.serverKeys.keepServerKey(placeOf(client, key), { instead: hex(declared), now: hex(publicKey) })
  return noted.ok ? undefined : `${noted.failure.where}: ${noted.failure.detail}`
}
