// Why the server says that it rejects, and what it leaves behind when it does.
import type { Aare } from '../../../protocol/acse/acse.ts'
import { associationOf } from '../../association/association.ts'
import { provider, user } from '../../association/rules.ts'
import type { Defect } from '../defect.ts'
import { finds, opens, rejects } from './shared.ts'

const withoutInformation = ({ 'user-information': _information, ...aare }: Aare): Aare => aare
const isInitiateError = (aare: Aare): boolean => aare['user-information']?.is === 'confirmed-service-error'

export const diagnosticDefects: readonly Defect[] = [
  {
    id: 'acse.diagnostic.always-no-reason',
    aliases: ['aare_generic_diag'],
    breaks: ['acse.application-context', 'acse.password', 'acse.diagnostic'],
    needs: 'any',
    says: 'Each AARE that rejects says no-reason-given.',
    apply: (d) => rejects(d, (aare) => ({ ...aare, 'result-source-diagnostic': user('no-reason-given') })),
  },
  {
    id: 'acse.version.other-diagnostic',
    breaks: ['acse.protocol-version'],
    needs: 'any',
    says: 'A foreign protocol-version is rejected without a reason.',
    apply: (d) => finds(d, 'protocolVersion', (before) => before && provider('no-reason-given')),
  },
  {
    id: 'acse.context.other-diagnostic',
    breaks: ['acse.application-context'],
    needs: 'any',
    says: 'A foreign context is rejected without a reason.',
    apply: (d) => finds(d, 'context', (before) => before && user('no-reason-given')),
  },
  {
    id: 'acse.password.other-diagnostic',
    breaks: ['acse.password'],
    needs: 'any',
    says: 'A wrong password is rejected with authentication-required.',
    apply: (d) => finds(d, 'password', (before) => before && user('authentication-required')),
  },
  {
    id: 'acse.diagnostic.undefined',
    breaks: ['acse.diagnostic'],
    needs: 'any',
    says: 'A foreign mechanism is rejected with a diagnostic that is not defined.',
    apply: (d) => finds(d, 'mechanism', (before) => before && user(99)),
  },
  {
    id: 'initiate.error.missing',
    breaks: ['initiate.error'],
    needs: 'any',
    says: 'An AARE that rejects never says what xDLMS had against the proposal.',
    apply: (d) => rejects(d, withoutInformation),
  },
  {
    id: 'initiate.error.other',
    breaks: ['initiate.error'],
    needs: 'any',
    says: 'Whatever xDLMS has against a proposal, the error is refused-by-the-VDE-handler.',
    apply: (d) =>
      rejects(d, (aare) =>
        isInitiateError(aare)
          ? {
              ...aare,
              'user-information': {
                is: 'confirmed-service-error',
                value: {
                  service: 'initiate-error',
                  'service-error': { is: 'initiate', value: 'refused-by-the-VDE-handler' },
                },
              },
            }
          : aare,
      ),
  },
  {
    id: 'acse.rejected.served',
    breaks: ['association.rejected'],
    needs: 'any',
    says: 'An AARE rejects, and the association is open all the same.',
    apply: (d) =>
      opens(d, (opened, { known, path }) =>
        opened.association === undefined && known !== undefined
          ? { ...opened, association: associationOf(known, path.device, ['get'], 0) }
          : opened,
      ),
  },
]
