import { CONFIRMED_SERVICE, EXCEPTION_SERVICE_ERROR, SERVICE_ERROR, STATE_ERROR } from './names.ts'
import { arm, choice, enumerated, sequence, u32, type Of, type OptionalCodec } from '../../codec/codec.ts'

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

const INVOCATION_COUNTER_ERROR = 6

/** The lowest acceptable invocation counter comes with invocation-counter-error, and only there. Older servers leave it out (ruling Y8). */
const invocationCounter: OptionalCodec<number> = {
  role: 'optional',
  shape: u32.shape,
  write(to, counter) {
    if (counter === undefined) return
    if (to.since(to.length - 1)[0] !== INVOCATION_COUNTER_ERROR)
      throw new RangeError('an invocation counter comes with invocation-counter-error only')
    u32.write(to, counter)
  },
  read(from) {
    if (from.octets[from.at - 1] !== INVOCATION_COUNTER_ERROR) return undefined
    if (from.left > 0) return u32.read(from)
    from.note('form', from.at, 'an invocation counter', 'the end')
    return undefined
  },
}

/** ExceptionResponse behind its tag D8. */
export const exceptionResponse = sequence({
  'state-error': enumerated(STATE_ERROR),
  'service-error': enumerated(EXCEPTION_SERVICE_ERROR),
  'invocation-counter': invocationCounter,
})
export type ExceptionResponse = Of<typeof exceptionResponse>
