// What an xDLMS answer owes its request.
import { sends, type Defect } from '../defect.ts'

/** Get-, Set- and Action-response: invoke-id in the third octet. */
const RESPONSES = [0xc4, 0xc5, 0xc7]
export const isResponse = (octets: Uint8Array): boolean => RESPONSES.includes(octets[0] ?? 0)
export const INVOKE_ID_AT = 2

export const apduDefects: readonly Defect[] = [
  {
    id: 'xdlms.invoke-id.wrong',
    breaks: ['xdlms.invoke-id'],
    needs: 'any',
    says: 'The invoke-id of an answer is not the one of its request.',
    apply: (d) =>
      sends(d, (message) => [
        message.is === 'apdu' && isResponse(message.octets)
          ? { ...message, octets: message.octets.map((octet, at) => (at === INVOKE_ID_AT ? octet ^ 0x01 : octet)) }
          : message,
      ]),
  },
  {
    id: 'xdlms.trailing-octet',
    breaks: ['xdlms.nothing-behind-the-apdu'],
    needs: 'any',
    says: 'An octet 00 follows each answer of a service.',
    apply: (d) =>
      sends(d, (message) => [
        message.is === 'apdu' && isResponse(message.octets)
          ? { ...message, octets: Uint8Array.of(...message.octets, 0) }
          : message,
      ]),
  },
]
