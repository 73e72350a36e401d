// Numbers that IEC 62056-5-3 names, in its own words.

/** Data-Access-Result. */
export const DATA_ACCESS_RESULT = {
  success: 0,
  'hardware-fault': 1,
  'temporary-failure': 2,
  'read-write-denied': 3,
  'object-undefined': 4,
  'object-class-inconsistent': 9,
  'object-unavailable': 11,
  'type-unmatched': 12,
  'scope-of-access-violated': 13,
  'data-block-unavailable': 14,
  'long-get-aborted': 15,
  'no-long-get-in-progress': 16,
  'long-set-aborted': 17,
  'no-long-set-in-progress': 18,
  'data-block-number-invalid': 19,
  'other-reason': 250,
} as const

/** Action-Result. */
export const ACTION_RESULT = {
  success: 0,
  'hardware-fault': 1,
  'temporary-failure': 2,
  'read-write-denied': 3,
  'object-undefined': 4,
  'object-class-inconsistent': 9,
  'object-unavailable': 11,
  'type-unmatched': 12,
  'scope-of-access-violated': 13,
  'data-block-unavailable': 14,
  'long-action-aborted': 15,
  'no-long-action-in-progress': 16,
  'other-reason': 250,
} as const

/** The state-error and the service-error of an ExceptionResponse. */
export const STATE_ERROR = { 'service-not-allowed': 1, 'service-unknown': 2 } as const
export const EXCEPTION_SERVICE_ERROR = {
  'operation-not-possible': 1,
  'service-not-supported': 2,
  'other-reason': 3,
  'pdu-too-long': 4,
  'deciphering-error': 5,
  'invocation-counter-error': 6,
} as const

/** The service that a ConfirmedServiceError is about. */
export const CONFIRMED_SERVICE = {
  'initiate-error': 1,
  'get-status': 2,
  'get-name-list': 3,
  'get-variable-attribute': 4,
  read: 5,
  write: 6,
} as const

/** The groups of ServiceError, by their tags 0 to 9, and what each can say. */
export const SERVICE_ERROR = {
  'application-reference': {
    other: 0,
    'time-elapsed': 1,
    'application-unreachable': 2,
    'application-reference-invalid': 3,
    'application-context-unsupported': 4,
    'provider-communication-error': 5,
    'deciphering-error': 6,
  },
  'hardware-resource': {
    other: 0,
    'memory-unavailable': 1,
    'processor-resource-unavailable': 2,
    'mass-storage-unavailable': 3,
    'other-resource-unavailable': 4,
  },
  'vde-state-error': {
    other: 0,
    'no-dlms-context': 1,
    'loading-data-set': 2,
    'status-nochange': 3,
    'status-inoperable': 4,
  },
  service: { other: 0, 'pdu-size': 1, 'service-unsupported': 2 },
  definition: {
    other: 0,
    'object-undefined': 1,
    'object-class-inconsistent': 2,
    'object-attribute-inconsistent': 3,
  },
  access: {
    other: 0,
    'scope-of-access-violated': 1,
    'object-access-invalid': 2,
    'hardware-fault': 3,
    'object-unavailable': 4,
  },
  initiate: {
    other: 0,
    'dlms-version-too-low': 1,
    'incompatible-conformance': 2,
    'pdu-size-too-short': 3,
    'refused-by-the-VDE-handler': 4,
  },
} as const
