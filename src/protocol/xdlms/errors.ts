import { CONFIRMED_SERVICE, EXCEPTION_SERVICE_ERROR, SERVICE_ERROR, STATE_ERROR } from './names.ts'
import { arm, choice, enumerated, ifMore, sequence, u32, type Codec, type Of } from '../../codec/codec.ts'

/** ConfirmedServiceError behind its tag 0E: the service, and which group of errors says what. */
export const confirmedServiceError = sequence({
  service: enumerated(CONFIRMED_SERVICE),
  'service-error': choice(
    {
      'application-reference': arm(0, enumerated(SERVICE_ERROR['application-reference'])),
      'hardware-resource': arm(1, enumerated(SERVICE_ERROR['hardware-resource'])),
      'vde-state-error': arm(2, enumerated(SERVICE_ERROR['vde-state-error'])),
      service: arm(3, enumerated(SERVICE_ERROR.service)),
      definition: arm(4, enumerated(SERVICE_ERROR.definition)),
      access: arm(5, enumerated(SERVICE_ERROR.access)),
      initiate: arm(6, enumerated(SERVICE_ERROR.initiate)),
      'load-data-set': arm(7, enumerated({})),
      task: arm(9, enumerated({})),
    },
    'through',
  ),
})
export type ConfirmedServiceError = Of<typeof confirmedServiceError>

const exceptionFields = sequence({
  'state-error': enumerated(STATE_ERROR),
  'service-error': enumerated(EXCEPTION_SERVICE_ERROR),
  'invocation-counter': ifMore(u32),
})
export type ExceptionResponse = Of<typeof exceptionFields>

/** ExceptionResponse behind its tag D8. The lowest acceptable invocation counter comes with invocation-counter-error, and only there. */
export const exceptionResponse: Codec<ExceptionResponse> = {
  shape: exceptionFields.shape,
  write: (to, value) => exceptionFields.write(to, value),
  read(from) {
    const value = exceptionFields.read(from)
    const { 'service-error': error, 'invocation-counter': counter } = value
    if ((error === 'invocation-counter-error') !== (counter !== undefined))
      from.fail(
        'value',
        from.at,
        'a counter with invocation-counter-error only',
        counter === undefined ? 'none' : `${counter}`,
      )
    return value
  },
}
