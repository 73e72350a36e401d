// Time-outs of a draft, from the set-up objects.
import type { MeterDeclaration } from '../engine/declaration.generated.ts'
import type { Read } from './draft.ts'
import { numberIn, some, within } from './values.ts'

export function timingIn(read: Read): NonNullable<NonNullable<MeterDeclaration['testing']>['timing']> {
  const seconds = (name: string): number | undefined => {
    const value = numberIn(read(name))
    return value === undefined ? undefined : value * 1000
  }
  const inactivityMs = seconds('inactivity-time-out')
  const tcpInactivityMs = seconds('tcp-inactivity-time-out')
  return {
    ...some('responseMs', responseWithin([inactivityMs, tcpInactivityMs])),
    ...some('interOctetMs', within(numberIn(read('inter-octet-time-out')), 1, 6000)),
    ...some('inactivityMs', inactivityMs),
    ...some('tcpInactivityMs', tcpInactivityMs),
  }
}

/** Cases wait for silence several times in a row: where a link ends early, less is waited than is usual. */
function responseWithin(ends: readonly (number | undefined)[]): number | undefined {
  const first = Math.min(...ends.map((end) => (end === undefined || end === 0 ? Infinity : end)))
  return first < 4 * USUAL_RESPONSE_MS ? first / 4 : undefined
}

const USUAL_RESPONSE_MS = 1500
