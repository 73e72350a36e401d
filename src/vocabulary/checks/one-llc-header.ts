import { fails, isReceived, overFrames, PASS } from './exchange.ts'

const HEADER = 'E6E700'

/** The LLC header stands at the start of the first segment of an APDU, and in no other. */
export const oneLlcHeader = overFrames((frames) => {
  let continued = false
  for (const frame of frames) {
    const information = frame['information-octets']
    if (!isReceived(frame) || frame['frame'] !== 'i' || typeof information !== 'string') continue
    const has = information.startsWith(HEADER)
    if (!continued && !has) return fails(`the LLC header ${HEADER}`, information.slice(0, 6))
    if (continued && has) return fails('no LLC header in a segment behind the first', HEADER)
    continued = frame['segmentation'] === true
  }
  return PASS
})
