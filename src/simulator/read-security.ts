// Whether the security of a description fits together: setups that there are, keys as long as their suite has them, titles where they are needed.
import { COORDINATE } from '../protocol/security/curves.ts'
import { keyOctets, type KeyName, type SecuritySuite } from '../protocol/security/key-names.ts'
import { needsTitle } from './association/hls-rules.ts'
import { named, type DescriptionFailure } from './description-failure.ts'
import {
  secretOctets,
  type ClientDescription,
  type MeterDescription,
  type SecuritySetupDescription,
} from './description.ts'

const SECURITY_SETUP = 64
const HIGHEST_COUNTED_POLICY = 3

export const securityFailures = (meter: MeterDescription): readonly DescriptionFailure[] => [
  ...Object.entries(meter.clients).flatMap(([name, client]) => ofClient(`/clients/${name}`, client, meter)),
  ...Object.entries(meter.securitySetups ?? {}).flatMap(([name, setup]) =>
    ofSetup(`/securitySetups/${name}`, name, setup, meter),
  ),
]

/** Mechanisms whose keys are those of a setup. */
const needsSetup = ({ mechanism, ciphered }: ClientDescription): boolean =>
  ciphered === true || mechanism === 'hls-gmac' || mechanism === 'hls-ecdsa'

function ofClient(path: string, client: ClientDescription, meter: MeterDescription): readonly DescriptionFailure[] {
  const { securitySetups = {}, systemTitle } = meter
  const { securitySetup, mechanism } = client
  const setup = securitySetups[securitySetup ?? '']
  const needed: readonly KeyName[] = needsSetup(client) ? ['global-unicast-encryption-key', 'authentication-key'] : []
  return [
    ...(needsTitle(client) && systemTitle === undefined
      ? [{ path: '/systemTitle', expected: `a system title, for ${path.slice(1)} needs it`, found: 'none' }]
      : []),
    ...(securitySetup !== undefined || needsSetup(client)
      ? named(`${path}/securitySetup`, securitySetup ?? '', securitySetups)
      : []),
    ...(mechanism === 'hls-ecdsa' && setup?.suite === 0
      ? [{ path: `${path}/mechanism`, expected: 'a setup of suite 1 or 2, for suite 0 signs nothing', found: '0' }]
      : []),
    ...(setup === undefined
      ? []
      : needed
          .filter((key) => setup.keys[key] === undefined)
          .map((key) => ({ path: `/securitySetups/${securitySetup}/keys`, expected: key, found: 'none' }))),
  ]
}

function ofSetup(
  path: string,
  name: string,
  { suite, version, policy, keys, clientKeys = {}, certificates }: SecuritySetupDescription,
  meter: MeterDescription,
): readonly DescriptionFailure[] {
  const isThere = meter.objects.some(
    (object) => object['class-id'] === SECURITY_SETUP && object['logical-name'] === name,
  )
  const keyFailures = (at: string, all: Readonly<Record<string, string>>, octetsOf: (key: string) => number) =>
    Object.entries(all).flatMap(([key, secret]) => {
      const there = named(`${path}/${at}/${key}`, secret, meter.secrets)
      if (there.length > 0) return there
      const [expected, found] = [octetsOf(key), secretOctets(meter, secret).length]
      return expected === found
        ? []
        : [{ path: `${path}/${at}/${key}`, expected: `${expected} octets`, found: `${found}` }]
    })
  return [
    ...(isThere ? [] : [{ path, expected: 'an object of class 64 with this logical name', found: 'none' }]),
    ...(version === 0 && policy > HIGHEST_COUNTED_POLICY
      ? [{ path: `${path}/policy`, expected: 'a number from 0 to 3 in version 0', found: `${policy}` }]
      : []),
    ...keyFailures('keys', keys, (key) => (isPrivate(key) ? coordinate(suite) : (keyOctets(suite, 'master-key') ?? 0))),
    ...keyFailures('clientKeys', clientKeys, () => 2 * coordinate(suite)),
    ...Object.entries(certificates?.authority ?? {}).flatMap(([what, secret]) =>
      named(`${path}/certificates/authority/${what}`, secret, meter.secrets),
    ),
  ]
}

const isPrivate = (key: string): boolean => key === 'signing-key' || key === 'agreement-key'

/** Suite 0 has no such keys: none is long enough. */
const coordinate = (suite: SecuritySuite): number => (suite === 0 ? 0 : COORDINATE[suite === 1 ? 'P-256' : 'P-384'])
