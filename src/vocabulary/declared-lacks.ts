// Clients that are declared to prove or protect something with what nobody declared: a run with them would blame the meter.
import type { MeterDeclaration } from '../engine/declaration.generated.ts'
import type { Finding } from '../language/finding.ts'

type Client = NonNullable<NonNullable<MeterDeclaration['testing']>['clients']>[string]

/** What clients lack for what they are declared to do. */
export const unsecured = ({ testing }: MeterDeclaration): readonly Finding[] =>
  Object.entries(testing?.clients ?? {}).flatMap(([name, client]) =>
    [...missing(client), ...curveless(client)].map(({ path, ...said }) => ({
      path: ['testing', 'clients', name, ...path],
      ...said,
    })),
  )

/** What has to be declared, of which property of the client it follows, and whether it is there. */
interface Due {
  readonly of: 'ciphered' | 'mechanism'
  readonly what: string
  readonly there: boolean
}

const missing = (client: Client): readonly Finding[] =>
  dueOf(client)
    .filter(({ there }) => !there)
    .map(({ of, what }) => ({
      path: [of],
      code: 'security',
      expected: `"${what}" of a client ${of === 'ciphered' ? 'that is ciphered' : `with ${client.mechanism ?? 'lowest'}`}`,
      found: 'none',
      hint: 'Add it; secrets and keys are declared by the names that the file of secrets gives them.',
    }))

function dueOf({ mechanism, ciphered = false, secret, security }: Client): readonly Due[] {
  const due = (of: Due['of'], what: string, value: unknown): Due => ({ of, what, there: value !== undefined })
  const { keys = {}, serverKeys = {} } = security ?? {}
  const unicast = keys['global-unicast-encryption-key']
  const authentication = keys['authentication-key']
  const ofCiphering = [
    due('ciphered', 'security', security),
    // A key may be agreed upon instead, where the suite can.
    due('ciphered', 'security.keys.global-unicast-encryption-key', unicast ?? keys['agreement-key']),
    due('ciphered', 'security.keys.authentication-key', authentication),
  ]
  const all = [...ofMechanism(), ...(ciphered ? ofCiphering : [])]
  return security === undefined ? all.filter(({ what }) => !what.startsWith('security.')) : all

  function ofMechanism(): readonly Due[] {
    switch (mechanism) {
      case undefined:
      case 'lowest':
      case 'lls':
        return []
      case 'hls-2':
      case 'hls-md5':
      case 'hls-sha1':
        return [due('mechanism', 'secret', secret)]
      // From here on the proof holds the system titles.
      case 'hls-sha256':
        return [due('mechanism', 'secret', secret), due('mechanism', 'security', security)]
      case 'hls-gmac':
        return [
          due('mechanism', 'security', security),
          due('mechanism', 'security.keys.global-unicast-encryption-key', unicast),
          due('mechanism', 'security.keys.authentication-key', authentication),
        ]
      case 'hls-ecdsa':
        return [
          due('mechanism', 'security', security),
          due('mechanism', 'security.keys.signing-key', keys['signing-key']),
          due('mechanism', 'security.serverKeys.signing-key', serverKeys['signing-key']),
        ]
      default:
        return mechanism satisfies never
    }
  }
}

/** Suite 0 has no curve: nothing is signed or agreed upon in it. */
function curveless({ mechanism, security }: Client): readonly Finding[] {
  if (security?.suite !== 0) return []
  const names = [security.keys, security.serverKeys].flatMap((keys) => Object.keys(keys ?? {}))
  const found = names.find((name) => name === 'signing-key' || name === 'agreement-key')
  if (found === undefined && mechanism !== 'hls-ecdsa') return []
  return [
    {
      path: ['security', 'suite'],
      code: 'security',
      expected: `suite 1 or 2 of a client with ${found ?? 'hls-ecdsa'}`,
      found: 'suite 0',
      hint: 'Suite 0 signs nothing and agrees upon no key.',
    },
  ]
}
