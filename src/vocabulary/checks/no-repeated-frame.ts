import { fails, isReceived, overFrames, PASS, shown } from './exchange.ts'

/** No I frame of the meter comes twice with the same number and contents, one right behind the other. */
export const noRepeatedFrame = overFrames((frames) => {
  let before: string | undefined
  for (const frame of frames) {
    if (!isReceived(frame) || frame['frame'] !== 'i') continue
    const now = `${JSON.stringify(frame['n-s'] ?? null)} ${JSON.stringify(frame['information-octets'] ?? null)}`
    if (now === before) return fails('each I frame once', `${shown(frame)} again`)
    before = now
  }
  return PASS
})
