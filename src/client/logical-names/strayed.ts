// Answers in a transfer that do not belong to it.
import type { Apdu } from '../../protocol/apdu.ts'
import type { InvokeIdAndPriority } from '../../protocol/xdlms/common.ts'
import type { Irregularity } from '../service-outcome.ts'

interface Broken {
  readonly is: 'broken'
  readonly breach: Irregularity
}

/** Another invoke-id: nothing of it may be mixed with the transfer (X14). */
export function strayed(answer: Apdu | undefined, asked: InvokeIdAndPriority): Broken | undefined {
  const found = answer && invokeIdIn(answer)
  if (found === undefined || found === asked['invoke-id']) return undefined
  const expected = `invoke-id ${asked['invoke-id']} in every block`
  return { is: 'broken', breach: { rule: 'block-invoke-id', expected, found: `invoke-id ${found}` } }
}

function invokeIdIn(apdu: Apdu): number | undefined {
  const value = 'value' in apdu ? apdu.value : undefined
  if (typeof value !== 'object' || !('invoke-id-and-priority' in value)) return undefined
  return value['invoke-id-and-priority']['invoke-id']
}

/** The right service, in a form that has no place here. */
export const wrongForm = (expected: string, { is }: Apdu): Broken => ({
  is: 'broken',
  breach: { rule: 'block-form', expected, found: is },
})
