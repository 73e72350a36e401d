import type { Apdu } from '../../protocol/apdu.ts'
import type { InvokeIdAndPriority } from '../../protocol/xdlms/common.ts'
import type { Acknowledgement } from '../block-sending.ts'
import { inBlocks as inAnyBlocks, type LongRequest } from '../long-request.ts'
import type { ServiceOutcome } from '../service-outcome.ts'
import type { Session } from '../session.ts'
import { strayed } from './strayed.ts'

/** A long request whose answers all have its invoke-id. `read`: what an answer is that belongs to it. */
export const inBlocks = <T>(
  session: Session,
  { id, ...long }: LongRequest & { readonly id: InvokeIdAndPriority },
  read: (answer: Apdu | undefined) => Acknowledgement<T> | Promise<Acknowledgement<T>>,
): Promise<ServiceOutcome<T>> => inAnyBlocks<T>(session, long, (answer) => strayed(answer, id) ?? read(answer))
