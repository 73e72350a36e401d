// What may come without being asked for (G16).
import { LLC_OCTETS } from '../protocol/hdlc/llc.ts'
import { apduNameOf, UNSOLICITED } from './apdu-name.ts'
import type { Heard } from './receiver.ts'

/** UI frames and notifications may come at any time (G16), unless the step asks for them. */
export function isUnsolicited(heard: Heard, asked: readonly string[]): boolean {
  if (heard.is === 'frame' && heard.frame.control.is === 'ui') {
    const name = apduNameOf(heard.frame.information[LLC_OCTETS])
    return !asked.includes('ui') && (name === undefined || !asked.includes(name))
  }
  if (heard.is === 'wpdu') {
    const name = apduNameOf(heard.wpdu.information[0])
    return name !== undefined && UNSOLICITED.includes(name) && !asked.includes(name)
  }
  return false
}
