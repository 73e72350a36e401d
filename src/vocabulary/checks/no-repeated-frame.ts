import { fails, isReceived, overFrames, PASS, shown } from './exchange.ts'

/** No I frame of the meter comes twice with the same number and contents, unless the tester has asked for it again by N(R). */
export const noRepeatedFrame = overFrames((frames) => {
  let before: { readonly number: unknown; readonly contents: unknown } | undefined
  for (const frame of frames) {
    const { 'n-s': number, 'n-r': acknowledged, 'information-octets': contents } = frame
    if (!isReceived(frame)) {
      if (before !== undefined && acknowledged === before.number) before = undefined
      continue
    }
    if (frame['frame'] !== 'i') continue
    if (before !== undefined && before.number === number && before.contents === contents)
      return fails('each I frame once', `${shown(frame)} again`)
    before = { number, contents }
  }
  return PASS
})
