import { accessApdus } from './access.ts'
import { actionApdus } from './action.ts'
import { cipheredApdus } from './ciphered.ts'
import { confirmedServiceError, exceptionResponse } from './errors.ts'
import { generalBlockTransfer } from './general-block-transfer.ts'
import { getApdus } from './get.ts'
import { initiateRequest, initiateResponse } from './initiate.ts'
import { notificationApdus } from './notification.ts'
import { setApdus } from './set.ts'
import { shortNameApdus } from './short-names.ts'
import { arm, choice, type Of } from '../../codec/codec.ts'

/** The APDUs that open an association or refuse it; they travel in the user-information of ACSE. */
export const initiateApdus = {
  'initiate-request': arm(0x01, initiateRequest),
  'initiate-response': arm(0x08, initiateResponse),
  'confirmed-service-error': arm(0x0e, confirmedServiceError),
} as const

export const xdlmsApdus = {
  ...initiateApdus,
  ...getApdus,
  ...setApdus,
  ...actionApdus,
  ...accessApdus,
  ...shortNameApdus,
  ...notificationApdus,
  'exception-response': arm(0xd8, exceptionResponse),
  'general-block-transfer': arm(0xe0, generalBlockTransfer),
  ...cipheredApdus,
} as const

/** Any xDLMS APDU. An unknown tag is a failure of its own (`fault: 'tag'`). */
export const xdlms = choice(xdlmsApdus)
export type Xdlms = Of<typeof xdlms>
