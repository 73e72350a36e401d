// What the server fails to check in an AARQ, or checks too well: ACSE.
import { hex } from '../../../codec/value.ts'
import { asksForAuthentication, hasFields, provider, user, type Request } from '../../association/rules.ts'
import type { Defect } from '../defect.ts'
import { finds, skips } from './shared.ts'

const OTHER_FIELDS = [
  'called-AP-title',
  'called-AE-qualifier',
  'calling-AE-qualifier',
  'implementation-information',
] as const
const usesOtherFields = ({ aarq }: Request): boolean => OTHER_FIELDS.some((field) => aarq[field] !== undefined)
const namesUser = ({ aarq }: Request): boolean => aarq['calling-AE-invocation-id'] !== undefined
const lacksMechanism = ({ aarq }: Request): boolean => aarq['mechanism-name'] === undefined
const value = ({ aarq }: Request): Uint8Array => aarq['calling-authentication-value'] ?? new Uint8Array(0)

export const checkDefects: readonly Defect[] = [
  {
    id: 'acse.client.unknown',
    breaks: ['declaration.client'],
    needs: 'any',
    says: 'The second client is rejected as one that nobody knows.',
    apply: (d) =>
      finds(d, 'client', (before, { client }) => before ?? (client?.sap === 2 ? user('no-reason-given') : undefined)),
  },
  {
    id: 'acse.version.unchecked',
    aliases: ['aarq_version_not_checked'],
    breaks: ['acse.protocol-version'],
    needs: 'any',
    says: 'The protocol-version of an AARQ is ignored.',
    apply: (d) => skips(d, ['protocolVersion']),
  },
  {
    id: 'acse.version.whole-string-compared',
    breaks: ['acse.protocol-version'],
    needs: 'any',
    says: 'A protocol-version with other bits beside that of version 1 is rejected.',
    apply: (d) =>
      finds(d, 'protocolVersion', (before, { aarq }) => {
        const version = aarq['protocol-version']
        const other = version !== undefined && hex(version) !== '0780'
        return before ?? (other ? provider('no-common-acse-version') : undefined)
      }),
  },
  {
    id: 'acse.context.any',
    breaks: ['acse.application-context'],
    needs: 'any',
    says: 'Any application context is taken for that of logical names.',
    apply: (d) => skips(d, ['context']),
  },
  {
    id: 'acse.unused-fields.rejected',
    breaks: ['acse.unused-fields'],
    needs: 'any',
    says: 'An AARQ with a title, a qualifier or implementation-information is rejected.',
    apply: (d) =>
      finds(
        d,
        'client',
        (before, request) => before ?? (usesOtherFields(request) ? user('no-reason-given') : undefined),
      ),
  },
  {
    id: 'acse.user.unknown-accepted',
    breaks: ['acse.user-identification'],
    needs: 'users',
    says: 'Any user is let in, if only it says a number.',
    apply: (d) => skips(d, ['user'], namesUser),
  },
  {
    id: 'acse.user.missing-accepted',
    breaks: ['acse.user-identification'],
    needs: 'users',
    says: 'Whoever does not say which user it is, is let in.',
    apply: (d) => skips(d, ['user'], (request) => !namesUser(request)),
  },
  {
    id: 'acse.user.known-rejected',
    breaks: ['acse.user-identification'],
    needs: 'users',
    fatal: true,
    says: 'No user of the list is let in.',
    apply: (d) =>
      finds(d, 'user', (before, { client }) =>
        client?.users === undefined ? before : user('calling-AE-invocation-identifier-not-recognized'),
      ),
  },
  {
    id: 'acse.user.rejected-where-none-asked',
    breaks: ['acse.unused-fields'],
    needs: 'any',
    says: 'An AARQ that names a user is rejected where there is no user list.',
    apply: (d) =>
      finds(d, 'user', (before, request) =>
        request.client?.users === undefined && namesUser(request)
          ? user('calling-AE-invocation-identifier-not-recognized')
          : before,
      ),
  },
  {
    id: 'acse.authentication.optional',
    breaks: ['acse.authentication'],
    needs: 'any',
    says: 'An AARQ without any field of authentication is accepted where a password is due.',
    apply: (d) =>
      skips(
        d,
        ['required', 'mechanism', 'value', 'password'],
        (request) => !asksForAuthentication(request) && !hasFields(request),
      ),
  },
  {
    id: 'acse.requirements.left-out-opens',
    breaks: ['acse.authentication'],
    needs: 'any',
    says: 'Without the authentication functional unit no password is compared.',
    apply: (d) =>
      skips(
        d,
        ['required', 'mechanism', 'value', 'password'],
        (request) => !asksForAuthentication(request) && hasFields(request),
      ),
  },
  {
    id: 'acse.mechanism.optional',
    breaks: ['acse.authentication', 'acse.mechanism-name'],
    needs: 'any',
    says: 'The mechanism-name may be left out.',
    apply: (d) => skips(d, ['mechanism'], lacksMechanism),
  },
  {
    id: 'acse.mechanism.any',
    breaks: ['acse.authentication', 'acse.mechanism-name'],
    needs: 'any',
    says: 'Whatever the mechanism-name, the password is all that counts.',
    apply: (d) => skips(d, ['mechanism'], (request) => !lacksMechanism(request)),
  },
  {
    id: 'acse.mechanism.from-the-aarq',
    aliases: ['assoc_mech_downgrade'],
    breaks: ['acse.mechanism-name'],
    needs: 'any',
    says: 'The mechanism is the one that the AARQ names: with the lowest no password is compared.',
    apply: (d) => skips(d, ['mechanism', 'value', 'password'], ({ aarq }) => aarq['mechanism-name'] === 'lowest'),
  },
  {
    id: 'acse.value.optional',
    breaks: ['acse.authentication'],
    needs: 'any',
    says: 'Without an authentication value no password is compared.',
    apply: (d) => skips(d, ['value', 'password'], ({ aarq }) => aarq['calling-authentication-value'] === undefined),
  },
  {
    id: 'acse.password.any',
    breaks: ['acse.password'],
    needs: 'any',
    says: 'Any password of the right length opens.',
    apply: (d) => skips(d, ['password'], (request) => value(request).length === request.password.length),
  },
  {
    id: 'acse.password.prefix',
    aliases: ['lls_prefix_match'],
    breaks: ['acse.password'],
    needs: 'any',
    says: 'Only so many octets of the password are compared as came.',
    apply: (d) => skips(d, ['password'], (request) => hex(request.password).startsWith(hex(value(request)))),
  },
  {
    id: 'acse.password.beginning',
    breaks: ['acse.password'],
    needs: 'any',
    says: 'What follows the right password is not looked at.',
    apply: (d) => skips(d, ['password'], (request) => hex(value(request)).startsWith(hex(request.password))),
  },
]
