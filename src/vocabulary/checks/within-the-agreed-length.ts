import { fails, isReceived, overFrames, PASS } from './exchange.ts'

/** No information field of the meter is longer than agreed. */
export const withinTheAgreedLength = overFrames((frames) => {
  for (const frame of frames) {
    const most = frame['max-information-field-length']
    const information = frame['information-octets']
    if (!isReceived(frame) || frame['frame'] !== 'i' || typeof most !== 'number' || typeof information !== 'string')
      continue
    const length = information.length / 2
    if (length > most) return fails(`at most ${most} octets of information`, `${length}`)
  }
  return PASS
})
