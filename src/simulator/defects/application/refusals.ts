// What goes wrong where a request has to be refused.
import type { Outgoing } from '../../outgoing.ts'
import { changeModel, changeServices, sends, type Defect } from '../defect.ts'

const EXCEPTION = 0xd8
const GET_RESPONSE = 0xc4
const SET_RESPONSE = 0xc5
const ACTION_RESPONSE = 0xc7
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
    id: 'xdlms.object-undefined.invoked',
    breaks: ['xdlms.object-undefined'],
    needs: 'any',
    says: 'A method of an object that is not there is invoked with success.',
    apply: (d) =>
      sends(d, (message) => [
        message.is === 'apdu' && isActionError(message.octets)
          ? { ...message, octets: Uint8Array.of(...message.octets.subarray(0, 3), 0, 0) }
          : message,
      ]),
  },
  {
    id: 'xdlms.undefined-in-class.success',
    breaks: ['xdlms.undefined-in-class'],
    needs: 'any',
    says: 'An attribute or a method that the class does not have is read, written and invoked with success.',
    apply: (d) =>
      changeModel(d, () => ({
        undefinedInClass: 'success',
        undefinedAttribute: () => ({ is: 'data', value: { is: 'null-data' } }),
      })),
  },
  {
    id: 'xdlms.class-id.ignored',
    breaks: ['xdlms.undefined-in-class'],
    needs: 'any',
    says: 'The class of a request is ignored: the name alone decides.',
    apply: (d) => changeModel(d, () => ({ isOfClass: () => true })),
  },
  {
    id: 'xdlms.result-code.undefined',
    breaks: ['xdlms.result-code'],
    needs: 'any',
    says: 'An object that is not there is refused with a data-access-result that is not defined.',
    apply: (d) => sends(d, (message) => [resultOf(message, 99)]),
  },
  {
    id: 'xdlms.result-code.success',
    breaks: ['xdlms.result-code'],
    needs: 'any',
    says: 'In place of the data of an object that is not there comes the data-access-result success.',
    apply: (d) => sends(d, (message) => [resultOf(message, 0)]),
  },
  {
    id: 'xdlms.exception.undefined',
    breaks: ['xdlms.result-code'],
    needs: 'any',
    says: 'An exception-response has a service-error that is not defined.',
    apply: (d) =>
      sends(d, (message) => [
        message.is === 'apdu' && message.octets[0] === EXCEPTION
          ? { ...message, octets: Uint8Array.of(EXCEPTION, message.octets[1] ?? 0, 9) }
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
const isActionError = (octets: Uint8Array): boolean =>
  octets[0] === ACTION_RESPONSE && octets[1] === 1 && octets[3] === OBJECT_UNDEFINED
/** What is told of an object that is not there, with another result. */
const resultOf = (message: Outgoing, result: number): Outgoing =>
  message.is === 'apdu' && isGetError(message.octets)
    ? { ...message, octets: Uint8Array.of(...message.octets.subarray(0, 4), result) }
    : message
const isSetError = (octets: Uint8Array): boolean =>
  octets[0] === SET_RESPONSE && octets[1] === 1 && octets[3] === OBJECT_UNDEFINED
