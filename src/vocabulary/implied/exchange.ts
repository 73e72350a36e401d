// Rules over all frames of an exchange.
import type { Ledger, Passed } from '../../client/ledger.ts'
import type { LinkAddresses } from '../../client/link.ts'
import type { BrokenRule } from '../../engine/vocabulary.ts'
import { FRAME_RULES, startsWithLlc } from './frame.ts'
import { brokenRules } from './rule.ts'

/** Implied rules over all frames that the meter sent in a step. */
export function linkRules(ledger: Ledger, addresses: LinkAddresses | undefined): readonly BrokenRule[] {
  if (addresses === undefined) return []
  const broken: BrokenRule[] = []
  let inRow = 0
  let last: Passed | undefined
  ledger.passed.forEach((passed, at) => {
    if (passed.direction === 'sent') {
      last = passed
      inRow = 0
      return
    }
    if (passed.frame.control.is === 'i') inRow++
    const following = ledger.passed.slice(at + 1).find(({ frame }) => frame.control.is !== 'ui')
    const control = last?.frame.control
    const answersI =
      control?.is === 'i' && last?.before['v-s'] === control['n-s'] && passed.before['v-s'] !== last.before['v-s']
    const repetition = last !== undefined && !answersI
    const endsTurn = following?.direction !== 'received'
    broken.push(
      ...brokenRules(
        FRAME_RULES,
        { passed, addresses, endsTurn, inRow, answersI, repetition },
        passed.frame.control.is,
      ),
    )
  })
  return broken
}

/** An APDU that is not right, with an LLC header in front of later segments: that is the cause. */
export function repeatedHeaders({ passed }: Ledger): readonly BrokenRule[] {
  const again = passed.filter(
    ({ direction, frame, begins }) => direction === 'received' && begins === false && startsWithLlc(frame.information),
  )
  if (again.length === 0) return []
  const found =
    again.length === 1
      ? 'a segment behind the first begins with one'
      : `${again.length} segments behind the first begin with one`
  return [{ rule: 'one-llc-header', clause: 'llc.header', expected: 'one LLC header for an APDU', found }]
}
