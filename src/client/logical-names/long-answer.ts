// An answer in blocks that are asked for one after the other: of GET and of ACTION, each with requests and responses of its own.
import type { Apdu } from '../../protocol/apdu.ts'
import type { Datablock } from '../../protocol/block-transfer/datablock.ts'
import type { InvokeIdAndPriority } from '../../protocol/xdlms/common.ts'
import { assembled, type BlockAnswer } from '../block-assembly.ts'
import type { ServiceOutcome } from '../service-outcome.ts'
import type { Session } from '../session.ts'
import { strayed, wrongForm } from './strayed.ts'

type Numbered = Readonly<{ 'invoke-id-and-priority': InvokeIdAndPriority; 'block-number': number }>

/** What of a response has to do with the transfer. */
export type Carried =
  | { readonly is: 'block'; readonly block: Datablock }
  | { readonly is: 'refused'; readonly result: string | number }
  /** The right service, in a form that has no place here. */
  | { readonly is: 'misplaced' }
  | { readonly is: 'other' }

export interface LongAnswer {
  /** The form that a block has. */
  readonly form: Apdu['is']
  /** Asks for the block behind the one with this number. */
  readonly next: (value: Numbered) => Apdu
  readonly carried: (answer: Apdu) => Carried
}

/** All blocks from this first one until the last. */
export function blocksOf(
  session: Session,
  id: InvokeIdAndPriority,
  first: Apdu,
  { form, next, carried }: LongAnswer,
): Promise<ServiceOutcome<Uint8Array>> {
  const blockIn = (answer: Apdu | undefined): BlockAnswer => {
    const stray = strayed(answer, id)
    if (stray) return stray
    if (answer === undefined) return { is: 'other' }
    const found = carried(answer)
    return found.is === 'misplaced' ? wrongForm(form, answer) : found
  }
  return assembled(blockIn(first), async (received) =>
    blockIn(await session.ask(next({ 'invoke-id-and-priority': id, 'block-number': received }))),
  )
}
