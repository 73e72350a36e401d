// What goes wrong where a request has to be refused.
import { changeServices, sends, type Defect } from '../defect.ts'

const EXCEPTION = 0xd8
const GET_RESPONSE = 0xc4
const SET_RESPONSE = 0xc5
const OBJECT_UNDEFINED = 4

export const refusalDefects: readonly Defect[] = [
  {
    id: 'xdlms.exception.silent',
    breaks: ['xdlms.unreadable', 'xdlms.undefined-choice'],
    needs: 'any',
    says: 'Silence, where an exception-response is due.',
    apply: (d) => sends(d, (message) => (message.is === 'apdu' && message.octets[0] === EXCEPTION ? [] : [message])),
  },
  {
    id: 'xdlms.exception.ends-association',
    breaks: ['xdlms.unreadable', 'xdlms.undefined-choice'],
    needs: 'any',
    says: 'A request that cannot be read ends the association.',
    apply: (d) => changeServices(d, () => ({ endsAssociation: (response) => response?.is === 'exception-response' })),
  },
  {
    id: 'xdlms.object-undefined.null-data',
    breaks: ['xdlms.object-undefined'],
    needs: 'any',
    says: 'An object that is not there reads as null-data.',
    apply: (d) =>
      sends(d, (message) => [
        message.is === 'apdu' && isGetError(message.octets)
          ? { ...message, octets: Uint8Array.of(...message.octets.subarray(0, 3), 0, 0) }
          : message,
      ]),
  },
  {
    id: 'xdlms.object-undefined.written',
    breaks: ['xdlms.object-undefined'],
    needs: 'any',
    says: 'An object that is not there is written with success.',
    apply: (d) =>
      sends(d, (message) => [
        message.is === 'apdu' && isSetError(message.octets)
          ? { ...message, octets: Uint8Array.of(...message.octets.subarray(0, 3), 0) }
          : message,
      ]),
  },
  {
    id: 'xdlms.not-negotiated.served',
    breaks: ['xdlms.conformance'],
    needs: 'any',
    says: 'A service is served though the association has not negotiated it.',
    apply: (d) => changeServices(d, () => ({ permits: () => true })),
  },
]

/** Tag, choice normal, invoke-id, choice data-access-result, and the result. */
const isGetError = (octets: Uint8Array): boolean =>
  octets[0] === GET_RESPONSE && octets[1] === 1 && octets[3] === 1 && octets[4] === OBJECT_UNDEFINED
const isSetError = (octets: Uint8Array): boolean =>
  octets[0] === SET_RESPONSE && octets[1] === 1 && octets[3] === OBJECT_UNDEFINED
