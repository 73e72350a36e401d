// The secrets that clients name as their keys, before anything is sent: the octets are never shown.
import type { ClientSecurity, MeterDeclaration } from '../engine/declaration.generated.ts'
import type { Finding } from '../language/finding.ts'
import { KEY_NAMES, keyOctets, publicKeyOctets } from '../protocol/security/key-names.ts'

/** Does any client name keys, or the tester an authority? */
export const namesKeys = ({ testing }: MeterDeclaration): boolean =>
  testing?.certificateAuthority !== undefined ||
  Object.values(testing?.clients ?? {}).some(({ security }) => security !== undefined && namedKeys(security).length > 0)

/** What is wrong with the secrets that clients name as their keys: unknown, or too short or long for the suite. The octets are not shown. */
export const wrongKeys = (
  { testing }: MeterDeclaration,
  secret: (name: string) => Uint8Array | undefined,
): readonly Finding[] => [
  ...Object.entries(testing?.certificateAuthority ?? {}).flatMap(([what, name]) =>
    secret(name) === undefined ? [unknownSecret(['testing', 'certificateAuthority', what], name)] : [],
  ),
  ...Object.entries(testing?.clients ?? {}).flatMap(([client, { security }]) =>
    security === undefined
      ? []
      : namedKeys(security).flatMap(({ at, secret: name, octets }) => {
          const path = ['testing', 'clients', client, 'security', ...at]
          const known = secret(name)
          if (known === undefined) return [unknownSecret(path, name)]
          if (octets === undefined || known.length === octets) return []
          return [
            {
              path,
              code: 'key-length',
              expected: `a key of ${octets} octets in suite ${security.suite}`,
              found: `"${name}", which has ${known.length}`,
              hint: 'Check the key and the suite.',
            },
          ]
        }),
  ),
]

const unknownSecret = (path: readonly string[], name: string): Finding => ({
  path,
  code: 'unknown-secret',
  expected: 'the name of a secret',
  found: `"${name}", which neither the file of secrets nor the environment knows`,
  hint: 'Add it to the file that "secrets" names, or to the environment.',
})

interface NamedKey {
  readonly at: readonly [string, string]
  readonly secret: string
  /** Undefined: the suite has no such key, which is another matter. */
  readonly octets: number | undefined
}

function namedKeys({ suite, keys = {}, serverKeys = {} }: ClientSecurity): readonly NamedKey[] {
  const own = KEY_NAMES.flatMap((key) => {
    const secret = keys[key]
    return secret === undefined ? [] : [{ at: ['keys', key] as const, secret, octets: keyOctets(suite, key) }]
  })
  const others = (['signing-key', 'agreement-key'] as const).flatMap((key) => {
    const secret = serverKeys[key]
    return secret === undefined ? [] : [{ at: ['serverKeys', key] as const, secret, octets: publicKeyOctets(suite) }]
  })
  return [...own, ...others]
}
