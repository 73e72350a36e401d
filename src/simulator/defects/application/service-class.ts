// What the octet Invoke-Id-And-Priority asks for, and does not get.
import { changeServices, sends, type Defect } from '../defect.ts'
import { INVOKE_ID_AT, isResponse } from './apdus.ts'

export const serviceClassDefects: readonly Defect[] = [
  {
    id: 'xdlms.invoke-id.three-bits',
    breaks: ['xdlms.invoke-id'],
    needs: 'any',
    says: 'Of the invoke-id three bits come back.',
    apply: (d) => sends(d, (message) => [message.is === 'apdu' ? masked(message, 0xf7) : message]),
  },
  {
    id: 'xdlms.priority.not-echoed',
    breaks: ['xdlms.invoke-id'],
    remark: true,
    needs: 'any',
    says: 'An answer has normal priority, whatever its request has.',
    apply: (d) => sends(d, (message) => [message.is === 'apdu' ? masked(message, 0x7f) : message]),
  },
  {
    id: 'xdlms.unconfirmed.answered',
    breaks: ['xdlms.service-class'],
    remark: true,
    needs: 'wrapper',
    says: 'A request that asks for no answer gets one.',
    apply: (d) => changeServices(d, () => ({ isAnswered: () => true })),
  },
  {
    id: 'xdlms.unconfirmed.refused',
    breaks: ['xdlms.service-class'],
    needs: 'any',
    says: 'A request that asks for no answer is not carried out.',
    apply: (d) => changeServices(d, ({ notNegotiated }) => ({ unconfirmed: notNegotiated })),
  },
]

const masked = <T extends { readonly octets: Uint8Array }>(message: T, mask: number): T =>
  isResponse(message.octets)
    ? { ...message, octets: message.octets.map((octet, at) => (at === INVOKE_ID_AT ? octet & mask : octet)) }
    : message
