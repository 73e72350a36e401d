// All defects, by name.
import { conformant, type Decisions } from '../decisions.ts'
import { apduDefects } from './application/apdus.ts'
import type { Defect } from './defect.ts'
import { addressDefects } from './hdlc/address.ts'
import { connectDefects } from './hdlc/connect.ts'
import { frameDefects } from './hdlc/frames.ts'
import { informationDefects } from './hdlc/information.ts'
import { negotiationDefects } from './hdlc/negotiation.ts'
import { rejectionDefects } from './hdlc/rejection.ts'
import { segmentDefects } from './hdlc/segments.ts'
import { sendingDefects } from './hdlc/sending.ts'
import { clientDefects, timeDefects, uiDefects } from './hdlc/time-and-clients.ts'
import { DEAF, diesAt } from './meter.ts'
import { modeDefects } from './sign-on/modes.ts'
import { openingDefects } from './sign-on/opening.ts'
import { programmingDefects } from './sign-on/programming.ts'
import { tcpDefects, udpDefects, wrapperDefects } from './wrapper/wrapper.ts'

export type { Defect, Need } from './defect.ts'

/** In the order in which they are listed. `meter.dies-at-frame-<n>` is not among them: `findDefect` knows it for n = 1 to 30. */
export const defects: readonly Defect[] = [
  ...sendingDefects,
  ...connectDefects,
  ...frameDefects,
  ...rejectionDefects,
  ...addressDefects,
  ...negotiationDefects,
  ...informationDefects,
  ...segmentDefects,
  ...timeDefects,
  ...clientDefects,
  ...uiDefects,
  ...openingDefects,
  ...modeDefects,
  ...programmingDefects,
  ...wrapperDefects,
  ...tcpDefects,
  ...udpDefects,
  ...apduDefects,
  DEAF,
]

const LAST_FRAME = 30
const byName = new Map(
  defects.flatMap((defect) => [defect.id, ...(defect.aliases ?? [])].map((name) => [name, defect])),
)

/** By id or alias; undefined: there is none of this name. */
export function findDefect(name: string): Defect | undefined {
  const frame = Number(/^meter\.dies-at-frame-([1-9]\d?)$/.exec(name)?.[1] ?? Infinity)
  return frame <= LAST_FRAME ? diesAt(frame) : byName.get(name)
}

/** The decisions of a meter with all these defects at once, in the order given. Throws for a name that there is not. */
export const withDefects = (names: readonly string[]): Decisions =>
  names.reduce((decisions, name) => {
    const defect = findDefect(name)
    if (defect === undefined) throw new RangeError(`"defects" expected names of defects, got ${name}`)
    return defect.apply(decisions)
  }, conformant)
