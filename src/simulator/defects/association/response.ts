// What an AARE says that accepts.
import type { Aare } from '../../../protocol/acse/acse.ts'
import { user } from '../../association/rules.ts'
import type { Defect } from '../defect.ts'
import { accepts, opens, responds } from './shared.ts'

const withoutInformation = ({ 'user-information': _information, ...aare }: Aare): Aare => aare

export const responseDefects: readonly Defect[] = [
  {
    id: 'acse.accepted.with-diagnostic',
    breaks: ['acse.diagnostic'],
    needs: 'any',
    says: 'An AARE that accepts has the diagnostic no-reason-given.',
    apply: (d) => accepts(d, (aare) => ({ ...aare, 'result-source-diagnostic': user('no-reason-given') })),
  },
  {
    id: 'acse.accepted.other-context',
    breaks: ['acse.application-context'],
    needs: 'any',
    says: 'An AARE that accepts names the context of short names.',
    apply: (d) => accepts(d, (aare) => ({ ...aare, 'application-context-name': 'sn' })),
  },
  {
    id: 'initiate.response.version-5',
    breaks: ['initiate.dlms-version'],
    needs: 'any',
    says: 'DLMS version 5 is negotiated.',
    apply: (d) => responds(d, () => ({ 'negotiated-dlms-version-number': 5 })),
  },
  {
    id: 'initiate.response.vaa-name-of-sn',
    breaks: ['initiate.vaa-name'],
    needs: 'any',
    says: 'The vaa-name is that of short names.',
    apply: (d) => responds(d, () => ({ 'vaa-name': 0xfa00 })),
  },
  {
    id: 'initiate.response.missing',
    breaks: ['initiate.response'],
    needs: 'any',
    says: 'An AARE that accepts brings no InitiateResponse.',
    apply: (d) => accepts(d, withoutInformation),
  },
  {
    id: 'initiate.response.other-pdu-size',
    breaks: ['initiate.pdu-size', 'declaration.association'],
    needs: 'any',
    says: 'The AARE says another server-max-receive-pdu-size than the declared one.',
    apply: (d) => responds(d, () => ({ 'server-max-receive-pdu-size': 0x01f4 })),
  },
  {
    id: 'association.accepted.not-served',
    breaks: ['association.establishment'],
    needs: 'any',
    fatal: true,
    says: 'An AARE accepts, and nothing is served.',
    apply: (d) => opens(d, ({ aare }) => (aare === undefined ? {} : { aare })),
  },
]
