import type { Checked } from '../../engine/vocabulary.ts'
import { isReceived, overFrames, PASS } from './exchange.ts'

/** Each segment but the last is as long as agreed (H43: only a remark where it is not). */
export const allFilledButTheLast = overFrames((frames): Checked => {
  for (const frame of frames) {
    const most = frame['max-information-field-length']
    const information = frame['information-octets']
    if (
      !isReceived(frame) ||
      frame['segmentation'] !== true ||
      typeof most !== 'number' ||
      typeof information !== 'string'
    )
      continue
    if (information.length / 2 < most)
      return {
        is: 'remark',
        text: `a segment of ${information.length / 2} octets where ${most} were agreed, and more to come`,
        ruling: 'H43',
      }
  }
  return PASS
})
