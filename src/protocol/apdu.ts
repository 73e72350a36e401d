import { acseApdus } from './acse/acse.ts'
import { choice, type Of } from '../codec/codec.ts'
import { xdlmsApdus } from './xdlms/xdlms.ts'

/** Any APDU of the application layer, ACSE or xDLMS, by its tag. `apdu.arms.aarq` is the codec of one alone. */
export const apdu = choice({ ...acseApdus, ...xdlmsApdus })
export type Apdu = Of<typeof apdu>
export type ApduName = Apdu['is']
