// reply_to_HLS_authentication of the association objects, classes 12 and 15: pass 3 comes in, pass 4 goes out.
import type { Invocation, Invoked } from './behaviour.ts'

export const replyToHls = ({ parameters, situation }: Invocation): Invoked =>
  parameters?.is === 'octet-string'
    ? (situation.authenticate?.(parameters.value) ?? { result: 'read-write-denied' })
    : { result: 'type-unmatched' }
