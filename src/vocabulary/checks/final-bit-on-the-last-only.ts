import { fails, overFrames, PASS, shown, turnsOf } from './exchange.ts'

/** In each turn of the meter F is 1 in the last frame and in no other. */
export const finalBitOnTheLastOnly = overFrames((frames) => {
  for (const turn of turnsOf(frames)) {
    const wrong = turn.find((frame, at) => (frame['final'] === true) !== (at === turn.length - 1))
    if (wrong) return fails('F=1 on the last frame of a turn only', shown(wrong))
  }
  return PASS
})
